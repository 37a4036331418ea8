"""Logs that go through a Firehose stream have their tables where the stream writes."""

from __future__ import annotations

from end_to_end.seen import said, tables
from local import LocalAws
from query_log import QueryLog
from stream import LINES, Stream
from terraform import Terraform
from web_acl import WebAcl


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
    for database, location, below in (
        ("acl_traffic_logs_db", "s3://shop-logs/waf/", "${day}"),
        ("route53_resolver_logs_db", "s3://dns-logs/dns/", "${hour}"),
    ):
        assert made[database]["StorageDescriptor"]["Location"] == location
        assert made[database]["Parameters"]["storage.location.template"] == location + below
        assert [f"${{{key['Name']}}}" for key in made[database]["PartitionKeys"]] == [below]
