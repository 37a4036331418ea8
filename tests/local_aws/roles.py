"""Roles as other services see them: whether one may be assumed already, and what it allows."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from moto.iam import iam_backends
from moto.iam.models import Role

from .policy import Context, allows

_looked: WeakKeyDictionary[Any, dict[str, int]] = WeakKeyDictionary()


def find(arn: str) -> Role | None:
    """The role with this ARN, or None."""
    parts = arn.split(":", 5)
    if len(parts) != 6 or parts[2] != "iam":
        return None
    for role in iam_backends[parts[4]][parts[1]].get_roles():
        if role.arn == arn:
            return role
    return None


def role_trusts(arn: str, service: str, looks: int, context: Context | None = None) -> bool:
    """Whether the service can assume the role. The first looks at a new one fail, as while IAM spreads it."""
    role = find(arn)
    if role is None or not allows(role.assume_role_policy_document, service, "sts:AssumeRole", "*", context):
        return False
    seen = _looked.setdefault(role, {})
    seen[service] = seen.get(service, 0) + 1
    return seen[service] > looks


def policies(arn: str) -> list[str]:
    """The documents of the role's own policies, inline and attached; none where there is no such role."""
    role = find(arn)
    if role is None:
        return []
    return [*role.policies.values(), *(policy.document for policy in role.managed_policies.values())]
