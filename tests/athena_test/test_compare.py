"""Which rows count as the same, and what is said of others."""

from __future__ import annotations

import pytest

from athena.compare import differences

COLUMNS = ["name", "count", "more"]


@pytest.mark.parametrize(
    ("found", "expected", "said"),
    [
        ([["a", 1, None], ["b", 2, None]], [["b", 2, None], ["a", 1, None]], []),
        ([["a", 1, '{"x":1}']], [["a", 1, '{"x": 1}']], []),
        ([["a", 1, None]] * 2, [["a", 1, None]], ["2 rows instead of 1", '{"name": "a", "count": 1}']),
        ([], [["a", 1, None]], ["0 rows instead of 1", 'there is no {"name": "a", "count": 1}']),
        ([["a", 1, None]], [["a", 2, None]], ["1 should not be, 1 are not there", "count is 1 instead of 2"]),
        ([["a", True, None]], [["a", 1, "x"]], ["more is null instead of"]),
        ([["a", 1, None]], [["b", 2, "x"]], ["there is no"]),
    ],
)
def test_what_differs_is_said(found: list, expected: list, said: list[str]) -> None:
    differs = differences(COLUMNS, found, expected)
    assert bool(differs) == bool(said)
    assert all(part in "\n".join(differs) for part in said)
