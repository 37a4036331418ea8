"""The drift watch: sweeps look into the newest files, and say what the tables do not read."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.test_metrics import lines, metrics
from end_to_end.test_sweep_finds import sweep
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import ROOT, Terraform

REGION = "eu-west-1"
BUCKET = "shop-logs"
SECRET = "nobody-else-is-to-read-this"
HUB = """
resource "logenabler_hub" "this" {
  DRIFT_WATCH
}
resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
}
"""
# One with all fields that are known.
KNOWN = next(
    line
    for line in (ROOT / "catalog/samples/alb_access.log").read_text().splitlines()
    if line.startswith("wss 2026")
)


def hub(is_on: bool) -> str:
    return HUB.replace("DRIFT_WATCH", f"drift_watch = {json.dumps(is_on)}")


def write(local_aws: LocalAws, of: LoadBalancer, name: str, *records: str, region: str = REGION) -> str:
    """A file as the load balancer writes it, today; its key."""
    day = datetime.now(timezone.utc).strftime("%Y/%m/%d")
    identity = of.arn.split(":loadbalancer/")[1].replace("/", ".")
    folder = f"AWSLogs/123456789012/elasticloadbalancing/{REGION}/{day}"
    key = f"{folder}/123456789012_elasticloadbalancing_{REGION}_{identity}_{name}.log.gz"
    body = gzip.compress("".join(f"{record}\n" for record in records).encode())
    local_aws.client("s3", region).put_object(Bucket=BUCKET, Key=key, Body=body)
    return key


def make_bucket(local_aws: LocalAws, region: str) -> None:
    at = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    local_aws.client("s3", region).create_bucket(Bucket=BUCKET, **at)


def table(local_aws: LocalAws) -> dict[str, Any]:
    glue = local_aws.client("glue", REGION)
    return glue.get_table(DatabaseName="alb_access_logs_db", Name="alb_shop_raw")["Table"]


def mark(local_aws: LocalAws) -> dict[str, Any] | None:
    held = table(local_aws)["Parameters"].get("logenabler.drift")
    return json.loads(held) if held else None


def looks(local_aws: LocalAws) -> list[str]:
    """The calls that were made for the files of logs."""
    of_files = {"GetObject", "ListObjectsV2"}
    return [call["operation"] for call in local_aws.journal() if call["operation"] in of_files]


def warnings(local_aws: LocalAws) -> list[dict[str, Any]]:
    return [line for line in lines(local_aws) if "does not read" in line.get("message", "")]


def test_a_field_that_aws_adds_is_told_as_a_metric_and_marked_until_it_is_known(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    make_bucket(local_aws, REGION)
    apply(hub(True))
    local_aws.idle()
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to(BUCKET)
    local_aws.idle()
    write(local_aws, shop, "1", KNOWN)
    sweep(local_aws, REGION)
    assert mark(local_aws) is None and "DriftUnknownFields" not in metrics(local_aws)

    added = f"{KNOWN} {SECRET}"
    key = write(local_aws, shop, "2", added, KNOWN, f"{SECRET} gone wrong")
    sweep(local_aws, REGION)
    found = metrics(local_aws)
    assert (found["DriftUnknownFields"], found["DriftRejects"]) == (1, 1)
    marked = mark(local_aws)
    assert marked and marked["unknown_fields"] == 1 and "expected" in marked["reject"]
    (warning,) = warnings(local_aws)
    assert (warning["level"], warning["table"], warning["records"]) == ("WARN", "alb_shop_raw", 3)
    assert warning["object"] == f"s3://{BUCKET}/{key}"
    assert SECRET not in json.dumps([lines(local_aws), marked]), "nothing of a record is told"
    regex = table(local_aws)["StorageDescriptor"]["SerdeInfo"]["Parameters"]["input.regex"]
    read = re.fullmatch(regex, added)
    assert read and read.groups() == re.fullmatch(regex, KNOWN).groups(), "queries are as they were"

    before = table(local_aws)["VersionId"]
    sweep(local_aws, REGION)
    assert table(local_aws)["VersionId"] == before, "a sweep that finds nothing new writes nothing"
    shop.log_again()
    local_aws.idle()
    assert mark(local_aws) == marked, "an event leaves it"

    write(local_aws, shop, "3", KNOWN)
    sweep(local_aws, REGION)
    assert mark(local_aws) is None


def test_where_nobody_watches_no_file_is_read_and_old_marks_go(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    make_bucket(local_aws, REGION)
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to(BUCKET)
    write(local_aws, shop, "1", f"{KNOWN} new")
    terraform = apply(hub(True))
    local_aws.idle()
    sweep(local_aws, REGION)
    assert mark(local_aws) == {"unknown_fields": 1}
    local_aws.clear_journal()
    sweep(local_aws, REGION)
    assert looks(local_aws) == ["ListObjectsV2", "GetObject"]

    terraform.write(hub(False))
    terraform.apply()
    local_aws.clear_journal()
    sweep(local_aws, REGION)
    assert looks(local_aws) == [] and mark(local_aws) is None
    iam = local_aws.client("iam", HUB_REGION)
    role = "EventDrivenLogEnablerRole-ap-southeast-2"
    policies = [
        iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
    ]
    assert "Sweep" in json.dumps(policies) and "s3:GetObject" not in json.dumps(policies)


def test_a_bucket_in_another_region_is_found_there(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    make_bucket(local_aws, "eu-central-1")
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to(BUCKET)
    write(local_aws, shop, "1", f"{KNOWN} new", region="eu-central-1")
    apply(hub(True))
    local_aws.idle()
    assert mark(local_aws) == {"unknown_fields": 1}


@pytest.mark.parametrize(
    "fault",
    [
        {"operation": "ListObjectsV2", "error": "AccessDenied", "status": 403},
        {"operation": "GetObject", "error": "AccessDenied", "status": 403, "message": "kms:Decrypt"},
        {"operation": "GetObject", "error": "NoSuchKey", "status": 404},
    ],
)
def test_a_file_that_cannot_be_read_fails_no_sweep(
    local_aws: LocalAws, apply: Callable[[str], Terraform], fault: dict[str, Any]
) -> None:
    make_bucket(local_aws, REGION)
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to(BUCKET)
    write(local_aws, shop, "1", f"{KNOWN} new")
    local_aws.faults([{"service": "s3", "actor": "function", "count": None, **fault}])
    apply(hub(True))
    local_aws.idle()
    assert fault["operation"] in looks(local_aws)
    assert mark(local_aws) is None
    assert metrics(local_aws)["Failed"] == 0
    swept = [line for line in lines(local_aws) if line.get("message") == "swept"]
    access = next(line for line in swept if line["log_type"] == "alb_access")
    assert (access["created"], access["failed"], access.get("unsampled")) == (1, 0, 1)
