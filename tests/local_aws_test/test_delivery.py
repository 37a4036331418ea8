"""EventBridge delivers as AWS does: rights, envelope, one hop, inputs, dead-letter queues."""

from __future__ import annotations

import json

import pytest

from .functions import ACCOUNT, REGION, event, function, invoke, messages, queue, role
from .refusals import refused

PATTERN = '{"source": ["aws.test"]}'
HUB_REGION, SOURCE_REGION = "us-east-1", "eu-west-1"
HUB = f"arn:aws:events:{HUB_REGION}:{ACCOUNT}:event-bus/hub"


def rule(aws, target, bus="default", region=REGION, pattern=PATTERN, **more):
    """A rule with one target; the rule's ARN."""
    client = aws.client("events", region)
    arn = client.put_rule(Name="r", EventBusName=bus, EventPattern=pattern, **more)["RuleArn"]
    client.put_targets(Rule="r", EventBusName=bus, Targets=[{"Id": "t", **target}])
    return arn


def permit(aws, rule_arn, **more):
    aws.client("lambda").add_permission(
        **{
            "FunctionName": "f",
            "StatementId": "s",
            "Action": "lambda:InvokeFunction",
            "Principal": "events.amazonaws.com",
            "SourceArn": rule_arn,
            **more,
        }
    )


def undelivered(aws):
    return [entry for entry in aws.journal() if entry["operation"] == "Delivery"]


def hub(aws, open_to_all=True):
    """A bus in another region, and a queue behind it; the queue's URL."""
    client = aws.client("events", HUB_REGION)
    client.create_event_bus(Name="hub")
    if open_to_all:
        statement = {
            "Sid": "all",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "events:PutEvents",
            "Resource": HUB,
        }
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        client.put_permission(EventBusName="hub", Policy=json.dumps(policy))
    url, arn = queue(aws, "behind-hub", HUB_REGION)
    rule(aws, {"Arn": arn}, bus="hub", region=HUB_REGION)
    return url


def test_a_function_that_lets_the_rule_in_is_invoked(local_aws):
    permit(local_aws, rule(local_aws, {"Arn": function(local_aws)}))
    local_aws.event(event())
    local_aws.idle()
    assert (invoke(local_aws, {})[0]["count"], undelivered(local_aws)) == (2, [])


@pytest.mark.parametrize(
    "permission",
    [
        None,
        {"SourceArn": "arn:aws:events:us-east-1:123456789012:rule/default/r"},
        {"SourceAccount": ACCOUNT},
    ],
)
def test_a_function_that_does_not_is_not_and_the_event_goes_to_the_dead_letter_queue(local_aws, permission):
    url, dead = queue(local_aws, "dead")
    arn = function(local_aws)
    rule_arn = rule(local_aws, {"Arn": arn, "DeadLetterConfig": {"Arn": dead}})
    if permission is not None:
        permit(local_aws, **{"rule_arn": rule_arn, **permission})
    local_aws.event(event())
    local_aws.idle()
    assert invoke(local_aws, {})[0]["count"] == 1
    [message] = messages(local_aws, url)
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert message["Body"] == event()
    assert attributes["ERROR_CODE"] == "NO_PERMISSIONS"
    assert (attributes["RULE_ARN"], attributes["TARGET_ARN"]) == (rule_arn, arn)


@pytest.mark.parametrize(
    "target",
    [
        f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:gone",
        f"arn:aws:sqs:{REGION}:{ACCOUNT}:gone",
        f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:gone",
    ],
)
def test_a_missing_target_never_fails_put_events(local_aws, target):
    rule(local_aws, {"Arn": target}, pattern='{"source": ["shop"]}')
    entry = {"Source": "shop", "DetailType": "d", "Detail": "{}"}
    answer = local_aws.client("events").put_events(Entries=[entry])
    assert answer["FailedEntryCount"] == 0
    [lost] = undelivered(local_aws)
    assert lost["error"].startswith("RESOURCE_NOT_FOUND")


def test_a_queue_without_a_policy_gets_nothing(local_aws):
    url, arn = queue(local_aws, "closed", open_to=None)
    rule(local_aws, {"Arn": arn})
    local_aws.event(event())
    assert (messages(local_aws, url), len(undelivered(local_aws))) == ([], 1)


def test_the_envelope_is_kept_from_bus_to_bus(local_aws):
    url = hub(local_aws)
    rule(local_aws, {"Arn": HUB}, region=SOURCE_REGION)
    sent = event(region=SOURCE_REGION)
    local_aws.event(sent)
    assert [message["Body"] for message in messages(local_aws, url)] == [sent]


MEMBER = "210987654321"


def test_the_envelope_is_kept_from_account_to_account(local_aws):
    url = hub(local_aws)
    client = local_aws.client("events", SOURCE_REGION, account=MEMBER)
    client.put_rule(Name="r", EventPattern=PATTERN)
    client.put_targets(Rule="r", Targets=[{"Id": "hub", "Arn": HUB}])
    sent = event(account=MEMBER, region=SOURCE_REGION)
    local_aws.event(sent)
    assert [message["Body"] for message in messages(local_aws, url)] == [sent]


@pytest.mark.parametrize("with_role", [True, False])
def test_an_organization_is_let_in_by_its_id_if_a_role_is_used(local_aws, with_role):
    organization = local_aws.client("organizations").create_organization(FeatureSet="ALL")["Organization"][
        "Id"
    ]
    client = local_aws.client("events", HUB_REGION)
    client.create_event_bus(Name="hub")
    condition = {"StringEquals": {"aws:PrincipalOrgID": organization}}
    statement = {
        "Sid": "o",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "events:PutEvents",
        "Resource": HUB,
    }
    policy = {"Version": "2012-10-17", "Statement": [{**statement, "Condition": condition}]}
    client.put_permission(EventBusName="hub", Policy=json.dumps(policy))
    target = (
        {"Arn": HUB, "RoleArn": role(local_aws, "r", "events.amazonaws.com")} if with_role else {"Arn": HUB}
    )

    def put():
        return rule(local_aws, target, region=SOURCE_REGION)

    put() if with_role else refused(put, "AccessDeniedException")


