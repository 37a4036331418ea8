"""The databases and tables that Glue would not store."""

from __future__ import annotations

import re
from typing import Any

from moto.core.utils import get_service_model

from .call import AwsError

# Limits of the service model, which botocore does not check.
NAME, DESCRIPTION, COMMENT = 255, 2_048, 255
COLUMN_TYPE, PARAMETER_KEY, PARAMETER_VALUE = 131_072, 255, 512_000
LOCATION, SERDE, FORMAT = 2_056, 255, 128
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def check_database(database: dict[str, Any]) -> None:
    """AwsError when this database cannot be stored."""
    _known_members(database, "DatabaseInput")
    _check_name(database.get("Name"), "Database name")
    _check_text(database.get("Description"), DESCRIPTION, "description")
    _check_text(database.get("LocationUri"), 1_024, "locationUri")
    _check_parameters(database.get("Parameters"))


def check_table(table: dict[str, Any]) -> None:
    """AwsError when this table cannot be stored."""
    _known_members(table, "TableInput")
    _check_name(table.get("Name"), "Table name")
    _check_text(table.get("Description"), DESCRIPTION, "description")
    _check_parameters(table.get("Parameters"))
    storage = table.get("StorageDescriptor") or {}
    _known_members(storage, "StorageDescriptor")
    _check_storage(storage)
    _check_columns([*(storage.get("Columns") or []), *(table.get("PartitionKeys") or [])])


def _check_storage(storage: dict[str, Any]) -> None:
    _check_text(storage.get("Location"), LOCATION, "location")
    _check_text(storage.get("InputFormat"), FORMAT, "inputFormat")
    _check_text(storage.get("OutputFormat"), FORMAT, "outputFormat")
    _check_parameters(storage.get("Parameters"))
    serde = storage.get("SerdeInfo") or {}
    _known_members(serde, "SerDeInfo")
    _check_text(serde.get("SerializationLibrary"), SERDE, "serializationLibrary")
    _check_text(serde.get("Name"), NAME, "serdeInfo.name")
    _check_parameters(serde.get("Parameters"))


def _check_columns(columns: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for column in columns:
        _known_members(column, "Column")
        _check_name(column.get("Name"), "Column name")
        if column["Name"] in seen:
            raise _invalid(f"Duplicate column name: {column['Name']}")
        seen.add(column["Name"])
        _check_text(column.get("Type"), COLUMN_TYPE, "type")
        _check_text(column.get("Comment"), COMMENT, "comment")
        if re.search(r"[\r\n]", column.get("Comment") or ""):
            raise _invalid(f"The comment of column {column['Name']} must not hold a line break.")


def _check_name(name: Any, what: str) -> None:
    if not isinstance(name, str) or not 1 <= len(name) <= NAME:
        raise _invalid(f"{what} must have 1 to {NAME} characters.")
    if CONTROL.search(name) or re.search(r"[\r\n\t]", name):
        raise _invalid(f"{what} must not hold control characters.")


def _check_text(text: Any, limit: int, what: str) -> None:
    if text is None:
        return
    if not isinstance(text, str):
        raise _invalid(f"Value at '{what}' must be a string.")
    if len(text) > limit:
        raise _invalid(
            f"Value at '{what}' failed to satisfy constraint: "
            f"Member must have length less than or equal to {limit}"
        )


def _check_parameters(parameters: Any) -> None:
    if parameters is not None and not isinstance(parameters, dict):
        raise _invalid("Parameters must be an object.")
    for key, value in (parameters or {}).items():
        if not key:
            raise _invalid("A parameter key must have 1 to 255 characters.")
        _check_text(key, PARAMETER_KEY, "parameter key")
        _check_text(value, PARAMETER_VALUE, f"parameter {key[:40]}")


def _known_members(value: Any, shape: str) -> None:
    known = get_service_model("glue").shape_for(shape).members
    if not isinstance(value, dict):
        raise _invalid(f"{shape} must be an object.")
    if unknown := sorted(value.keys() - known.keys()):
        raise _invalid(f"Unknown member {', '.join(unknown)} in {shape}.")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidInputException", message, 400)
