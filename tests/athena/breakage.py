"""A judge who finds nothing wrong with a broken table is no judge: some are broken on purpose."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from copy import deepcopy

from athena.checks import Judge
from athena.glue import Table, described
from athena.logs import Log
from athena.resources import REGION

TEMPLATE = "storage.location.template"
KEPT = re.compile(r"(?<=Presto View: )\S+")
Breakage = Callable[[Table, Table], None]


def without_a_column(table: Table, _: Table) -> None:
    del table["StorageDescriptor"]["Columns"][0]


def with_another_type(table: Table, _: Table) -> None:
    table["StorageDescriptor"]["Columns"][0]["Type"] = "int"


def in_the_folder_of_another_log(table: Table, other: Table) -> None:
    table["Parameters"][TEMPLATE] = other["Parameters"][TEMPLATE]


def in_one_folder_for_all_days(table: Table, _: Table) -> None:
    template, *_ = table["Parameters"][TEMPLATE].split("${")
    table["Parameters"][TEMPLATE] = template


def without_the_names_of_its_keys(table: Table, _: Table) -> None:
    parameters = table["StorageDescriptor"]["SerdeInfo"]["Parameters"]
    for name in [name for name in parameters if name.startswith("mapping.")]:
        del parameters[name]


def without_its_condition(view: Table, _: Table) -> None:
    cut(view, "\nWHERE ")


def without_its_last_condition(view: Table, _: Table) -> None:
    cut(view, "\n  AND ")


def cut(view: Table, at: str) -> None:
    """Leaves of the query what is before that."""
    definition = json.loads(b64decode(KEPT.search(view["ViewOriginalText"])[0]))
    definition["originalSql"] = definition["originalSql"].rpartition(at)[0]
    kept = b64encode(json.dumps(definition).encode()).decode()
    view["ViewOriginalText"] = KEPT.sub(lambda _: kept, view["ViewOriginalText"])


OF_TABLES = [
    without_a_column,
    with_another_type,
    in_the_folder_of_another_log,
    in_one_folder_for_all_days,
]
OF_JSON = [*OF_TABLES, without_the_names_of_its_keys]
OF_VIEWS = [without_a_column, with_another_type, without_its_condition]
OF_STREAMS = [*OF_VIEWS, without_its_last_condition]


def of(log: Log) -> list[Breakage]:
    """Of a table that is asked itself, as a list's is not; or of a view that has something to choose."""
    if log.log_type.is_list or not log.case.partition:
        return []
    has_own_folder = "{name}" in log.case.folder
    if log.case.view:
        return [] if has_own_folder else OF_STREAMS if log.case.told_by else OF_VIEWS
    return OF_JSON if kind(log) == "json" else OF_TABLES


def kind(log: Log) -> str | None:
    """What is broken in one of a kind is broken in all."""
    if log.case.told_by:
        return "view of a stream"
    if log.case.view:
        return "view by records" if log.case.view.tells_by_records else "view"
    return log.case.form and log.case.form.encoding


def unnoticed(judge: Judge, log: Log, neighbour: Log) -> Iterator[str]:
    """What was broken and went unnoticed."""
    glue = judge.local_aws.client("glue", REGION)
    whole, other = described(glue, log), described(glue, neighbour)
    for breakage in of(log):
        broken = deepcopy(whole)
        breakage(broken, other)
        glue.update_table(DatabaseName=log.database, TableInput=broken)
        if not judge.problems(log):
            yield f"nobody notices {log.table} {breakage.__name__.replace('_', ' ')}"
    glue.update_table(DatabaseName=log.database, TableInput=whole)
