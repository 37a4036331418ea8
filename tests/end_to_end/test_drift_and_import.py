"""What is changed behind Terraform's back shows in the plan and is healed; what exists can be imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from end_to_end.configurations import FORWARDER_RULE, HUB_AND_FORWARDER, HUB_ID, HUB_REGION
from local import LocalAws
from terraform import Terraform

FUNCTION, BUS, HUB_RULE = "EventDrivenLogEnabler", "log-enablement-bus", "LogEnablementTrigger"
HUB_ROLE, FORWARDER_ROLE = f"{FUNCTION}Role-{HUB_REGION}", f"{FORWARDER_RULE}-eu-west-1"
LOG_GROUP = f"/aws/lambda/{FUNCTION}"
HUB, FORWARDER = "logenabler_hub.this", "logenabler_region_forwarder.ireland"

Change = Callable[[Any], Any]

WIDE_OPEN = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
REWRITTEN = {
    "Id": "logenabler",
    "Arn": f"arn:aws:lambda:{HUB_REGION}:123456789012:function:{FUNCTION}",
    "Input": "{}",
}


def retention(queues: Any, name: str) -> None:
    url = queues.get_queue_url(QueueName=name)["QueueUrl"]
    queues.set_queue_attributes(QueueUrl=url, Attributes={"MessageRetentionPeriod": "60"})


# (what the plan must change, the service and region whose API is used, what is done there)
DRIFTS: list[tuple[str, str, str, str, Change]] = [
    (HUB, "function_arn", "lambda", HUB_REGION, lambda a: a.delete_function(FunctionName=FUNCTION)),
    (
        HUB,
        "function_arn",
        "lambda",
        HUB_REGION,
        lambda a: a.remove_permission(FunctionName=FUNCTION, StatementId="logenabler-rule"),
    ),
    (
        HUB,
        "function_arn",
        "lambda",
        HUB_REGION,
        lambda a: a.delete_function_event_invoke_config(FunctionName=FUNCTION),
    ),
    (
        HUB,
        "memory_size",
        "lambda",
        HUB_REGION,
        lambda a: a.update_function_configuration(FunctionName=FUNCTION, MemorySize=512),
    ),
    (
        HUB,
        "timeout",
        "lambda",
        HUB_REGION,
        lambda a: a.update_function_configuration(FunctionName=FUNCTION, Timeout=5),
    ),
    (
        HUB,
        "reserved_concurrency",
        "lambda",
        HUB_REGION,
        lambda a: a.put_function_concurrency(FunctionName=FUNCTION, ReservedConcurrentExecutions=5),
    ),
    (
        HUB,
        "log_retention_days",
        "logs",
        HUB_REGION,
        lambda a: a.put_retention_policy(logGroupName=LOG_GROUP, retentionInDays=7),
    ),
    (HUB, "log_retention_days", "logs", HUB_REGION, lambda a: a.delete_log_group(logGroupName=LOG_GROUP)),
    (
        HUB,
        "dead_letter_queue_arn",
        "sqs",
        HUB_REGION,
        lambda a: a.delete_queue(QueueUrl=a.get_queue_url(QueueName=f"{FUNCTION}-dead-letters")["QueueUrl"]),
    ),
    (
        HUB,
        "function_role_arn",
        "iam",
        HUB_REGION,
        lambda a: a.delete_role_policy(RoleName=HUB_ROLE, PolicyName="logenabler"),
    ),
    (
        HUB,
        "permissions_boundary_arn",
        "iam",
        HUB_REGION,
        lambda a: a.put_role_permissions_boundary(
            RoleName=HUB_ROLE, PermissionsBoundary="arn:aws:iam::aws:policy/ReadOnlyAccess"
        ),
    ),
    (HUB, "event_bus_arn", "events", HUB_REGION, lambda a: a.disable_rule(Name=HUB_RULE, EventBusName=BUS)),
    (
        HUB,
        "function_role_arn",
        "iam",
        HUB_REGION,
        lambda a: a.put_role_policy(RoleName=HUB_ROLE, PolicyName="more", PolicyDocument=WIDE_OPEN),
    ),
    (
        HUB,
        "event_bus_arn",
        "events",
        HUB_REGION,
        lambda a: a.put_targets(Rule=HUB_RULE, EventBusName=BUS, Targets=[REWRITTEN]),
    ),
    (
        HUB,
        "dead_letter_queue_arn",
        "sqs",
        HUB_REGION,
        lambda a: retention(a, f"{FUNCTION}-dead-letters"),
    ),
    (
        FORWARDER,
        "dead_letter_queue_url",
        "sqs",
        "eu-west-1",
        lambda a: retention(a, f"{FORWARDER_RULE}-dead-letters"),
    ),
    (
        HUB,
        "function_arn",
        "lambda",
        HUB_REGION,
        lambda a: a.update_function_configuration(FunctionName=FUNCTION, Handler="other"),
    ),
    (
        HUB,
        "event_bus_arn",
        "events",
        HUB_REGION,
        lambda a: a.remove_targets(Rule=HUB_RULE, EventBusName=BUS, Ids=["logenabler"]),
    ),
    (
        HUB,
        "tags_all",
        "events",
        HUB_REGION,
        lambda a: a.tag_resource(
            ResourceARN=f"arn:aws:events:{HUB_REGION}:123456789012:event-bus/{BUS}",
            Tags=[{"Key": "team", "Value": "other"}],
        ),
    ),
    (
        HUB,
        "schema_database_name",
        "glue",
        HUB_REGION,
        lambda a: a.delete_database(Name="log_enablement_bus_schemas"),
    ),
    (
        FORWARDER,
        "event_patterns",
        "events",
        "eu-west-1",
        lambda a: a.put_rule(Name=FORWARDER_RULE, EventPattern='{"source": ["aws.s3"]}'),
    ),
    (FORWARDER, "rule_arns", "events", "eu-west-1", lambda a: a.disable_rule(Name=FORWARDER_RULE)),
    (
        FORWARDER,
        "rule_arns",
        "events",
        "eu-west-1",
        lambda a: a.remove_targets(Rule=FORWARDER_RULE, Ids=["logenabler"]),
    ),
    (
        FORWARDER,
        "log_types",
        "events",
        "eu-west-1",
        lambda a: a.untag_resource(
            ResourceARN=f"arn:aws:events:eu-west-1:123456789012:rule/{FORWARDER_RULE}",
            TagKeys=["logenabler:log-types"],
        ),
    ),
    (
        FORWARDER,
        "role_arn",
        "iam",
        "eu-west-1",
        lambda a: a.delete_role_policy(RoleName=FORWARDER_ROLE, PolicyName="logenabler"),
    ),
    (
        FORWARDER,
        "dead_letter_queue_url",
        "sqs",
        "eu-west-1",
        lambda a: a.delete_queue(
            QueueUrl=a.get_queue_url(QueueName=f"{FORWARDER_RULE}-dead-letters")["QueueUrl"]
        ),
    ),
]


def test_every_drift_shows_in_the_plan_and_is_healed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    for address, attribute, service, region, change in DRIFTS:
        change(local_aws.client(service, region))
        changed = terraform.changes()
        assert attribute in changed.get(address, set()), f"{attribute} of {address}: {changed}"
        assert set(changed) == {address}, f"{attribute}: {changed}"
        terraform.apply()
        assert terraform.plan() == "", f"{attribute} of {address} was not healed"


def test_losing_what_the_id_names_plans_a_create_and_heals(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    rules = local_aws.client("events", "eu-west-1")
    rules.remove_targets(Rule=FORWARDER_RULE, Ids=["logenabler"])
    rules.delete_rule(Name=FORWARDER_RULE)
    hub = local_aws.client("events", HUB_REGION)
    hub.remove_targets(Rule=HUB_RULE, EventBusName=BUS, Ids=["logenabler"])
    hub.delete_rule(Name=HUB_RULE, EventBusName=BUS)
    hub.delete_event_bus(Name=BUS)
    assert "2 to add, 0 to change, 0 to destroy" in terraform.plan()
    terraform.apply()
    assert terraform.plan() == ""


def test_an_import_gives_an_empty_plan(local_aws: LocalAws, apply: Callable[[str], Terraform]) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    for address, identifier in [(FORWARDER, f"eu-west-1/{FORWARDER_RULE}"), (HUB, HUB_ID)]:
        terraform.run("state", "rm", address)
        terraform.run("import", address, identifier)
    assert terraform.plan() == ""


def test_an_import_takes_an_incomplete_set_and_apply_makes_the_rest(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    local_aws.client("lambda", HUB_REGION).delete_function(FunctionName=FUNCTION)
    queues = local_aws.client("sqs", "eu-west-1")
    queues.delete_queue(QueueUrl=queues.get_queue_url(QueueName=f"{FORWARDER_RULE}-dead-letters")["QueueUrl"])
    for address, identifier in [(FORWARDER, f"eu-west-1/{FORWARDER_RULE}"), (HUB, HUB_ID)]:
        terraform.run("state", "rm", address)
        terraform.run("import", address, identifier)
    terraform.apply()
    assert terraform.plan() == ""


@pytest.mark.parametrize("identifier", ["", "x", "eu-west-1", "eu-west-1/", "nowhere/bus", "eu-west-1/a/b"])
def test_an_import_id_that_cannot_be_is_refused_with_an_example(
    terraform: Terraform, identifier: str
) -> None:
    terraform.write('resource "logenabler_hub" "this" {}')
    terraform.init()
    said = terraform.refused("import", HUB, identifier)
    assert "eu-west-1/log-enablement-bus" in said or "non-empty" in said or "empty" in said, said


def test_an_import_of_nothing_says_so(terraform: Terraform) -> None:
    terraform.write('resource "logenabler_hub" "this" {}')
    terraform.init()
    assert "non-existent" in terraform.refused("import", HUB, HUB_ID)
