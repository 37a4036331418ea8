"""Hive's types as Trino calls them, and values as Trino answers them."""

from __future__ import annotations

import struct
from typing import Any

from serde.hive_type import Type, parsed

# Those whose names differ.
NAMES = {"string": "varchar", "int": "integer", "float": "real", "timestamp": "timestamp(3)"}


def trino_type(hive: str) -> str:
    """`array<struct<a:string>>` is `array(row(a varchar))`."""
    return shown(parsed(hive))


def without_quotes(trino: str) -> str:
    """Trino puts a member's name in quotes where it has to."""
    return trino.replace('"', "")


def shown(ty: Type) -> str:
    parts = [shown(part) for part in ty.parts.values()]
    if ty.name == "struct":
        parts = [f"{name} {part}" for name, part in zip(ty.parts, parts)]
        return f"row({', '.join(parts)})"
    return f"{ty.name}({', '.join(parts)})" if parts else NAMES.get(ty.name, ty.name)


def as_trino_answers(ty: str, value: Any) -> Any:
    """A number of four bytes has the fewest digits that tell it from its neighbours."""
    if ty != "real" or value is None:
        return value
    texts = (f"{value:.{digits}g}" for digits in range(1, 10))
    return next(float(text) for text in texts if bits(float(text)) == bits(value))


def bits(value: float) -> bytes:
    return struct.pack("f", value)
