"""IAM: names, sizes and documents that it refuses."""

from __future__ import annotations

import json
import re

from moto.iam import iam_backends

from . import roles
from .call import AwsError, Call
from .hooks import before
from .policy import as_list, statements

ROLE_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
POLICY_NAME = re.compile(r"[\w+=,.@-]{1,128}", re.ASCII)
PATH = re.compile(r"/|/[\u0021-\u007e]{1,510}/")
TRUST_LIMIT, INLINE_LIMIT, DESCRIPTION_LIMIT, TAG_LIMIT = 2_048, 10_240, 1_000, 50


@before("iam", "CreateRole")
def _create_role(call: Call) -> None:
    asked = call.params
    _match(ROLE_NAME, asked["RoleName"], "roleName")
    _match(PATH, asked.get("Path") or "/", "path")
    if len(asked.get("Description") or "") > DESCRIPTION_LIMIT:
        raise _invalid(f"Value at 'description' must have length less than or equal to {DESCRIPTION_LIMIT}")
    if len(asked.get("Tags") or []) > TAG_LIMIT:
        raise AwsError("LimitExceeded", f"Cannot exceed quota for TagsPerRole: {TAG_LIMIT}", 409)
    _check_trust(asked["AssumeRolePolicyDocument"])


@before("iam", "UpdateAssumeRolePolicy")
def _update_trust(call: Call) -> None:
    _check_trust(call.params["PolicyDocument"])


@before("iam", "PutRolePolicy")
def _put_role_policy(call: Call) -> None:
    role_name, policy_name, document = (
        call.params[key] for key in ("RoleName", "PolicyName", "PolicyDocument")
    )
    _match(POLICY_NAME, policy_name, "policyName")
    _check_document(document)
    for role in iam_backends[call.account][call.partition].get_roles():
        if role.name == role_name:
            others = [policy for name, policy in role.policies.items() if name != policy_name]
            if sum(len("".join(policy.split())) for policy in (*others, document)) > INLINE_LIMIT:
                message = f"Maximum policy size of {INLINE_LIMIT} bytes exceeded for role {role_name}"
                raise AwsError("LimitExceeded", message, 409)


def _check_trust(document: str) -> None:
    _check_document(document)
    if len("".join(document.split())) > TRUST_LIMIT:
        raise AwsError("LimitExceeded", f"Cannot exceed quota for ACLSizePerRole: {TRUST_LIMIT}", 409)
    for statement in statements(document):
        principal = statement.get("Principal")
        if principal is None:
            raise _malformed("AssumeRole policy must contain a principal.")
        if "Resource" in statement:
            raise _malformed("Has prohibited field Resource")
        for arn in as_list(principal.get("AWS", [])) if isinstance(principal, dict) else []:
            if ":role/" in arn and roles.find(arn) is None:
                raise _malformed(f'Invalid principal in policy: "AWS":"{arn}"')


def _check_document(document: str) -> None:
    try:
        parsed = json.loads(document)
    except ValueError:
        raise _malformed("This policy contains invalid Json") from None
    if not isinstance(parsed, dict) or not statements(parsed):
        raise _malformed("Syntax errors in policy.")


def _match(pattern: re.Pattern[str], value: str, name: str) -> None:
    if not pattern.fullmatch(value):
        raise _invalid(
            f"1 validation error detected: Value at '{name}' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {pattern.pattern}"
        )


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationError", message, 400)


def _malformed(message: str) -> AwsError:
    return AwsError("MalformedPolicyDocument", message, 400)
