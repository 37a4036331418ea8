"""Schemas of Parquet, and what differs from what was written."""

from __future__ import annotations

from serde.hive_type import parsed
from serde.parquet import message, wrong


def test_a_schema_has_the_names_and_types_of_the_table() -> None:
    types = {"n": "int", "at": "date", "who": "struct<tags:array<string>>", "rest": "map<string,bigint>"}
    assert message({name: parsed(ty) for name, ty in types.items()}) == (
        "message record { optional int32 n; optional int32 at (DATE); "
        "optional group who { optional group tags (LIST) "
        "{ repeated group list { optional binary element (UTF8); } } } "
        "optional group rest (MAP) "
        "{ repeated group key_value { required binary key (UTF8); optional int64 value; } } }"
    )


def test_a_value_that_is_not_what_was_written_is_wrong() -> None:
    assert wrong(["a", "b"], {"row": [1, ["x"]]}, [1, ["x"]]) is None
    assert wrong(["a", "b"], {"row": [1, ["x"]]}, [1, ["y"]]) == 'b: Hive has ["x"], not ["y"]'
    assert wrong(["a"], {"error": "no such column"}, [1]) == "Hive fails: no such column"
