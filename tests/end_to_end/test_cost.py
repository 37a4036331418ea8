"""What an event costs in calls to AWS, with the real function: docs/guides/cost.md is computed from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bucket import Bucket
from classic_load_balancer import ClassicLoadBalancer
from cost.calls import EVENTS, IGNORED, LOG_BYTES, SCHEMAS, Calls, Events
from distribution import Distribution
from end_to_end.configurations import HUB_REGION
from end_to_end.seen import said
from firewall import Firewall
from load_balancer import Client, LoadBalancer
from local import LocalAws
from terraform import ROOT, Terraform
from trail import Trail
from web_acl import WebAcl

REGION = "eu-west-1"
NEIGHBOURS = 6
# What Lambda itself writes of one run: START, END and REPORT.
OF_LAMBDA = 500
FIRST, SECOND = "aws-waf-logs-first", "aws-waf-logs-second"
NLB_EVENT = json.loads((ROOT / "catalog/samples/events/nlb_modify.json").read_text())
DENIED = json.loads((ROOT / "catalog/samples/events/alb_denied.json").read_text())


def among_many(client: Client) -> LoadBalancer:
    """One whose database has more tables than the stand-in looks through at once."""
    for number in range(NEIGHBOURS):
        LoadBalancer(client, REGION, f"a{number}").log_to(FIRST)
    return LoadBalancer(client, REGION, "shop")


SERVICES: dict[str, Callable[[Client], Any]] = {
    "Application Load Balancer, three logs": partial(LoadBalancer, region=REGION, name="shop"),
    "the same, among many": among_many,
    "Network Load Balancer": partial(LoadBalancer, region=REGION, name="gate", kind="network"),
    "Classic Load Balancer": partial(ClassicLoadBalancer, region=REGION, name="old"),
    "S3 bucket": partial(Bucket, region=REGION, name="pictures"),
    "web ACL": partial(WebAcl, region=REGION, name="shop"),
    "firewall, three logs": partial(Firewall, region=REGION, name="egress"),
    "trail, updated and started: two events": partial(Trail, region=REGION, name="audit"),
    "CloudFront distribution, two kinds of log": partial(Distribution, name="site"),
}


@pytest.fixture
def schema_database(local_aws: LocalAws, terraform: Terraform) -> str:
    """That of a hub which is there, with its forwarders; and there are buckets for logs."""
    for bucket in (FIRST, SECOND):
        here = {"LocationConstraint": REGION}
        local_aws.client("s3", REGION).create_bucket(Bucket=bucket, CreateBucketConfiguration=here)
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    return terraform.state()["module.log_enabler.logenabler_hub.this"]["schema_database_name"]


@pytest.mark.parametrize("service", EVENTS)
def test_an_event_costs_the_calls_that_the_guide_says(
    local_aws: LocalAws, schema_database: str, service: str
) -> None:
    resource = SERVICES[service](local_aws.client)
    changes = [partial(resource.log_to, bucket) for bucket in (FIRST, SECOND, SECOND)]
    counted = [calls(of_event(local_aws, change), schema_database) for change in changes]
    assert Events(*counted) == EVENTS[service]
    assert counted[-1].writes == 0, "nothing has changed"


def test_table_schemas_are_read_once_for_events_in_a_row(local_aws: LocalAws, schema_database: str) -> None:
    gate = LoadBalancer(local_aws.client, REGION, "gate", "network")
    # The first sweeps, which the forwarders have started, have read them: this is a new process.
    local_aws.idle()
    function = local_aws.client("lambda", HUB_REGION)
    function.update_function_configuration(FunctionName="EventDrivenLogEnabler", Timeout=61)
    first = of_event(local_aws, lambda: gate.log_to(FIRST))
    assert len([call for call in first if is_of(call, schema_database)]) == SCHEMAS.all
    second = of_event(local_aws, lambda: gate.log_to(FIRST))
    assert second and not [call for call in second if is_of(call, schema_database)]


def test_the_log_of_an_event_is_no_larger_than_the_guide_counts(
    local_aws: LocalAws, schema_database: str
) -> None:
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    of_event(local_aws, lambda: shop.log_to(FIRST))
    before = len(said(local_aws))
    of_event(local_aws, lambda: shop.log_to(SECOND))
    assert 0 < len(said(local_aws)) - before < LOG_BYTES - OF_LAMBDA


@pytest.mark.parametrize(
    "event",
    [
        DENIED,
        {**NLB_EVENT, "detail": {**NLB_EVENT["detail"], "eventName": "RegisterTargets"}},
        {**NLB_EVENT, "source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification"},
        {"not": "an event"},
    ],
    ids=["a call that failed", "a call about no log", "no call", "no event"],
)
def test_an_event_that_is_not_ours_costs_no_call_to_aws(
    local_aws: LocalAws, schema_database: str, event: dict[str, Any]
) -> None:
    function = local_aws.client("lambda", HUB_REGION)
    payload = json.dumps(event)

    def arrives() -> None:
        answer = function.invoke(FunctionName="EventDrivenLogEnabler", Payload=payload)
        assert "FunctionError" not in answer

    assert calls(of_event(local_aws, arrives)) == IGNORED


def of_event(local_aws: LocalAws, happens: Callable[[], object]) -> list[dict[str, Any]]:
    """The calls that the function makes because of what happens."""
    local_aws.idle()
    local_aws.clear_journal()
    happens()
    local_aws.idle()
    return [call for call in local_aws.journal() if call["actor"] == "function"]


def calls(made: list[dict[str, Any]], schema_database: str = "") -> Calls:
    """How many of each kind; those of the schema database are left out where it is named."""
    made = [call for call in made if not is_of(call, schema_database)]
    of_glue = [call["operation"].startswith("Get") for call in made if call["service"] == "glue"]
    return Calls(len(made) - len(of_glue), of_glue.count(True), of_glue.count(False))


def is_of(call: dict[str, Any], database: str) -> bool:
    return call["params"].get("DatabaseName") == database
