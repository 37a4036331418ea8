"""Hive's types as Trino calls them."""

from __future__ import annotations

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
