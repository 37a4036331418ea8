"""A table as Glue has it, and as it takes it back."""

from __future__ import annotations

from typing import Any

from athena.logs import Log

Table = dict[str, Any]
# What of an answer may be in a request.
INPUT = {"Name", "Description", "Owner", "TableType", "PartitionKeys", "StorageDescriptor", "Parameters"}
INPUT |= {"ViewOriginalText", "ViewExpandedText"}


def described(glue: Any, log: Log) -> Table:
    """The table of a log, fit to be given back."""
    database, name = log.table.split(".")
    table = glue.get_table(DatabaseName=database, Name=name)["Table"]
    return {member: value for member, value in table.items() if member in INPUT}


def declared(table: Table) -> dict[str, str]:
    """The columns, those of partitions among them, and their types."""
    columns = [*table["StorageDescriptor"]["Columns"], *table.get("PartitionKeys", [])]
    return {column["Name"]: column["Type"] for column in columns}
