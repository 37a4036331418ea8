"""What tables say, without what is by chance: times, versions, and the ids that AWS gave."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

from chaos.owners import words

BY_CHANCE = ("CreateTime", "UpdateTime", "VersionId")
VIEW = re.compile(r"Presto View: ([A-Za-z0-9+/=]+)")


def of_region(glue: Any, resources: dict[str, Any], region: str) -> dict[str, Any]:
    """{owner: {table: all it says}}; the resources are given by the names of their owners."""
    owners = {resource.arn: owner for owner, resource in resources.items() if hasattr(resource, "arn")}
    found: dict[str, Any] = {}
    for table in everything(glue):
        owner = owners[table["Parameters"]["logenabler.resource_arn"]]
        said = json.loads(named(text(table), owner, words(resources[owner])))
        found.setdefault(owner, {})[f"{region} {said['DatabaseName']}.{said['Name']}"] = said
    return found


def everything(glue: Any) -> Iterator[dict[str, Any]]:
    """Every table of every database."""
    for page in glue.get_paginator("get_databases").paginate():
        for database in page["DatabaseList"]:
            for tables in glue.get_paginator("get_tables").paginate(DatabaseName=database["Name"]):
                yield from tables["TableList"]


def text(table: dict[str, Any]) -> str:
    """A table as text, its view readable."""
    kept = {name: value for name, value in table.items() if name not in BY_CHANCE}
    view = VIEW.search(kept.get("ViewOriginalText", ""))
    if view:
        kept["ViewOriginalText"] = base64.b64decode(view[1]).decode()
    return json.dumps(kept, default=str, sort_keys=True)


def named(said: str, owner: str, by_chance: list[str]) -> str:
    """With the owner's name for everything that AWS has called the resource."""
    for word in by_chance:
        for form in (word, word.lower(), word.replace("-", "_")):
            said = said.replace(form, owner) if form else said
    return said
