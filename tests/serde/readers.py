"""Both readers on one file."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from serde.catalog import Catalog, LogType
from serde.compare import Other, disagreement, from_json, is_null, natively
from serde.hive import Hive
from serde.records import File, is_no_record

Problem = tuple[int, str]


@dataclass
class Line:
    number: int
    text: bytes
    hive: dict
    other: Other

    @property
    def is_record(self) -> bool:
        return self.other.row is not None or not is_no_record(self.text)


@dataclass
class Reading:
    """What became of one file. A problem is a line's number and a sentence."""

    file: str
    log_type: LogType
    # Those below the header.
    lines: list[Line]
    header_lines: int
    disagreements: list[Problem] = field(default_factory=list)

    @property
    def records(self) -> list[Line]:
        return [line for line in self.lines if line.is_record]

    @property
    def rows(self) -> list[Line]:
        return [line for line in self.lines if line.other.row is not None]

    @property
    def nulls(self) -> list[Problem]:
        return [(line.number, "Hive has only NULLs") for line in self.records if is_null(line.hive)]

    @property
    def rejects(self) -> list[Problem]:
        return [(line.number, line.other.reject) for line in self.records if line.other.reject]

    @property
    def unknown(self) -> Counter[str]:
        return Counter(key for line in self.lines for key in line.other.unknown)


class Readers:
    def __init__(self, catalog: Catalog, hive: Hive, has_openx: bool) -> None:
        self.catalog = catalog
        self.hive = hive
        self.has_openx = has_openx

    def read(self, log_type: LogType, file: File, rounds: int = 0) -> Reading:
        file = file.with_records_apart() if log_type.is_list else file
        texts = file.lines
        others = self.others(log_type, texts)
        header = header_lines(log_type, others)
        hive = self.through_hive(log_type.with_header_lines(header), file, rounds)
        columns = zip(range(header + 1, len(texts) + 1), texts[header:], hive, others[header:])
        reading = Reading(file.name, log_type, [Line(*line) for line in columns], header)
        reading.disagreements = list(disagreements(reading))
        if len(hive) != len(texts) - header:
            what = f"Hive has {len(hive)} records in {len(texts) - header} lines"
            reading.disagreements.append((len(texts), what))
        return reading

    def others(self, log_type: LogType, lines: list[bytes]) -> list[Other]:
        others = [natively(log_type.types, answer) for answer in self.catalog.read(log_type, lines)]
        return [noted(log_type, *both) for both in zip(others, lines)] if log_type.is_json else others

    def through_hive(self, log_type: LogType, file: File, rounds: int) -> list[dict]:
        if log_type.is_list or (log_type.is_json and not self.has_openx):
            # Nobody but Athena has its reader: what the line itself says takes its place.
            return [{"row": from_json(log_type.types_by_key, line).row} for line in file.lines]
        with tempfile.TemporaryDirectory() as folder:
            # Hadoop passes over some names, and tells from the name whether a file is compressed.
            path = Path(folder) / ("records.gz" if file.is_gzip else "records")
            path.write_bytes(file.raw)
            return self.hive.read(log_type.table, path, rounds)


def noted(log_type: LogType, other: Other, line: bytes) -> Other:
    """With what a line of JSON has that its table does not foresee."""
    said = from_json(log_type.types_by_key, line)
    return replace(other, unknown=said.unknown, misfit=other.misfit or said.misfit)


def disagreements(reading: Reading) -> Iterator[Problem]:
    columns, is_delimited = list(reading.log_type.types), reading.log_type.is_delimited
    for line in reading.lines:
        if what := disagreement(columns, line.hive, line.other, is_delimited):
            yield line.number, what


def header_lines(log_type: LogType, others: list[Other]) -> int:
    """How many of the lines that Hive skips are there: what somebody copied out of a file may lack them."""
    skipped = others[: log_type.header_lines]
    return next((index for index, other in enumerate(skipped) if other.row is not None), len(skipped))
