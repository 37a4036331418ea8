"""EventBridge's delivery: rules match, targets receive, dead-letter queues get what was not delivered."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timezone
from typing import Any

from moto.events.models import EventBus, EventsBackend, Rule, events_backends
from moto.logs.models import logs_backends

from . import event_pattern, invocations, queues, rights
from .actions import Right
from .event_input import input_for
from .journal import JOURNAL
from .lock import LOCK
from .organizations import organization_of
from .policy import allows
from .queues import Undelivered

SERVICE = "events.amazonaws.com"
FIRES = ("ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")


def complete(envelope: dict[str, Any]) -> dict[str, Any]:
    """The envelope with what EventBridge itself would have added."""
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"version": "0", "id": str(uuid.uuid4()), "time": now, "resources": [], **envelope}


def publish(event: dict[str, Any], bus_name: str) -> None:
    """Put an event on a bus of the account and region that it names."""
    _to_bus(events_backends[event["account"]][event["region"]], bus_name, event, forwarded=False)


def send(rule: Rule, event: dict[str, Any], forwarded: bool = False) -> None:
    """Hand an event that started a rule to its targets."""
    for target in list(rule.targets):
        _to_target(rule, target, event, forwarded)


def _put_events(self: EventsBackend, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Instead of moto's PutEvents, which fails when a target does and loses the envelope between buses."""
    with LOCK:
        return [_put_event(self, entry) for entry in events]


