"""Tables broken on purpose: a check that never fails would prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from serde.catalog import LogType
from serde.hive import TableError
from serde.readers import Readers
from serde.records import File, opened


def unnoticed(readers: Readers, log_type: LogType) -> list[str]:
    """What was broken and went unnoticed."""
    sample = opened(log_type.sample, "broken")
    return [
        f"nobody notices {what}" for what, broken in breakages(log_type) if passes(readers, broken, sample)
    ]


def passes(readers: Readers, log_type: LogType, sample: File) -> bool:
    try:
        return not readers.read(log_type, sample).disagreements
    except TableError:
        return False


def breakages(log_type: LogType) -> Iterator[tuple[str, LogType]]:
    columns, parameters = log_type.table["columns"], log_type.table["serde_parameters"]
    yield "a column that is gone", changed(log_type, columns=columns[1:])
    yield (
        "two columns in each other's place",
        changed(log_type, columns=[columns[1], columns[0], *columns[2:]]),
    )
    if log_type.is_regex:
        regex = parameters["input.regex"]
        fewer = parameters | {"input.regex": regex.replace("(", "(?:", 1)}
        stricter = parameters | {"input.regex": regex.removesuffix("(?: -)*+") + "X"}
        yield "a group that is gone", changed(log_type, serde_parameters=fewer)
        yield "a regex that matches nothing", changed(log_type, serde_parameters=stricter)


def changed(log_type: LogType, **what: object) -> LogType:
    return replace(log_type, table=log_type.table | what)
