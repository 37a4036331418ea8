"""What of a policy is never asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from local_aws.policy import as_list, like, statements

Policy = dict[str, Any]
# A right that was used: the action, and on what.
Used = tuple[str, str]


def unused(policies: Iterable[Policy], used: Iterable[Used]) -> list[str]:
    """The actions and the resources of each statement that nothing has asked for under it."""
    everything = list(used)
    return [idle for policy in policies for one in statements(policy) for idle in _idle(one, everything)]


def _idle(statement: dict[str, Any], used: list[Used]) -> Iterator[str]:
    actions, resources = as_list(statement["Action"]), as_list(statement["Resource"])
    under = [
        (action, resource)
        for action, resource in used
        if action in actions and any(like(pattern, resource) for pattern in resources)
    ]
    name = statement.get("Sid", "a statement")
    yield from (f"{name}: {one}" for one in actions if one not in {action for action, _ in under})
    for pattern in resources:
        if not any(like(pattern, resource) for _, resource in under):
            yield f"{name}: {pattern}"