def test_a_bus_in_another_region_needs_a_policy_when_the_event_is_delivered_too(local_aws):
    url = hub(local_aws)
    rule(local_aws, {"Arn": HUB}, region=SOURCE_REGION)
    local_aws.client("events", HUB_REGION).remove_permission(EventBusName="hub", RemoveAllPermissions=True)
    local_aws.event(event(region=SOURCE_REGION))
    assert (messages(local_aws, url), len(undelivered(local_aws))) == ([], 1)


def test_events_go_one_hop_only(local_aws):
    url = hub(local_aws)
    client = local_aws.client("events", "ap-southeast-2")
    client.create_event_bus(Name="middle")
    middle = f"arn:aws:events:ap-southeast-2:{ACCOUNT}:event-bus/middle"
    statement = {
        "Sid": "all",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "events:PutEvents",
        "Resource": middle,
    }
    client.put_permission(EventBusName="middle", Policy=json.dumps({"Statement": [statement]}))
    rule(local_aws, {"Arn": HUB}, bus="middle", region="ap-southeast-2")
    rule(local_aws, {"Arn": middle}, region=SOURCE_REGION)
    local_aws.event(event(region=SOURCE_REGION))
    assert (messages(local_aws, url), len(undelivered(local_aws))) == ([], 1)


TRANSFORMER = {
    "InputPathsMap": {"n": "$.detail.a", "s": "$.source"},
    "InputTemplate": '{"n": <n>, "t": "from <s>"}',
}


@pytest.mark.parametrize(
    "target, received",
    [
        ({}, event()),
        ({"Input": '{"fixed": true}'}, {"fixed": True}),
        ({"InputPath": "$.detail"}, {"a": 1}),
        ({"InputTransformer": TRANSFORMER}, {"n": 1, "t": "from aws.test"}),
    ],
)
def test_the_target_gets_the_input_it_asked_for(local_aws, target, received):
    url, arn = queue(local_aws, "q")
    rule(local_aws, {"Arn": arn, **target})
    local_aws.event(event())
    assert [message["Body"] for message in messages(local_aws, url)] == [received]


def test_disabled_and_schedule_rules_do_not_fire(local_aws):
    url, arn = queue(local_aws, "q")
    client = local_aws.client("events")
    rule(local_aws, {"Arn": arn}, State="DISABLED")
    client.put_rule(Name="schedule", ScheduleExpression="rate(1 day)")
    client.put_targets(Rule="schedule", Targets=[{"Id": "t", "Arn": arn}])
    local_aws.event(event())
    assert messages(local_aws, url) == []


def test_an_account_sees_its_own_events_only(local_aws):
    url, arn = queue(local_aws, "q")
    rule(local_aws, {"Arn": arn})
    local_aws.event(event(account="210987654321"))
    assert messages(local_aws, url) == []


DETAIL = {
    "detail": {
        "list": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}],
        "yes": True,
        "n": 5,
        "s": "abc",
    }
}


@pytest.mark.parametrize(
    "pattern, matches",
    [
        ({"list": {"key": ["a"]}}, True),
        ({"list": {"key": ["c"]}}, False),
        ({"list": {"key": ["a"], "value": ["1"]}}, True),
        ({"yes": [1]}, False),
        ({"yes": [True]}, True),
        ({"n": [5]}, True),
        ({"n": [{"numeric": [">", 4, "<=", 5]}]}, True),
        ({"n": [{"numeric": [">", 5]}]}, False),
        ({"none": [{"exists": False}]}, True),
        ({"s": [{"exists": False}]}, False),
        ({"none": {"deeper": [{"exists": False}]}}, True),
        ({"s": [{"prefix": "ab"}]}, True),
        ({"s": [{"suffix": "ab"}]}, False),
        ({"s": [{"wildcard": "a*c"}]}, True),
        ({"s": [{"anything-but": ["abc"]}]}, False),
        ({"s": [{"anything-but": {"prefix": "x"}}]}, True),
        ({"s": [{"equals-ignore-case": "ABC"}]}, True),
        ({"$or": [{"s": ["x"]}, {"n": [5]}]}, True),
    ],
)
def test_patterns(local_aws, pattern, matches):
    answer = local_aws.client("events").test_event_pattern(
        EventPattern=json.dumps({"detail": pattern}), Event=json.dumps(DETAIL)
    )
    assert answer["Result"] == matches


def test_the_dead_letter_queue_of_a_forwarder_gets_what_the_hub_refuses(local_aws):
    url, dead = queue(local_aws, "dead", SOURCE_REGION)
    hub(local_aws)
    forwarder = role(local_aws, "forwarder", "events.amazonaws.com")
    rule(
        local_aws, {"Arn": HUB, "RoleArn": forwarder, "DeadLetterConfig": {"Arn": dead}}, region=SOURCE_REGION
    )
    client = local_aws.client("events", HUB_REGION)
    client.remove_targets(Rule="r", EventBusName="hub", Ids=["t"])
    client.delete_rule(Name="r", EventBusName="hub")
    client.delete_event_bus(Name="hub")
    sent = event(region=SOURCE_REGION)
    local_aws.event(sent)
    assert [message["Body"] for message in messages(local_aws, url, SOURCE_REGION)] == [sent]