def _put_event(backend: EventsBackend, entry: dict[str, Any]) -> dict[str, Any]:
    for name in ("Source", "DetailType", "Detail"):
        if not entry.get(name):
            reason = f"Parameter {name} is not valid. Reason: {name} is a required argument."
            return {"ErrorCode": "InvalidArgument", "ErrorMessage": reason}
    if entry["Source"].startswith("aws."):  # which only AWS's own services are
        return {
            "ErrorCode": "NotAuthorizedForSourceException",
            "ErrorMessage": "Not authorized for the source.",
        }
    try:
        detail = json.loads(entry["Detail"])
    except ValueError:
        detail = None
    if not isinstance(detail, dict):
        return {"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."}
    event = complete(
        {
            "detail-type": entry["DetailType"],
            "source": entry["Source"],
            "account": backend.account_id,
            "region": backend.region_name,
            "resources": entry.get("Resources") or [],
            "detail": detail,
        }
    )
    if isinstance(entry.get("Time"), (int, float)):
        event["time"] = datetime.fromtimestamp(entry["Time"], timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    name = (entry.get("EventBusName") or "default").rpartition("/")[2]
    if name in backend.event_buses:  # AWS, too, accepts and drops an event for a bus that is not there
        _to_bus(backend, name, event, forwarded=False)
    return {"EventId": event["id"]}


def _to_bus(backend: EventsBackend, bus_name: str, event: dict[str, Any], forwarded: bool) -> None:
    bus: EventBus = backend.event_buses[bus_name]
    for rule in list(bus.rules.values()):
        if _fires(rule, event):
            send(rule, event, forwarded)


def _fires(rule: Rule, event: dict[str, Any]) -> bool:
    pattern = rule.event_pattern.get_pattern()
    return rule.state in FIRES and bool(pattern) and event_pattern.matches(pattern, event)


def _to_target(rule: Rule, target: dict[str, Any], event: dict[str, Any], forwarded: bool) -> None:
    """Deliver, or hand over to the dead-letter queue: nothing that happens here is the caller's concern."""
    try:
        _deliver(rule, target, event, forwarded)
    except Undelivered as failure:
        _to_dead_letter_queue(rule, target, event, failure)
    except Exception as error:
        JOURNAL.broken("Delivery", error)


def _deliver(rule: Rule, target: dict[str, Any], event: dict[str, Any], forwarded: bool) -> None:
    arn = target["Arn"]
    service, resource = arn.split(":")[2], arn.split(":", 5)[5]
    if service == "events" and resource.startswith("event-bus/"):
        _to_other_bus(rule, target, event, forwarded)
    elif service == "lambda":
        _to_function(rule, arn, input_for(target, event))
    elif service == "sqs":
        group = (target.get("SqsParameters") or {}).get("MessageGroupId")
        queues.send_as_service(arn, SERVICE, rule.arn, input_for(target, event), group=group)
    elif service == "logs":
        _to_log_group(rule, resource.removeprefix("log-group:").removesuffix(":*"), event)
    else:
        raise Undelivered("UNSUPPORTED", f"The stand-in cannot deliver to {arn}.")


def _to_other_bus(rule: Rule, target: dict[str, Any], event: dict[str, Any], forwarded: bool) -> None:
    arn = target["Arn"]
    if forwarded:  # EventBridge says nothing either: one hop only
        _journal(rule, target, event, "ReceivedEventsAreNotForwarded")
        return
    role = target.get("RoleArn")
    if not may_put_events(rule, arn, role):
        raise Undelivered("NO_PERMISSIONS", f"The policy of {arn} does not let {rule.arn} put events.")
    if role and not rights.may(role, right := Right("events:PutEvents", arn)):
        raise Undelivered("NO_PERMISSIONS", rights.refusal(role, right))
    _, _, _, region, account, resource = arn.split(":", 5)
    backend, name = events_backends[account][region], resource.removeprefix("event-bus/")
    if name not in backend.event_buses:
        raise Undelivered("RESOURCE_NOT_FOUND", f"There is no event bus {arn}.")
    _to_bus(backend, name, event, forwarded=True)


def may_put_events(rule: Rule, bus_arn: str, role_arn: str | None) -> bool:
    """Whether a bus lets this rule's account send; in the same region and account it always does."""
    partition, _, region, account, resource = bus_arn.split(":", 5)[1:]
    if (region, account) == (rule.region_name, rule.account_id):
        return True
    bus = events_backends[account][region].event_buses.get(resource.removeprefix("event-bus/"))
    principal = role_arn or f"arn:{partition}:iam::{rule.account_id}:root"
    context = {"aws:SourceArn": rule.arn, "aws:SourceAccount": rule.account_id}
    organization = organization_of(rule.account_id, partition)
    if role_arn and organization:  # a grant to an organization needs a role
        context["aws:PrincipalOrgID"] = organization
    return bus is not None and allows(bus.policy, principal, "events:PutEvents", bus_arn, context)


def _to_function(rule: Rule, arn: str, payload: Any) -> None:
    function = invocations.find(arn)
    if function is None:
        raise Undelivered("RESOURCE_NOT_FOUND", f"There is no function {arn}.")
    # AWS gives no SourceAccount here: a permission that asks for one never lets EventBridge in.
    policy = {"Statement": function.policy.statements}
    if not allows(policy, SERVICE, "lambda:InvokeFunction", arn, {"aws:SourceArn": rule.arn}):
        raise Undelivered("NO_PERMISSIONS", f"The policy of {arn} does not let {rule.arn} invoke it.")
    invocations.invoke_later(function, json.dumps(payload).encode())


def _to_dead_letter_queue(
    rule: Rule, target: dict[str, Any], event: dict[str, Any], failure: Undelivered
) -> None:
    _journal(rule, target, event, f"{failure.code}: {failure.message}")
    arn = (target.get("DeadLetterConfig") or {}).get("Arn")
    if not arn:
        return
    attributes = {
        "RULE_ARN": rule.arn,
        "TARGET_ARN": target["Arn"],
        "ERROR_CODE": failure.code,
        "ERROR_MESSAGE": failure.message,
        "EXHAUSTED_RETRY_CONDITION": "NoRetry",
    }
    try:
        queues.send_as_service(arn, SERVICE, rule.arn, event, attributes)
    except Undelivered as lost:
        _journal(rule, {"Arn": arn}, event, f"DeadLetterQueue {lost.code}: {lost.message}")


def _journal(rule: Rule, target: dict[str, Any], event: dict[str, Any], error: str) -> None:
    JOURNAL.note(
        "events",
        "Delivery",
        rule.region_name,
        rule.account_id,
        error,
        rule=rule.arn,
        target=target["Arn"],
        event=event["id"],
    )


def _to_log_group(rule: Rule, name: str, event: dict[str, Any]) -> None:
    logs = logs_backends[rule.account_id][rule.region_name]
    if name not in logs.groups:
        raise Undelivered("RESOURCE_NOT_FOUND", f"There is no log group {name}.")
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    logs.ensure_log_stream(name, rule.name)
    logs.put_log_events(name, rule.name, [{"timestamp": now, "message": json.dumps(event)}])


EventsBackend.put_events = _put_events
