"""What the files of a log hold: its type's samples, as AWS would write them of that resource."""

from __future__ import annotations

import gzip
import json
import re
from datetime import datetime

from athena.case import Case
from athena.forms import Record
from athena.logs import SECOND, Log
from serde import parquet
from serde.catalog import Catalog, LogType
from serde.compare import Other, from_json, natively
from serde.hive import Hive
from serde.records import is_json, opened


def log_type_of(case: Case, usual: LogType, catalog: Catalog) -> LogType:
    """With the fields that the owner chose, and what their values are in the table; a view has types."""
    if not case.form:
        return usual
    as_json = case.form.has_texts and not case.view
    return catalog.of_file(usual, case.form.first_line(usual, as_json))


def records(log: Log, catalog: Catalog) -> Records:
    """Of a log, in the form that its owner chose."""
    return ChosenRecords(log, catalog) if log.case.form else Records(log, catalog)


class Records:
    """The samples themselves: half of them each day."""

    def __init__(self, log: Log, catalog: Catalog) -> None:
        self.log, self.catalog = log, catalog
        sample = opened(log.log_type.sample, log.log_type.sample.name)
        file = sample.with_records_apart() if log.log_type.is_list else sample
        name, own = log.case.sample_name.encode(), log.filled(log.case.own_name).encode()
        # A list that is cut off is no file at all.
        whole = [line for line in file.lines if is_json(line) or not log.log_type.is_list]
        lines = [re.sub(name, own, line) for line in whole if tells(line, log.case.told_by)]
        self.header, self.lines = lines[: log.usual.header_lines], lines[log.usual.header_lines :]

    def of(self, at: datetime) -> list[bytes]:
        return half(self.lines, at)

    def body(self, at: datetime, hive: Hive) -> bytes:
        """A file, as AWS writes it."""
        lines = [*self.header, *self.of(at)]
        text = b"".join(line + b"\n" for line in lines)
        if self.log.log_type.is_list:
            text = json.dumps({"Records": [json.loads(line) for line in lines]}).encode()
        return gzip.compress(text) if self.log.key(at).endswith(".gz") else text

    def rows(self, at: datetime) -> list[list]:
        """What the table should say of it. A line that is no record is a row of NULLs."""
        others = [other.row for other in self.natively(at)]
        nothing = [None] * len(self.log.log_type.types)
        view = self.log.case.view
        if view and view.tells_by_records:
            others = [row for row in others if row]
        return [[*(row or nothing), *self.log.partition(at).values()] for row in others]

    def natively(self, at: datetime) -> list[Other]:
        log_type, lines = self.log.log_type, self.of(at)
        if log_type.is_json:
            return [from_json(log_type.types_by_key, line) for line in lines]
        return [natively(log_type.types, answer) for answer in self.catalog.read(log_type, lines)]


class ChosenRecords(Records):
    """The same records with other fields, or written in another way. What is no record is left out."""

    def __init__(self, log: Log, catalog: Catalog) -> None:
        super().__init__(log, catalog)
        self.form, usual = log.case.form, log.usual
        own = {name: log.filled(value) for name, value in self.form.own.items()}
        answers = zip(self.lines, catalog.read(usual, self.lines))
        samples = [self.form.record(usual, line) for line, answer in answers if "row" in answer]
        self.records = [record | own for record in samples if record]
        self.lines = self.written(self.records, log.log_type.is_json)

    def written(self, records: list[Record], as_json: bool) -> list[bytes]:
        return [self.form.line(record, as_json) for record in records]

    def body(self, at: datetime, hive: Hive) -> bytes:
        encoding = self.form.encoding
        if encoding == "parquet":
            return self.parquet(at, hive)
        lines = self.written(half(self.records, at), encoding == "json")
        if encoding == self.form.with_header:
            lines = [self.form.first_line(self.log.usual), *lines]
        return gzip.compress(b"".join(line + b"\n" for line in lines))

    def parquet(self, at: datetime, hive: Hive) -> bytes:
        """With the types that AWS says that the file has, whatever a view makes of them."""
        types = self.log.log_type.types
        rows = [other.row for other in self.natively(at)]
        if self.form.has_texts:
            types = dict.fromkeys(types, "string")
            rows = [list(record.values()) for record in half(self.records, at)]
        return parquet.file(hive, types, rows)


def tells(line: bytes, keys: tuple[str, ...]) -> bool:
    """Whether a record has these keys; what is no record is no matter."""
    return not is_json(line) or all(f'"{key}":'.encode() in line for key in keys)


def half(records: list, at: datetime) -> list:
    """Of the first day, or of the second."""
    middle = (len(records) + 1) // 2
    return records[middle:] if at == SECOND else records[:middle]
