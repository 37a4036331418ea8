"""Rows as Trino has them, and as they should be, in any order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from serde.compare import same, shown

# One row that is wrong says what is wrong with all.
SHOWN = 3


def differences(columns: list[str], found: list[list], expected: list[list]) -> list[str]:
    """What is not the same, if anything."""
    surplus, lacking = unmatched(found, expected)
    if not surplus and not lacking:
        return []
    counts = f"{len(found)} rows instead of {len(expected)}"
    what = f"{counts}; {len(surplus)} should not be, {len(lacking)} are not there"
    return [what, *details(columns, surplus, lacking)]


def unmatched(found: list[list], expected: list[list]) -> tuple[list[list], list[list]]:
    """The rows of each that the other does not have."""
    lacking, surplus = list(expected), []
    for row in found:
        twin = next((index for index, other in enumerate(lacking) if same(row, other)), None)
        if twin is None:
            surplus.append(row)
        else:
            del lacking[twin]
    return surplus, lacking


def details(columns: list[str], surplus: list[list], lacking: list[list]) -> Iterator[str]:
    """Each row that is lacking beside the one most similar to it, if there is one."""
    for row in lacking[:SHOWN]:
        near = max(surplus, key=lambda other: likeness(row, other), default=None)
        if near is None or likeness(row, near) * 2 < len(row):
            yield f"  there is no {brief(columns, row)}"
        else:
            yield "  " + "; ".join(wrong_values(columns, near, row))
    for row in [] if lacking else surplus[:SHOWN]:
        yield f"  there is {brief(columns, row)}"


def wrong_values(columns: list[str], found: list, expected: list) -> Iterator[str]:
    for column, mine, its in zip(columns, found, expected):
        if not same(mine, its):
            yield f"{column} is {shown(mine)} instead of {shown(its)}"


def likeness(row: list, other: list) -> int:
    return sum(1 for mine, its in zip(row, other) if same(mine, its))


def brief(columns: list[str], row: list) -> str:
    values: dict[str, Any] = {name: value for name, value in zip(columns, row) if value is not None}
    return f"{json.dumps(values, ensure_ascii=False):.300}"
