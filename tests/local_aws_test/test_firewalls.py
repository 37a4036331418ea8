"""Network Firewall refuses the configurations that it refuses in AWS, and tells of the others."""

from __future__ import annotations

import pytest

from firewall import Firewall

from .functions import REGION
from .refusals import refused
from .test_cloudtrail import heard, listen

MULTIPLE = "create/modify multiple log destination configs"
UNSUPPORTED = "unsupported"


def in_s3(kind, bucket="logs", **more):
    return {"LogType": kind, "LogDestinationType": "S3", "LogDestination": {"bucketName": bucket, **more}}


@pytest.fixture
def firewall(local_aws):
    return Firewall(local_aws.client, REGION, "egress")


@pytest.mark.parametrize(
    "known, wanted, message",
    [
        ([], [in_s3("ALERT"), in_s3("FLOW")], MULTIPLE),
        (["ALERT"], [in_s3("ALERT", "other"), in_s3("FLOW")], MULTIPLE),
        (["ALERT"], [in_s3("FLOW")], MULTIPLE),
        (["ALERT", "FLOW"], [], MULTIPLE),
        (["ALERT", "FLOW"], [in_s3("ALERT", "other")], MULTIPLE),
        (["ALERT"], [{**in_s3("ALERT"), "LogDestinationType": "CloudWatchLogs"}], UNSUPPORTED),
        ([], [in_s3("NONSENSE")], UNSUPPORTED),
        ([], [in_s3("ALERT", "")], UNSUPPORTED),
        ([], [in_s3("ALERT", prefix="")], UNSUPPORTED),
        ([], [in_s3("ALERT"), in_s3("ALERT", "other")], UNSUPPORTED),
    ],
)
def test_configurations_refused(firewall, known, wanted, message):
    for kind in known:
        firewall.log_to("logs", log=kind)
    refused(lambda: firewall.configure(wanted), "InvalidRequestException", message)
    assert [config["LogType"] for config in firewall.logs()] == known


def test_one_change_at_a_time_is_taken(firewall):
    firewall.log_to("logs", "web", log="ALERT")
    firewall.log_to("logs", log="TLS")
    firewall.log_to("logs", "/odd", log="TLS")
    firewall.stop_logging("ALERT")
    assert firewall.logs() == [in_s3("TLS", prefix="/odd")]
    firewall.configure(firewall.logs())


def test_a_firewall_that_logs_is_not_deleted(local_aws, firewall):
    client = local_aws.client("network-firewall", REGION)
    firewall.log_to("logs")
    refused(lambda: client.delete_firewall(FirewallName="egress"), "InvalidOperationException", "logging")
    firewall.delete()
    refused(firewall.logs, "ResourceNotFoundException", firewall.arn)


def test_a_protected_firewall_is_not_deleted(local_aws):
    client = local_aws.client("network-firewall", REGION)
    arn = "arn:aws:network-firewall:us-east-1:123456789012:firewall-policy/x"
    client.create_firewall(FirewallName="kept", FirewallPolicyArn=arn, VpcId="vpc-1", DeleteProtection=True)
    refused(lambda: client.delete_firewall(FirewallName="kept"), "InvalidOperationException", "protected")


@pytest.mark.parametrize(
    "arguments, code",
    [
        ({}, "InvalidRequestException"),
        ({"FirewallName": "none"}, "ResourceNotFoundException"),
        ({"FirewallArn": "arn:aws:network-firewall:x"}, "ResourceNotFoundException"),
    ],
)
def test_firewalls_that_are_none(local_aws, firewall, arguments, code):
    client = local_aws.client("network-firewall", REGION)
    refused(lambda: client.describe_logging_configuration(**arguments), code)
    refused(lambda: client.update_logging_configuration(**arguments), code)
    refused(lambda: client.delete_firewall(**arguments), code)


def test_a_firewall_tells_its_life(local_aws, firewall):
    url = listen(local_aws, "aws.network-firewall", REGION)
    firewall.log_to("logs", "web")
    firewall.delete()
    changed, emptied, deleted = heard(local_aws, url, REGION)
    detail = changed["detail"]
    assert (detail["eventSource"], detail["apiVersion"]) == ("network-firewall.amazonaws.com", "2020-11-12")
    place = {"bucketName": "logs", "prefix": "web"}
    config = {"logType": "ALERT", "logDestinationType": "S3", "logDestination": place}
    assert detail["requestParameters"] == {
        "firewallArn": firewall.arn,
        "loggingConfiguration": {"logDestinationConfigs": [config]},
    }
    assert emptied["detail"]["requestParameters"]["loggingConfiguration"] == {"logDestinationConfigs": []}
    assert deleted["detail"]["requestParameters"] == {"firewallName": "egress"}
    assert deleted["detail"]["responseElements"]["firewall"]["firewallArn"] == firewall.arn
