"""EventBridge's control plane: what it refuses, and the operations that moto lacks."""

from __future__ import annotations

import json
import re
from typing import Any

from moto.events.models import EventBus, EventsBackend, Rule, events_backends

from . import delivery, event_pattern
from .call import AwsError, Call, regions
from .event_policy import put_policy
from .hooks import before, instead
from .policy import allows
from .roles import role_trusts
from .settings import SETTINGS

NAME = re.compile(r"[\.\-_A-Za-z0-9]{1,64}")
BUS_NAME = re.compile(r"[/\.\-_A-Za-z0-9]{1,256}")
PATTERN_QUOTA, PATTERN_LIMIT = 2048, 4096
RULES_PER_BUS, TARGETS_PER_RULE, ENTRIES = 300, 5, 10
RULE_STATES = (*delivery.FIRES, "DISABLED")
SAME_REGION = ("lambda", "sqs", "sns")
INPUTS = ("Input", "InputPath", "InputTransformer")


@before(
    "events",
    "PutRule",
    "DescribeRule",
    "DeleteRule",
    "EnableRule",
    "DisableRule",
    "PutTargets",
    "RemoveTargets",
    "ListTargetsByRule",
    "ListRules",
)
def _bus_is_here(call: Call) -> None:
    arn = (call.params.get("EventBusName") or "").split(":")
    if len(arn) > 5 and arn[3] != call.region:
        raise invalid("Cross-region api call is not allowed.")


@before("events", "CreateEventBus")
def _create_bus(call: Call) -> None:
    name = call.params["Name"]
    _match(BUS_NAME, name, "name")
    if name == "default" or name.startswith("aws."):
        raise invalid(f"Event bus name {name} is reserved.")
    _check_text(call.params.get("Description"), "description")
    _check_dead_letter_queue(call.params, call.region)


@instead("events", "UpdateEventBus")
def _update_bus(call: Call) -> dict[str, Any]:
    bus = _bus(call, call.params.get("Name"))
    _check_text(call.params.get("Description"), "description")
    _check_dead_letter_queue(call.params, call.region)
    bus.description = call.params.get("Description")
    bus.kms_key_identifier = call.params.get("KmsKeyIdentifier")
    bus.dead_letter_config = call.params.get("DeadLetterConfig")
    shown = {
        "Description": bus.description,
        "KmsKeyIdentifier": bus.kms_key_identifier,
        "DeadLetterConfig": bus.dead_letter_config,
    }
    return {"Arn": bus.arn, "Name": bus.name, **{name: value for name, value in shown.items() if value}}


@before("events", "DeleteEventBus")
def _delete_bus(call: Call) -> None:
    bus = _backend(call).event_buses.get(call.params["Name"])
    if bus and bus.name != "default" and bus.rules:
        raise invalid("EventBus can't be deleted since it has rules.")


@instead("events", "PutPermission")
def _put_permission(call: Call) -> dict[str, Any] | None:
    """A whole policy replaces the one before; moto merges them, and cannot read every statement."""
    document = call.params.get("Policy")
    if not document:
        return None
    put_policy(_bus(call, call.params.get("EventBusName")), document)
    return {}


@before("events", "PutRule")
def _put_rule(call: Call) -> None:
    asked = call.params
    _match(NAME, asked["Name"], "name")
    _check_text(asked.get("Description"), "description")
    bus = _bus(call, asked.get("EventBusName"))
    if asked.get("State", "ENABLED") not in RULE_STATES:
        raise invalid(f"Value '{asked['State']}' at 'state' must satisfy enum value set: {list(RULE_STATES)}")
    if asked.get("EventPattern"):
        _check_pattern(asked["EventPattern"])
    if asked["Name"] not in bus.rules and len(bus.rules) >= RULES_PER_BUS:
        raise _too_many()
    if asked.get("RoleArn"):
        _check_role(asked["RoleArn"], _rule_arn(bus, asked["Name"]))
    if asked["Name"] in bus.rules:  # tags are ignored for a rule that exists
        call.json = {name: value for name, value in call.json.items() if name != "Tags"}


