"""EventBridge refuses what it refuses in AWS."""

from __future__ import annotations

import json

import pytest

from .functions import ACCOUNT, REGION, role
from .refusals import refused

PATTERN = '{"source": ["s"]}'
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f"
VALIDATION = "ValidationException"


@pytest.fixture
def events(local_aws):
    """A client; there is a bus `b` with a rule `r`."""
    client = local_aws.client("events")
    client.create_event_bus(Name="b")
    client.put_rule(Name="r", EventBusName="b", EventPattern=PATTERN)
    return client


def target(**more):
    return {"Rule": "r", "EventBusName": "b", "Targets": [{"Id": "t", "Arn": FUNCTION, **more}]}


def dead(arn):
    return target(DeadLetterConfig={"Arn": arn})


@pytest.mark.parametrize(
    "operation, arguments, code, message",
    [
        ("delete_event_bus", {"Name": "b"}, VALIDATION, "EventBus can't be deleted since it has rules."),
        ("delete_event_bus", {"Name": "default"}, VALIDATION, "Cannot delete event bus default"),
        ("delete_rule", {"Name": "r", "EventBusName": "none"}, "ResourceNotFoundException", "none"),
        ("create_event_bus", {"Name": "b"}, "ResourceAlreadyExistsException", "b already exists"),
        ("create_event_bus", {"Name": "a/b"}, VALIDATION, ""),
        ("create_event_bus", {"Name": "a b"}, VALIDATION, "a b"),
        ("create_event_bus", {"Name": "default"}, VALIDATION, "default"),
        ("create_event_bus", {"Name": "x" * 257}, VALIDATION, ""),
        ("put_rule", {"Name": "a/b", "EventPattern": PATTERN}, VALIDATION, "a/b"),
        ("put_rule", {"Name": "x" * 65, "EventPattern": PATTERN}, VALIDATION, ""),
        ("put_rule", {"Name": "x"}, VALIDATION, "EventPattern or ScheduleExpression"),
        (
            "put_rule",
            {"Name": "x", "EventPattern": PATTERN, "Description": "x" * 513},
            VALIDATION,
            "description",
        ),
        (
            "put_rule",
            {"Name": "x", "EventPattern": json.dumps({"source": ["x" * 2048]})},
            "LimitExceededException",
            "",
        ),
        ("put_rule", {"Name": "x", "EventPattern": json.dumps({"source": ["x" * 4096]})}, VALIDATION, "4096"),
        (
            "put_rule",
            {"Name": "x", "EventPattern": '{"source": "s"}'},
            "InvalidEventPatternException",
            "source",
        ),
        (
            "put_rule",
            {"Name": "x", "EventPattern": '{"source": []}'},
            "InvalidEventPatternException",
            "Empty arrays",
        ),
        (
            "put_rule",
            {"Name": "x", "EventPattern": '{"source": [{"like": "s"}]}'},
            "InvalidEventPatternException",
            "like",
        ),
        ("put_rule", {"Name": "x", "EventPattern": "no"}, "InvalidEventPatternException", "JSON"),
        (
            "put_rule",
            {
                "Name": "x",
                "EventPattern": PATTERN,
                "EventBusName": f"arn:aws:events:eu-west-1:{ACCOUNT}:event-bus/b",
            },
            VALIDATION,
            "Cross-region api call is not allowed.",
        ),
        (
            "put_rule",
            {"Name": "x", "EventPattern": PATTERN, "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/none"},
            VALIDATION,
            "cannot be assumed by principal",
        ),
        ("put_targets", target(Id="a/b"), VALIDATION, "a/b"),
        ("put_targets", target(Arn="x"), VALIDATION, "not in correct format"),
        (
            "put_targets",
            target(Arn="arn:aws:events:mars-1:1:event-bus/b"),
            VALIDATION,
            "not in correct format",
        ),
        ("put_targets", target(Arn=f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:f"), VALIDATION, "region"),
        ("put_targets", target(Arn=f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"), VALIDATION, "region"),
        ("put_targets", target(Input="{"), VALIDATION, "JSON"),
        ("put_targets", target(Input="{}", InputPath="$"), VALIDATION, "Only one"),
        ("put_targets", target(RetryPolicy={"MaximumRetryAttempts": 186}), VALIDATION, "185"),
        (
            "put_targets",
            target(RetryPolicy={"MaximumEventAgeInSeconds": 59}),
            VALIDATION,
            "MaximumEventAgeInSeconds",
        ),
        ("put_targets", dead(f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"), VALIDATION, "region"),
        ("put_targets", dead(f"arn:aws:sns:{REGION}:{ACCOUNT}:q"), VALIDATION, "not in correct format"),
        ("put_targets", dead(f"arn:aws:sqs:{REGION}:{ACCOUNT}:q.fifo"), VALIDATION, "FIFO"),
        ("put_targets", {**target(), "Rule": "none"}, "ResourceNotFoundException", "none"),
        (
            "put_targets",
            {**target(), "Targets": [{"Id": str(i), "Arn": FUNCTION} for i in range(6)]},
            "LimitExceededException",
            "exceeds the maximum number allowed",
        ),
        ("put_permission", {"EventBusName": "b", "Policy": "{"}, VALIDATION, "invalid Json"),
        ("put_permission", {"EventBusName": "b", "Policy": " " * 10241}, "PolicyLengthExceededException", ""),
        (
            "put_events",
            {"Entries": [{"Source": "s", "DetailType": "d", "Detail": "{}"}] * 11},
            VALIDATION,
            "entries",
        ),
    ],
)
def test_refused(events, operation, arguments, code, message):
    refused(lambda: getattr(events, operation)(**arguments), code, message)


def test_a_rule_with_targets_stays(events):
    events.put_targets(**target())
    refused(
        lambda: events.delete_rule(Name="r", EventBusName="b"),
        VALIDATION,
        "Rule can't be deleted since it has targets",
    )


def test_five_targets_may_be_replaced_but_not_joined(events):
    five = [{"Id": str(i), "Arn": FUNCTION} for i in range(5)]
    events.put_targets(**{**target(), "Targets": five})
    events.put_targets(**{**target(), "Targets": five})
    refused(lambda: events.put_targets(**target()), "LimitExceededException")


def test_deleting_is_idempotent_and_in_order(events):
    events.delete_rule(Name="r", EventBusName="b")
    events.delete_rule(Name="r", EventBusName="b")
    events.delete_event_bus(Name="b")
    events.delete_event_bus(Name="b")


@pytest.mark.parametrize("service, good", [("events.amazonaws.com", True), ("lambda.amazonaws.com", False)])
def test_the_role_of_a_target_must_trust_events(local_aws, events, service, good):
    with_role = target(RoleArn=role(local_aws, "some", service))
    if good:
        events.put_targets(**with_role)
    else:
        refused(lambda: events.put_targets(**with_role), VALIDATION, "cannot be assumed by principal")


def test_a_new_role_is_not_there_at_once_if_the_test_wants_it_so(local_aws, events):
    local_aws.settings(event_role_looks=1)
    arguments = target(RoleArn=role(local_aws, "new", "events.amazonaws.com"))
    refused(lambda: events.put_targets(**arguments), VALIDATION, "cannot be assumed by principal")
    events.put_targets(**arguments)


ALLOW = {"Sid": "s", "Effect": "Allow", "Action": "events:PutEvents", "Resource": ""}


@pytest.mark.parametrize(
    "principal, condition, good",
    [
        (None, None, False),
        ("*", None, True),
        ({"AWS": ACCOUNT}, None, True),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, None, True),
        ({"AWS": "210987654321"}, None, False),
        ("*", {"ArnLike": {"aws:SourceArn": f"arn:aws:events:*:{ACCOUNT}:rule/forward*"}}, True),
        ("*", {"ArnLike": {"aws:SourceArn": f"arn:aws:events:*:{ACCOUNT}:rule/other"}}, False),
        ("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, False),
    ],
)
def test_a_bus_in_another_region_must_let_the_rule_in(local_aws, events, principal, condition, good):
    hub = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/b"
    if principal:
        statement = {**ALLOW, "Resource": hub, "Principal": principal}
        if condition:
            statement["Condition"] = condition
        events.put_permission(
            EventBusName="b", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        )
    remote = local_aws.client("events", "eu-west-1")
    remote.put_rule(Name="forward", EventPattern=PATTERN)

    def put():
        return remote.put_targets(Rule="forward", Targets=[{"Id": "hub", "Arn": hub}])

    if good:
        put()
    else:
        refused(put, "AccessDeniedException", "events:PutEvents")


@pytest.mark.parametrize(
    "resource, good",
    [
        ("event-bus/b", True),
        ("rule/b/*", True),
        ("event-bus/other", False),
        ("event-bus/b2", False),
        ("rule/other/r", False),
        ("*", False),
    ],
)
def test_a_policy_is_about_its_own_bus(events, resource, good):
    statement = {**ALLOW, "Principal": "*", "Resource": f"arn:aws:events:{REGION}:{ACCOUNT}:{resource}"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})

    def put():
        return events.put_permission(EventBusName="b", Policy=document)

    put() if good else refused(put, VALIDATION, "must be on the bus")


def test_rules_of_one_name_on_two_buses_have_their_own_tags(events):
    here = events.describe_rule(Name="r", EventBusName="b")["Arn"]
    there = events.put_rule(Name="r", EventPattern=PATTERN, Tags=[{"Key": "at", "Value": "put"}])["RuleArn"]

    def tags():
        lists = [events.list_tags_for_resource(ResourceARN=arn)["Tags"] for arn in (here, there)]
        return [[tag["Value"] for tag in tags] for tags in lists]

    assert tags() == [[], ["put"]]
    events.tag_resource(ResourceARN=here, Tags=[{"Key": "at", "Value": "here"}])
    assert tags() == [["here"], ["put"]]
    events.untag_resource(ResourceARN=there, TagKeys=["at"])
    assert tags() == [["here"], []]
    none = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/none"
    refused(lambda: events.list_tags_for_resource(ResourceARN=none), "ResourceNotFoundException", none)


def test_a_policy_replaces_the_one_before_and_names_roots(events):
    hub = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/b"
    for sid in ("one", "two"):
        statement = {**ALLOW, "Sid": sid, "Resource": hub, "Principal": {"AWS": ACCOUNT}}
        events.put_permission(
            EventBusName="b", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        )
    [kept] = json.loads(events.describe_event_bus(Name="b")["Policy"])["Statement"]
    assert (kept["Sid"], kept["Principal"]) == ("two", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"})


def test_a_bus_can_be_changed(events):
    events.update_event_bus(Name="b", Description="new")
    assert events.describe_event_bus(Name="b")["Description"] == "new"


def test_put_rule_replaces_and_ignores_tags_of_a_rule_that_exists(events):
    events.put_rule(Name="x", EventPattern=PATTERN, Description="d", State="DISABLED")
    arn = events.put_rule(Name="x", EventPattern=PATTERN, Tags=[{"Key": "k", "Value": "v"}])["RuleArn"]
    now = events.describe_rule(Name="x")
    assert (now["State"], "Description" in now) == ("ENABLED", False)
    assert events.list_tags_for_resource(ResourceARN=arn)["Tags"] == []


def test_only_aws_itself_puts_events_of_aws(local_aws):
    entry = {"DetailType": "d", "Detail": "{}"}
    put = local_aws.client("events").put_events
    answers = put(Entries=[{**entry, "Source": source} for source in ("aws.s3", "awshop")])
    assert answers["FailedEntryCount"] == 1
    assert answers["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"


def test_a_bus_of_another_account_takes_events_only_where_its_policy_says_so(local_aws, events):
    stranger = local_aws.client("events", REGION, account="210987654321")
    bus = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/b"
    entry = {"Source": "s", "DetailType": "d", "Detail": "{}", "EventBusName": bus}
    refused(lambda: stranger.put_events(Entries=[entry]), "AccessDeniedException", "no resource-based policy")
    events.put_permission(
        EventBusName="b", StatementId="s", Action="events:PutEvents", Principal="210987654321"
    )
    assert stranger.put_events(Entries=[entry])["FailedEntryCount"] == 0
