"""Files that are one list of records each: Athena takes them apart with a class that only Amazon has.

Trino refuses such a table. Its twin is asked instead: the same folders, partitions and types, but a row for
each file, with the list as its only column, which SQL takes apart; and read with the SerDe that makes a text
of what is none, as Amazon's class does. Not proved are that class, and the SerDe behind it.
"""

from __future__ import annotations

from typing import Any

from athena.glue import described
from athena.logs import Log
from athena.resources import REGION
from local import LocalAws

TEXT = "org.apache.hadoop.mapred.TextInputFormat"
OPENX = "org.openx.data.jsonserde.JsonSerDe"
UNSUPPORTED = "Unsupported storage format"


def twin_name(log: Log) -> str:
    return f"{log.table}_lists"


def make_twin(local_aws: LocalAws, log: Log) -> None:
    """From the table that the function made."""
    glue = local_aws.client("glue", REGION)
    twin = described(glue, log)
    twin["StorageDescriptor"] |= as_lists(twin["StorageDescriptor"])
    twin["Name"] = twin_name(log).partition(".")[2]
    glue.create_table(DatabaseName=log.database, TableInput=twin)


def as_lists(storage: dict[str, Any]) -> dict[str, Any]:
    members = ",".join(f"{column['Name']}:{column['Type']}" for column in storage["Columns"])
    return {
        "Columns": [{"Name": "records", "Type": f"array<struct<{members}>>"}],
        "InputFormat": TEXT,
        "SerdeInfo": storage["SerdeInfo"] | {"SerializationLibrary": OPENX},
    }
