"""A table as Glue has it, and as it takes it back."""

from __future__ import annotations

from typing import Any

from athena.logs import Log

Table = dict[str, Any]
# What of an answer may be in a request.
INPUT = ("Name", "Description", "TableType", "PartitionKeys", "StorageDescriptor", "Parameters")


def described(glue: Any, log: Log) -> Table:
    """The table of a log, fit to be given back."""
    database, name = log.table.split(".")
    table = glue.get_table(DatabaseName=database, Name=name)["Table"]
    return {member: table[member] for member in INPUT if member in table}
