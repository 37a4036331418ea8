"""What a target is given for an event: the event, a constant, a part of it, or a template filled from it."""

from __future__ import annotations

import json
import re
from typing import Any

PLACE = re.compile(r"<([\w.-]+)>")
STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]")


def input_for(target: dict[str, Any], event: dict[str, Any]) -> Any:
    """The JSON value that the target receives; a template that is not JSON gives a string."""
    if "Input" in target:
        return json.loads(target["Input"])
    if "InputPath" in target:
        return at_path(event, target["InputPath"])
    if transformer := target.get("InputTransformer"):
        return _fill(transformer["InputTemplate"], transformer.get("InputPathsMap") or {}, event)
    return event


def at_path(event: Any, path: str) -> Any:
    """The value at a JSONPath of names and indexes, such as `$.detail.tags[0]`; None when there is none."""
    for name, index, quoted in STEP.findall(path):
        try:
            event = event[int(index)] if index else event[name or quoted]
        except (KeyError, IndexError, TypeError):
            return None
    return event


def _fill(template: str, paths: dict[str, str], event: dict[str, Any]) -> Any:
    values = {name: at_path(event, path) for name, path in paths.items()}
    values["aws.events.event.json"] = event
    filled = PLACE.sub(lambda place: _written(template, place, values), template)
    try:
        return json.loads(filled)
    except ValueError:
        return filled


def _written(template: str, place: re.Match[str], values: dict[str, Any]) -> str:
    if place[1] not in values:
        return place[0]
    value = values[place[1]]
    quoted = template[: place.start()].replace('\\"', "").count('"') % 2 == 1
    if not quoted:
        return json.dumps(value)
    text = value if isinstance(value, str) else json.dumps(value)
    return json.dumps(text)[1:-1]
