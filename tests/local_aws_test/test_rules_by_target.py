"""ListRuleNamesByTarget: which rules of a region send to a bus, of whatever region or account."""

from __future__ import annotations

import pytest

from .functions import ACCOUNT

PATTERN = '{"source": ["aws.s3"]}'
HUB = f"arn:aws:events:ap-southeast-2:{ACCOUNT}:event-bus/hub"
THEIRS = "arn:aws:events:us-west-2:210987654321:event-bus/hub"


@pytest.fixture(autouse=True)
def buses(local_aws):
    """They let our rules in."""
    for arn in (HUB, THEIRS):
        _, _, _, region, account, _ = arn.split(":")
        client = local_aws.client("events", region, account=account)
        client.create_event_bus(Name="hub")
        client.put_permission(
            EventBusName="hub", Action="events:PutEvents", Principal=ACCOUNT, StatementId="us"
        )


def send(aws, region, *rules, to=HUB):
    client = aws.client("events", region)
    for name in rules:
        client.put_rule(Name=name, EventPattern=PATTERN)
        client.put_targets(Rule=name, Targets=[{"Id": "t", "Arn": to}])


def names(aws, region, target=HUB, **more):
    return aws.client("events", region).list_rule_names_by_target(TargetArn=target, **more)["RuleNames"]


def test_each_region_tells_its_own_rules(local_aws):
    send(local_aws, "eu-west-1", "one", "one-2")
    send(local_aws, "us-east-1", "two")
    send(local_aws, "us-east-1", "theirs", to=THEIRS)
    expected = {"eu-west-1": ["one", "one-2"], "us-east-1": ["two"], "ap-southeast-2": []}
    assert {region: names(local_aws, region) for region in expected} == expected
    assert names(local_aws, "us-east-1", THEIRS) == ["theirs"]


def test_many_come_page_by_page(local_aws):
    send(local_aws, "eu-west-1", "a", "b", "c")
    client = local_aws.client("events", "eu-west-1")
    first = client.list_rule_names_by_target(TargetArn=HUB, Limit=2)
    rest = client.list_rule_names_by_target(TargetArn=HUB, Limit=2, NextToken=first["NextToken"])
    assert (first["RuleNames"], rest["RuleNames"], rest.get("NextToken")) == (["a", "b"], ["c"], None)


def test_a_rule_tells_what_it_listens_to(local_aws):
    send(local_aws, "eu-west-1", "one")
    assert local_aws.client("events", "eu-west-1").describe_rule(Name="one")["EventPattern"] == PATTERN
