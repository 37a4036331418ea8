"""Flow logs are made as in EC2, remember what was chosen, and tell of it as only EC2 does."""

from __future__ import annotations

import pytest

from flow_log import FlowLog

from .functions import REGION
from .refusals import refused
from .test_cloudtrail import heard, listen


@pytest.fixture
def ec2(local_aws):
    return local_aws.client("ec2", REGION)


def shown(ec2, flow_log):
    [one] = ec2.describe_flow_logs(FlowLogIds=[flow_log.id])["FlowLogs"]
    return one


def test_a_flow_log_shows_what_was_chosen(local_aws, ec2):
    chosen = {"FileFormat": "parquet", "HiveCompatiblePartitions": True, "PerHourPartition": True}
    made = shown(ec2, FlowLog(local_aws.client, REGION, "logs", "net/", "version end", **chosen))
    assert made["DestinationOptions"] == chosen
    assert made["LogDestination"] == "arn:aws:s3:::logs/net"
    assert made["LogFormat"] == "${version} ${end}"
    usual = shown(ec2, FlowLog(local_aws.client, REGION, "logs"))
    assert usual["LogDestination"] == "arn:aws:s3:::logs"
    assert set(usual["DestinationOptions"].values()) == {"plain-text", False}
    assert usual["LogFormat"].count("${") == 14


@pytest.mark.parametrize(
    "changed, code",
    [
        ({"LogDestination": "arn:aws:s3:::logs/AWSLogs/"}, "InvalidParameterValue"),
        ({"LogDestination": ""}, "MissingParameter"),
        ({"LogFormat": "version end"}, "InvalidParameterValue"),
        ({"LogFormat": ""}, "InvalidParameterValue"),
        ({"MaxAggregationInterval": 61}, "InvalidParameter"),
        ({"ResourceIds": ["vpc-0123456789abcdef0"]}, "InvalidVpcID.NotFound"),
        (
            {"LogDestinationType": "kinesis-data-firehose", "DestinationOptions": {"FileFormat": "parquet"}},
            "InvalidParameterValue",
        ),
    ],
)
def test_flow_logs_refused(local_aws, ec2, changed, code):
    vpc = FlowLog(local_aws.client, REGION, "logs").vpc
    arguments = {
        "ResourceIds": [vpc],
        "ResourceType": "VPC",
        "TrafficType": "ALL",
        "LogDestinationType": "s3",
        "LogDestination": "arn:aws:s3:::logs/other",
        **changed,
    }
    refused(lambda: ec2.create_flow_logs(**arguments), code)


def test_the_same_log_twice_is_refused_and_in_another_folder_taken(local_aws):
    flow_log = FlowLog(local_aws.client, REGION, "logs", "net")
    refused(lambda: flow_log.send("s3", "arn:aws:s3:::logs/net"), "FlowLogAlreadyExists")
    assert flow_log.send("s3", "arn:aws:s3:::logs/other") != flow_log.id


def test_a_bucket_that_is_not_there_fails_without_an_error(local_aws, ec2):
    vpc = FlowLog(local_aws.client, REGION, "logs").vpc
    made = ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestinationType="s3",
        LogDestination="arn:aws:s3:::none/net",
    )
    assert made["FlowLogIds"] == []
    assert made["Unsuccessful"][0]["ResourceId"] == vpc


def test_what_is_deleted_is_described_no_more(local_aws, ec2):
    flow_log = FlowLog(local_aws.client, REGION, "logs")
    flow_log.delete()
    assert ec2.describe_flow_logs(FlowLogIds=[flow_log.id])["FlowLogs"] == []
    refused(flow_log.delete, "InvalidFlowLogId.NotFound")


def test_a_flow_log_tells_its_life_as_ec2_does(local_aws, ec2):
    url = listen(local_aws, "aws.ec2", REGION)
    tags = [{"ResourceType": "vpc-flow-log", "Tags": [{"Key": "audited", "Value": "true"}]}]
    flow_log = FlowLog(local_aws.client, REGION, "logs", PerHourPartition=True)
    other = flow_log.send("s3", "arn:aws:s3:::logs/net", TagSpecifications=tags)
    ec2.delete_flow_logs(FlowLogIds=[flow_log.id, other])
    refused(flow_log.delete, "InvalidFlowLogId.NotFound")
    made, tagged, deleted, failed = [event["detail"] for event in heard(local_aws, url, REGION)]
    request = made["requestParameters"]["CreateFlowLogsRequest"]
    assert request["ResourceId"] == {"tag": 1, "content": flow_log.vpc}
    assert request["DestinationOptions"] == {"PerHourPartition": True}
    answered = made["responseElements"]["CreateFlowLogsResponse"]
    assert answered["flowLogIdSet"] == {"item": flow_log.id}
    assert answered["unsuccessful"] == ""
    assert answered["xmlns"].startswith("http://ec2.amazonaws.com/doc/")
    specification = tagged["requestParameters"]["CreateFlowLogsRequest"]["TagSpecification"]
    tag = {"tag": 1, "Key": "audited", "Value": True}
    assert specification == {"tag": 1, "ResourceType": "vpc-flow-log", "Tag": tag}
    both = [{"tag": 1, "content": flow_log.id}, {"tag": 2, "content": other}]
    assert deleted["requestParameters"]["DeleteFlowLogsRequest"]["FlowLogId"] == both
    assert failed["errorCode"] == "Client.InvalidFlowLogId.NotFound"
    assert failed["responseElements"] is None
