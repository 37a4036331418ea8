"""What IAM asks for before AWS serves a call: actions, and the objects that they are about.

An operation mostly is an action of its own name. What goes by another name is here too, and what a call asks
for besides: tags on what is made, a role that is handed to a service.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import named_queries
from .call import Call

RENAMED = {
    "lambda:Invoke": "lambda:InvokeFunction",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "tagging:GetResources": "tag:GetResources",
}
# Services whose calls are signed with another name than their actions begin with.
PREFIXES = {"monitoring": "cloudwatch"}
# The action that a create with tags asks for besides.
TAGGING = {
    ("athena", "CreateWorkGroup"): "athena:TagResource",
    ("cloudwatch", "PutMetricAlarm"): "cloudwatch:TagResource",
    ("events", "CreateEventBus"): "events:TagResource",
    ("events", "PutRule"): "events:TagResource",
    ("iam", "CreateRole"): "iam:TagRole",
    ("lambda", "CreateFunction"): "lambda:TagResource",
    ("logs", "CreateLogGroup"): "logs:TagResource",
    ("sns", "CreateTopic"): "sns:TagResource",
    ("sqs", "CreateQueue"): "sqs:TagQueue",
}
# What a service asks for in the caller's name, to answer.
BEHIND = {
    ("network-firewall", "DescribeLoggingConfiguration"): ("logs:GetLogDelivery", "logs:ListLogDeliveries"),
    ("route53resolver", "GetResolverQueryLogConfig"): ("ec2:DescribeVpcs",),
}
# Calls about all objects, or about none that a policy could name.
UNNAMED = {
    "cloudwatch": {"DescribeAlarms"},
    "events": {"PutPermission", "RemovePermission", "ListRules", "ListEventBuses"},
    "logs": {"DescribeLogGroups"},
}


@dataclass(frozen=True)
class Right:
    """One action on one object; with what conditions are held against."""

    action: str
    resource: str
    context: dict[str, str] = field(default_factory=dict, compare=False)


def rights(call: Call) -> Iterator[Right]:
    """Everything that the caller has to be allowed."""
    signed = call.model.service_model.signing_name
    action = f"{PREFIXES.get(signed, signed)}:{call.operation}"
    where = {"aws:RequestedRegion": call.region}
    for resource in _objects(call):
        yield Right(RENAMED.get(action, action), resource, where)
    tagging = TAGGING.get((call.service, call.operation))
    if tagging and (call.params.get("Tags") or call.params.get("tags")):
        for resource in _objects(call):
            # CloudWatch Logs wants the ARN with an end for all but tags.
            yield Right(tagging, resource.removesuffix(":log-stream:"), where)
    for behind in BEHIND.get((call.service, call.operation), ()):
        yield Right(behind, "*", where)
    for role, service in _roles(call):
        yield Right("iam:PassRole", role, {"iam:PassedToService": service})


def _roles(call: Call) -> Iterator[tuple[str, str]]:
    """The roles that the call hands over, each with the service that gets it."""
    if call.service == "lambda" and call.params.get("Role"):
        yield call.params["Role"], "lambda.amazonaws.com"
    if call.service == "events":
        for target in call.params.get("Targets") or []:
            if target.get("RoleArn"):
                yield target["RoleArn"], "events.amazonaws.com"


def _objects(call: Call) -> list[str]:
    """The ARNs of what the call is about; `*` where policies cannot say."""
    name = NAMED.get(call.service)
    if name is None or call.operation in UNNAMED.get(call.service, ()):
        return ["*"]
    # Dashboards are those of an account.
    region = "" if call.service in GLOBAL or "Dashboard" in call.operation else call.region
    head = f"arn:{call.partition}:{call.service}:{region}:{call.account}:"
    found = name(call.operation, call.params)
    return [item if item.startswith("arn:") else head + item for item in found] or ["*"]


GLOBAL = {"iam"}


def _cloudwatch(_: str, asked: dict[str, Any]) -> list[str]:
    if "ResourceARN" in asked:
        return [asked["ResourceARN"]]
    found = [f"{kind}{name}" for one, kind in KINDS.items() for name in asked.get(f"{one}s") or []]
    return found or [f"{kind}{asked[one]}" for one, kind in KINDS.items() if one in asked]


KINDS = {"AlarmName": "alarm:", "DashboardName": "dashboard/"}


def _events(operation: str, asked: dict[str, Any]) -> list[str]:
    if "ResourceARN" in asked:
        return [asked["ResourceARN"]]
    if operation.endswith("EventBus"):
        return [f"event-bus/{asked.get('Name', 'default')}"]
    bus, rule = asked.get("EventBusName") or "default", asked.get("Rule") or asked.get("Name")
    return [f"rule/{rule}" if bus == "default" else f"rule/{bus}/{rule}"] if rule else []


def _iam(_: str, asked: dict[str, Any]) -> list[str]:
    path = asked.get("Path") or "/"
    return [f"role{path}{asked['RoleName']}"] if "RoleName" in asked else []


def _lambda(_: str, asked: dict[str, Any]) -> list[str]:
    function = asked.get("Resource") or asked.get("FunctionName")
    if not function:
        return []
    return [function if function.startswith("arn:") else f"function:{function}"]


def _logs(_: str, asked: dict[str, Any]) -> list[str]:
    if "resourceArn" in asked:
        return [asked["resourceArn"]]
    return [f"log-group:{asked['logGroupName']}:log-stream:"] if "logGroupName" in asked else []


def _sns(_: str, asked: dict[str, Any]) -> list[str]:
    about = asked.get("TopicArn") or asked.get("ResourceArn") or asked.get("Name")
    return [about] if about else []


def _sqs(_: str, asked: dict[str, Any]) -> list[str]:
    name = asked.get("QueueName") or asked.get("QueueUrl", "").rpartition("/")[2]
    return [name] if name else []


def _glue(operation: str, asked: dict[str, Any]) -> list[str]:
    """The catalog, the database, and the tables, all of which Glue asks for."""
    if operation.endswith("Databases"):
        return ["catalog", "database/*"]
    if operation.endswith("Database"):
        database = asked.get("Name") or asked["DatabaseInput"]["Name"]
        removed = [f"table/{database}/*", f"userDefinedFunction/{database}/*"]
        return ["catalog", f"database/{database}", *(removed if operation.startswith("Delete") else [])]
    table = asked.get("Name") or (asked.get("TableInput") or {}).get("Name") or "*"
    return ["catalog", f"database/{asked['DatabaseName']}", f"table/{asked['DatabaseName']}/{table}"]


def _athena(operation: str, asked: dict[str, Any]) -> list[str]:
    """The workgroup, or that of a query, which has to be looked for."""
    if "ResourceARN" in asked:
        return [asked["ResourceARN"]]
    if "NamedQueryId" in asked or "NamedQueryIds" in asked:
        ids = asked.get("NamedQueryIds") or [asked["NamedQueryId"]]
        found = [named_queries.workgroup_of(one) for one in ids]
        return sorted({f"workgroup/{name}" for name in found if name})
    name = asked.get("Name" if operation == "CreateWorkGroup" else "WorkGroup")
    return [f"workgroup/{name}"] if name else []


NAMED = {
    "athena": _athena,
    "cloudwatch": _cloudwatch,
    "events": _events,
    "glue": _glue,
    "iam": _iam,
    "lambda": _lambda,
    "logs": _logs,
    "sns": _sns,
    "sqs": _sqs,
}
