"""Hive's types by Trino's names."""

from __future__ import annotations

import pytest

from athena.types import trino_type, without_quotes


@pytest.mark.parametrize(
    ("hive", "trino"),
    [
        ("string", "varchar"),
        ("int", "integer"),
        ("bigint", "bigint"),
        ("float", "real"),
        ("array<string>", "array(varchar)"),
        ("map<string,int>", "map(varchar, integer)"),
        ("array<struct<a:string,end:array<int>>>", 'array(row(a varchar, "end" array(integer)))'),
    ],
)
def test_a_type_has_trinos_name(hive: str, trino: str) -> None:
    assert trino_type(hive) == without_quotes(trino)
