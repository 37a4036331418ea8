"""The peer: the table of a network load balancer's access log, as an engineer makes it with boto3.

It looks at the load balancer, at the table, and writes only what differs: the same job, for one
log of one service, without views, table schemas or races.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import boto3

DATABASE = "nlb_access_logs_db"
COLUMNS = """
type version time elb listener client_ip client_port target_ip target_port connection_time
tls_handshake_time received_bytes sent_bytes incoming_tls_alert chosen_cert_arn chosen_cert_serial
tls_cipher tls_protocol_version tls_named_group domain_name alpn_fe_protocol alpn_be_protocol
alpn_client_preference_list connection_creation_time
""".split()
NUMBERS = "client_port target_port connection_time tls_handshake_time received_bytes sent_bytes".split()
REGEX = " ".join(
    r"([^ ]*):([0-9]*)" if name.endswith("_ip") else r"([^ ]*)"
    for name in COLUMNS
    if not name.endswith("_port")
)


@cache
def client(service: str, region: str) -> Any:
    return boto3.client(service, region_name=region)


def handle(event: dict[str, Any]) -> dict[str, str]:
    outcome = follow(event)
    print(json.dumps({"event_id": event.get("id"), "outcome": outcome}), flush=True)
    return {"outcome": outcome}


def follow(event: dict[str, Any]) -> str:
    detail = event["detail"]
    if detail["eventName"] != "ModifyLoadBalancerAttributes" or "errorCode" in detail:
        return "ignored"
    arn = detail["requestParameters"]["loadBalancerArn"]
    elb = client("elbv2", event["region"])
    answer = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)
    settings = {attribute["Key"]: attribute["Value"] for attribute in answer["Attributes"]}
    if settings.get("access_logs.s3.enabled") != "true":
        return "off"
    return write(client("glue", event["region"]), table(arn, event, settings))


def write(glue: Any, wanted: dict[str, Any]) -> str:
    try:
        held = glue.get_table(DatabaseName=DATABASE, Name=wanted["Name"])["Table"]
    except glue.exceptions.EntityNotFoundException:
        glue.create_table(DatabaseName=DATABASE, TableInput=wanted)
        return "created"
    if all(held.get(name) == value for name, value in wanted.items()):
        return "unchanged"
    glue.update_table(DatabaseName=DATABASE, TableInput=wanted, VersionId=held["VersionId"])
    return "updated"


def table(arn: str, event: dict[str, Any], settings: dict[str, str]) -> dict[str, Any]:
    bucket, prefix = (settings[f"access_logs.s3.{name}"] for name in ("bucket", "prefix"))
    folder = f"s3://{bucket}/{prefix}/AWSLogs/{event['account']}/elasticloadbalancing/{event['region']}/"
    return {
        "Name": f"nlb_{arn.split('/')[2]}",
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": "day", "Type": "string"}],
        "Parameters": {
            "projection.enabled": "true",
            "projection.day.type": "date",
            "projection.day.format": "yyyy/MM/dd",
            "projection.day.range": "2020/01/01,NOW",
            "storage.location.template": folder + "${day}",
        },
        "StorageDescriptor": {
            "Columns": [
                {"Name": name, "Type": "bigint" if name in NUMBERS else "string"} for name in COLUMNS
            ],
            "Location": folder,
            "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
            "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "SerdeInfo": {
                "SerializationLibrary": "org.apache.hadoop.hive.serde2.RegexSerDe",
                "Parameters": {"input.regex": REGEX},
            },
        },
    }
