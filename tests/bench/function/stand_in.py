"""AWS as far as one event about one network load balancer needs it, in as little time as answers can take.

The local AWS of the tests takes 5 ms and more for an answer, which would be most of what is measured.
"""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import parse_qs

from bench.function.server import Answer, Request

WRITES = {"CreateTable", "UpdateTable"}
ATTRIBUTES = """<DescribeLoadBalancerAttributesResponse
 xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeLoadBalancerAttributesResult><Attributes>
{}</Attributes></DescribeLoadBalancerAttributesResult></DescribeLoadBalancerAttributesResponse>"""


class StandIn:
    """A load balancer that logs to a bucket, and a Glue catalog whose databases exist."""

    def __init__(self) -> None:
        self.bucket = "logs"
        self.tables: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.first_made: float | None = None

    async def answer(self, request: Request) -> Answer:
        """Answers a call of ELB's Query API or of Glue's JSON API, and keeps its name."""
        target = request.headers.get("x-amz-target")
        if target is None:
            operation = parse_qs(request.body.decode())["Action"][0]
            answer = self._attributes()
        else:
            operation = target.rpartition(".")[2]
            answer = getattr(self, f"_{operation}")(json.loads(request.body))
        self.calls.append(operation)
        return answer

    @property
    def locations(self) -> set[str]:
        """Where the tables over files say that these are."""
        found = (table.get("StorageDescriptor", {}).get("Location") for table in self.tables.values())
        return {location for location in found if location}

    def _attributes(self) -> Answer:
        settings = {"enabled": "true", "bucket": self.bucket, "prefix": "web"}
        members = "".join(
            f"<member><Key>access_logs.s3.{key}</Key><Value>{value}</Value></member>"
            for key, value in settings.items()
        )
        return Answer(headers={"Content-Type": "text/xml"}, body=ATTRIBUTES.format(members).encode())

    def _GetTable(self, asked: dict[str, Any]) -> Answer:
        table = self.tables.get(asked["Name"])
        return _json({"Table": table}) if table else _absent()

    def _GetTables(self, asked: dict[str, Any]) -> Answer:
        names = asked.get("Expression", "").split("|")
        return _json({"TableList": [self.tables[name] for name in names if name in self.tables]})

    def _CreateTable(self, asked: dict[str, Any]) -> Answer:
        return self._hold(asked, version=0)

    def _UpdateTable(self, asked: dict[str, Any]) -> Answer:
        held = self.tables[asked["TableInput"]["Name"]]["VersionId"]
        return self._hold(asked, version=int(held) + 1)

    def _hold(self, asked: dict[str, Any], version: int) -> Answer:
        table = asked["TableInput"]
        more = {"DatabaseName": asked["DatabaseName"], "VersionId": str(version), "CreateTime": 1_700_000_000}
        self.tables[table["Name"]] = {**table, **more}
        self.first_made = self.first_made or time.perf_counter()
        return _json({})


def _json(value: dict[str, Any]) -> Answer:
    return Answer(headers={"Content-Type": "application/x-amz-json-1.1"}, body=json.dumps(value).encode())


def _absent() -> Answer:
    body = {"__type": "EntityNotFoundException", "Message": "Entity Not Found"}
    return Answer(status=400, headers=_json({}).headers, body=json.dumps(body).encode())
