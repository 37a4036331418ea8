"""Every way in which a table schema can be changed behind Terraform's back, attribute by attribute."""

from __future__ import annotations

import json
from typing import Any

from end_to_end.drift import Change, Drift
from end_to_end.everything import FULL_SCHEMA, PLAIN_SCHEMA, Place
from local import LocalAws


def template(change: Any) -> Change:
    """Changes the table that holds the schema."""

    def changed(local_aws: LocalAws, place: Place) -> None:
        glue = local_aws.client("glue", place["region"])
        table = glue.get_table(DatabaseName=place["schemas"], Name=place["log_type"])["Table"]
        kept = ("Name", "Description", "StorageDescriptor", "PartitionKeys", "TableType", "Parameters")
        table_input = {key: table[key] for key in kept if key in table}
        change(table_input)
        glue.update_table(DatabaseName=place["schemas"], TableInput=table_input)

    return changed


def setting(name: str, value: Any) -> Change:
    """Changes one setting in what the function reads; None takes it out."""

    def change(table: dict[str, Any]) -> None:
        said = json.loads(table["Parameters"]["logenabler.table_schema"])
        said[name] = value
        said = {key: value for key, value in said.items() if value is not None}
        table["Parameters"]["logenabler.table_schema"] = json.dumps(said)

    return template(change)


def parameter(key: str, value: str | None) -> Change:
    """Changes a parameter of the table, or takes it out."""

    def change(table: dict[str, Any]) -> None:
        table["Parameters"].pop(key, None)
        if value is not None:
            table["Parameters"][key] = value

    return template(change)


def without_a_column(table: dict[str, Any]) -> None:
    table["StorageDescriptor"]["Columns"].pop()


def of_another_type(table: dict[str, Any]) -> None:
    table["StorageDescriptor"]["Columns"][0]["Type"] = "binary"


def with_another_serde(table: dict[str, Any]) -> None:
    table["StorageDescriptor"]["SerdeInfo"]["SerializationLibrary"] = "org.example.SerDe"


UNREADABLE = "database_name table_name projection_start fingerprint"
NOTHING_LEFT = "it can no longer be read, so nothing that it said is left"

DRIFTS = [
    Drift(PLAIN_SCHEMA, "database_name", setting("database_name", "other")),
    Drift(FULL_SCHEMA, "database_name", setting("database_name", None)),
    Drift(PLAIN_SCHEMA, "table_name", setting("table_name", "x_{resource_name}")),
    Drift(FULL_SCHEMA, "table_name", setting("table_name", None)),
    Drift(PLAIN_SCHEMA, "projection_start", setting("projection_start", "2020/02/02")),
    Drift(FULL_SCHEMA, "projection_start", setting("projection_start", None)),
    Drift(PLAIN_SCHEMA, "parameters", setting("parameters", {"added": "x"})),
    Drift(FULL_SCHEMA, "parameters", setting("parameters", {"owner": "them"})),
    Drift(FULL_SCHEMA, "parameters", setting("parameters", None)),
    Drift(PLAIN_SCHEMA, "columns", setting("columns", [{"name": "added", "type": "int"}])),
    Drift(FULL_SCHEMA, "columns", setting("columns", [{"name": "clientasn", "type": "string"}])),
    Drift(FULL_SCHEMA, "columns", setting("columns", None)),
    Drift(PLAIN_SCHEMA, "effective_columns", template(without_a_column)),
    Drift(FULL_SCHEMA, "effective_columns", template(of_another_type)),
    Drift(PLAIN_SCHEMA, "serde", template(with_another_serde)),
    Drift(PLAIN_SCHEMA, "fingerprint", parameter("logenabler.fingerprint", "0")),
    Drift(PLAIN_SCHEMA, "fingerprint", parameter("logenabler:owner", None)),
    # What the function cannot use: it stops, and the plan warns.
    Drift(
        PLAIN_SCHEMA, "table_name fingerprint", setting("table_name", "one"), because="no schema may say so"
    ),
    Drift(PLAIN_SCHEMA, UNREADABLE, parameter("logenabler.table_schema", "{"), because=NOTHING_LEFT),
]
