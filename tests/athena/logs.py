"""One log of one resource: where it goes, its files at the keys that AWS would use, and what they hold."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from athena.cases import Case
from athena.resources import REGION
from serde.catalog import Catalog, LogType
from serde.compare import Other, from_json, natively
from serde.records import is_json, opened

ACCOUNT = "123456789012"
# One bucket for all logs, as most have it. Web ACLs accept no other names.
BUCKET = "aws-waf-logs-central"
# Minutes that are told by a web ACL's folders, and days that every projection has.
FIRST, SECOND = datetime(2026, 2, 3, 4, 5), datetime(2026, 2, 4, 4, 5)


@dataclass
class Log:
    """Turned on, with a table."""

    name: str
    case: Case
    log_type: LogType
    resource: Any

    @property
    def database(self) -> str:
        return self.table.partition(".")[0]

    @property
    def table(self) -> str:
        return self.filled(self.case.table)

    @property
    def prefix(self) -> str:
        """Of its destination, and of everybody's, unless that cannot be."""
        return self.resource.name if self.case.needs_own_folder else "web"

    def turn_on(self) -> None:
        log = {"log": self.case.log} if self.case.log else {}
        self.resource.log_to(BUCKET, self.prefix, **log)

    def folder(self, at: datetime) -> str:
        return f"{self.prefix}/{self.filled(self.case.folder, at)}"

    def key(self, at: datetime) -> str:
        return self.folder(at) + self.filled(self.case.file, at)

    def readable(self, at: datetime) -> str:
        """What the keys begin with that a query may read: where files lie side by side, a view knows more."""
        view = self.case.view
        if self.case.partition or not view or view.tells_by_records:
            return self.folder(at)
        return self.folder(at) + self.filled(self.case.file.partition("{at:")[0])

    def keys_of_no_record(self) -> list[str]:
        return [f"{self.prefix}/{self.filled(key)}" for key in self.case.no_records]

    def partition(self, at: datetime) -> dict[str, str]:
        return {key: self.filled(value, at) for key, value in self.case.partition.items()}

    def filled(self, template: str, at: datetime = FIRST) -> str:
        arn, identity = self.resource.arn, getattr(self.resource, "id", "")
        return template.format(
            account=ACCOUNT,
            at=at,
            dotted=arn.partition("loadbalancer/")[2].replace("/", "."),
            id=identity,
            name=self.resource.name,
            region=REGION,
            table_id=identity.lower().replace("-", "_"),
            table_name=self.resource.name.replace("-", "_"),
            unique=hashlib.sha256(arn.encode()).hexdigest()[:16].upper(),
            vpc=getattr(self.resource, "vpc", ""),
        )


class Records:
    """The samples of a log's type, as that resource would have them: half of them each day."""

    def __init__(self, log: Log, catalog: Catalog) -> None:
        self.log, self.catalog = log, catalog
        sample = opened(log.log_type.sample, log.log_type.sample.name)
        file = sample.with_records_apart() if log.log_type.is_list else sample
        old, new = log.case.sample_name.encode(), log.resource.name.encode()
        # A list that is cut off is no file at all.
        whole = [line for line in file.lines if is_json(line) or not log.log_type.is_list]
        lines = [line.replace(old, new) for line in whole]
        self.header, self.lines = lines[: log.log_type.header_lines], lines[log.log_type.header_lines :]

    def of(self, at: datetime) -> list[bytes]:
        half = (len(self.lines) + 1) // 2
        return self.lines[half:] if at == SECOND else self.lines[:half]

    def body(self, at: datetime) -> bytes:
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
        types, lines = self.log.log_type.types, self.of(at)
        if self.log.log_type.is_json:
            return [from_json(types, line) for line in lines]
        return [natively(types, answer) for answer in self.catalog.read(self.log.log_type, lines)]
