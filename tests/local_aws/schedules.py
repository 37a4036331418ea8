"""EventBridge's rules with a schedule: which ones AWS takes, and what they send when their time has come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moto.events.models import Rule, events_backends

from . import delivery
from .call import AwsError, Call
from .hooks import before

RATE = re.compile(r"rate\((1 (minute|hour|day)|(?!1 )[1-9]\d* (minutes|hours|days))\)")
FIELD = r"[0-9A-Z,*/#-]+"
# Minutes, hours, day of the month, month, day of the week, year; one of the two days is `?`, the other told.
CRON = re.compile(rf"cron\({FIELD} {FIELD} (\? {FIELD} {FIELD}|{FIELD} {FIELD} \?) {FIELD}\)")


@before("events", "PutRule")
def _check_schedule(call: Call) -> None:
    schedule = call.params.get("ScheduleExpression")
    if not schedule:
        return
    if (call.params.get("EventBusName") or "default").rpartition("/")[2] != "default":
        raise _invalid("ScheduleExpression is supported only on the default event bus.")
    if len(schedule) > 256 or not (RATE.fullmatch(schedule) or CRON.fullmatch(schedule)):
        raise _invalid("Parameter ScheduleExpression is not valid.")


def fire() -> None:
    """As if the time had come for every scheduled rule that is enabled, once."""
    for rule in list(_scheduled()):
        event = {
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "account": rule.account_id,
            "region": rule.region_name,
            "resources": [rule.arn],
            "detail": {},
        }
        delivery.send(rule, delivery.complete(event))


def _scheduled() -> Iterator[Rule]:
    for by_region in list(events_backends.values()):
        for backend in list(by_region.values()):
            rules = backend.event_buses["default"].rules.values()
            yield from (rule for rule in rules if rule.scheduled_expression and rule.state in delivery.FIRES)


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message, 400)
