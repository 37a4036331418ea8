"""Many events at once: for one database that is not there yet, and for one table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from chaos.figures import Figures
from chaos.stage import NEW_REGIONS, Stage
from load_balancer import LoadBalancer

DATABASE = "alb_access_logs_db"
PATIENCE = 600


class Crowd:
    """As many processes as events. `complaints` tells what was lost, `lines` what it was like."""

    def __init__(self, stage: Stage, size: int):
        self._stage, self._size = stage, size
        self.complaints: list[str] = []
        self.lines: list[str] = []
        stage.local_aws.settings(function_processes=size)

    def come(self) -> None:
        """Both crowds, one after the other."""
        for what, crowd, region in zip(
            ("changes of one load balancer", "load balancers of a new database"),
            (self._one_table, self._new_database),
            NEW_REGIONS,
        ):
            self._region = region
            self._measure(what, crowd)

    def _measure(self, what: str, crowd: Callable[[], None]) -> None:
        self._stage.heard()
        figures = Figures()
        crowd()
        seconds = time.monotonic() - self._first
        figures.read(self._stage.local_aws)
        races = ", ".join(f"{count} {name}" for name, count in figures.races.items()) or "none"
        self.lines.append(
            f"{self._size} {what} at once: {seconds:.1f} s, {figures.invocations} invocations, "
            f"{figures.calls.total()} calls, races: {races}, dead letters: {self._dead}"
        )

    def _put(self) -> None:
        for event in self._stage.heard():
            self._stage.local_aws.event(event)

    def _settle(self) -> None:
        """Waits for the end; what has lost every race is replayed, as its owner would."""
        self._stage.local_aws.idle(PATIENCE)
        self._dead = self._stage.dead_letters().total()
        if self._dead:
            self._stage.replay()
        if self._stage.dead_letters():
            self.complaints.append("Dead letters of a crowd stay after a replay")

    def _new_database(self) -> None:
        names = [f"crowd{number}" for number in range(self._size)]
        those = [LoadBalancer(self._stage.client, self._region, name) for name in names]
        for one in those:
            one.log_to("crowd-logs")
        self._first = time.monotonic()
        self._put()
        self._settle()
        self._expect(
            "databases", [DATABASE], [one["Name"] for one in self._glue().get_databases()["DatabaseList"]]
        )
        tables = sorted(f"alb_{name}{end}" for name in names for end in ("", "_raw"))
        found = [table for table in self._tables() if table["Parameters"]["logenabler.enabled"] == "true"]
        self._expect("tables", tables, sorted(table["Name"] for table in found))

    def _one_table(self) -> None:
        shop = LoadBalancer(self._stage.client, self._region, "shop")
        self._first = time.monotonic()
        for number in range(self._size):
            shop.log_to(f"logs-{number}")
            self._put()
        self._settle()
        versions = self._versions("alb_shop_raw")
        numbers = [version for version, _ in versions]
        buckets = [bucket for _, bucket in versions]
        self._expect("version numbers", list(range(len(versions))), numbers)
        self._expect("buckets in the order of the changes", sorted(set(buckets)), buckets)
        self._expect("last bucket", self._size - 1, buckets[-1])
        self.lines.append(f"its table went through {len(versions)} versions, each newer than the one before")

    def _expect(self, what: str, expected: Any, found: Any) -> None:
        if expected != found:
            self.complaints.append(f"Of a crowd, {what}: {found} instead of {expected}")

    def _glue(self) -> Any:
        return self._stage.client("glue", self._region)

    def _tables(self) -> list[dict[str, Any]]:
        pages = self._glue().get_paginator("get_tables").paginate(DatabaseName=DATABASE)
        return [table for page in pages for table in page["TableList"]]

    def _versions(self, name: str) -> list[tuple[int, int]]:
        """The number of each version of a table, and that of the bucket it names."""
        pages = (
            self._glue().get_paginator("get_table_versions").paginate(DatabaseName=DATABASE, TableName=name)
        )
        tables = [one["Table"] for page in pages for one in page["TableVersions"]]
        places = [(int(it["VersionId"]), it["StorageDescriptor"]["Location"]) for it in tables]
        return sorted((version, int(re.search(r"logs-(\d+)", place)[1])) for version, place in places)
