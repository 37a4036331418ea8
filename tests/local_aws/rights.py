"""What the session of a role may call: an action that none of the role's policies allows is refused.

Of resources only Glue's catalog is looked at, which every call to Glue needs; conditions are not read.
"""

from __future__ import annotations

from moto.iam import iam_backends

from . import roles
from .call import AwsError, Call

CODES = {"ec2": "UnauthorizedOperation", "query": "AccessDenied", "rest-xml": "AccessDenied"}
# The service's own hook knows the role that is asked for.
CHECKED_ELSEWHERE = {"sts"}


def role_of(call: Call) -> str | None:
    """The ARN of the role whose session calls; None for everybody else."""
    if call.actor == "function":
        return call.session_token or None
    key = iam_backends[call.account][call.partition].access_keys.get(call.access_key)
    return getattr(key, "role_arn", None)


def check(call: Call) -> None:
    """Refuse what the role of the session does not allow."""
    role = None if call.service in CHECKED_ELSEWHERE or not call.model else role_of(call)
    if role is None:
        return
    action = f"{call.model.service_model.signing_name}:{call.operation}"
    catalog = f"arn:{call.partition}:glue:{call.region}:{call.account}:catalog"
    if not roles.role_allows(role, action, catalog if call.service == "glue" else "*"):
        message = f"User: {role} is not authorized to perform: {action}"
        raise AwsError(CODES.get(call.protocol, "AccessDeniedException"), message, 403)
