"""Sweeps through the real APIs: logs that are older than the hub, and changes that no event told of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.seen import said
from end_to_end.test_log_types import CASES
from flow_log import FlowLog
from load_balancer import LoadBalancer
from local import LocalAws
from query_log import QueryLog
from terraform import Terraform

FUNCTION = "EventDrivenLogEnabler"
ACCOUNT = "123456789012"


def apply(terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()


@contextmanager
def unheard(local_aws: LocalAws, region: str) -> Iterator[None]:
    """Nothing that happens there meanwhile is told to the hub."""
    events = local_aws.client("events", region)
    rules = [
        rule["Name"] for rule in events.list_rules()["Rules"] if rule["Name"].startswith("ForwardLogging")
    ]
    for rule in rules:
        events.disable_rule(Name=rule)
    yield
    for rule in rules:
        events.enable_rule(Name=rule)


def sweep(local_aws: LocalAws, region: str) -> None:
    order = {"sweep": {"region": region, "page_size": 2}}
    function = local_aws.client("lambda", HUB_REGION)
    function.invoke(FunctionName=FUNCTION, InvocationType="Event", Payload=json.dumps(order))
    local_aws.idle()


@pytest.mark.parametrize("name", CASES)
def test_what_no_event_told_of_is_found(local_aws: LocalAws, terraform: Terraform, name: str) -> None:
    case = CASES[name]
    resource = case.make(local_aws.client)
    log = {"log": case.log} if case.log else {}
    resource.log_to("aws-waf-logs-old", "web", **log)
    apply(terraform)
    database, table_name = case.table.format(id=getattr(resource, "id", "").lower()).split(".")

    def table() -> dict[str, Any]:
        local_aws.idle()
        glue = local_aws.client("glue", resource.region)
        files = f"{table_name}_raw" if case.view else table_name
        return glue.get_table(DatabaseName=database, Name=files)["Table"]

    assert table()["StorageDescriptor"]["Location"].startswith("s3://aws-waf-logs-old/web/")
    with unheard(local_aws, resource.region):
        resource.log_to("aws-waf-logs-new", **log)
    sweep(local_aws, resource.region)
    moved = table()
    assert moved["StorageDescriptor"]["Location"].startswith("s3://aws-waf-logs-new/")
    sweep(local_aws, resource.region)
    assert table() == moved, "a sweep that finds nothing new writes nothing"
    with unheard(local_aws, resource.region):
        resource.stop_logging(**log)
        resource.delete()
    sweep(local_aws, resource.region)
    assert table()["Parameters"]["logenabler.enabled"] == "false"


def test_query_logs_and_flow_logs_of_before_are_found(local_aws: LocalAws, terraform: Terraform) -> None:
    log = QueryLog(local_aws.client, "eu-west-1", "dns", "dns-logs", "dns")
    log.log()
    FlowLog(local_aws.client, "eu-west-1", "flow-logs")
    apply(terraform)
    local_aws.idle()
    databases = {table["database"] for table in local_aws.inventory()["tables"]}
    assert {"route53_resolver_logs_db", "vpc_flow_logs_db"} <= databases


def test_the_schedule_finds_it_in_every_source_region(local_aws: LocalAws, terraform: Terraform) -> None:
    apply(terraform)
    local_aws.idle()
    for region in ("eu-west-1", "us-east-1"):
        with unheard(local_aws, region):
            LoadBalancer(local_aws.client, region, "shop").log_to("shop-logs")
    local_aws.schedules()
    local_aws.idle()
    made = {(it["region"], it["name"]) for it in local_aws.inventory()["tables"] if it["name"] == "alb_shop"}
    assert made == {("eu-west-1", "alb_shop"), ("us-east-1", "alb_shop")}


def test_a_sweep_whose_time_is_short_starts_another_that_goes_on(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    apply(terraform)
    local_aws.idle()
    function = local_aws.client("lambda", HUB_REGION)
    function.update_function_configuration(FunctionName=FUNCTION, Timeout=20)
    with unheard(local_aws, "eu-west-1"):
        for number in range(3):
            LoadBalancer(local_aws.client, "eu-west-1", f"shop-{number}").log_to("shop-logs")
    slow = {"operation": "DescribeLoadBalancerAttributes", "delay_ms": 3000, "count": None}
    local_aws.faults([slow])
    local_aws.clear_journal()
    sweep(local_aws, "eu-west-1")
    made = {table["name"] for table in local_aws.inventory()["tables"]}
    assert {f"alb_shop_{number}" for number in range(3)} <= made
    operations = [call["operation"] for call in local_aws.journal()]
    assert operations.count("Invoke") >= 1 + 1, (
        "twelve seconds of twenty are too short for three times two looks"
    )
    assert operations.count("DescribeLoadBalancerAttributes") == 2 * 3, "before and after each write"
    swept = [json.loads(line) for line in said(local_aws).splitlines() if '"message":"swept"' in line]
    access = [line for line in swept if line["log_type"] == "alb_access"][-1]
    assert (access["seen"], access["created"], access["failed"]) == (3, 3, 0)
