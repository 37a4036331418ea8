"""What counts as the same, and what does not."""

from __future__ import annotations

import json

import pytest

from serde.compare import disagreement, from_json, is_null, natively

TYPES = {"name": "string", "count": "int", "share": "float"}


def row(*values: object) -> dict:
    return dict(zip(TYPES, values))


@pytest.mark.parametrize(
    ("hive", "native", "same"),
    [
        ({"row": ["a", 1, 0.5]}, {"row": row("a", 1, 0.5)}, True),
        ({"row": ["a", None, None]}, {"row": row("a", None, None)}, True),
        ({"row": ["a", 1, None]}, {"row": row("a", None, None)}, False),
        ({"row": ["a", 1, "NaN"]}, {"row": row("a", 1, "NaN")}, True),
        ({"row": ["a ", 1, None]}, {"row": row("a", 1, None)}, False),
        ({"row": ["a", 1]}, {"row": row("a", 1, 0.5)}, False),
        ({"row": ["a", 1, 0.5]}, {"row": row("a", 1, 0.5) | {"more": "x"}}, False),
        ({"row": ["a", 1, 0.5]}, {"row": {"count": 1, "name": "a", "share": 0.5}}, True),
        ({"row": ["0.1", 1, 0.5]}, {"row": row("0.10", 1, 0.5)}, True),
        ({"row": ["0.1", 1, 0.5]}, {"row": row("0.11", 1, 0.5)}, False),
        ({"row": None}, {"reject": "why"}, True),
        ({"row": [None, None, None]}, {"reject": "why"}, True),
        ({"row": ["a", None, None]}, {"reject": "why"}, False),
        ({"row": None}, {"row": row("a", 1, 0.5)}, False),
        ({"error": "overflow"}, {"reject": "why"}, False),
    ],
)
def test_a_value_that_differs_is_a_disagreement(hive: dict, native: dict, same: bool) -> None:
    assert (disagreement(list(TYPES), hive, natively(TYPES, native)) is None) == same


def test_hive_may_have_a_line_of_fields_whose_first_is_none_where_the_other_reader_has_no_record() -> None:
    reject = natively(TYPES, {"reject": "why"})
    assert disagreement(list(TYPES), {"row": [None, 1, None]}, reject, is_delimited=True) is None
    assert disagreement(list(TYPES), {"row": ["a", 1, None]}, reject, is_delimited=True)
    assert disagreement(list(TYPES), {"row": [None, 1, None]}, reject)


def test_an_error_is_no_row_of_nulls() -> None:
    assert is_null({"row": [None]}) and not is_null({"error": "overflow"})


NESTED = {
    "at": "bigint",
    "who": "struct<name:string,tags:array<string>>",
    "rest": "map<string,int>",
    "ok": "boolean",
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, [None, None, None, None]),
        ({"AT": "5", "Who": {"Name": 7}, "ok": True}, [5, ["7", None], None, True]),
        (
            {"who": {"tags": ["a", {"B": 1}]}, "rest": {"X": 1}},
            [None, [None, ["a", '{"B": 1}']], {"X": 1}, None],
        ),
        ({"at": 1 << 63}, "at is no bigint: 9223372036854775808"),
        ({"at": 1.5}, "at is no bigint: 1.5"),
        ({"who": {"tags": "a"}}, 'who.tags is no array: "a"'),
        ({"rest": {"a": "b"}}, 'rest{} is no int: "b"'),
        ({"ok": 1}, "ok is no boolean: 1"),
    ],
)
def test_what_json_is_by_the_types_of_the_table(value: dict, expected: list | str) -> None:
    other = from_json(NESTED, json.dumps(value).encode())
    assert (other.misfit or other.row) == expected


def test_what_the_native_reader_leaves_nested_is_read_by_the_types_of_the_table() -> None:
    types = {"who": NESTED["who"], "rest": NESTED["rest"]}
    answer = {"row": {"who": {"Name": "x"}, "rest": {"A": "1"}}}
    assert natively(types, answer).row == [["x", None], {"A": 1}]
    assert natively(types, {"row": {"who": 5, "rest": None}}).misfit == " is no struct: 5"


def test_keys_without_a_column_are_found_at_every_depth() -> None:
    value = {"new": 1, "who": {"New": {"x": 1}, "tags": []}, "rest": {"any": 1}}
    assert from_json(NESTED, json.dumps(value).encode()).unknown == ("new", "who.New")


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"1", b"\xff"])
def test_what_is_no_object_is_rejected(line: bytes) -> None:
    assert from_json(NESTED, line).reject
