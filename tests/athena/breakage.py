"""A judge who finds nothing wrong with a broken table is no judge: some are broken on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from athena.checks import Judge
from athena.glue import Table, described
from athena.logs import Log
from athena.resources import REGION

TEMPLATE = "storage.location.template"


def without_a_column(table: Table, _: Table) -> None:
    del table["StorageDescriptor"]["Columns"][0]


def with_another_type(table: Table, _: Table) -> None:
    table["StorageDescriptor"]["Columns"][0]["Type"] = "int"


def in_the_folder_of_another_log(table: Table, other: Table) -> None:
    table["Parameters"][TEMPLATE] = other["Parameters"][TEMPLATE]


def in_one_folder_for_all_days(table: Table, _: Table) -> None:
    template, *_ = table["Parameters"][TEMPLATE].split("${")
    table["Parameters"][TEMPLATE] = template


BREAKAGES: list[Callable[[Table, Table], None]] = [
    without_a_column,
    with_another_type,
    in_the_folder_of_another_log,
    in_one_folder_for_all_days,
]


def unnoticed(judge: Judge, log: Log, neighbour: Log) -> Iterator[str]:
    """What was broken and went unnoticed."""
    glue = judge.local_aws.client("glue", REGION)
    whole, other = described(glue, log), described(glue, neighbour)
    for breakage in BREAKAGES:
        broken = deepcopy(whole)
        breakage(broken, other)
        glue.update_table(DatabaseName=log.database, TableInput=broken)
        if not judge.problems(log):
            yield f"nobody notices a table {breakage.__name__.replace('_', ' ')}"
    glue.update_table(DatabaseName=log.database, TableInput=whole)
