"""A record twice: as Hive has it, and as somebody who read it another way."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from serde.hive_type import MisfitError, Type, fitted, parsed, unknown_keys

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# As Java writes what JSON has no number for.
JAVA = {math.inf: "Infinity", -math.inf: "-Infinity"}


@dataclass
class Other:
    """The other reader's answer, with the values that Hive should have."""

    row: list | None
    reject: str | None = None
    unknown: tuple[str, ...] = ()
    misfit: str | None = None


def natively(types: dict[str, str], answer: dict) -> Other:
    """What the native reader said, typed."""
    if "reject" in answer:
        return Other(None, answer["reject"])
    row = dict(answer["row"])
    try:
        values = [nested(ty, row.pop(name, None)) for name, ty in types.items()]
    except MisfitError as misfit:
        return Other(None, None, (), str(misfit).lstrip("."))
    return Other([*values, *row.values()])


def nested(ty: str, value: Any) -> Any:
    """Lists and objects come as the JSON that they are."""
    return fitted(parsed(ty), value, "") if "<" in ty else value


def from_json(types: dict[str, str], line: bytes) -> Other:
    """What the line itself says, by the types of the table."""
    table = Type("struct", {name.lower(): parsed(ty) for name, ty in types.items()})
    try:
        value = json.loads(line)
    except ValueError as error:
        return Other(None, f"no JSON: {error}")
    if not isinstance(value, dict):
        return Other(None, "no JSON object")
    unknown = tuple(unknown_keys(table, value, ""))
    try:
        return Other(fitted(table, value, ""), None, unknown)
    except MisfitError as misfit:
        return Other(None, None, unknown, str(misfit).lstrip("."))


def is_null(hive: dict) -> bool:
    row = hive.get("row")
    return "error" not in hive and (row is None or all(value is None for value in row))


def disagreement(columns: list[str], hive: dict, other: Other, is_delimited: bool = False) -> str | None:
    """What is not the same, if anything. Hive takes any line for fields, and has NULL in the first of them
    where the other reader finds no record."""
    if "error" in hive:
        return f"Hive fails: {hive['error']}"
    if other.misfit:
        return other.misfit
    if is_null(hive):
        return None if other.row is None else "Hive has only NULLs where the other reader has a row"
    if other.row is None and is_delimited and hive["row"][0] is None:
        return None
    if other.row is None:
        return f"Hive has a row where the other reader has none ({other.reject})"
    if len(hive["row"]) != len(other.row):
        return f"Hive has {len(hive['row'])} values, the other reader {len(other.row)}"
    for column, mine, its in zip(columns, hive["row"], other.row):
        if not same(mine, its):
            return f"{column}: Hive has {shown(mine)}, the other reader {shown(its)}"
    return None


def same(hive: Any, other: Any) -> bool:
    if isinstance(hive, list) and isinstance(other, list):
        return len(hive) == len(other) and all(map(same, hive, other))
    if isinstance(hive, dict) and isinstance(other, dict):
        return hive.keys() == other.keys() and all(same(hive[key], other[key]) for key in hive)
    if isinstance(hive, str) and isinstance(other, float):
        return hive == JAVA.get(other)
    return hive == other or (isinstance(hive, str) and isinstance(other, str) and same_json(hive, other))


def same_json(hive: str, other: str) -> bool:
    """What was no text became one: spaces, escapes and the form of numbers are for each writer to choose."""
    try:
        return (other[:1] in "[{" or NUMBER.fullmatch(other)) and json.loads(hive) == json.loads(other)
    except ValueError:
        return False


def shown(value: Any) -> str:
    return f"{json.dumps(value, ensure_ascii=False):.80}"
