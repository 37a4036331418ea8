"""Rules with a schedule: no event starts them, and their targets get what they are to get."""

from __future__ import annotations

import json

import pytest

from .functions import ACCOUNT, REGION, allow, event, function, messages, queue
from .refusals import refused
from .test_delivery import permit, undelivered

RULE = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/daily"


def scheduled(aws, target, **more):
    """A rule that starts every day."""
    client = aws.client("events")
    client.put_rule(Name="daily", ScheduleExpression="rate(1 day)", **more)
    client.put_targets(Rule="daily", Targets=[{"Id": "t", **target}])


@pytest.mark.parametrize(
    "schedule", ["rate(1 minute)", "rate(12 hours)", "cron(0 3 * * ? *)", "cron(0/15 3 ? JAN 2-6 2030)"]
)
def test_a_schedule_is_kept_as_it_was_put_and_goes_with_the_next_pattern(local_aws, schedule):
    client = local_aws.client("events")
    client.put_rule(Name="r", ScheduleExpression=schedule)
    rule = client.describe_rule(Name="r")
    assert (rule["ScheduleExpression"], "EventPattern" in rule) == (schedule, False)
    client.put_rule(Name="r", EventPattern='{"source": ["s"]}')
    assert "ScheduleExpression" not in client.describe_rule(Name="r")


@pytest.mark.parametrize(
    "schedule",
    [
        "rate(1 days)",
        "rate(2 day)",
        "rate(0 days)",
        "rate(1 week)",
        "cron(0 3 * * * *)",
        "cron(0 3 ? * ? *)",
        "cron(0 3 * * ?)",
        "1 day",
        "never",
    ],
)
def test_a_schedule_that_is_none_is_refused(local_aws, schedule):
    put = local_aws.client("events").put_rule
    invalid = "Parameter ScheduleExpression is not valid."
    refused(lambda: put(Name="r", ScheduleExpression=schedule), "ValidationException", invalid)


def test_only_the_default_bus_knows_schedules(local_aws):
    client = local_aws.client("events")
    client.create_event_bus(Name="b")
    refused(
        lambda: client.put_rule(Name="r", EventBusName="b", ScheduleExpression="rate(1 day)"),
        "ValidationException",
        "ScheduleExpression is supported only on the default event bus.",
    )


def test_its_target_gets_the_event_of_the_schedule(local_aws):
    url, arn = queue(local_aws, "q")
    scheduled(local_aws, {"Arn": arn})
    local_aws.event(event())
    assert messages(local_aws, url) == [], "no event starts it"
    local_aws.schedules()
    (message,) = messages(local_aws, url)
    expected = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}, "resources": [RULE]}
    assert expected.items() <= message["Body"].items()


def test_its_target_gets_the_input_that_it_is_given(local_aws):
    url, arn = queue(local_aws, "q")
    scheduled(local_aws, {"Arn": arn, "Input": '{"sweep": {}}'})
    local_aws.schedules()
    assert [message["Body"] for message in messages(local_aws, url)] == [{"sweep": {}}]


def test_a_disabled_rule_has_no_time(local_aws):
    url, arn = queue(local_aws, "q")
    scheduled(local_aws, {"Arn": arn}, State="DISABLED")
    local_aws.schedules()
    assert messages(local_aws, url) == []


def test_a_function_is_started_where_it_lets_the_rule_in_and_its_failure_is_kept(local_aws):
    arn = function(local_aws)
    failures, failures_arn = queue(local_aws, "failures", open_to=None)
    allow(local_aws, f"f-role-{REGION}", failures_arn)
    local_aws.client("lambda").put_function_event_invoke_config(
        FunctionName="f", DestinationConfig={"OnFailure": {"Destination": failures_arn}}
    )
    scheduled(local_aws, {"Arn": arn, "Input": json.dumps({"do": "fail"})})
    local_aws.schedules()
    assert ["NO_PERMISSIONS" in one["error"] for one in undelivered(local_aws)] == [True]
    permit(local_aws, RULE)
    local_aws.schedules()
    local_aws.idle()
    (message,) = messages(local_aws, failures)
    assert message["Body"]["requestPayload"] == {"do": "fail"}
    assert message["Body"]["requestContext"]["approximateInvokeCount"] == 3
