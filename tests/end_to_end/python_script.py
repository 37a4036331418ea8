"""What `deploy.py`, which came before Terraform, made in an account: nothing of it is tagged."""

from __future__ import annotations

import io
import json
import zipfile

from end_to_end.everything import ACCOUNT, ANYTHING, document
from local import LocalAws

BUS, TRIGGER, FUNCTION = "log-enablement-bus", "LogEnablementTrigger", "EventDrivenLogEnabler"
LOCAL_RULE, LOCAL_ROLE = "ForwardLoggingEventsToCustomBus", "EventBridgeDefaultToCustomBus"
FUNCTION_ROLE = "EventDrivenLogEnablerRole"
TARGET = "1"
PATTERN = json.dumps({"source": ["aws.elasticloadbalancing", "aws.wafv2", "aws.cloudfront"]})


def run_script(local_aws: LocalAws, central: str, *sources: str) -> set[str]:
    """Makes what the script made, and answers the names of the rules and roles that nothing takes over."""
    bus = make_bus(local_aws, central)
    make_function(local_aws, central)
    forward(local_aws, central, LOCAL_RULE, LOCAL_ROLE, bus)
    roles = {region: f"EventBridgeCrossRegion-{region}" for region in sources}
    for region, role in roles.items():
        forward(local_aws, region, f"ForwardLoggingEvents-to-{central}", role, bus)
    return {LOCAL_RULE, LOCAL_ROLE, FUNCTION_ROLE, *roles.values()}


def make_bus(local_aws: LocalAws, region: str) -> str:
    events = local_aws.client("events", region)
    arn = events.create_event_bus(Name=BUS)["EventBusArn"]
    events.put_permission(EventBusName=BUS, StatementId="own", Action="events:PutEvents", Principal=ACCOUNT)
    return arn


def make_function(local_aws: LocalAws, region: str) -> None:
    role = make_role(local_aws, FUNCTION_ROLE, "lambda.amazonaws.com")
    functions, events = local_aws.client("lambda", region), local_aws.client("events", region)
    arn = functions.create_function(
        FunctionName=FUNCTION,
        Runtime="python3.11",
        Handler="lambda_function.lambda_handler",
        Role=role,
        Code={"ZipFile": zipped("lambda_function.py", "def lambda_handler(event, context): ...\n")},
        MemorySize=256,
        Timeout=300,
    )["FunctionArn"]
    rule = events.put_rule(Name=TRIGGER, EventBusName=BUS, EventPattern=PATTERN)["RuleArn"]
    functions.add_permission(
        FunctionName=FUNCTION,
        StatementId="EventBridgeInvoke",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=rule,
    )
    events.put_targets(Rule=TRIGGER, EventBusName=BUS, Targets=[{"Id": TARGET, "Arn": arn}])
    local_aws.client("logs", region).create_log_group(logGroupName=f"/aws/lambda/{FUNCTION}")


def forward(local_aws: LocalAws, region: str, rule: str, role: str, bus: str) -> None:
    role_arn = make_role(local_aws, role, "events.amazonaws.com")
    events = local_aws.client("events", region)
    events.put_rule(Name=rule, EventPattern=PATTERN)
    events.put_targets(Rule=rule, Targets=[{"Id": TARGET, "Arn": bus, "RoleArn": role_arn}])


def make_role(local_aws: LocalAws, name: str, service: str) -> str:
    iam = local_aws.client("iam")
    let_in = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(let_in))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="rights", PolicyDocument=ANYTHING)
    local_aws.settings(role_looks=0)  # The script waited until a role could be taken on.
    return arn


def make_table(local_aws: LocalAws, region: str, database: str, name: str) -> None:
    """One as the script made it: no mark, no partitions, two slashes."""
    glue = local_aws.client("glue", region)
    glue.create_database(DatabaseInput={"Name": database})
    columns = [{"Name": "type", "Type": "string"}]
    storage = {"Columns": columns, "Location": "s3://shop-logs//"}
    table = {"Name": name, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage}
    glue.create_table(DatabaseName=database, TableInput=table)


def zipped(name: str, text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, text)
    return made.getvalue()
