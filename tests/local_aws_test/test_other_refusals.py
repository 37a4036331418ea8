"""IAM, SQS and CloudWatch Logs refuse what they refuse in AWS."""

from __future__ import annotations

import json

import pytest

from .functions import ACCOUNT, allow, queue, role, trust
from .refusals import refused

TRUST = trust("lambda.amazonaws.com")
MALFORMED = "MalformedPolicyDocument"


def document(size):
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::" + "x" * size}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trusting(principal):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.parametrize(
    "changed, code, message",
    [
        ({"RoleName": "x" * 65}, "ValidationError", "roleName"),
        ({"RoleName": "a b"}, "ValidationError", "roleName"),
        ({"Description": "x" * 1001}, "ValidationError", "description"),
        ({"AssumeRolePolicyDocument": "no"}, MALFORMED, "invalid Json"),
        ({"AssumeRolePolicyDocument": document(1)}, MALFORMED, "principal"),
        ({"AssumeRolePolicyDocument": trusting({"Service": ["x" * 2048]})}, "LimitExceeded", "2048"),
        (
            {"AssumeRolePolicyDocument": trusting({"AWS": f"arn:aws:iam::{ACCOUNT}:role/none"})},
            MALFORMED,
            "Invalid principal in policy",
        ),
    ],
)
def test_roles_refused(local_aws, changed, code, message):
    arguments = {"RoleName": "r", "AssumeRolePolicyDocument": TRUST, **changed}
    refused(lambda: local_aws.client("iam").create_role(**arguments), code, message)


@pytest.mark.parametrize(
    "changed, code, message",
    [
        ({"PolicyName": "a b"}, "ValidationError", "policyName"),
        ({"PolicyDocument": "no"}, MALFORMED, ""),
        (
            {"PolicyDocument": document(10240)},
            "LimitExceeded",
            "Maximum policy size of 10240 bytes exceeded for role role",
        ),
        ({"RoleName": "none"}, "NoSuchEntity", "none"),
    ],
)
def test_role_policies_refused(local_aws, changed, code, message):
    role(local_aws)
    arguments = {"RoleName": "role", "PolicyName": "p", "PolicyDocument": document(1), **changed}
    refused(lambda: local_aws.client("iam").put_role_policy(**arguments), code, message)


def test_the_limit_is_for_all_policies_of_a_role(local_aws):
    role(local_aws)
    put = local_aws.client("iam").put_role_policy
    put(RoleName="role", PolicyName="a", PolicyDocument=document(6000))
    put(RoleName="role", PolicyName="a", PolicyDocument=document(6001))
    refused(lambda: put(RoleName="role", PolicyName="b", PolicyDocument=document(6000)), "LimitExceeded")


def test_a_role_with_policies_stays(local_aws):
    role(local_aws)
    client = local_aws.client("iam")
    allow(local_aws, "role", "*")
    refused(lambda: client.delete_role(RoleName="role"), "DeleteConflict")
    client.delete_role_policy(RoleName="role", PolicyName="allow")
    client.delete_role(RoleName="role")
    refused(lambda: client.get_role(RoleName="role"), "NoSuchEntity")


def test_policies_of_the_customer_are_attached_and_detached(local_aws):
    role(local_aws)
    client = local_aws.client("iam")
    arn = client.create_policy(PolicyName="p", PolicyDocument=document(1))["Policy"]["Arn"]
    client.attach_role_policy(RoleName="role", PolicyArn=arn)
    attached = client.list_attached_role_policies(RoleName="role")["AttachedPolicies"]
    assert attached == [{"PolicyName": "p", "PolicyArn": arn}]
    refused(lambda: client.delete_role(RoleName="role"), "DeleteConflict")
    client.detach_role_policy(RoleName="role", PolicyArn=arn)
    client.delete_role(RoleName="role")


@pytest.mark.parametrize(
    "attributes, code",
    [
        ({"VisibilityTimeout": "31"}, "QueueAlreadyExists"),
        ({"MessageRetentionPeriod": "long"}, "InvalidAttributeValue"),
        ({"MessageRetentionPeriod": "59"}, "InvalidAttributeValue"),
        ({"Policy": "no"}, "InvalidAttributeValue"),
        ({"Policy": "{}"}, "InvalidAttributeValue"),
    ],
)
def test_queues_refused(local_aws, attributes, code):
    client = local_aws.client("sqs")
    client.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "30"})
    refused(lambda: client.create_queue(QueueName="q", Attributes=attributes), code)


def test_the_same_queue_is_the_same_queue(local_aws):
    client = local_aws.client("sqs")
    arguments = {"QueueName": "q", "Attributes": {"VisibilityTimeout": "60", "SqsManagedSseEnabled": "true"}}
    assert client.create_queue(**arguments)["QueueUrl"] == client.create_queue(**arguments)["QueueUrl"]


def test_a_queue_shows_what_was_set(local_aws):
    client = local_aws.client("sqs")
    wanted = {"SqsManagedSseEnabled": "false", "MessageRetentionPeriod": "1209600"}
    url = client.create_queue(QueueName="q", Attributes=wanted)["QueueUrl"]

    def shown():
        return client.get_queue_attributes(QueueUrl=url, AttributeNames=list(wanted))["Attributes"]

    assert shown() == wanted
    client.set_queue_attributes(QueueUrl=url, Attributes={"SqsManagedSseEnabled": "true"})
    assert shown() == {**wanted, "SqsManagedSseEnabled": "true"}


def test_a_queue_keeps_its_policy_when_other_attributes_change(local_aws):
    url, _ = queue(local_aws, "q")
    client = local_aws.client("sqs")
    client.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "61"})
    now = client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (now["VisibilityTimeout"], "Policy" in now) == ("61", True)


def test_a_name_that_was_just_deleted_is_refused_if_the_test_wants_it_so(local_aws):
    local_aws.settings(queue_deleted_seconds=60)
    client = local_aws.client("sqs")
    client.delete_queue(QueueUrl=client.create_queue(QueueName="q")["QueueUrl"])
    refused(
        lambda: client.create_queue(QueueName="q"),
        "AWS.SimpleQueueService.QueueDeletedRecently",
        "60 seconds",
    )


@pytest.mark.parametrize(
    "name, days, code",
    [
        ("g", 31, "InvalidParameterException"),
        ("none", 30, "ResourceNotFoundException"),
        ("g", 30, None),
    ],
)
def test_retention(local_aws, name, days, code):
    client = local_aws.client("logs")
    client.create_log_group(logGroupName="g")

    def put():
        return client.put_retention_policy(logGroupName=name, retentionInDays=days)

    refused(put, code) if code else put()


@pytest.mark.parametrize(
    "name, code",
    [
        ("g", "ResourceAlreadyExistsException"),
        ("aws/x", "InvalidParameterException"),
        ("a b", "InvalidParameterException"),
    ],
)
def test_log_groups_refused(local_aws, name, code):
    client = local_aws.client("logs")
    client.create_log_group(logGroupName="g")
    refused(lambda: client.create_log_group(logGroupName=name), code)
