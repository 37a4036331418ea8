"""The queries of the docs, as people copy them, on tables with records of this very hour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from athena import lists
from athena.checks import Judge, Problem
from athena.client import QueryError
from athena.logs import FIRST, Log

DOCS = Path(__file__).parents[2] / "docs"
QUERY = re.compile(r"(?s)```sql\n(SELECT .+?);?\n```")
# In quotes or not; a guide may leave the table to its reader, and may mean the one below a view.
TABLE = re.compile(r'FROM "?(\w+)"?\."?(?:\w+?|<table>)(_raw)?"?(?=\s|$)')
TO_FILL_IN = re.compile(r"'<(\w+)>'")


@dataclass
class Query:
    """One of a page."""

    page: str
    sql: str

    @property
    def database(self) -> str:
        return TABLE.search(self.sql)[1]

    @property
    def finds_records(self) -> bool:
        """The page of a log type begins with a query that everybody tries; guides look for what is wrong."""
        return self.page.startswith("log-types/")

    def on(self, log: Log) -> str:
        """The query with a table, and what its reader has to fill in, of a log that there is."""
        table = lists.twin_name(log) if log.log_type.is_list else log.table
        sql = TABLE.sub(lambda named: f"FROM {table}{named[2] or ''}", self.sql)
        return filled_in(log, sql)


def filled_in(log: Log, sql: str) -> str:
    """With the values of partition keys that every query has to name."""
    return TO_FILL_IN.sub(lambda place: f"'{log.partition(FIRST)[place[1]]}'", sql)


def of_the_docs() -> list[Query]:
    pages = sorted(DOCS.rglob("*.md"))
    return [
        Query(str(page.relative_to(DOCS)), sql) for page in pages for sql in QUERY.findall(page.read_text())
    ]


def days() -> tuple[datetime, datetime]:
    """Today, and tomorrow in case it comes while we ask."""
    now = datetime.now(timezone.utc)
    return now, now + timedelta(days=1)


def problems(judge: Judge, query: Query, log: Log) -> Iterator[Problem]:
    sql = query.on(log)
    try:
        rows = judge.trino.query(sql).rows
    except QueryError as error:
        yield Problem(query.page, sql, [str(error)])
        return
    if query.finds_records and not rows:
        yield Problem(query.page, sql, ["it finds no record, although there are some of today"])
