"""Those who query the tables: what Lake Formation refuses, and what their bucket asks of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.seen import said
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

REGION = "eu-west-1"
REFUSED = "Insufficient Lake Formation permission(s)"
HUB = f"""
resource "logenabler_hub" "this" {{
  enable_sns_notifications = true
}}
resource "logenabler_region_forwarder" "ireland" {{
  region        = "{REGION}"
  event_bus_arn = logenabler_hub.this.event_bus_arn
}}
"""


@pytest.fixture
def mail(local_aws: LocalAws, terraform: Terraform) -> str:
    """A hub's topic ends in this queue."""
    terraform.write(HUB)
    terraform.init()
    terraform.apply()
    sqs, sns = (local_aws.client(service, HUB_REGION) for service in ("sqs", "sns"))
    queue = sqs.create_queue(QueueName="people")["QueueUrl"]
    (topic,) = (one["TopicArn"] for one in sns.list_topics()["Topics"])
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return queue


def messages(local_aws: LocalAws, queue: str) -> list[str]:
    local_aws.idle()
    received = local_aws.client("sqs", HUB_REGION).receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return [json.loads(message["Body"])["Message"] for message in received.get("Messages", [])]


def lines(local_aws: LocalAws, **values: str) -> list[dict[str, Any]]:
    """Those of the function's log with these values."""
    local_aws.idle()
    found = [json.loads(line) for line in said(local_aws).splitlines()]
    return [line for line in found if values.items() <= line.items()]


@pytest.mark.parametrize(
    "call, words, grant",
    [
        ("GetTables", ": Required Describe on alb_access_logs_db", "CREATE_DATABASE on the catalog or, if"),
        ("CreateDatabase", ": Required Create Database on Catalog", "CREATE_DATABASE on the catalog."),
        (
            "CreateTable",
            ": Required Create Table on alb_access_logs_db",
            "CREATE_TABLE on the database alb_access_logs_db.",
        ),
        ("CreateTable", " on s3://shop-logs/", "DATA_LOCATION_ACCESS"),
        (
            "UpdateTable",
            ": Required Alter on alb_shop_raw",
            "ALTER on the table alb_access_logs_db.alb_shop_raw.",
        ),
    ],
)
def test_what_lake_formation_refuses_is_told_with_the_grant_that_is_missing_and_not_lost(
    local_aws: LocalAws, mail: str, call: str, words: str, grant: str
) -> None:
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    if call == "UpdateTable":
        shop.log_to("former-logs")
        assert lines(local_aws, outcome="created") and messages(local_aws, mail)
    refusal = {"operation": call, "error": "AccessDeniedException", "message": REFUSED + words}
    local_aws.faults([{"service": "glue", "actor": "function", "count": None, **refusal}])
    shop.log_to("shop-logs")
    failures = lines(local_aws, outcome="failed", subject=shop.arn)
    assert len(failures) >= 3, "Lambda tries three times"
    for told in [*(line["reason"] for line in failures), *messages(local_aws, mail)]:
        assert f"AccessDeniedException: {REFUSED}{words}" in told
        assert f"or in a member its catalog role, {grant}" in " ".join(told.split())
        assert "over again from the dead-letter queue" in told
    sqs = local_aws.client("sqs", HUB_REGION)
    (letters,) = (url for url in sqs.list_queues()["QueueUrls"] if "dead" in url or "failed" in url)
    (letter,) = sqs.receive_message(QueueUrl=letters)["Messages"]
    local_aws.clear_faults()
    payload = json.dumps(json.loads(letter["Body"])["requestPayload"])
    function = local_aws.client("lambda", HUB_REGION)
    function.invoke(FunctionName="EventDrivenLogEnabler", InvocationType="Event", Payload=payload)
    assert lines(local_aws, outcome="updated" if call == "UpdateTable" else "created", table="alb_shop")


def test_a_table_that_lake_formation_hides_is_told(local_aws: LocalAws, mail: str) -> None:
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    refusal = {"error": "AlreadyExistsException", "message": "Table already exists."}
    local_aws.faults([{"service": "glue", "operation": "CreateTable", "count": None, **refusal}])
    shop.log_to("shop-logs")
    (told, *_) = {line["reason"] for line in lines(local_aws, outcome="failed", subject=shop.arn)}
    assert "alb_shop_raw exists already" in told and "DESCRIBE and ALTER" in told


def readers(local_aws: LocalAws) -> set[tuple[str, str, str]]:
    """Tables, principals and what these may do."""
    listed = local_aws.client("lakeformation", REGION).list_permissions()["PrincipalResourcePermissions"]
    return {
        (
            one["Resource"]["Table"]["Name"],
            one["Principal"]["DataLakePrincipalIdentifier"],
            # They come in any order.
            " ".join(sorted(one["Permissions"])),
        )
        for one in listed
    }


def may(*principals: str) -> set[tuple[str, str, str]]:
    tables = ("alb_shop", "alb_shop_raw")
    return {(table, principal, "DESCRIBE SELECT") for table in tables for principal in principals}


