"""Columns as Parquet: a file with their names and types, read back by Hive through the very table."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

from serde.catalog import Catalog, LogType
from serde.compare import same, shown
from serde.hive import Hive
from serde.hive_type import Type, parsed, rounded

ROWS = 100
SEED = 20181130
# How Parquet has them, and what it adds to say what they are.
SIMPLE = {
    "boolean": ("boolean", ""),
    "int": ("int32", ""),
    "bigint": ("int64", ""),
    "float": ("float", ""),
    "double": ("double", ""),
    "date": ("int32", " (DATE)"),
    "string": ("binary", " (UTF8)"),
}
TEXTS = ["", "-", "shop", 'ü "x" \\', "日🦀", "line\nbreak", "\0"]


def chosen(catalog: Catalog, log_type: LogType) -> LogType:
    """A log with fields of its owner's choice, in another order, where owners have one."""
    if not log_type.choice:
        return log_type
    fields = random.Random(SEED).sample(log_type.choice, len(log_type.choice))
    return catalog.of_file(log_type, " ".join(fields).encode())


def problems(hive: Hive, log_type: LogType) -> list[str]:
    """What Hive does not have as it was written, and whether a name that the file lacks would be noticed."""
    first, *others = log_type.parquet["columns"]
    broken = log_type.parquet | {"columns": [first | {"name": "another"}, *others]}
    unnoticed = [] if differing(hive, log_type.types, broken) else ["nobody notices a column that is renamed"]
    return [f"Parquet: {what}" for what in differing(hive, log_type.types, log_type.parquet) + unnoticed]


def differing(hive: Hive, columns: dict[str, str], table: dict) -> list[str]:
    chance = random.Random(SEED)
    types = [parsed(ty) for ty in columns.values()]
    rows = [[value(chance, ty) for ty in types] for _ in range(ROWS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        path.write_bytes(file(hive, columns, rows))
        answers = hive.read(table, path)
    if len(answers) != ROWS:
        return [f"Hive has {len(answers)} records of {ROWS}"]
    found = [wrong(list(columns), answer, row) for answer, row in zip(answers, rows)]
    return [what for what in found if what]


def file(hive: Hive, columns: dict[str, str], rows: list[list]) -> bytes:
    """What a service would write: rows in columns of these types."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        hive.write_parquet(message({name: parsed(ty) for name, ty in columns.items()}), rows, path)
        return path.read_bytes()


def wrong(names: list[str], answer: dict, row: list) -> str | None:
    if not answer.get("row"):
        return f"Hive fails: {answer.get('error')}"
    for name, hive, its in zip(names, answer["row"], row):
        if not same(hive, its):
            return f"{name}: Hive has {shown(hive)}, not {shown(its)}"
    return None


def message(types: dict[str, Type]) -> str:
    return "message record { " + " ".join(field(name, ty) for name, ty in types.items()) + " }"


def field(name: str, ty: Type) -> str:
    """Everything may be missing. A list and a map have a level of their own for what repeats."""
    if ty.name == "struct":
        return f"optional group {name} {{ " + " ".join(field(*part) for part in ty.parts.items()) + " }"
    if ty.name == "array":
        item = field("element", ty.parts["item"])
        return f"optional group {name} (LIST) {{ repeated group list {{ {item} }} }}"
    if ty.name == "map":
        item = field("value", ty.parts["value"])
        pair = f"repeated group key_value {{ required binary key (UTF8); {item} }}"
        return f"optional group {name} (MAP) {{ {pair} }}"
    physical, logical = SIMPLE[ty.name]
    return f"optional {physical} {name}{logical};"


def value(chance: random.Random, ty: Type) -> Any:
    """As Hive should have it: a struct is a list, in the order of its members."""
    if chance.randrange(5) == 0:
        return None
    if ty.name == "struct":
        return [value(chance, part) for part in ty.parts.values()]
    if ty.name == "array":
        return [value(chance, ty.parts["item"]) for _ in range(chance.randrange(3))]
    if ty.name == "map":
        return {key: value(chance, ty.parts["value"]) for key in chance.sample(["a", "B", "ü"], 2)}
    return simple(chance, ty.name)


def simple(chance: random.Random, name: str) -> Any:
    if name in ("int", "bigint"):
        bits = 31 if name == "int" else 63
        return chance.choice([0, -1, 443, (1 << bits) - 1, -(1 << bits)])
    if name in ("float", "double"):
        return rounded(name, chance.choice([0.0, -1.0, 0.001, 12.345, 1e30]))
    if name == "date":
        return f"20{chance.randrange(100):02}-03-{chance.randrange(1, 29):02}"
    return chance.choice([True, False] if name == "boolean" else TEXTS)
