"""One log of one resource: where it goes, and its files at the keys that AWS would use."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from athena.case import Case
from athena.resources import REGION
from serde.catalog import LogType

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
    # As nobody has to choose it, and as the table shows it.
    usual: LogType
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
        """Of its destination."""
        return self.case.prefix.format(name=self.resource.name)

    def turn_on(self) -> None:
        chosen = {"log": self.case.log, "form": self.case.form}
        chosen = {name: value for name, value in chosen.items() if value}
        self.resource.log_to(BUCKET, self.prefix, **chosen)

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

    def partition(self, at: datetime) -> dict[str, str | int]:
        """A part of a time is a number."""
        filled = {key: self.filled(value, at) for key, value in self.case.partition.items()}
        return {key: int(value) if value.isdecimal() else value for key, value in filled.items()}

    def filled(self, template: str, at: datetime = FIRST) -> str:
        arn, identity = self.resource.arn, getattr(self.resource, "id", "")
        load_balancer = arn.partition("loadbalancer/")[2]
        return template.format(
            account=ACCOUNT,
            arn=arn,
            at=at,
            dotted=load_balancer.replace("/", "."),
            elb=load_balancer,
            id=identity,
            name=self.resource.name,
            region=REGION,
            table_id=identity.lower().replace("-", "_"),
            table_name=self.resource.name.replace("-", "_"),
            unique=hashlib.sha256(f"{self.name} {arn}".encode()).hexdigest()[:16].upper(),
            vpc=getattr(self.resource, "vpc", ""),
        )
