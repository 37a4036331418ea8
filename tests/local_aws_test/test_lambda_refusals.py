"""Lambda refuses what it refuses in AWS, and takes its time."""

from __future__ import annotations

import json

import pytest

from .functions import ACCOUNT, allow, creation, function, invoke, package, queue, role, trust
from .refusals import refused

INVALID, VALIDATION, CONFLICT = (
    "InvalidParameterValueException",
    "ValidationException",
    "ResourceConflictException",
)
NOT_ASSUMED = "The role defined for the function cannot be assumed by Lambda."


def variables(**values):
    return {"Environment": {"Variables": values}}


@pytest.mark.parametrize(
    "changed, code, message",
    [
        ({"Code": {"ZipFile": b"no zip"}}, INVALID, "Could not unzip uploaded file"),
        ({"Code": {"ZipFile": package(name="other")}}, INVALID, "bootstrap"),
        ({"FunctionName": "x" * 65}, VALIDATION, "functionName"),
        ({"FunctionName": "a b"}, VALIDATION, "functionName"),
        ({"Timeout": 901}, VALIDATION, "timeout"),
        ({"MemorySize": 127}, VALIDATION, "MemorySize"),
        (variables(AWS_REGION="x"), INVALID, "reserved keys"),
        (variables(MY_NAME="x" * 4096), INVALID, "exceeded the 4KB limit"),
        (variables(x="y"), VALIDATION, "x"),
        ({"Role": f"arn:aws:iam::{ACCOUNT}:role/none"}, INVALID, NOT_ASSUMED),
    ],
)
def test_create_refused(local_aws, changed, code, message):
    local_aws.settings(role_looks=0)
    arguments = {**creation("f", role(local_aws)), **changed}
    refused(lambda: local_aws.client("lambda").create_function(**arguments), code, message)


def test_a_new_role_cannot_be_assumed_at_once(local_aws):
    client, arguments = local_aws.client("lambda"), creation("f", role(local_aws))
    for _ in range(2):
        refused(lambda: client.create_function(**arguments), INVALID, NOT_ASSUMED)
    client.create_function(**arguments)


def test_a_role_must_trust_lambda(local_aws):
    local_aws.settings(role_looks=0)
    arguments = creation("f", role(local_aws, service="events.amazonaws.com"))
    refused(lambda: local_aws.client("lambda").create_function(**arguments), INVALID, NOT_ASSUMED)
    local_aws.client("iam").update_assume_role_policy(
        RoleName="role", PolicyDocument=trust("lambda.amazonaws.com")
    )
    local_aws.client("lambda").create_function(**arguments)


def test_a_name_is_taken_once(local_aws):
    function(local_aws)
    again = creation("f", f"arn:aws:iam::{ACCOUNT}:role/f-role-us-east-1")
    refused(lambda: local_aws.client("lambda").create_function(**again), CONFLICT, "already exist")


def test_a_function_is_pending_then_active(local_aws):
    local_aws.settings(role_looks=0)
    client = local_aws.client("lambda")
    assert client.create_function(**creation("f", role(local_aws)))["State"] == "Pending"
    refused(lambda: client.update_function_code(FunctionName="f", ZipFile=package()), CONFLICT, "Pending")
    refused(lambda: client.invoke(FunctionName="f"), CONFLICT, "Pending")
    states = [client.get_function(FunctionName="f")["Configuration"]["State"] for _ in range(3)]
    assert states == ["Pending", "Pending", "Active"]
    client.update_function_code(FunctionName="f", ZipFile=package())


def test_an_update_is_in_progress_then_successful(local_aws):
    function(local_aws)
    local_aws.settings(update_reads=1)
    client = local_aws.client("lambda")
    assert (
        client.update_function_configuration(FunctionName="f", Timeout=9)["LastUpdateStatus"] == "InProgress"
    )
    refused(
        lambda: client.update_function_code(FunctionName="f", ZipFile=package()),
        CONFLICT,
        "An update is in progress for resource",
    )
    statuses = [client.get_function_configuration(FunctionName="f")["LastUpdateStatus"] for _ in range(2)]
    assert statuses == ["InProgress", "Successful"]


