"""STS gives a role to whom it trusts, and its session may do what the role's policies allow."""

from __future__ import annotations

import json

import pytest

from .functions import ACCOUNT
from .refusals import refused

MEMBER = "210987654321"
ARN = f"arn:aws:iam::{MEMBER}:role/r"


def document(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def role(local_aws, account=ACCOUNT, action="glue:GetTables", resource="*", **condition):
    trust = {"Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole", **condition}
    iam = local_aws.client("iam", account=MEMBER)
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=document(**trust))
    iam.put_role_policy(
        RoleName="r", PolicyName="p", PolicyDocument=document(Action=action, Resource=resource)
    )


def assume(local_aws, **more):
    return local_aws.client("sts").assume_role(RoleArn=ARN, RoleSessionName="session", **more)["Credentials"]


NAMED = {"Condition": {"StringEquals": {"sts:ExternalId": "x"}}}


@pytest.mark.parametrize(
    "condition, more", [({}, {}), ({}, {"ExternalId": "y"}), (NAMED, {"ExternalId": "x"})]
)
def test_a_role_is_for_whom_it_trusts(local_aws, condition, more):
    role(local_aws, **condition)
    assert assume(local_aws, **more)["AccessKeyId"]


@pytest.mark.parametrize(
    "made, more",
    [(None, {}), ({"account": "111111111111"}, {}), (NAMED, {}), (NAMED, {"ExternalId": "y"})],
)
def test_a_role_is_for_nobody_else(local_aws, made, more):
    if made is not None:
        role(local_aws, **made)
    refused(lambda: assume(local_aws, **more), "AccessDenied", "is not authorized to perform: sts:AssumeRole")


@pytest.mark.parametrize(
    "action, resource, allowed",
    [
        ("glue:*", "*", True),
        ("glue:GetTable", "*", False),
        ("*", f"arn:aws:glue:us-east-1:{MEMBER}:*", True),
        ("*", f"arn:aws:glue:eu-west-1:{MEMBER}:*", False),
    ],
)
def test_a_session_may_do_what_its_role_may(local_aws, action, resource, allowed):
    role(local_aws, action=action, resource=resource)
    glue = local_aws.client("glue", access_key=assume(local_aws)["AccessKeyId"])
    code = "EntityNotFoundException" if allowed else "AccessDeniedException"
    refused(lambda: glue.get_tables(DatabaseName="none"), code)
