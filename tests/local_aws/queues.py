"""Queues as AWS services use them: found by ARN, written to only when their policy lets the service."""

from __future__ import annotations

import json
from typing import Any

from moto.sqs import sqs_backends

from .call import regions
from .policy import allows


class Undelivered(Exception):
    """Why something did not reach its target, with the code that EventBridge gives for it."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code, self.message = code, message


def find(arn: str) -> Any | None:
    """The queue with this ARN, or None, also when it is no ARN at all."""
    parts = arn.split(":")
    if len(parts) != 6 or parts[2] != "sqs" or parts[3] not in regions():
        return None
    return sqs_backends[parts[4]][parts[3]].queues.get(parts[5])


def send_as_service(
    arn: str,
    service: str,
    source_arn: str,
    body: Any,
    attributes: dict[str, str] | None = None,
    group: str | None = None,
) -> None:
    """Send as `events.amazonaws.com` and the like do; Undelivered when there is no such queue or right."""
    queue = find(arn)
    if queue is None:
        raise Undelivered("RESOURCE_NOT_FOUND", f"There is no queue {arn}.")
    context = {"aws:SourceArn": source_arn, "aws:SourceAccount": source_arn.split(":")[4]}
    if not allows(queue.policy or None, service, "sqs:SendMessage", arn, context):
        raise Undelivered(
            "NO_PERMISSIONS", f"The policy of {arn} does not let {service} send for {source_arn}."
        )
    send(arn, body, attributes, group)


def send(arn: str, body: Any, attributes: dict[str, str] | None = None, group: str | None = None) -> None:
    """Send without asking the queue's policy; a string is sent as it is."""
    queue = find(arn)
    if queue is None:
        raise Undelivered("RESOURCE_NOT_FOUND", f"There is no queue {arn}.")
    typed = {name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()}
    sqs_backends[arn.split(":")[4]][queue.region].send_message(
        queue.name, body if isinstance(body, str) else json.dumps(body), typed, group_id=group
    )
