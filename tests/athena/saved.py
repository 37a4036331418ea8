"""The queries that the function saved with each table, on tables with records of this very hour."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from athena import lists, queries
from athena.checks import Judge, Problem
from athena.client import QueryError
from athena.logs import Log
from athena.resources import REGION
from local import LocalAws

# The name of the hub's bus: a forwarder's workgroup has the same.
WORKGROUP = "log-enablement-bus"
TABLE = re.compile(r'(?m)^FROM "(\w+)"\."(\w+)"$')


def make_workgroup(local_aws: LocalAws) -> None:
    local_aws.client("athena", REGION).create_work_group(Name=WORKGROUP)


def by_table(local_aws: LocalAws) -> dict[str, dict[str, str]]:
    """Names and queries."""
    athena, found = local_aws.client("athena", REGION), defaultdict(dict)
    for page in athena.get_paginator("list_named_queries").paginate(WorkGroup=WORKGROUP):
        ids = page["NamedQueryIds"]
        for query in athena.batch_get_named_query(NamedQueryIds=ids)["NamedQueries"] if ids else []:
            database, table = TABLE.search(query["QueryString"]).groups()
            found[f"{database}.{table}"][query["Name"]] = query["QueryString"]
    return found


def problems(judge: Judge, log: Log, saved: dict[str, str]) -> Iterator[Problem]:
    if not saved:
        yield Problem(log.name, log.table, ["no query is saved for it"])
    for name, sql in saved.items():
        try:
            judge.trino.query(on(log, sql))
        except QueryError as error:
            yield Problem(name, sql, [str(error)])


def on(log: Log, sql: str) -> str:
    """With what its reader has to fill in; a list's records have to be taken apart first."""
    sql = queries.filled_in(log, sql)
    if not log.log_type.is_list:
        return sql
    columns = ", ".join(["record.*", *log.case.partition])
    apart = f"SELECT {columns} FROM {lists.twin_name(log)} CROSS JOIN UNNEST(records) AS record"
    return TABLE.sub(lambda _: f"FROM ({apart})", sql)
