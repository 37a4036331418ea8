"""Hive's types, and what a value is in one of them."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass, field
from typing import Any

BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}
WHOLE = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


class MisfitError(Exception):
    """A value that is not of its column's type."""


@dataclass
class Type:
    name: str
    # Of a struct its members by name; of an array `item`; of a map `key` and `value`.
    parts: dict[str, Type] = field(default_factory=dict)


def parsed(text: str) -> Type:
    name, bracket, inner = text.partition("<")
    if not bracket:
        return Type(name)
    pieces = split(inner.removesuffix(">"))
    if name == "struct":
        pairs = [piece.partition(":") for piece in pieces]
        return Type(name, {member.lower(): parsed(ty) for member, _, ty in pairs})
    return Type(name, dict(zip(["item"] if name == "array" else ["key", "value"], map(parsed, pieces))))


def split(text: str) -> list[str]:
    """At the commas that stand in no bracket."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character in "<(") - (character in ">)")
        if character == "," and not depth:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces


def fitted(ty: Type, value: Any, path: str) -> Any:
    """The JSON value as Hive has it: a struct is a list, in the order of its members."""
    if value is None:
        return None
    if ty.name == "struct":
        demand(isinstance(value, dict), ty, value, path)
        members = {key.lower(): member for key, member in value.items()}
        return [fitted(part, members.get(name), f"{path}.{name}") for name, part in ty.parts.items()]
    if ty.name == "array":
        demand(isinstance(value, list), ty, value, path)
        return [fitted(ty.parts["item"], item, f"{path}[]") for item in value]
    if ty.name == "map":
        demand(isinstance(value, dict), ty, value, path)
        return {key: fitted(ty.parts["value"], item, f"{path}{{}}") for key, item in value.items()}
    return simple(ty, value, path)


def simple(ty: Type, value: Any, path: str) -> Any:
    """Numbers may stand in quotes, as AWS writes them here and there. A string takes everything."""
    if ty.name == "boolean":
        demand(isinstance(value, bool) or value in ("true", "false"), ty, value, path)
        return value in (True, "true")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if ty.name in BITS:
        bound = 1 << BITS[ty.name] - 1
        demand(WHOLE.fullmatch(text) and -bound <= int(text) < bound, ty, value, path)
        return int(text)
    if ty.name in ("float", "double"):
        demand(DECIMAL.fullmatch(text), ty, value, path)
        return rounded(ty.name, float(text))
    return text


def demand(fits: object, ty: Type, value: Any, path: str) -> None:
    if not fits:
        raise MisfitError(f"{path} is no {ty.name}: {json.dumps(value, ensure_ascii=False):.60}")


def rounded(name: str, number: float) -> float:
    return struct.unpack("f", struct.pack("f", number))[0] if name == "float" else number


def unknown_keys(ty: Type, value: Any, path: str) -> list[str]:
    """The keys that no column and no member of a struct is for."""
    if ty.name == "struct" and isinstance(value, dict):
        known = [(key, ty.parts.get(key.lower())) for key in value]
        lacking = [f"{path}.{key}".lstrip(".") for key, part in known if part is None]
        inner = [unknown_keys(part, value[key], f"{path}.{key}") for key, part in known if part]
    elif ty.name == "array" and isinstance(value, list):
        lacking, inner = [], [unknown_keys(ty.parts["item"], item, f"{path}[]") for item in value]
    elif ty.name == "map" and isinstance(value, dict):
        lacking, inner = [], [unknown_keys(ty.parts["value"], item, f"{path}{{}}") for item in value.values()]
    else:
        return []
    return lacking + [key for keys in inner for key in keys]
