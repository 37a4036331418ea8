"""STS: who may take on which role. moto lets everybody take on any, also one that does not exist."""

from __future__ import annotations

from . import rights, roles
from .actions import Right
from .call import AwsError, Call
from .hooks import before
from .organizations import organization_of
from .policy import allows


@before("sts", "AssumeRole")
def _assume_role(call: Call) -> None:
    """Across accounts the role has to trust the caller, and the caller's own policies have to allow it."""
    arn, caller = call.params["RoleArn"], rights.caller(call)
    principal = caller or f"arn:{call.partition}:iam::{call.account}:root"
    external_id = call.params.get("ExternalId")
    context = {"sts:ExternalId": external_id} if external_id else {}
    role = roles.find(arn)
    trusted = role and allows(role.assume_role_policy_document, principal, "sts:AssumeRole", "*", context)
    organization = organization_of(arn.split(":")[4], call.partition)
    right = Right("sts:AssumeRole", arn, {"aws:ResourceOrgID": organization} if organization else {})
    if not trusted or (caller and not rights.may(caller, right)):
        message = f"User: {principal} is not authorized to perform: sts:AssumeRole on resource: {arn}"
        raise AwsError("AccessDenied", message, 403)
