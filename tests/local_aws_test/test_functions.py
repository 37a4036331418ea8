"""Lambda runs the uploaded bootstrap: environment, warm process, errors, retries, destinations, logs."""

from __future__ import annotations

import json

import pytest

from local_aws.call import function_access_key

from .functions import ACCOUNT, REGION, allow, event, function, invoke, messages, package, queue
from .refusals import refused

DONE = {"do": "nothing"}


def test_invoke_gives_the_result_and_the_environment(local_aws):
    function(local_aws, MemorySize=256, Environment={"Variables": {"MY_NAME": "x"}})
    answer, error = invoke(local_aws, DONE)
    assert (answer["event"], error) == (DONE, None)
    expected = {
        "AWS_LAMBDA_FUNCTION_NAME": "f",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": local_aws.url,
        "_HANDLER": "bootstrap",
        "MY_NAME": "x",
    }
    assert {name: answer["environment"].get(name) for name in expected} == expected


def test_the_process_stays_warm_until_code_or_configuration_change(local_aws):
    function(local_aws)
    client = local_aws.client("lambda")
    first, second = invoke(local_aws, DONE)[0], invoke(local_aws, DONE)[0]
    assert (first["pid"], second["count"]) == (second["pid"], 2)
    client.update_function_code(FunctionName="f", ZipFile=package("2"))
    third = invoke(local_aws, DONE)[0]
    assert (third["version"], third["count"]) == ("2", 1)
    client.update_function_configuration(FunctionName="f", Environment={"Variables": {"MY_NAME": "y"}})
    fourth = invoke(local_aws, DONE)[0]
    assert (fourth["environment"]["MY_NAME"], fourth["count"]) == ("y", 1)


@pytest.mark.parametrize(
    "order, error_type, message",
    [
        ("fail", "Told", "told to fail"),
        ("crash", "Runtime.ExitError", "exit status 3"),
        ("hang", "Sandbox.Timedout", "Task timed out after 1.00 seconds"),
    ],
)
def test_errors_are_told_and_the_next_invocation_works(local_aws, order, error_type, message):
    function(local_aws, Timeout=1)
    answer, error = invoke(local_aws, {"do": order})
    assert (answer["errorType"], error) == (error_type, "Unhandled")
    assert message in answer["errorMessage"]
    assert invoke(local_aws, DONE)[1] is None


def test_a_bootstrap_that_cannot_be_run(local_aws):
    function(local_aws, code=package(mode=0o644))
    answer, error = invoke(local_aws, DONE)
    assert (answer["errorType"], error) == ("Runtime.InvalidEntrypoint", "Unhandled")
    assert "permission denied" in answer["errorMessage"]


@pytest.mark.parametrize("retries, runs", [(None, 3), (0, 1), (1, 2)])
def test_failed_events_are_retried_then_sent_to_the_destination(local_aws, retries, runs):
    arn = function(local_aws)
    url, queue_arn = queue(local_aws, "failed", open_to=None)
    allow(local_aws, "f-role-us-east-1", queue_arn)
    config = {} if retries is None else {"MaximumRetryAttempts": retries}
    client = local_aws.client("lambda")
    client.put_function_event_invoke_config(
        FunctionName="f", DestinationConfig={"OnFailure": {"Destination": queue_arn}}, **config
    )
    client.invoke(FunctionName="f", InvocationType="Event", Payload=json.dumps({"do": "fail"}))
    local_aws.idle()
    [message] = messages(local_aws, url)
    record = message["Body"]
    assert record["requestContext"]["approximateInvokeCount"] == runs
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["functionArn"] == f"{arn}:$LATEST"
    assert record["requestPayload"] == {"do": "fail"}
    assert record["responseContext"] == {
        "statusCode": 200,
        "executedVersion": "$LATEST",
        "functionError": "Unhandled",
    }
    assert record["responsePayload"] == {"errorType": "Told", "errorMessage": "told to fail"}
    assert len([e for e in local_aws.journal() if e["operation"] == "AsynchronousInvocation"]) == runs


@pytest.mark.parametrize("group, right", [(True, True), (False, True), (True, False)])
def test_output_goes_to_the_log_group_only_if_there_is_one_that_its_role_may_write(local_aws, group, right):
    function(local_aws)
    if right:
        allow(
            local_aws,
            f"f-role-{REGION}",
            f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/f:*",
            "logs:*",
        )
    logs = local_aws.client("logs")
    if group:
        logs.create_log_group(logGroupName="/aws/lambda/f")
    for _ in range(3):
        invoke(local_aws, DONE)
    groups = logs.describe_log_groups()["logGroups"]
    assert len(groups) == group
    if group:
        lines = [line["message"] for line in logs.filter_log_events(logGroupName="/aws/lambda/f")["events"]]
        assert lines == ['got {"do": "nothing"}'] * (3 if right else 0)


def test_calls_of_a_function_are_marked_and_belong_to_its_account(local_aws):
    function(local_aws)
    key = invoke(local_aws, DONE)[0]["environment"]["AWS_ACCESS_KEY_ID"]
    local_aws.client("sqs", access_key=key).create_queue(QueueName="by-function")
    [entry] = [entry for entry in local_aws.journal() if entry["operation"] == "CreateQueue"]
    assert (entry["actor"], entry["account"]) == ("function", ACCOUNT)


def test_many_events_are_all_delivered(local_aws):
    arn = function(local_aws)
    rule = local_aws.client("events").put_rule(Name="r", EventPattern='{"source": ["aws.test"]}')["RuleArn"]
    local_aws.client("events").put_targets(Rule="r", Targets=[{"Id": "f", "Arn": arn}])
    local_aws.client("lambda").add_permission(
        FunctionName="f",
        StatementId="s",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=rule,
    )
    for _ in range(50):
        local_aws.event(event())
    local_aws.idle()
    assert invoke(local_aws, DONE)[0]["count"] == 51


def test_a_reset_ends_what_is_running(local_aws):
    function(local_aws, Timeout=600)
    local_aws.client("lambda").invoke(FunctionName="f", InvocationType="Event", Payload='{"do": "hang"}')
    local_aws.reset()
    local_aws.idle(timeout=5)


def test_a_function_can_be_deleted_while_it_runs(local_aws):
    function(local_aws, Timeout=1)
    client = local_aws.client("lambda")
    client.put_function_event_invoke_config(FunctionName="f", MaximumRetryAttempts=0)
    client.invoke(FunctionName="f", InvocationType="Event", Payload='{"do": "hang"}')
    client.delete_function(FunctionName="f")
    local_aws.idle()
    assert local_aws.inventory()["functions"] == []


def test_a_function_may_start_itself_where_its_role_says_so(local_aws):
    arn = function(local_aws)
    session = {
        "access_key": function_access_key(ACCOUNT),
        "token": f"arn:aws:iam::{ACCOUNT}:role/f-role-{REGION}",
    }
    start = local_aws.client("lambda", **session).invoke
    order = {"FunctionName": "f", "InvocationType": "Event", "Payload": json.dumps(DONE)}
    refused(lambda: start(**order), "AccessDeniedException", "lambda:InvokeFunction")
    allow(local_aws, f"f-role-{REGION}", arn, "lambda:InvokeFunction")
    assert start(**order)["StatusCode"] == 202
    local_aws.idle()
    assert invoke(local_aws, DONE)[0]["count"] == 2