@before("events", "DeleteRule")
def _delete_rule(call: Call) -> None:
    _bus(call, call.params.get("EventBusName"))


@before("events", "PutTargets")
def _put_targets(call: Call) -> None:
    rule, targets = _rule(call), call.params["Targets"]
    if not 1 <= len(targets) <= ENTRIES:
        raise invalid(f"Value at 'targets' must have length from 1 to {ENTRIES}.")
    if len({target["Id"] for target in (*rule.targets, *targets)}) > TARGETS_PER_RULE:
        raise _too_many()
    for target in targets:
        _check_target(rule, target)


@before("events", "RemoveTargets")
def _remove_targets(call: Call) -> None:
    _rule(call)
    if not 1 <= len(call.params["Ids"]) <= ENTRIES:
        raise invalid(f"Value at 'ids' must have length from 1 to {ENTRIES}.")


@instead("events", "TestEventPattern")
def _test_pattern(call: Call) -> dict[str, Any]:
    pattern = event_pattern.validated(call.params["EventPattern"])
    return {"Result": event_pattern.matches(pattern, json.loads(call.params["Event"]))}


@instead("events", "PutEvents")
def _put_events(call: Call) -> dict[str, Any]:
    """Answered here for its failed entries; a cross-account or cross-region bus is not to be had this way."""
    if not 1 <= len(call.params["Entries"]) <= ENTRIES:
        raise invalid(f"Value at 'entries' must have length from 1 to {ENTRIES}.")
    if len(call.body) > 1024 * 1024:
        raise invalid("Total size of the entries in the request is over the limit.")
    for entry in call.params["Entries"]:
        _check_sender(call, entry.get("EventBusName") or "")
    entries = _backend(call).put_events(call.json["Entries"])
    return {"FailedEntryCount": sum("ErrorCode" in entry for entry in entries), "Entries": entries}


def _check_sender(call: Call, bus_arn: str) -> None:
    """Who is of another account is let in by the bus's policy only."""
    arn = bus_arn.split(":", 5)
    if len(arn) < 6 or arn[4] == call.account:
        return
    bus = events_backends[arn[4]][arn[3]].event_buses.get(arn[5].removeprefix("event-bus/"))
    principal = f"arn:{call.partition}:iam::{call.account}:root"
    if bus is None or not allows(bus.policy, principal, "events:PutEvents", bus_arn, {}):
        message = (
            f"User: {principal} is not authorized to perform: events:PutEvents on resource: {bus_arn} "
            "because no resource-based policy allows the events:PutEvents action"
        )
        raise AwsError("AccessDeniedException", message, 400)


def invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message, 400)


def _check_pattern(pattern: str) -> None:
    if len(pattern) > PATTERN_LIMIT:
        raise invalid(
            "1 validation error detected: Value at 'eventPattern' failed to satisfy constraint: "
            f"Member must have length less than or equal to {PATTERN_LIMIT}"
        )
    if len(pattern) > PATTERN_QUOTA:
        raise _too_many()
    event_pattern.validated(pattern)


def _check_target(rule: Rule, target: dict[str, Any]) -> None:
    _match(NAME, target["Id"], "id")
    arn = target["Arn"].split(":", 5)
    if len(arn) != 6 or len(target["Arn"]) > 1600 or arn[3] not in regions():
        raise invalid(
            f"Parameter {target['Arn']} is not valid. Reason: Provided Arn is not in correct format."
        )
    if arn[2] in SAME_REGION and arn[3] != rule.region_name:
        raise invalid(
            f"Parameter Arn is not valid. Reason: target {target['Arn']} must be in the rule's region."
        )
    _check_input(rule, target, arn)
    _check_dead_letter_queue(target, rule.region_name)
    _check_retry_policy(target.get("RetryPolicy") or {})
    if target.get("RoleArn"):
        _check_role(target["RoleArn"], rule.arn)
    if arn[2] == "events" and arn[5].startswith("event-bus/"):
        _check_bus_policy(rule, target)