def test_those_whom_the_hub_names_may_query_its_tables_and_nobody_else_stays_in(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    def let_in(*names: str) -> list[str]:
        arns = [f"arn:aws:iam::123456789012:role/{name}" for name in names]
        argument = f"lake_formation_readers = {json.dumps(arns)}"
        terraform.write(HUB.replace("enable_sns_notifications = true", argument))
        terraform.apply()
        assert terraform.plan() == ""
        return arns

    terraform.write(HUB)
    terraform.init()
    analyst, auditor = let_in("analyst", "auditor")
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to("shop-logs")
    local_aws.idle()
    assert readers(local_aws) == may(analyst, auditor)
    assert len(lines(local_aws, outcome="created", table="alb_shop")) == 1
    let_in("auditor")
    shop.log_again()
    local_aws.idle()
    assert readers(local_aws) == may(auditor)
    # A role that is gone has nothing that could be taken back.
    refusal = {
        "error": "InvalidInputException",
        "message": "No permissions revoked. Grantee has no permissions.",
    }
    local_aws.faults([{"service": "lakeformation", "operation": "RevokePermissions", **refusal}])
    let_in()
    shop.log_again()
    assert lines(local_aws, outcome="updated", table="alb_shop") and not lines(local_aws, outcome="failed")
    assert local_aws.struck() == [1]


def test_a_grant_that_comes_too_quickly_is_tried_again(local_aws: LocalAws, terraform: Terraform) -> None:
    analyst = "arn:aws:iam::123456789012:role/analyst"
    argument = f'lake_formation_readers = ["{analyst}"]'
    terraform.write(HUB.replace("enable_sns_notifications = true", argument))
    terraform.init()
    terraform.apply()
    busy = {"operation": "GrantPermissions", "error": "ConcurrentModificationException"}
    local_aws.faults([{"service": "lakeformation", "count": 2, **busy}])
    LoadBalancer(local_aws.client, REGION, "shop").log_to("shop-logs")
    assert lines(local_aws, outcome="created", table="alb_shop") and not lines(local_aws, outcome="failed")
    assert readers(local_aws) == may(analyst)
    assert local_aws.struck() == [2]


def test_a_grant_that_lake_formation_refuses_is_told(local_aws: LocalAws, terraform: Terraform) -> None:
    argument = 'lake_formation_readers = ["arn:aws:iam::123456789012:role/analyst"]'
    terraform.write(HUB.replace("enable_sns_notifications = true", argument))
    terraform.init()
    terraform.apply()
    refusal = {
        "error": "AccessDeniedException",
        "message": f"{REFUSED}: Required Select with grant on alb_shop",
    }
    local_aws.faults([{"service": "lakeformation", "count": None, **refusal}])
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to("shop-logs")
    (told, *_) = {line["reason"] for line in lines(local_aws, outcome="failed", subject=shop.arn)}
    assert "lakeformation:GrantPermissions" in told and "with the grant option" in told


@pytest.mark.parametrize(
    "reader, reason",
    [
        ("arn:aws:iam::210987654321:role/analyst", "is of another account"),
        ("arn:aws:sts::123456789012:assumed-role/analyst/me", "is no principal"),
        ("arn:aws:iam::123456789012:group/analysts", "is no principal"),
        ("123456789012", "is no principal"),
    ],
)
def test_whom_lake_formation_would_not_let_in_is_refused_in_the_plan(
    terraform: Terraform, reader: str, reason: str
) -> None:
    argument = f'lake_formation_readers = ["{reader}"]'
    terraform.write(HUB.replace("enable_sns_notifications = true", argument))
    terraform.init()
    assert reason in terraform.refused("plan")


def test_what_a_bucket_asks_of_those_who_query_is_told(local_aws: LocalAws, mail: str) -> None:
    """One that is near and plain asks nothing; one may be far, locked with a key, or somebody else's."""
    key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    for name, region in (("near-logs", REGION), ("far-logs", "eu-central-1")):
        s3 = local_aws.client("s3", region)
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rule = {"Rules": [{"ApplyServerSideEncryptionByDefault": by_key}]}
    s3.put_bucket_encryption(Bucket="far-logs", ServerSideEncryptionConfiguration=rule)
    shop = LoadBalancer(local_aws.client, REGION, "shop")

    def told(bucket: str) -> tuple[str, str]:
        shop.log_to(bucket)
        (message,) = messages(local_aws, mail)
        (*_, line) = lines(local_aws, table="alb_shop")
        return line.get("readers_need", ""), message

    line, message = told("near-logs")
    assert line == "" and "before you query" not in message
    line, message = told("far-logs")
    assert f"before you query: {line}" in message
    assert "is in eu-central-1: queries from eu-west-1" in line and f"KMS key {key}" in line
    line, message = told("somebody-elses-logs")
    assert "s3:GetObject and s3:ListBucket" in line and line in message
