"""The policy of an event bus, when it is put as a whole."""

from __future__ import annotations

import json
import re
from typing import Any

from moto.events.models import EventBus

from .call import AwsError
from .policy import as_list

LIMIT = 10_240
ACCOUNT = re.compile(r"\d{12}")


class Statement(dict):
    """A statement kept as it was given, in the place where moto keeps its own."""

    @property
    def principal(self) -> Any:
        return self["Principal"]

    def describe(self) -> dict[str, Any]:
        return dict(self)


def put_policy(bus: EventBus, document: str) -> None:
    """Replace the policy of the bus."""
    if len(document) > LIMIT:
        raise AwsError("PolicyLengthExceededException", f"The policy is longer than {LIMIT} characters.", 400)
    try:
        statements = [_statement(bus, given, index) for index, given in enumerate(_statements(document))]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AwsError("ValidationException", "This policy contains invalid Json", 400) from None
    bus._statements = {statement["Sid"]: statement for statement in statements}


def _statements(document: str) -> list[dict[str, Any]]:
    return as_list(json.loads(document)["Statement"])


def _statement(bus: EventBus, given: dict[str, Any], index: int) -> Statement:
    if given["Effect"] not in ("Allow", "Deny"):
        raise ValueError
    if not all(_is_on(bus, str(item)) for item in as_list(given["Resource"])):
        raise AwsError(
            "ValidationException", f"The resource of a statement must be on the bus {bus.arn}.", 400
        )
    if any(not item.startswith("events:") for item in as_list(given["Action"])):
        raise AwsError("ValidationException", "Provided value in parameter 'action' is not supported.", 400)
    return Statement({"Sid": f"statement-{index}", **given, "Principal": _principal(given["Principal"])})


def _is_on(bus: EventBus, resource: str) -> bool:
    """Whether it is the bus, or rules on it."""
    folder = "" if bus.name == "default" else f"{bus.name}/"
    return resource == bus.arn or resource.startswith(f"{bus.arn.rpartition(':')[0]}:rule/{folder}")


def _principal(given: Any) -> Any:
    """AWS gives an account id back as the ARN of the account's root."""
    if not isinstance(given, dict) or "AWS" not in given:
        return given
    roots = [
        f"arn:aws:iam::{item}:root" if ACCOUNT.fullmatch(item) else item for item in as_list(given["AWS"])
    ]
    return {**given, "AWS": roots if isinstance(given["AWS"], list) else roots[0]}
