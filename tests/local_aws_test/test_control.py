"""The stand-in's own endpoints, and what it does with requests that no SDK would send."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError

from local import until

from .functions import allow, event, function, invoke, queue
from .refusals import refused
from .test_alarms import watch

SIGNED = "AWS4-HMAC-SHA256 Credential=test/20260101/{region}/{service}/aws4_request, Signature=0"


def post(aws, body, target="AWSGlue.GetDatabases", service="glue", region="us-east-1"):
    """A raw request: its status, headers and body."""
    headers = {
        "X-Amz-Target": target,
        "Content-Type": "application/x-amz-json-1.1",
        "Authorization": SIGNED.format(region=region, service=service),
    }
    try:
        with urlopen(Request(aws.url, body, headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()


@pytest.mark.parametrize(
    "arguments, status, error",
    [
        ({"body": b"{}"}, 200, None),
        ({"body": b"{"}, 400, "SerializationException"),
        ({"body": b"[]"}, 400, "SerializationException"),
        ({"body": b"{}", "target": "AWSGlue.Nothing"}, 400, "UnknownOperationException"),
        ({"body": b"{}", "region": "mars-north-1"}, 400, "UnrecognizedClientException"),
        ({"body": b"{}", "target": "AWSGlue.CreateDatabase"}, 400, "InvalidInputException"),
        ({"body": b'{"DatabaseName": "d"}', "target": "AWSGlue.CreateTable"}, 400, "InvalidInputException"),
        (
            {
                "body": b'{"DatabaseName": "d", "TableInput": {"Name": "t", "CreateTime": 1}}',
                "target": "AWSGlue.CreateTable",
            },
            400,
            "InvalidInputException",
        ),
    ],
)
def test_raw_requests(local_aws, arguments, status, error):
    answered, headers, body = post(local_aws, **arguments)
    assert (answered, json.loads(body).get("__type")) == (status, error)
    assert len(headers.get_all("x-amzn-RequestId")) == 1


@pytest.mark.parametrize(
    "service, operation, code",
    [
        ("iam", "list_roles", "InvalidClientTokenId"),
        ("events", "list_rules", "UnrecognizedClientException"),
        ("lambda", "list_functions", "UnrecognizedClientException"),
        ("s3", "list_buckets", "UnrecognizedClientException"),
    ],
)
def test_an_unknown_region_is_refused_by_every_service(local_aws, service, operation, code):
    client = local_aws.client(service, "mars-north-1")
    refused(getattr(client, operation), code)
    assert [entry["status"] for entry in local_aws.journal()] == [400]


def test_the_journal_tells_every_call(local_aws):
    local_aws.client("sqs", "eu-west-1").create_queue(QueueName="q")
    with pytest.raises(ClientError):
        local_aws.client("events").delete_event_bus(Name="default")
    made, failed = local_aws.journal()
    wanted = {
        "seq": made["seq"],
        "service": "sqs",
        "operation": "CreateQueue",
        "region": "eu-west-1",
        "status": 200,
        "account": "123456789012",
        "error": None,
        "actor": "other",
        "params": {"QueueName": "q"},
    }
    assert {key: made[key] for key in wanted} == wanted
    assert made["duration_ms"] >= 0 and abs(made["time"] - time.time()) < 60
    assert (failed["status"], failed["error"], failed["seq"]) == (400, "ValidationException", made["seq"] + 1)
    local_aws.clear_journal()
    assert local_aws.journal() == []


@pytest.mark.parametrize(
    "agent, actor",
    [
        ("APN/1.0 HashiCorp/1.0 Terraform/1.12 ", "terraform"),
        ("terraform-provider-logenabler/1.0", "terraform"),
        ("aws-cli/2", "other"),
    ],
)
def test_the_journal_tells_who_called(local_aws, agent, actor):
    local_aws.client("sqs", config=Config(user_agent=agent)).list_queues()
    assert [entry["actor"] for entry in local_aws.journal()] == [actor]


def test_what_moto_lacks_is_a_500_in_the_journal(local_aws):
    with pytest.raises(ClientError) as failure:
        local_aws.client("glue").search_tables(SearchText="x")
    assert failure.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert [entry["status"] for entry in local_aws.journal()] == [500]


def test_a_fault_strikes_as_often_as_it_was_asked_to(local_aws):
    local_aws.faults(
        [
            {
                "service": "sqs",
                "operation": "List.*",
                "region": "eu-.*",
                "count": 2,
                "status": 503,
                "error": "ServiceUnavailable",
                "message": "Later.",
            }
        ]
    )
    here, there = local_aws.client("sqs", "eu-west-1"), local_aws.client("sqs", "us-east-1")
    there.list_queues()
    for _ in range(2):
        refused(here.list_queues, "ServiceUnavailable", "Later.")
    here.list_queues()
    assert [entry["status"] for entry in local_aws.journal()] == [200, 503, 503, 200]


def test_faults_can_be_cleared_and_never_end_when_they_should_not(local_aws):
    local_aws.faults([{"service": "sqs", "count": None, "error": "ThrottlingException"}])
    client = local_aws.client("sqs")
    for _ in range(5):
        refused(client.list_queues, "ThrottlingException")
    local_aws.clear_faults()
    client.list_queues()


@pytest.mark.parametrize(
    "service, operation, arguments",
    [
        ("iam", "list_roles", {}),
        ("lambda", "list_functions", {}),
        ("glue", "get_databases", {}),
        ("ec2", "describe_vpcs", {}),
        ("s3", "list_buckets", {}),
        ("logs", "describe_log_groups", {}),
        ("sts", "get_caller_identity", {}),
        ("elbv2", "describe_load_balancers", {}),
    ],
)
def test_faults_speak_every_protocol(local_aws, service, operation, arguments):
    local_aws.faults([{"error": "AccessDeniedException", "status": 403, "message": "No."}])
    client = local_aws.client(service)
    refused(lambda: getattr(client, operation)(**arguments), "AccessDeniedException", "No.")
    getattr(client, operation)(**arguments)


@pytest.mark.parametrize("drop, effect", [("before", []), ("after", ["q"])])
def test_a_connection_can_be_dropped_before_or_after_the_call_takes_effect(local_aws, drop, effect):
    local_aws.faults([{"operation": "CreateQueue", "drop": drop}])
    with pytest.raises((ConnectionClosedError, EndpointConnectionError)):
        local_aws.client("sqs").create_queue(QueueName="q")
    assert [queue["name"] for queue in local_aws.inventory()["queues"]] == effect


@pytest.mark.parametrize("drop, effect", [("before", ["other"]), ("after", ["other", "q"])])
def test_a_call_about_something_can_be_left_without_an_answer(local_aws, drop, effect):
    local_aws.faults([{"about": "'q'", "drop": drop, "hang": True}])
    sqs = local_aws.client("sqs")
    sqs.create_queue(QueueName="other")
    with ThreadPoolExecutor() as pool:
        silent = pool.submit(sqs.create_queue, QueueName="q")
        until(lambda: local_aws.struck() == [1])
        assert [queue["name"] for queue in local_aws.inventory()["queues"]] == effect
        assert not silent.done()
        local_aws.clear_faults()
        with pytest.raises((ConnectionClosedError, EndpointConnectionError)):
            silent.result()


def test_a_call_can_be_delayed_without_holding_up_the_others(local_aws):
    local_aws.faults([{"operation": "CreateQueue", "delay_ms": 500}])
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(local_aws.client("sqs").create_queue, QueueName="q")
        local_aws.client("logs").describe_log_groups()
        assert not slow.done()
        slow.result()
    assert [e["duration_ms"] >= 500 for e in local_aws.journal() if e["operation"] == "CreateQueue"] == [True]


@pytest.mark.parametrize(
    "path, body",
    [
        ("faults", [{"unknown": 1}]),
        ("faults", [{"drop": "sometimes"}]),
        ("faults", [{"service": "("}]),
        ("settings", {"unknown": 1}),
        ("settings", {"role_looks": -1}),
        ("event", {"region": "us-east-1"}),
        ("event", event(region="mars-north-1")),
    ],
)
def test_wrong_requests_are_told_so(local_aws, path, body):
    with pytest.raises(RuntimeError, match='{"error": "ValueError: '):
        local_aws._ask("POST", path, body)


def test_the_inventory_tells_everything_and_reset_empties_it(local_aws):
    function(local_aws)
    invoke(local_aws, {})
    queue(local_aws, "q", "eu-west-1")
    events = local_aws.client("events")
    events.create_event_bus(Name="b")
    events.put_rule(Name="r", EventBusName="b", EventPattern='{"source": ["s"]}')
    events.put_targets(
        Rule="r", EventBusName="b", Targets=[{"Id": "t", "Arn": "arn:aws:logs:us-east-1:1:log-group:x"}]
    )
    allow(local_aws, "f-role-us-east-1", "*")
    local_aws.client("logs").create_log_group(logGroupName="g")
    glue = local_aws.client("glue", "eu-west-1")
    glue.create_database(DatabaseInput={"Name": "d"})
    glue.create_table(DatabaseName="d", TableInput={"Name": "t"})
    local_aws.client("sns").create_topic(Name="n")
    local_aws.client("athena").create_work_group(Name="w")
    watch(local_aws)
    found = local_aws.inventory()
    assert {kind: len(items) for kind, items in found.items()} == dict.fromkeys(found, 1)
    assert found["tables"] == [
        {"account": "123456789012", "region": "eu-west-1", "database": "d", "name": "t"}
    ]
    local_aws.reset()
    assert not any(local_aws.inventory().values())
    assert local_aws.journal() == []


def test_of_many_callers_at_once_one_wins(local_aws):
    def create(_):
        try:
            return local_aws.client("events").create_event_bus(Name="b")["EventBusArn"]
        except ClientError:
            return None

    with ThreadPoolExecutor(16) as pool:
        made = [arn for arn in pool.map(create, range(16)) if arn]
    assert (len(made), len(local_aws.inventory()["event_buses"])) == (1, 1)
    assert {entry["status"] for entry in local_aws.journal()} == {200, 400}


def test_accounts_are_apart(local_aws):
    local_aws.client("sqs", account="210987654321").create_queue(QueueName="q")
    assert [found["account"] for found in local_aws.inventory()["queues"]] == ["210987654321"]


def test_it_ends_with_its_parent():
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    child = subprocess.Popen(
        [sys.executable, "-m", "local_aws", "--port", "0", "--parent-pid", str(parent.pid)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline().startswith("local AWS ready on http://127.0.0.1:")
    parent.communicate(b"\n")
    assert child.wait(10) == 0
