"""The example of a hub of the AWS provider's resources has the arguments of what `logenabler_hub` makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from end_to_end.aws_resources import RESOURCE, as_data
from end_to_end.configurations import HUB_REGION
from end_to_end.everything import ACCOUNT
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import ROOT, Terraform

EXAMPLE = ROOT / "examples/hub-from-aws-resources"
ZIP = ROOT / "target/lambda/enabler/bootstrap.zip"
BUS, FUNCTION, QUEUE = "log-enablement-bus", "EventDrivenLogEnabler", "EventDrivenLogEnabler-dead-letters"
ROLE, LOG_GROUP = f"{FUNCTION}Role-{HUB_REGION}", f"/aws/lambda/{FUNCTION}"
RULE, SWEEP, DATABASE = "LogEnablementTrigger", f"{FUNCTION}Sweep", "log_enablement_bus_schemas"
IN_REGION = f"{HUB_REGION}:{ACCOUNT}"
BUS_ARN = f"arn:aws:events:{IN_REGION}:event-bus/{BUS}"
FUNCTION_ARN, QUEUE_ARN = (
    f"arn:aws:lambda:{IN_REGION}:function:{FUNCTION}",
    f"arn:aws:sqs:{IN_REGION}:{QUEUE}",
)
RULE_ARN = f"arn:aws:events:{IN_REGION}:rule/{BUS}/{RULE}"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/{ROLE}"
QUEUE_URL = f"https://sqs.{HUB_REGION}.amazonaws.com/{ACCOUNT}/{QUEUE}"
# What AWS would answer.
KNOWN = {
    "data.aws_caller_identity.this.account_id": ACCOUNT,
    "data.aws_partition.this.partition": "aws",
    "aws_cloudwatch_event_bus.this.arn": BUS_ARN,
    "aws_cloudwatch_event_rule.trigger.arn": RULE_ARN,
    "aws_cloudwatch_event_rule.sweep.arn": f"arn:aws:events:{IN_REGION}:rule/{SWEEP}",
    "aws_sqs_queue.dead_letters.arn": QUEUE_ARN,
    "aws_sqs_queue.dead_letters.id": QUEUE_URL,
    "aws_sqs_queue.dead_letters.url": QUEUE_URL,
    "aws_lambda_function.this.arn": FUNCTION_ARN,
    "aws_iam_role.function.arn": ROLE_ARN,
    "aws_cloudwatch_log_group.function.arn": f"arn:aws:logs:{IN_REGION}:log-group:{LOG_GROUP}",
}


@pytest.fixture
def example(local_aws: LocalAws, tmp_path: Path, apply: Callable[[str], Terraform]) -> Terraform:
    """The example without the AWS provider, applied beside a hub."""
    apply(f'resource "logenabler_hub" "this" {{\n  region = "{HUB_REGION}"\n}}\n')
    example = Terraform(tmp_path / "example", local_aws.url)
    text = "\n".join(path.read_text() for path in sorted(EXAMPLE.glob("*.tf")))
    (example.folder / "main.tf").write_text(as_data(text, KNOWN))
    policy = "function_policy.json.tftpl"
    (example.folder / policy).write_text((EXAMPLE / policy).read_text())
    settings = {"function_package": str(ZIP), "architecture": deployed(local_aws)["Architectures"][0]}
    (example.folder / "terraform.tfvars.json").write_text(json.dumps(settings))
    example.init()
    example.apply()
    return example


def test_every_argument_is_what_the_hub_has(local_aws: LocalAws, example: Terraform) -> None:
    said = {name: value for name, value in example.outputs().items() if name in expected(local_aws)}
    assert {name: read(arguments) for name, arguments in said.items()} == expected(local_aws)
    resources = {f"{kind}_{name}" for kind, name in resources_of_example()}
    assert resources == said.keys()


def test_forwarders_and_table_schemas_take_it_for_a_hub(local_aws: LocalAws, example: Terraform) -> None:
    assert example.plan() == ""
    LoadBalancer(local_aws.client, "eu-west-1", "shop").log_to("shop-logs")
    local_aws.idle()
    table = local_aws.client("glue", "eu-west-1").get_table(
        DatabaseName="alb_access_logs_db", Name="alb_shop_raw"
    )
    assert "2024/01/01" in table["Table"]["Parameters"]["projection.day.range"]


def resources_of_example() -> set[tuple[str, str]]:
    text = "".join(path.read_text() for path in EXAMPLE.glob("*.tf"))
    return {(kind, name) for kind, name, _ in RESOURCE.findall(text)}


def read(arguments: dict[str, Any]) -> dict[str, Any]:
    """With documents as what they say."""
    documents = ("policy", "assume_role_policy", "event_pattern", "input")
    return {name: json.loads(value) if name in documents else value for name, value in arguments.items()}


def deployed(local_aws: LocalAws) -> dict[str, Any]:
    return local_aws.client("lambda", HUB_REGION).get_function_configuration(FunctionName=FUNCTION)


def expected(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    """What the hub has, by resource, in the words of the AWS provider."""
    return {
        **events(local_aws),
        **sweep(local_aws),
        **queue(local_aws),
        **role(local_aws),
        **function(local_aws),
        **kept(local_aws),
    }


def events(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    api = local_aws.client("events", HUB_REGION)
    rule = api.describe_rule(Name=RULE, EventBusName=BUS)
    return {
        "cloudwatch_event_bus_this": {"name": BUS},
        "cloudwatch_event_bus_policy_this": {
            "event_bus_name": BUS,
            "policy": json.loads(api.describe_event_bus(Name=BUS)["Policy"]),
        },
        "cloudwatch_event_rule_trigger": {
            "name": RULE,
            "event_bus_name": BUS,
            "event_pattern": json.loads(rule["EventPattern"]),
        },
        "cloudwatch_event_target_function": {
            "rule": RULE,
            "event_bus_name": BUS,
            **target(local_aws, Rule=RULE, EventBusName=BUS),
        },
    }


def sweep(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    rule = local_aws.client("events", HUB_REGION).describe_rule(Name=SWEEP)
    return {
        "cloudwatch_event_rule_sweep": {"name": SWEEP, "schedule_expression": rule["ScheduleExpression"]},
        "cloudwatch_event_target_sweep": {
            "rule": SWEEP,
            **target(local_aws, Rule=SWEEP),
        },
        "lambda_permission_sweep": permission(local_aws, "logenabler-sweep"),
    }


def target(local_aws: LocalAws, **rule: str) -> dict[str, Any]:
    (target,) = local_aws.client("events", HUB_REGION).list_targets_by_rule(**rule)["Targets"]
    return {
        "target_id": target["Id"],
        "arn": target["Arn"],
        "dead_letter_config": {"arn": target["DeadLetterConfig"]["Arn"]},
        "retry_policy": {
            "maximum_event_age_in_seconds": target["RetryPolicy"]["MaximumEventAgeInSeconds"],
            "maximum_retry_attempts": target["RetryPolicy"]["MaximumRetryAttempts"],
        },
        **({"input": json.loads(target["Input"])} if "Input" in target else {}),
    }


def queue(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    api = local_aws.client("sqs", HUB_REGION)
    url = api.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    held = api.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return {
        "sqs_queue_dead_letters": {
            "name": QUEUE,
            "message_retention_seconds": int(held["MessageRetentionPeriod"]),
            "sqs_managed_sse_enabled": json.loads(held["SqsManagedSseEnabled"]),
        },
        "sqs_queue_policy_dead_letters": {"queue_url": QUEUE_URL, "policy": json.loads(held["Policy"])},
    }


def role(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    iam = local_aws.client("iam")
    (policy,) = iam.list_role_policies(RoleName=ROLE)["PolicyNames"]
    return {
        "iam_role_function": {
            "name": ROLE,
            "assume_role_policy": iam.get_role(RoleName=ROLE)["Role"]["AssumeRolePolicyDocument"],
        },
        "iam_role_policy_function": {
            "name": policy,
            "role": ROLE,
            "policy": iam.get_role_policy(RoleName=ROLE, PolicyName=policy)["PolicyDocument"],
        },
    }


def function(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    api, held = local_aws.client("lambda", HUB_REGION), deployed(local_aws)
    invoked = api.get_function_event_invoke_config(FunctionName=FUNCTION)
    return {
        "lambda_function_this": {
            "function_name": held["FunctionName"],
            "description": held["Description"],
            "role": held["Role"],
            "runtime": held["Runtime"],
            "handler": held["Handler"],
            "architectures": held["Architectures"],
            "filename": str(ZIP),
            "source_code_hash": held["CodeSha256"],
            "memory_size": held["MemorySize"],
            "timeout": held["Timeout"],
            "environment": {"variables": held["Environment"]["Variables"]},
            "logging_config": {
                "log_format": held["LoggingConfig"]["LogFormat"],
                "application_log_level": held["LoggingConfig"]["ApplicationLogLevel"],
            },
        },
        "lambda_function_event_invoke_config_this": {
            "function_name": FUNCTION,
            "maximum_retry_attempts": invoked["MaximumRetryAttempts"],
            "maximum_event_age_in_seconds": invoked["MaximumEventAgeInSeconds"],
            "destination_config": {
                "on_failure": {"destination": invoked["DestinationConfig"]["OnFailure"]["Destination"]}
            },
        },
        "lambda_permission_rule": permission(local_aws, "logenabler-rule"),
    }


def permission(local_aws: LocalAws, name: str) -> dict[str, Any]:
    policy = json.loads(local_aws.client("lambda", HUB_REGION).get_policy(FunctionName=FUNCTION)["Policy"])
    (statement,) = (one for one in policy["Statement"] if one["Sid"] == name)
    return {
        "statement_id": name,
        "function_name": FUNCTION,
        "action": statement["Action"],
        "principal": statement["Principal"]["Service"],
        "source_arn": statement["Condition"]["ArnLike"]["AWS:SourceArn"],
    }


def kept(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    (group,) = local_aws.client("logs", HUB_REGION).describe_log_groups(logGroupNamePrefix=LOG_GROUP)[
        "logGroups"
    ]
    database = local_aws.client("glue", HUB_REGION).get_database(Name=DATABASE)["Database"]
    return {
        "cloudwatch_log_group_function": {"name": LOG_GROUP, "retention_in_days": group["retentionInDays"]},
        "glue_catalog_database_schemas": {"name": DATABASE, "description": database["Description"]},
    }
