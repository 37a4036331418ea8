"""What a table has to do: typed columns, every row of its own log and no other, one folder for one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from athena import lists
from athena.client import Answer, QueryError, Trino
from athena.compare import differences
from athena.glue import declared, described
from athena.logs import FIRST, SECOND, Log
from athena.records import records
from athena.resources import REGION
from athena.types import trino_type, without_quotes
from athena.values import as_a_view_says, as_trino_says
from local import LocalAws
from serde.catalog import Catalog


@dataclass
class Problem:
    """A query, and what is wrong with its answer."""

    log: str
    sql: str
    wrong: list[str]

    def __str__(self) -> str:
        return "\n    ".join([f"{self.log}: {self.sql}", *self.wrong])


@dataclass
class Judge:
    """Trino, and the stand-in, whose journal knows what Trino read."""

    trino: Trino
    local_aws: LocalAws
    catalog: Catalog

    def problems(self, log: Log) -> list[Problem]:
        asked = [Problem(log.name, sql, list(wrong)) for sql, wrong in self.questions(log)]
        return [problem for problem in asked if problem.wrong]

    def questions(self, log: Log) -> Iterator[tuple[str, Iterator[str]]]:
        """Queries, and what is wrong with their answers."""
        if log.log_type.is_list:
            sql = f"SELECT * FROM {log.table} WHERE {predicate(log, FIRST)}"
            yield sql, self.answered(sql)
        rows = records(log, self.catalog).rows
        if not log.case.partition:
            both = rows(FIRST) + rows(SECOND)
            yield select(log, FIRST), self.misread(log, select(log, FIRST), both, FIRST)
            return
        for at in (FIRST, SECOND):
            yield select(log, at), self.misread(log, select(log, at), rows(at), at)

    def answered(self, sql: str) -> Iterator[str]:
        """Once Trino can read such a table, it needs no twin any more."""
        try:
            self.trino.query(sql)
            yield "Trino reads it now: ask the table itself, and no twin"
        except QueryError as error:
            if lists.UNSUPPORTED not in str(error):
                yield str(error)

    def misread(self, log: Log, sql: str, expected: list[list], at: datetime) -> Iterator[str]:
        self.local_aws.clear_journal()
        try:
            answer = self.trino.query(sql)
        except QueryError as error:
            yield str(error)
            return
        yield from wrong_types(log, answer)
        yield from self.declared_otherwise(log, answer)
        types, says = list(answer.types.values()), as_a_view_says if log.case.view else as_trino_says
        expected = [list(map(says, types, row)) for row in expected]
        if not expected:
            yield "there is no record that it could find"
        yield from differences(list(answer.types), answer.rows, expected)
        yield from self.read_elsewhere(log, at)

    def declared_otherwise(self, log: Log, answer: Answer) -> Iterator[str]:
        """Trino looks into a view's own text only; Athena wants the columns in Glue to agree."""
        glue = self.local_aws.client("glue", REGION)
        columns = {name: trino_type(ty) for name, ty in declared(described(glue, log)).items()}
        types = {name: without_quotes(ty) for name, ty in answer.types.items()}
        if not log.log_type.is_list and list(columns.items()) != list(types.items()):
            yield f"Glue has {sorted(columns.items() - types.items())} of its columns otherwise, or elsewhere"

    def read_elsewhere(self, log: Log, at: datetime) -> Iterator[str]:
        """Folders that were listed, and files that were read, but should not have been."""
        journal = self.local_aws.journal()
        calls = [call for call in journal if call["service"] == "s3"]
        listed = [call["params"].get("Prefix") for call in calls if call["operation"].startswith("List")]
        read = [call["params"].get("Key", "") for call in calls if call["operation"] == "GetObject"]
        if listed != [log.folder(at)]:
            yield f"it lists {listed} instead of {log.folder(at)} once"
        if elsewhere := [key for key in read if not key.startswith(log.readable(at))]:
            yield f"it reads {elsewhere}"
        if broken := [call for call in journal if call["status"] == 500]:
            yield f"the stand-in lacks something: {broken}"


def select(log: Log, at: datetime) -> str:
    """The rows of that moment's folder, or of all where there is one."""
    sql = f"SELECT * FROM {log.table}"
    if log.log_type.is_list:
        columns = ", ".join(["record.*", *log.case.partition])
        sql = f"SELECT {columns} FROM {lists.twin_name(log)} CROSS JOIN UNNEST(records) AS record"
    return f"{sql} WHERE {predicate(log, at)}" if log.case.partition else sql


def predicate(log: Log, at: datetime) -> str:
    return " AND ".join(f'"{key}" = {value!r}' for key, value in log.partition(at).items())


def wrong_types(log: Log, answer: Answer) -> Iterator[str]:
    expected = {name: trino_type(ty) for name, ty in log.log_type.types.items()}
    keys = log.partition(FIRST).items()
    expected |= {key: "integer" if isinstance(value, int) else "varchar" for key, value in keys}
    expected |= dict.fromkeys(log.case.view.moments if log.case.view else (), "timestamp(3)")
    if list(answer.types) != list(expected):
        yield f"its columns are {list(answer.types)} instead of {list(expected)}"
    for name, ty in answer.types.items():
        if without_quotes(ty) != expected.get(name):
            yield f"{name} is {ty:.200} instead of {expected.get(name, 'no column'):.200}"
