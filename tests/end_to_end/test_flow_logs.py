"""VPC flow logs through the real API: every choice that their owners have, and the table after each."""

from __future__ import annotations

from typing import Any

import pytest

from end_to_end.seen import said, tables
from flow_log import FlowLog
from local import LocalAws
from terraform import Terraform

PLAIN_FLOWS = "AWSLogs/123456789012/vpcflowlogs/eu-west-1/"
HIVE_FLOWS = "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-west-1/"
HIVE_KEYS = "year=${year}/month=${month}/day=${day}"
HIVE, HOURLY = {"HiveCompatiblePartitions": True}, {"PerHourPartition": True}
PARQUET = {"FileFormat": "parquet"}
FLOWS = {
    "daily": ({}, PLAIN_FLOWS, "${day}", "LazySimpleSerDe"),
    "hourly": (HOURLY, PLAIN_FLOWS, "${hour}", "LazySimpleSerDe"),
    "Hive-compatible": (HIVE, HIVE_FLOWS, HIVE_KEYS, "LazySimpleSerDe"),
    "all of it": (HIVE | HOURLY | PARQUET, HIVE_FLOWS, HIVE_KEYS + "/hour=${hour}", "ParquetHiveSerDe"),
    "parquet": (PARQUET, PLAIN_FLOWS, "${day}", "ParquetHiveSerDe"),
}


def view_of(flow_log: str) -> str:
    """What people query: the rows of this flow log alone."""
    return f"vpc_flow_{flow_log.replace('-', '_')}"


@pytest.mark.parametrize("name", FLOWS)
def test_the_table_of_a_vpc_flow_log_is_what_its_owner_chose(
    local_aws: LocalAws, terraform: Terraform, name: str
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    options, folder, below, serde = FLOWS[name]
    fields = "version region end of-tomorrow vpc-id" if name == "daily" else ""
    log = FlowLog(local_aws.client, "eu-west-1", "flows", "net", fields, **options)

    def table() -> dict[str, Any]:
        """The one over the files, below the view."""
        local_aws.idle()
        glue = local_aws.client("glue", "eu-west-1")
        return glue.get_table(DatabaseName="vpc_flow_logs_db", Name=f"{view_of(log.id)}_raw")["Table"]

    made = table()
    storage, parameters = made["StorageDescriptor"], made["Parameters"]
    assert storage["Location"] == f"s3://flows/net/{folder}"
    assert parameters["storage.location.template"] == storage["Location"] + below
    keys = [key["Name"] for key in made["PartitionKeys"]]
    assert [f"${{{key}}}" in below for key in keys] == [True] * below.count("${")
    assert storage["SerdeInfo"]["SerializationLibrary"].endswith(serde)
    columns = [column["Name"] for column in storage["Columns"]]
    assert len(columns) == 14 if not fields else columns == fields.replace("-", "_").split()
    assert parameters["logenabler.resource_arn"] == log.arn
    log.delete()
    assert table()["Parameters"]["logenabler.enabled"] == "false"


def test_each_of_a_vpcs_flow_logs_has_its_table_if_it_goes_to_s3(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    log = FlowLog(local_aws.client, "eu-west-1", "flows")
    other = log.send("s3", "arn:aws:s3:::flows/other")
    log.send("kinesis-data-firehose", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/flows")
    local_aws.idle()
    made = {table["name"] for table in local_aws.inventory()["tables"] if table["region"] == "eu-west-1"}
    views = [view_of(one) for one in (log.id, other)]
    assert made == {*views, *(f"{view}_raw" for view in views)}
    assert "without columns" in said(local_aws)


ASKED = {"service": "ec2", "operation": "DescribeFlowLogs", "actor": "function"}


def test_ec2_may_be_slow_refuse_or_know_nothing(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    local_aws.faults([ASKED | {"error": "RequestLimitExceeded", "status": 503, "count": 2}])
    log = FlowLog(local_aws.client, "eu-west-1", "flows")
    [made] = tables(local_aws, "eu-west-1").values()
    assert made["Parameters"]["logenabler.enabled"] == "true"
    assert '"outcome":"failed"' not in said(local_aws)

    refusal = {"error": "UnauthorizedOperation", "status": 403, "message": "Not you.", "count": None}
    local_aws.faults([ASKED | refusal])
    log.send("s3", "arn:aws:s3:::flows/denied")
    local_aws.idle()
    assert "ec2:DescribeFlowLogs failed for fl-" in said(local_aws)
    assert "UnauthorizedOperation: Not you." in said(local_aws)

    local_aws.clear_faults()
    local_aws.faults([ASKED | {"error": "InvalidFlowLogId.NotFound", "status": 400, "count": None}])
    log.delete()
    [marked] = tables(local_aws, "eu-west-1").values()
    assert marked["Parameters"]["logenabler.enabled"] == "false"
