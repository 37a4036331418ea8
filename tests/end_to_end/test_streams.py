"""Logs that go through a Firehose stream have their tables where the stream writes."""

from __future__ import annotations

import base64
import json
from typing import Any

from end_to_end.seen import said, tables
from firewall import Firewall
from local import LocalAws
from query_log import QueryLog
from stream import LINES, Stream
from terraform import Terraform
from web_acl import WebAcl


def named(local_aws: LocalAws, database: str, name: str) -> dict[str, Any]:
    local_aws.idle()
    table: dict[str, Any] = local_aws.client("glue", "eu-west-1").get_table(DatabaseName=database, Name=name)
    return table["Table"]


def shown(local_aws: LocalAws, database: str, name: str) -> str:
    """The query of the view."""
    text = named(local_aws, database, name)["ViewOriginalText"]
    query: str = json.loads(base64.b64decode(text.split()[3]))["originalSql"]
    return query


def test_what_goes_through_a_stream_has_its_table_where_the_stream_writes(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    daily = {
        "Prefix": "waf/!{timestamp:yyyy/MM/dd}/",
        "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
    }
    stream = Stream(local_aws.client, "eu-west-1", "aws-waf-logs-shop", "shop-logs", **daily)
    WebAcl(local_aws.client, "eu-west-1", "shop").log_to_arn(stream.arn)
    together = Stream(local_aws.client, "eu-west-1", "together", "dns-logs", Prefix="dns/")
    QueryLog(local_aws.client, "eu-west-1", "together", "", arn=together.arn).log()
    made = tables(local_aws, "eu-west-1")
    assert list(made) == ["acl_traffic_logs_db"]
    assert "Turn on the stream's new line delimiter" in said(local_aws)

    lines = Stream(
        local_aws.client, "eu-west-1", "dns", "dns-logs", Prefix="dns/", ProcessingConfiguration=LINES
    )
    QueryLog(local_aws.client, "eu-west-1", "dns", "", arn=lines.arn).log()
    made = tables(local_aws, "eu-west-1")
    made["acl_traffic_logs_db"] = named(local_aws, "acl_traffic_logs_db", "waf_shop_raw")
    for database, location, below in (
        ("acl_traffic_logs_db", "s3://shop-logs/waf/", "${day}"),
        ("route53_resolver_logs_db", "s3://dns-logs/dns/", "${hour}"),
    ):
        assert made[database]["StorageDescriptor"]["Location"] == location
        assert made[database]["Parameters"]["storage.location.template"] == location + below
        assert [f"${{{key['Name']}}}" for key in made[database]["PartitionKeys"]] == [below]


def test_of_several_resources_with_one_stream_each_name_shows_its_own_rows(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    stream = Stream(
        local_aws.client, "eu-west-1", "aws-waf-logs-all", "all-logs", ProcessingConfiguration=LINES
    )
    acls = [WebAcl(local_aws.client, "eu-west-1", name) for name in ("shop", "shop-2")]
    for acl in acls:
        acl.log_to_arn(stream.arn)
    for name, acl in zip(("waf_shop", "waf_shop_2"), acls, strict=True):
        query = shown(local_aws, "acl_traffic_logs_db", name)
        assert f'FROM "acl_traffic_logs_db"."{name}_raw"' in query
        assert query.endswith(f"""AND "webaclid" = '{acl.arn}'""")

    for name in ("egress", "ingress"):
        firewall = Firewall(local_aws.client, "eu-west-1", name)
        for log in ("ALERT", "FLOW"):
            firewall.send(log, "KinesisDataFirehose", {"deliveryStream": stream.name})
    for name in ("egress", "ingress"):
        for kind, event_type in (("alert", "alert"), ("flow", "netflow")):
            log = f"network_firewall_{kind}"
            query = shown(local_aws, f"{log}_logs_db", f"{log}_{name}")
            assert f""""firewall_name" = '{name}'""" in query
            assert query.endswith(f"""AND "event"."event_type" = '{event_type}'""")

    acls[0].log_to("own-logs")
    table = named(local_aws, "acl_traffic_logs_db", "waf_shop")
    assert table["TableType"] == "EXTERNAL_TABLE", "a folder of its own has no view"
    below = named(local_aws, "acl_traffic_logs_db", "waf_shop_raw")
    assert below["Parameters"]["logenabler.enabled"] == "false"