def _check_input(rule: Rule, target: dict[str, Any], arn: list[str]) -> None:
    given = [name for name in INPUTS if name in target]
    if len(given) > 1:
        raise invalid(
            f"Only one of Input, InputPath, or InputTransformer must be provided for target {target['Id']}."
        )
    if given and arn[2] == "events" and arn[4] != rule.account_id:
        raise invalid(
            f"{given[0]} is not supported for the event bus of another account: target {target['Id']}."
        )
    if len(target.get("Input") or "") > 8192:
        raise invalid("Value at 'input' must have length less than or equal to 8192")
    try:
        json.loads(target.get("Input", "{}"))
    except ValueError:
        raise invalid(f"Parameter Input for target {target['Id']} is not valid JSON text.") from None


def _check_dead_letter_queue(holder: dict[str, Any], region: str) -> None:
    given = (holder.get("DeadLetterConfig") or {}).get("Arn")
    if given is None:
        return
    arn = given.split(":")
    if len(arn) != 6 or arn[2] != "sqs":
        raise invalid(
            "Parameter DeadLetterConfig.Arn is not valid. Reason: Provided Arn is not in correct format."
        )
    if arn[3] != region:
        raise invalid(
            "Parameter DeadLetterConfig.Arn is not valid. Reason: the queue must be in the rule's region."
        )
    if arn[5].endswith(".fifo"):
        raise invalid("Parameter DeadLetterConfig.Arn is not valid. Reason: FIFO queues are not supported.")


def _check_retry_policy(policy: dict[str, Any]) -> None:
    if not 60 <= policy.get("MaximumEventAgeInSeconds", 60) <= 86400:
        raise invalid("Value at 'retryPolicy.maximumEventAgeInSeconds' must be 60 to 86400")
    if not 0 <= policy.get("MaximumRetryAttempts", 0) <= 185:
        raise invalid("Value at 'retryPolicy.maximumRetryAttempts' must be 0 to 185")


def _check_role(role_arn: str, rule_arn: str) -> None:
    context = {"aws:SourceArn": rule_arn, "aws:SourceAccount": rule_arn.split(":")[4]}
    if not role_trusts(role_arn, delivery.SERVICE, looks=SETTINGS.event_role_looks, context=context):
        raise invalid(f"Provided role '{role_arn}' cannot be assumed by principal '{delivery.SERVICE}'.")


def _check_bus_policy(rule: Rule, target: dict[str, Any]) -> None:
    if not delivery.may_put_events(rule, target["Arn"], target.get("RoleArn")):
        message = (
            f"User: arn:aws:iam::{rule.account_id}:root is not authorized to perform: events:PutEvents on "
            f"resource: {target['Arn']} because no resource-based policy allows the events:PutEvents action"
        )
        raise AwsError("AccessDeniedException", message, 400)


def _check_text(text: str | None, name: str) -> None:
    if len(text or "") > 512:
        raise invalid(f"Value at '{name}' must have length less than or equal to 512")


def _match(pattern: re.Pattern[str], value: str, name: str) -> None:
    if not pattern.fullmatch(value):
        raise invalid(
            f"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {pattern.pattern}"
        )


def _too_many() -> AwsError:
    return AwsError(
        "LimitExceededException", "The requested resource exceeds the maximum number allowed.", 400
    )


def _backend(call: Call) -> EventsBackend:
    return events_backends[call.account][call.region]


def _bus(call: Call, name: str | None) -> EventBus:
    return _backend(call).describe_event_bus((name or "default").rpartition("/")[2])


def _rule(call: Call) -> Rule:
    bus = _bus(call, call.params.get("EventBusName"))
    if call.params["Rule"] not in bus.rules:
        message = f"Rule {call.params['Rule']} does not exist on EventBus {bus.name}."
        raise AwsError("ResourceNotFoundException", message, 400)
    return bus.rules[call.params["Rule"]]


def _rule_arn(bus: EventBus, name: str) -> str:
    path = name if bus.name == "default" else f"{bus.name}/{name}"
    return bus.arn.rpartition(":")[0] + f":rule/{path}"
