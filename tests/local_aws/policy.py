"""Resource and trust policies: whether a document lets somebody do something."""

from __future__ import annotations

import json
import re
from typing import Any

Context = dict[str, str]


def allows(
    document: str | dict[str, Any] | None, principal: str, action: str, resource: str, context: Context | None
) -> bool:
    """Whether the principal, a service name or an ARN, is allowed. Without a context no condition is read."""
    effects = {
        statement.get("Effect")
        for statement in statements(document)
        if _concerns(statement, principal, action, resource, context)
    }
    return "Allow" in effects and "Deny" not in effects


def statements(document: str | dict[str, Any] | None) -> list[dict[str, Any]]:
    """The statements of a document; none when it is not one."""
    try:
        parsed = json.loads(document) if isinstance(document, str) else document
    except ValueError:
        return []
    found = parsed.get("Statement", []) if isinstance(parsed, dict) else []
    return [item for item in as_list(found) if isinstance(item, dict)]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def like(pattern: str, value: str) -> bool:
    """IAM's wildcards: * and ?."""
    escaped = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(escaped, value, re.DOTALL) is not None


def _concerns(statement: dict, principal: str, action: str, resource: str, context: Context | None) -> bool:
    return (
        _is_principal(statement.get("Principal"), principal)
        and any(like(item.lower(), action.lower()) for item in as_list(statement.get("Action", [])))
        and any(like(item, resource) for item in as_list(statement.get("Resource", "*")))
        and (context is None or _conditions_hold(statement.get("Condition") or {}, context))
    )


def _is_principal(stated: Any, principal: str) -> bool:
    if stated is None:  # an identity policy: whoever it is attached to
        return True
    if stated == "*":
        return True
    if not isinstance(stated, dict):
        return False
    if not principal.startswith("arn:"):
        return principal in as_list(stated.get("Service", []))
    account = principal.split(":")[4]
    root = principal.split(":")[1:2] + ["iam", "", account, "root"]
    accepted = {"*", principal, account, "arn:" + ":".join(root)}
    return any(item in accepted for item in as_list(stated.get("AWS", [])))


def _conditions_hold(conditions: dict[str, Any], context: Context) -> bool:
    actual = {key.lower(): value for key, value in context.items()}
    return all(
        _holds(operator, as_list(wanted), actual.get(key.lower()))
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def _holds(operator: str, wanted: list[Any], actual: str | None) -> bool:
    name = operator.rpartition(":")[2]
    if actual is None:
        return name.endswith("IfExists") or "Not" in name
    name = name.removesuffix("IfExists")
    wildcard = name.startswith("Arn") or name.endswith("Like")
    same = any(like(str(item), actual) if wildcard else str(item) == actual for item in wanted)
    return not same if "Not" in name else same
