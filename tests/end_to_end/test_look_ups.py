"""The APIs that the function looks things up in, when they are slow, refuse, or do not know what is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from classic_load_balancer import ClassicLoadBalancer
from distribution import Distribution
from end_to_end.configurations import HUB_REGION
from flow_log import FlowLog
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform
from vended_log import VendedLog
from web_acl import WebAcl


@dataclass(frozen=True)
class Asked:
    """What is looked up, as the stand-in and IAM name the call, and how the service words its refusals."""

    make: Callable[[Any], Any]
    service: str
    action: str
    denied: str
    throttled: str
    absent: tuple[str, ...]

    @property
    def operation(self) -> str:
        return self.action.split(":")[1]

    def fault(self, **what: Any) -> dict[str, Any]:
        return {"service": self.service, "operation": self.operation, "actor": "function", **what}


ATTRIBUTES = "elasticloadbalancing:DescribeLoadBalancerAttributes"
ASKED = {
    "a Query API": Asked(
        partial(LoadBalancer, region="eu-west-1", name="shop"),
        "elbv2",
        ATTRIBUTES,
        "AccessDenied",
        "Throttling",
        ("LoadBalancerNotFound", "ValidationError"),
    ),
    "an older Query API": Asked(
        partial(ClassicLoadBalancer, region="eu-west-1", name="shop"),
        "elb",
        ATTRIBUTES,
        "AccessDenied",
        "ThrottlingException",
        ("LoadBalancerNotFound", "AccessPointNotFound"),
    ),
    "a JSON API": Asked(
        partial(WebAcl, region="eu-west-1", name="shop"),
        "wafv2",
        "wafv2:GetLoggingConfiguration",
        "AccessDeniedException",
        "ThrottlingException",
        ("WAFNonexistentItemException",),
    ),
    "a REST API": Asked(
        partial(Distribution, name="site"),
        "cloudfront",
        "cloudfront:GetDistributionConfig",
        "AccessDenied",
        "Throttling",
        ("NoSuchDistribution",),
    ),
}


@pytest.fixture(params=ASKED)
def asked(request: pytest.FixtureRequest) -> Asked:
    return ASKED[request.param]


@pytest.fixture
def hub(terraform: Terraform) -> Terraform:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    return terraform


def messages(local_aws: LocalAws) -> list[str]:
    """What the function has logged."""
    logs = local_aws.client("logs", HUB_REGION)
    group = "/aws/lambda/EventDrivenLogEnabler"
    return [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]


def dead_letters(local_aws: LocalAws, hub: Terraform) -> list[str]:
    queue = hub.state()["module.log_enabler.logenabler_hub.this"]["dead_letter_queue_url"]
    answer = local_aws.client("sqs", HUB_REGION).receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", [])]


def tables(local_aws: LocalAws, region: str) -> list[dict[str, Any]]:
    """The tables over files that the function has made there, once it has nothing more to do."""
    local_aws.idle()
    glue = local_aws.client("glue", region)
    there = [table for table in local_aws.inventory()["tables"] if table["region"] == region]
    found = [glue.get_table(DatabaseName=t["database"], Name=t["name"])["Table"] for t in there]
    return [table for table in found if table["TableType"] != "VIRTUAL_VIEW"]


def test_what_passes_by_itself_is_not_noticed(local_aws: LocalAws, hub: Terraform, asked: Asked) -> None:
    resource = asked.make(local_aws.client)
    for number, passing in enumerate(
        [{"error": asked.throttled, "status": 400}, {"status": 500}, {"drop": "before"}]
    ):
        local_aws.clear_journal()
        local_aws.faults([asked.fault(count=2, **passing)])
        resource.log_to(f"aws-waf-logs-{number}")
        [table] = tables(local_aws, resource.region)
        assert table["StorageDescriptor"]["Location"].startswith(f"s3://aws-waf-logs-{number}/")
        calls = [call["operation"] for call in local_aws.journal() if call["actor"] == "function"]
        first = calls.index(asked.operation)
        assert calls[first : first + 3] == [asked.operation] * 3, "in one go, not by another invocation"
    assert [line for line in messages(local_aws) if '"outcome":"failed"' in line] == []


def test_what_is_denied_names_the_action_and_waits_in_the_dead_letter_queue(
    local_aws: LocalAws, hub: Terraform, asked: Asked
) -> None:
    resource = asked.make(local_aws.client)
    local_aws.idle()
    local_aws.faults([asked.fault(error=asked.denied, status=403, message="Not you.", count=None)])
    resource.log_to("aws-waf-logs-shop")
    assert tables(local_aws, resource.region) == []
    assert len(dead_letters(local_aws, hub)) == 1
    lines = [json.loads(line) for line in messages(local_aws)]
    failed = [line for line in lines if line.get("outcome") == "failed"]
    assert len(failed) == 3, "once for each attempt of Lambda"
    assert [line for line in lines if line.get("level") == "ERROR"] == failed, "and nobody says it again"
    for line in failed:
        assert line["subject"] == resource.arn
        assert line["reason"].startswith(f"{asked.action} failed for ")
        assert line["reason"].endswith(f": {asked.denied}: Not you.")


def test_what_the_service_does_not_know_marks_its_table(
    local_aws: LocalAws, hub: Terraform, asked: Asked
) -> None:
    resource = asked.make(local_aws.client)
    for number, code in enumerate(asked.absent):
        resource.log_to(f"aws-waf-logs-{number}")
        [table] = tables(local_aws, resource.region)
        assert table["Parameters"]["logenabler.enabled"] == "true"
        local_aws.faults([asked.fault(error=code, status=400, count=None)])
        resource.log_to(f"aws-waf-logs-{number}", "unseen")
        [marked] = tables(local_aws, resource.region)
        assert marked["Parameters"]["logenabler.enabled"] == "false"
        assert marked["StorageDescriptor"]["Location"] == table["StorageDescriptor"]["Location"]
        local_aws.clear_faults()
    assert [line for line in messages(local_aws) if '"outcome":"failed"' in line] == []
    assert dead_letters(local_aws, hub) == []


def test_an_id_that_cannot_be_one_is_of_nothing_that_exists(local_aws: LocalAws, hub: Terraform) -> None:
    flow_log = FlowLog(local_aws.client, "eu-west-1", "flows")
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    delivered = VendedLog(local_aws.client, "eu-west-1", "shop", shop.arn, "ALB_ACCESS_LOGS")
    delivered.deliver_to("arn:aws:s3:::delivered", "json")
    assert {one["Parameters"]["logenabler.enabled"] for one in tables(local_aws, "eu-west-1")} == {"true"}
    for service, operation, code in (
        ("ec2", "DescribeFlowLogs", "InvalidFlowLogId.Malformed"),
        ("logs", "GetDelivery", "ValidationException"),
    ):
        fault = {"service": service, "operation": operation, "actor": "function", "error": code}
        local_aws.faults([fault | {"status": 400, "count": None}])
    flow_log.delete()
    delivered.stop()
    marked = tables(local_aws, "eu-west-1")
    assert [one["Parameters"]["logenabler.enabled"] for one in marked] == ["false", "false"]
    assert [line for line in messages(local_aws) if '"outcome":"failed"' in line] == []
    assert dead_letters(local_aws, hub) == []
