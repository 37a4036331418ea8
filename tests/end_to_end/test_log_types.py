"""Every log type through the real APIs: turned on, moved, off, its resource removed; the table after each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from distribution import Distribution
from firewall import Firewall
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform
from web_acl import WebAcl


@dataclass(frozen=True)
class Case:
    """What is turned on, and its table. `{...}` stands for what only the resource knows."""

    make: Callable[[Any], Any]
    table: str
    folder: str
    columns: int
    partition_keys: tuple[str, ...]
    log: str | None = None


def firewall(kind: str) -> Case:
    """One of a firewall's three logs."""
    return Case(
        partial(Firewall, region="eu-west-1", name="egress"),
        f"network_firewall_{kind}_logs_db.network_firewall_{kind}_egress",
        f"AWSLogs/{{account}}/network-firewall/{kind}/eu-west-1/egress/",
        4,
        ("hour",),
        kind.upper(),
    )


LOAD_BALANCER = "AWSLogs/{account}/elasticloadbalancing/eu-west-1/"
CASES = {
    "alb_access": Case(
        partial(LoadBalancer, region="eu-west-1", name="shop"),
        "alb_access_logs_db.alb_shop",
        LOAD_BALANCER,
        38,
        ("day",),
    ),
    "alb_connection": Case(
        partial(LoadBalancer, region="eu-west-1", name="shop"),
        "alb_connection_logs_db.alb_connection_shop",
        LOAD_BALANCER,
        15,
        ("day",),
        "connection_logs",
    ),
    "alb_health_check": Case(
        partial(LoadBalancer, region="eu-west-1", name="shop"),
        "alb_health_logs_db.alb_health_shop",
        LOAD_BALANCER,
        10,
        ("day",),
        "health_check_logs",
    ),
    "cloudfront_standard": Case(
        partial(Distribution, name="site"),
        "cloudfront_access_logs_db.cloudfront_{id}",
        "",
        33,
        (),
    ),
    "network_firewall_alert": firewall("alert"),
    "network_firewall_flow": firewall("flow"),
    "network_firewall_tls": firewall("tls"),
    "waf": Case(
        partial(WebAcl, region="eu-west-1", name="shop"),
        "acl_traffic_logs_db.waf_shop",
        "AWSLogs/{account}/WAFLogs/eu-west-1/shop/",
        27,
        ("log_time",),
    ),
    "waf of CloudFront": Case(
        partial(WebAcl, region="us-east-1", name="edge", is_global=True),
        "acl_global_traffic_logs_db.waf_edge",
        "AWSLogs/{account}/WAFLogs/cloudfront/edge/",
        27,
        ("log_time",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_table_follows_its_log(local_aws: LocalAws, terraform: Terraform, name: str) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    case = CASES[name]
    resource = case.make(local_aws.client)
    log = {"log": case.log} if case.log else {}
    known = {"account": "123456789012", "id": getattr(resource, "id", "").lower()}
    database, table_name = case.table.format(**known).split(".")
    folder = case.folder.format(**known)

    def table() -> dict[str, Any]:
        local_aws.idle()
        glue = local_aws.client("glue", resource.region)
        return glue.get_table(DatabaseName=database, Name=table_name)["Table"]

    resource.log_to("aws-waf-logs-first", "web", **log)
    made = table()
    storage, parameters = made["StorageDescriptor"], made["Parameters"]
    assert storage["Location"] == f"s3://aws-waf-logs-first/web/{folder}"
    assert len(storage["Columns"]) == case.columns
    assert tuple(key["Name"] for key in made["PartitionKeys"]) == case.partition_keys
    dated = [f"{storage['Location']}${{{key}}}" for key in case.partition_keys]
    assert parameters.get("storage.location.template", "") == "".join(dated)
    assert parameters["logenabler.log_type"] == name.split()[0]
    assert parameters["logenabler.resource_arn"] == resource.arn

    resource.log_to("aws-waf-logs-second", **log)
    assert table()["StorageDescriptor"]["Location"] == f"s3://aws-waf-logs-second/{folder}"

    resource.stop_logging(**log)
    assert table()["Parameters"]["logenabler.enabled"] == "false"
    resource.log_to("aws-waf-logs-second", **log)
    assert table()["Parameters"]["logenabler.enabled"] == "true"
    resource.delete()
    assert table()["Parameters"]["logenabler.enabled"] == "false"


def test_logs_of_one_firewall_come_and_go_one_by_one(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    resource = Firewall(local_aws.client, "eu-west-1", "egress")
    resource.log_to("logs", "web", log="ALERT")
    resource.log_to("logs", "web", log="FLOW")
    resource.send("TLS", "CloudWatchLogs", {"logGroup": "firewall"})

    def enabled() -> dict[str, str]:
        local_aws.idle()
        glue = local_aws.client("glue", "eu-west-1")
        made = [table for table in local_aws.inventory()["tables"] if table["region"] == "eu-west-1"]
        tables = [glue.get_table(DatabaseName=one["database"], Name=one["name"])["Table"] for one in made]
        return {table["Name"]: table["Parameters"]["logenabler.enabled"] for table in tables}

    alert, flow = "network_firewall_alert_egress", "network_firewall_flow_egress"
    assert enabled() == {alert: "true", flow: "true"}
    resource.stop_logging("ALERT")
    assert enabled() == {alert: "false", flow: "true"}
    resource.log_to("logs", "/web", log="FLOW")
    assert enabled() == {alert: "false", flow: "false"}
    logs = local_aws.client("logs", "ap-southeast-2")
    said = logs.filter_log_events(logGroupName="/aws/lambda/EventDrivenLogEnabler")["events"]
    for word in ("CloudWatch Logs", "Remove that slash"):
        assert any(word in message["message"] for message in said)


def test_what_has_no_location_has_no_table_and_the_reason_is_logged(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    acl = WebAcl(local_aws.client, "eu-west-1", "shop")
    acl.log_to_arn("arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-shop")
    local_aws.idle()
    assert [table for table in local_aws.inventory()["tables"] if table["region"] == acl.region] == []
    logs = local_aws.client("logs", "ap-southeast-2")
    messages = logs.filter_log_events(logGroupName="/aws/lambda/EventDrivenLogEnabler")["events"]
    assert any("Firehose" in message["message"] for message in messages)
