"""Every log type through the real APIs: turned on, moved, off, its resource removed; the table after each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from bucket import Bucket
from classic_load_balancer import ClassicLoadBalancer
from distribution import Distribution
from firewall import Firewall
from load_balancer import LoadBalancer
from local import LocalAws
from query_log import QueryLog
from terraform import Terraform
from trail import Trail
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
    # Others' files may lie in the folder: people query a view, over a table with `_raw` behind its name.
    view: bool = False


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
        view=True,
    ),
    "alb_connection": Case(
        partial(LoadBalancer, region="eu-west-1", name="shop"),
        "alb_connection_logs_db.alb_connection_shop",
        LOAD_BALANCER,
        15,
        ("day",),
        "connection_logs",
        view=True,
    ),
    "alb_health_check": Case(
        partial(LoadBalancer, region="eu-west-1", name="shop"),
        "alb_health_logs_db.alb_health_shop",
        LOAD_BALANCER,
        10,
        ("day",),
        "health_check_logs",
        view=True,
    ),
    "clb_access": Case(
        partial(ClassicLoadBalancer, region="eu-west-1", name="shop"),
        "clb_access_logs_db.clb_shop",
        LOAD_BALANCER,
        19,
        ("day",),
        view=True,
    ),
    "cloudfront_standard": Case(
        partial(Distribution, name="site"),
        "cloudfront_access_logs_db.cloudfront_{id}",
        "",
        33,
        (),
        view=True,
    ),
    "cloudtrail": Case(
        partial(Trail, region="eu-west-1", name="audit"),
        "cloudtrail_logs_db.cloudtrail_audit",
        "AWSLogs/{account}/CloudTrail/",
        30,
        ("region", "day"),
    ),
    "s3_access": Case(
        partial(Bucket, region="eu-west-1", name="shop"),
        "s3_access_logs_db.s3_shop",
        "{account}/eu-west-1/shop/",
        27,
        ("day",),
        view=True,
    ),
    "s3_access side by side": Case(
        partial(Bucket, region="eu-west-1", name="shop", partitioned=False),
        "s3_access_logs_db.s3_shop",
        "",
        27,
        (),
        view=True,
    ),
    "nlb_access": Case(
        partial(LoadBalancer, region="eu-west-1", name="shop", kind="network"),
        "nlb_access_logs_db.nlb_shop",
        LOAD_BALANCER,
        24,
        ("day",),
        view=True,
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
        """The one over the files; what people query agrees with it."""
        local_aws.idle()
        glue = local_aws.client("glue", resource.region)
        shown = glue.get_table(DatabaseName=database, Name=table_name)["Table"]
        assert shown["TableType"] == ("VIRTUAL_VIEW" if case.view else "EXTERNAL_TABLE")
        if not case.view:
            return shown
        files = glue.get_table(DatabaseName=database, Name=f"{table_name}_raw")["Table"]
        assert marks_of(shown) == marks_of(files)
        return files

    resource.log_to("aws-waf-logs-first", "web", **log)
    made = table()
    storage, parameters = made["StorageDescriptor"], made["Parameters"]
    assert storage["Location"] == f"s3://aws-waf-logs-first/web/{folder}"
    assert len(storage["Columns"]) == case.columns
    assert tuple(key["Name"] for key in made["PartitionKeys"]) == case.partition_keys
    below = "/".join(f"${{{key}}}" for key in case.partition_keys)
    template = parameters.get("storage.location.template", storage["Location"])
    assert template == storage["Location"] + below
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


def marks_of(table: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in table["Parameters"].items() if key.startswith("logenabler.")}


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


def test_a_bucket_may_change_how_its_files_are_named(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    bucket = Bucket(local_aws.client, "eu-west-1", "shop")
    seen = []
    for bucket.partitioned in (True, False, True):
        bucket.log_to("shop-logs", "s3")
        local_aws.idle()
        glue = local_aws.client("glue", "eu-west-1")
        seen.append(glue.get_table(DatabaseName="s3_access_logs_db", Name="s3_shop_raw")["Table"])
    first, side_by_side, again = seen
    assert side_by_side["PartitionKeys"] == []
    assert not [key for key in side_by_side["Parameters"] if "projection" in key or "template" in key]
    assert side_by_side["StorageDescriptor"]["Location"] == "s3://shop-logs/s3/"
    for member in ("PartitionKeys", "Parameters", "StorageDescriptor"):
        assert again[member] == first[member]


def test_the_table_of_a_query_log_follows_the_vpcs_that_it_is_for(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    log = QueryLog(local_aws.client, "eu-west-1", "dns", "dns-logs", "dns")
    local_aws.idle()
    databases = {table["database"] for table in local_aws.inventory()["tables"]}
    assert "route53_resolver_logs_db" not in databases, "without a VPC nothing is logged"

    def table() -> dict[str, Any]:
        local_aws.idle()
        glue = local_aws.client("glue", "eu-west-1")
        name = f"route53_resolver_{log.id.replace('-', '_')}"
        return glue.get_table(DatabaseName="route53_resolver_logs_db", Name=name)["Table"]

    log.log()
    location = table()["StorageDescriptor"]["Location"]
    assert location == "s3://dns-logs/dns/AWSLogs/123456789012/vpcdnsquerylogs/"
    assert table()["Parameters"]["storage.location.template"] == location + "${vpc}/${day}"
    assert len(table()["StorageDescriptor"]["Columns"]) == 19
    log.stop_logging()
    assert table()["Parameters"]["logenabler.enabled"] == "false"
    log.log()
    assert table()["Parameters"]["logenabler.enabled"] == "true"
    log.stop_logging()
    log.delete()
    assert table()["Parameters"]["logenabler.enabled"] == "false"
