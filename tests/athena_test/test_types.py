"""Hive's types by Trino's names, and values as Trino answers them."""

from __future__ import annotations

import struct

import pytest

from athena.types import as_trino_answers, trino_type, without_quotes


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


def test_a_float_has_as_few_digits_as_it_needs() -> None:
    (four_bytes,) = struct.unpack("f", struct.pack("f", 0.001))
    assert four_bytes != 0.001
    assert as_trino_answers("real", four_bytes) == 0.001
    assert as_trino_answers("double", four_bytes) == four_bytes
    assert as_trino_answers("real", None) is None
