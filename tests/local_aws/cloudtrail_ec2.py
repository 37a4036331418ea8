"""How CloudTrail writes calls of EC2: like XML, with capitals, numbered lists, booleans by their looks."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from botocore.model import ListShape, Shape, StructureShape

from .call import Answer, Call

# A text that looks like one of them becomes one, even where a person wrote it.
BOOLEANS = {"true": True, "false": False}


def request(call: Call) -> dict[str, Any]:
    return {f"{call.operation}Request": _written(call.params, call.model.input_shape)}


def answer(call: Call, answer: Answer) -> dict[str, Any]:
    root = ElementTree.fromstring(answer.body)
    namespace, _, name = root.tag[1:].rpartition("}")
    return {name: {"xmlns": namespace, **_parsed(root)}}


def _written(value: Any, shape: Shape) -> Any:
    if isinstance(shape, StructureShape):
        members = shape.members
        return {_name(name, members[name]): _written(item, members[name]) for name, item in value.items()}
    if isinstance(shape, ListShape):
        return _one_or_all([_numbered(n, _written(item, shape.member)) for n, item in enumerate(value, 1)])
    return BOOLEANS.get(value, value) if isinstance(value, str) else value


def _name(name: str, member: Shape) -> str:
    sent = member.serialization.get("name", name)
    return sent[:1].upper() + sent[1:]


def _numbered(number: int, item: Any) -> dict[str, Any]:
    return {"tag": number, **(item if isinstance(item, dict) else {"content": item})}


def _parsed(element: ElementTree.Element) -> Any:
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(child.tag.rpartition("}")[2], []).append(_parsed(child))
    return {name: _one_or_all(items) for name, items in found.items()} or (element.text or "").strip()


def _one_or_all(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items