def test_a_statement_id_is_used_once(local_aws):
    function(local_aws)
    client = local_aws.client("lambda")
    permission = {
        "FunctionName": "f",
        "StatementId": "s",
        "Action": "lambda:InvokeFunction",
        "Principal": "events.amazonaws.com",
    }
    client.add_permission(**permission)
    refused(
        lambda: client.add_permission(**permission), CONFLICT, "The statement id (s) provided already exists"
    )
    client.remove_permission(FunctionName="f", StatementId="s")
    refused(lambda: client.get_policy(FunctionName="f"), "ResourceNotFoundException")


def test_the_destination_must_be_there_and_allowed(local_aws):
    function(local_aws)
    client = local_aws.client("lambda")
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:failed"

    def put():
        return client.put_function_event_invoke_config(
            FunctionName="f", DestinationConfig={"OnFailure": {"Destination": arn}}
        )

    refused(put, INVALID, "destination ARN")
    queue(local_aws, "failed")
    refused(put, INVALID, "does not have permissions")
    allow(local_aws, "f-role-us-east-1", arn)
    put()


def test_put_event_invoke_config_replaces_and_update_merges(local_aws):
    function(local_aws)
    client = local_aws.client("lambda")
    client.put_function_event_invoke_config(FunctionName="f", MaximumRetryAttempts=1)
    client.put_function_event_invoke_config(FunctionName="f", MaximumEventAgeInSeconds=90)
    now = client.get_function_event_invoke_config(FunctionName="f")
    assert (now.get("MaximumRetryAttempts"), now["MaximumEventAgeInSeconds"]) == (None, 90)
    client.update_function_event_invoke_config(FunctionName="f", MaximumRetryAttempts=0)
    now = client.get_function_event_invoke_config(FunctionName="f")
    assert (now["MaximumRetryAttempts"], now["MaximumEventAgeInSeconds"]) == (0, 90)


def test_concurrency_leaves_some_for_others(local_aws):
    function(local_aws)
    client = local_aws.client("lambda")

    def reserve(n):
        return client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=n)

    refused(lambda: reserve(901), INVALID, "below its minimum value of [100]")
    reserve(900)
    assert client.get_function_concurrency(FunctionName="f")["ReservedConcurrentExecutions"] == 900
    local_aws.settings(account_concurrency=10)
    refused(lambda: reserve(1), INVALID, "below its minimum value of [10]")


def test_a_reservation_is_shown_also_when_it_is_of_nothing(local_aws):
    function(local_aws)
    client = local_aws.client("lambda")
    assert "Concurrency" not in client.get_function(FunctionName="f")
    for reserved in (0, 7):
        client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=reserved)
        shown = client.get_function(FunctionName="f")["Concurrency"]
        assert shown == {"ReservedConcurrentExecutions": reserved}
    client.delete_function_concurrency(FunctionName="f")
    assert "Concurrency" not in client.get_function(FunctionName="f")


def test_a_function_without_a_name_is_refused(local_aws):
    refused(lambda: local_aws.client("lambda").create_function(), "ValidationException", "FunctionName")


def test_what_was_put_is_read_back(local_aws):
    dead = {"TargetArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:q"}
    function(local_aws, LoggingConfig={"LogFormat": "JSON"}, DeadLetterConfig=dead, Architectures=["arm64"])
    now = local_aws.client("lambda").get_function_configuration(FunctionName="f")
    assert now["LoggingConfig"] == {"LogFormat": "JSON", "LogGroup": "/aws/lambda/f"}
    assert (now["DeadLetterConfig"], now["Architectures"]) == (dead, ["arm64"])
    local_aws.client("lambda").update_function_code(
        FunctionName="f", ZipFile=package(), Architectures=["x86_64"]
    )
    assert local_aws.client("lambda").get_function_configuration(FunctionName="f")["Architectures"] == [
        "x86_64"
    ]


def test_a_deleted_function_is_gone(local_aws):
    function(local_aws)
    invoke(local_aws, {})
    client = local_aws.client("lambda")
    client.delete_function(FunctionName="f")
    refused(lambda: client.invoke(FunctionName="f", Payload=json.dumps({})), "ResourceNotFoundException")
    refused(lambda: client.delete_function(FunctionName="f"), "ResourceNotFoundException")
