"""Who may call what: whoever has policies is refused what they do not allow.

Those are the sessions of roles, functions among them, and Terraform, which tests run with what the guide of
permissions publishes. Everybody else may do anything. What was used is remembered, and what was refused.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

from moto.iam import iam_backends

from . import published, roles
from .actions import Right, rights
from .call import AwsError, Call
from .policy import allows
from .published import TERRAFORM

CODES = {
    "ec2": "UnauthorizedOperation",
    "query": "AccessDenied",
    "rest-xml": "AccessDenied",
    "sns": "AuthorizationError",
}
TERRAFORM_KEY = "AKIALOCALTERRAFORM"
# The service's own hook knows the role that is asked for; and anybody may ask who they are.
CHECKED_ELSEWHERE = {"sts"}


class Used:
    """The rights that were used, and those that were refused: of whom, which action, on what."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str, str], bool] = {}

    def add(self, who: str, right: Right, allowed: bool) -> None:
        with self._lock:
            key = who, right.action, right.resource
            self._seen[key] = allowed and self._seen.get(key, True)  # What was refused once stays so.

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            names = ("who", "action", "resource")
            return [dict(zip(names, key), allowed=allowed) for key, allowed in self._seen.items()]

    def clear(self) -> None:
        with self._lock:
            self._seen.clear()


USED = Used()


def caller(call: Call) -> str | None:
    """The ARN of the caller whose policies count; None for everybody else."""
    if call.access_key == TERRAFORM_KEY:
        return TERRAFORM
    if call.actor == "function":
        return call.session_token or None
    key = iam_backends[call.account][call.partition].access_keys.get(call.access_key)
    return getattr(key, "role_arn", None)


def may(who: str, right: Right) -> bool:
    """Whether the policies of the caller allow it."""
    documents = _published() if who == TERRAFORM else roles.policies(who)
    allowed = any(
        allows(document, who, right.action, right.resource, right.context) for document in documents
    )
    USED.add(who, right, allowed)
    return allowed


def check(call: Call) -> None:
    """Refuse what the caller's policies do not allow."""
    who = None if call.service in CHECKED_ELSEWHERE or not call.model else caller(call)
    for right in rights(call) if who else ():
        if not may(who, right):
            code = CODES.get(call.service) or CODES.get(call.protocol, "AccessDeniedException")
            raise AwsError(code, refusal(who, right), 403)


def refusal(who: str, right: Right) -> str:
    """In AWS's own words."""
    return (
        f"User: {who} is not authorized to perform: {right.action} on resource: {right.resource} "
        f"because no identity-based policy allows the {right.action} action"
    )


@cache
def _published() -> list[dict[str, Any]]:
    return [policy for names in published.CHOSEN for policy in published.policies(names)]
