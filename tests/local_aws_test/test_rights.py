"""Whoever has policies may do what they allow, on what they allow it; Terraform has those of the guide."""

from __future__ import annotations

import json
import re

import pytest
from botocore.exceptions import ClientError

from local_aws.published import CHOSEN, policies
from terraform import KEY

from .functions import ACCOUNT, trust

ROLE = f"arn:aws:iam::{ACCOUNT}:role/EventDrivenLogEnablerRole-us-east-1"
QUEUE = "EventDrivenLogEnabler-dead-letters"
FUNCTION = {
    "FunctionName": "EventDrivenLogEnabler",
    "Role": f"arn:aws:iam::{ACCOUNT}:role/other",
    "Runtime": "provided.al2023",
    "Handler": "bootstrap",
    "Code": {"ZipFile": b""},
}
# A service, a call of it, what it is asked, and the right that is lacking; None where nothing is.
CALLS = [
    ("sqs", "create_queue", {"QueueName": QUEUE, "tags": {"a": "b"}}, None),
    ("sqs", "create_queue", {"QueueName": "mine"}, "sqs:CreateQueue on resource: arn:aws:sqs:us-east-1"),
    ("sqs", "send_message", {"QueueUrl": QUEUE, "MessageBody": "x"}, "sqs:SendMessage"),
    ("events", "describe_rule", {"Name": "ForwardLoggingEvents-to-x"}, None),
    ("events", "describe_rule", {"Name": "mine"}, "events:DescribeRule on resource: .+:rule/mine "),
    ("events", "put_rule", {"Name": "a", "EventBusName": "b"}, "events:PutRule on resource: .+:rule/b/a "),
    ("events", "list_event_buses", {}, None),
    ("iam", "create_role", {"RoleName": "mine2", "AssumeRolePolicyDocument": trust("x")}, "iam:CreateRole"),
    ("iam", "list_users", {}, "iam:ListUsers"),
    ("lambda", "create_function", FUNCTION, "iam:PassRole on resource: .+:role/other "),
    ("logs", "create_log_group", {"logGroupName": "/aws/lambda/EventDrivenLogEnabler"}, None),
    ("logs", "create_log_group", {"logGroupName": "/aws/lambda/mine"}, "logs:CreateLogGroup"),
    ("glue", "get_tables", {"DatabaseName": "mine"}, None),
    ("glue", "delete_table", {"DatabaseName": "mine", "Name": "t"}, "glue:DeleteTable on resource: .+/mine "),
    ("cloudtrail", "describe_trails", {}, None),
    ("cloudtrail", "stop_logging", {"Name": "t"}, "cloudtrail:StopLogging"),
    ("sts", "get_caller_identity", {}, None),
    ("sts", "assume_role", {"RoleArn": ROLE, "RoleSessionName": "s"}, "sts:AssumeRole"),
]


@pytest.mark.parametrize("service, operation, asked, lacking", CALLS)
def test_terraform_may_do_what_the_guide_says(local_aws, service, operation, asked, lacking):
    call, said = getattr(local_aws.client(service, access_key=KEY), operation), "nothing"
    try:
        call(**asked)
    except ClientError as refusal:
        said = str(refusal)
    assert ("AccessDenied" in said) == bool(lacking), said
    assert not lacking or re.search(f"is not authorized to perform: {lacking}", said), said


def test_every_name_that_tests_choose_takes_the_place_of_the_guides():
    default = json.dumps(policies())
    assert "EventDrivenLogEnabler" in default and "your-" not in default
    for chosen in CHOSEN[1:]:
        text = json.dumps(policies(chosen))
        assert not [name for name in CHOSEN[0] if name in text], chosen
