"""SQS: refusals around names that were just used, other attributes, and policies."""

from __future__ import annotations

import json
import time
from typing import Any

from moto.sqs import sqs_backends

from . import roles
from .call import Answer, AwsError, Call
from .hooks import after, before
from .policy import as_list, statements
from .settings import SETTINGS

POLICY_LIMIT = 8_192
RANGES = {
    "DelaySeconds": range(901),
    "KmsDataKeyReusePeriodSeconds": range(60, 86_401),
    "MaximumMessageSize": range(1_024, 1_048_577),
    "MessageRetentionPeriod": range(60, 1_209_601),
    "ReceiveMessageWaitTimeSeconds": range(21),
    "VisibilityTimeout": range(43_201),
}

_deleted: dict[tuple[str, str, str], float] = {}  # (account, region, name) -> when


def forget() -> None:
    """Forget which queues were deleted when."""
    _deleted.clear()


@before("sqs", "CreateQueue")
def _create(call: Call) -> None:
    name, attributes = call.params["QueueName"], call.params.get("Attributes") or {}
    _check_attributes(attributes)
    gone = time.monotonic() - _deleted.get((call.account, call.region, name), float("-inf"))
    if gone < SETTINGS.queue_deleted_seconds:
        message = (
            "You must wait 60 seconds after deleting a queue before you can create another "
            "with the same name."
        )
        raise AwsError("QueueDeletedRecently", message, 400)
    existing = _queues(call).get(name)
    if existing and (other := _differing(existing, attributes)):
        message = f"A queue already exists with the same name and a different value for attribute {other}"
        raise AwsError("QueueNameExists", message, 400)


@before("sqs", "SetQueueAttributes")
def _set(call: Call) -> None:
    body = call.json if call.protocol == "json" else {}
    attributes = body.get("Attributes") or {}
    _check_attributes(attributes)
    queue = _queues(call).get(call.params["QueueUrl"].rpartition("/")[2])
    if queue and queue.policy and attributes and "Policy" not in attributes:  # moto would drop the policy
        call.json = {**body, "Attributes": {**attributes, "Policy": queue.policy}}


@after("sqs", "DeleteQueue")
def _delete(call: Call, answer: Answer) -> None:
    if answer.status < 400:
        _deleted[call.account, call.region, call.params["QueueUrl"].rpartition("/")[2]] = time.monotonic()


def _queues(call: Call) -> dict[str, Any]:
    return sqs_backends[call.account][call.region].queues


def _differing(queue: Any, wanted: dict[str, str]) -> str | None:
    """The first attribute whose value is not the one that the queue has."""
    for name, value in wanted.items():
        actual = queue.policy if name == "Policy" else queue.attributes.get(name)
        if _comparable(actual) != _comparable(value):
            return name
    return None


def _comparable(value: Any) -> Any:
    try:
        return json.loads(str(value).lower())
    except ValueError:
        return str(value)


def _check_attributes(attributes: dict[str, str]) -> None:
    for name, allowed in RANGES.items():
        value = attributes.get(name)
        if value is not None and not (value.isdecimal() and int(value) in allowed):
            raise _invalid(name)
    _check_policy(attributes.get("Policy"))


def _check_policy(document: str | None) -> None:
    if not document:
        return
    try:
        parsed = json.loads(document)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict) or "Version" not in parsed or len(document) > POLICY_LIMIT:
        raise _invalid("Policy")
    for statement in statements(parsed):
        principal = statement.get("Principal")
        named = as_list(principal.get("AWS", [])) if isinstance(principal, dict) else []
        if principal is None or any(":role/" in arn and roles.find(arn) is None for arn in named):
            raise _invalid("Policy")


def _invalid(name: str) -> AwsError:
    return AwsError("InvalidAttributeValue", f"Invalid value for the parameter {name}.", 400)
