"""A Glue catalog in memory, and whatever else its heirs answer, in as little time as answers can take.

The local AWS of the tests takes 5 ms and more for an answer, which would be most of what is measured.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from bench.function.server import Answer, Request

WRITES = {"CreateTable", "UpdateTable"}
# Glue's own.
PAGE = 100

Table = dict[str, Any]


class Glue:
    """Answers a call by the method of its name, and keeps the name."""

    def __init__(self, databases: dict[str, dict[str, Table]]) -> None:
        self.databases = databases
        self.calls: list[str] = []
        self.first_made: float | None = None
        # Seconds that every answer takes beside the time that it needs.
        self.distance = 0.0

    async def answer(self, request: Request) -> Answer:
        operation, asked = parsed(request)
        self.calls.append(operation)
        if self.distance:
            await asyncio.sleep(self.distance)
        return getattr(self, f"_{operation}")(asked)

    @property
    def tables(self) -> Iterator[Table]:
        """All there are, views too."""
        return (table for tables in self.databases.values() for table in tables.values())

    def _GetTable(self, asked: dict[str, Any]) -> Answer:
        table = (self._database(asked) or {}).get(asked["Name"])
        return answered({"Table": table}) if table else _absent()

    def _GetTables(self, asked: dict[str, Any]) -> Answer:
        """A page of those that were looked through: a full one only if there is no expression."""
        tables = self._database(asked)
        if tables is None:
            return _absent()
        begin = int(asked.get("NextToken", 0))
        page = list(islice(tables.values(), begin, begin + PAGE))
        if names := asked.get("Expression"):
            page = [table for table in page if table["Name"] in names.split("|")]
        more = {"NextToken": str(begin + PAGE)} if begin + PAGE < len(tables) else {}
        return answered({"TableList": page, **more})

    def _CreateDatabase(self, asked: dict[str, Any]) -> Answer:
        self.databases[asked["DatabaseInput"]["Name"]] = {}
        return answered({})

    def _CreateTable(self, asked: dict[str, Any]) -> Answer:
        return self._hold(asked, version=0)

    def _UpdateTable(self, asked: dict[str, Any]) -> Answer:
        held = self._database(asked)[asked["TableInput"]["Name"]]["VersionId"]
        if asked.get("VersionId", held) != held:
            return refused("ConcurrentModificationException")
        return self._hold(asked, version=int(held) + 1)

    def _hold(self, asked: dict[str, Any], version: int) -> Answer:
        tables, table = self._database(asked), asked["TableInput"]
        if tables is None:
            return _absent()
        more = {"DatabaseName": asked["DatabaseName"], "VersionId": str(version), "CreateTime": 1_700_000_000}
        tables[table["Name"]] = {**table, **more}
        self.first_made = self.first_made or time.perf_counter()
        return answered({})

    def _GetBucketLocation(self, _: dict[str, Any]) -> Answer:
        """In the region of all else."""
        return xml("<LocationConstraint>eu-west-1</LocationConstraint>")

    def _GetBucketEncryption(self, _: dict[str, Any]) -> Answer:
        """With S3's own keys."""
        return xml("<ServerSideEncryptionConfiguration><Rule/></ServerSideEncryptionConfiguration>")

    def _database(self, asked: dict[str, Any]) -> dict[str, Table] | None:
        """Not `get`: a dictionary may make what it misses."""
        with suppress(KeyError):
            return self.databases[asked["DatabaseName"]]


def parsed(request: Request) -> tuple[str, dict[str, Any]]:
    """The operation and what it is asked, in AWS's three kinds of API; of the third, S3's and Lambda's."""
    if target := request.headers.get("x-amz-target"):
        return target.rpartition(".")[2], json.loads(request.body)
    path, _, query = request.path.partition("?")
    if path.endswith("/invocations"):
        return "InvokeFunction", json.loads(request.body)
    if request.method == "POST":
        fields = dict(parse_qsl(request.body.decode()))
        return fields["Action"], fields
    about_bucket = {"location": "GetBucketLocation", "encryption": "GetBucketEncryption"}
    operation = "ListBuckets" if path == "/" else about_bucket.get(query, "GetBucketLogging")
    return operation, {"Bucket": path[1:], **dict(parse_qsl(query))}


def answered(value: dict[str, Any]) -> Answer:
    return Answer(headers={"Content-Type": "application/x-amz-json-1.1"}, body=json.dumps(value).encode())


def refused(code: str) -> Answer:
    body = {"__type": code, "Message": code}
    return Answer(status=400, headers=answered({}).headers, body=json.dumps(body).encode())


def xml(body: str) -> Answer:
    return Answer(headers={"Content-Type": "text/xml"}, body=body.encode())


def _absent() -> Answer:
    return refused("EntityNotFoundException")
