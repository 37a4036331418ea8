"""Create, change, replace and remove: what a user does, and what may not go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from end_to_end.configurations import HUB, HUB_AND_FORWARDER, HUB_REGION
from end_to_end.left_over import left_over
from local import LocalAws
from terraform import ROOT, Terraform

BUS = "log-enablement-bus"
TRUST_LAMBDA = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
  ]
}"""
MAY_SEND = """{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]
}"""


def hub(arguments: str) -> str:
    return f'resource "logenabler_hub" "this" {{\n{arguments}\n}}'


# (configuration of the hub, whether the change to it replaces the hub)
CHANGES = [
    ("memory_size = 256", False),
    ('timeout = 30\nlog_level = "debug"', False),
    ("log_retention_days = 7", False),
    ("reserved_concurrency = 3", False),
    ('source_account_ids = ["111111111111", "222222222222"]', False),
    ('organization_id = "o-a1b2c3d4e5"', False),
    ('sweep_schedule = "cron(0 3 * * ? *)"', False),
    ('sweep_schedule = "never"', False),
    ('sweep_schedule = "rate(12 hours)"', False),
    ("dry_run = true", False),
    ("enable_saved_queries = true", False),
    ("drift_watch = true", False),
    ("enable_sns_notifications = true", False),
    ('enable_sns_notifications = true\nnotification_email = "a@example.com"', False),
    ('enable_sns_notifications = true\nnotification_email = "b@example.com"', False),
    ("create_alarms = true", False),
    ("create_alarms = true\nquiet_days = 2", False),
    ("create_alarms = true\nquiet_days = 0\ncreate_dashboard = true", False),
    ("create_dashboard = true", False),
    ('include_names = ["shop*"]\nexclude_tags = { logs = "none" }', False),
    ('tags = { team = "security", cost = "1" }', False),
    ('permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"', False),
    ('function_name = "Other"', True),
    ('event_bus_name = "other-bus"', True),
    ('region = "eu-central-1"', True),
    ("", True),
]


def test_each_change_is_made_in_place_where_aws_can_and_replaces_where_it_cannot(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub(""))
    for arguments, replaces in CHANGES:
        terraform.write(hub(arguments))
        plan = terraform.plan()
        expected = (
            "1 to add, 0 to change, 1 to destroy" if replaces else "0 to add, 1 to change, 0 to destroy"
        )
        assert expected in plan, f"{arguments}:\n{plan}"
        terraform.apply()
        assert terraform.plan() == "", arguments
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_create_never_takes_over_what_exists_and_names_the_import(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    local_aws.client("events", HUB_REGION).create_event_bus(Name=BUS)
    terraform.write(HUB)
    terraform.init()
    said = terraform.refused("apply", "-auto-approve")
    assert f"terraform import logenabler_hub.<name> {HUB_REGION}/{BUS}" in said
    assert left_over(local_aws) == {("event_buses", HUB_REGION, BUS)}


def test_a_create_leaves_a_strangers_function_alone(local_aws: LocalAws, terraform: Terraform) -> None:
    local_aws.client("logs", HUB_REGION).create_log_group(logGroupName="/aws/lambda/EventDrivenLogEnabler")
    terraform.write(HUB)
    terraform.init()
    assert "Choose another function_name" in terraform.refused("apply", "-auto-approve")
    assert left_over(local_aws) == {("log_groups", HUB_REGION, "/aws/lambda/EventDrivenLogEnabler")}


def test_a_create_that_fails_half_way_is_remembered_and_the_next_apply_converges(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.write(HUB_AND_FORWARDER)
    terraform.init()
    denied = {"error": "AccessDeniedException", "message": "not for you", "count": 1}
    for operation in [
        "CreateFunction",
        "PutRule",
        "PutTargets",
        "PutRolePolicy",
        "CreateQueue",
        "PutFunctionEventInvokeConfig",
    ]:
        if operation == "PutTargets":
            continue  # A denial there is waited out: a new bus policy takes a while to be seen.
        local_aws.faults([{**denied, "operation": operation}])
        said = terraform.refused("apply", "-auto-approve")
        assert "not for you" in said and operation in said, said
        local_aws.clear_faults()
    terraform.apply()
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_destroy_that_fails_stays_in_the_state(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    # In the order of a destroy, so that each is the next call when it fails.
    for operation in (
        "DeleteRule DeleteFunction DeleteRole DeleteLogGroup DeleteQueue DeleteEventBus"
    ).split():
        local_aws.faults(
            [{"operation": operation, "error": "AccessDeniedException", "message": "not for you"}]
        )
        assert "not for you" in terraform.refused("destroy", "-auto-approve"), operation
        assert terraform.state(), operation
        local_aws.clear_faults()
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_bus_with_somebody_elses_rule_is_not_destroyed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB)
    events = local_aws.client("events", HUB_REGION)
    events.put_rule(Name="theirs", EventBusName=BUS, EventPattern='{"source": ["x"]}')
    said = terraform.refused("destroy", "-auto-approve")
    assert "theirs" in said and "Nothing was removed yet" in said
    events.delete_rule(Name="theirs", EventBusName=BUS)
    terraform.destroy()
    assert left_over(local_aws) == set()


REFUSED = [
    ('region = "eu-west"', "region", "not an AWS region"),
    ('event_bus_name = "default"', "event_bus_name", "bus of your own"),
    ('function_name = "a b"', "function_name", "not a name for a function"),
    ("memory_size = 1", "memory_size", "between 128 and 10240"),
    ("log_retention_days = 31", "log_retention_days", "31 days are none that CloudWatch Logs can keep"),
    ('log_level = "loud"', "log_level", "not one of"),
    ('source_account_ids = ["1"]', "source_account_ids", "12 digits"),
    ('function_role_arn = "admin"', "function_role_arn", "not such an ARN"),
    (
        'function_role_arn = "arn:aws:iam::123456789012:role/mine"\n'
        'permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"',
        "permissions_boundary_arn",
        "would have no effect",
    ),
    ('function_package = "missing.zip"', "function_package", "cannot be read"),
    ('function_package = "main.tf"', "function_package", "not a zip"),
    ('architecture = "mips"', "architecture", "not one of"),
    ('tags = { "aws:x" = "y" }', "tags", "not a tag key"),
]


@pytest.mark.parametrize(("arguments", "attribute", "reason"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_mistake_is_said_in_the_plan_where_it_was_made(
    terraform: Terraform, arguments: str, attribute: str, reason: str
) -> None:
    terraform.write(hub(arguments))
    terraform.init()
    said = terraform.refused("plan")
    assert reason in said and f"{attribute} " in said, said


def test_a_misspelt_log_type_is_answered_with_the_right_one(terraform: Terraform) -> None:
    terraform.write(HUB_AND_FORWARDER.replace('"eu-west-1"', '"eu-west-1"\n  log_types = ["alb_acess"]'))
    terraform.init()
    assert 'Did you mean "alb_access"?' in terraform.refused("plan")


def test_a_strangers_role_is_neither_changed_nor_removed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    iam = local_aws.client("iam")
    for name in (f"EventDrivenLogEnablerRole-{HUB_REGION}", "mine"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST_LAMBDA)
    iam.put_role_policy(RoleName="mine", PolicyName="send", PolicyDocument=MAY_SEND)
    terraform = apply(hub('function_role_arn = "arn:aws:iam::123456789012:role/mine"'))
    terraform.write(hub(""))
    assert "IAM role" in terraform.refused("apply", "-auto-approve")
    local_aws.client("lambda", HUB_REGION).delete_function(FunctionName="EventDrivenLogEnabler")
    terraform.destroy()
    left = {name for kind, _, name in left_over(local_aws) if kind == "roles"}
    assert left == {f"EventDrivenLogEnablerRole-{HUB_REGION}", "mine"}


def test_two_creates_at_once_never_share_what_they_make(local_aws: LocalAws, terraform: Terraform) -> None:
    names = ("log-enablement-bus", "full", "second")
    hubs = (f'resource "logenabler_hub" "{name}" {{\n  event_bus_name = "{name}"\n}}' for name in names)
    terraform.write("\n".join(hubs))
    terraform.init()
    said = terraform.refused("apply", "-auto-approve")
    assert "exists already" in said and "Choose another function_name" in said
    assert len([item for item in left_over(local_aws) if item[0] == "event_buses"]) == 1


def test_a_destroy_needs_no_package(local_aws: LocalAws, terraform: Terraform) -> None:
    package = terraform.folder / "function.zip"
    package.write_bytes((ROOT / "target/lambda/enabler/bootstrap.zip").read_bytes())
    terraform.write(hub('function_package = "function.zip"'))
    terraform.init()
    terraform.apply()
    package.unlink()
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_package_that_contradicts_the_configuration_is_an_error_on_a_living_hub_too(
    apply: Callable[[str], Terraform],
) -> None:
    package = ROOT / "target/lambda/enabler/bootstrap.zip"
    terraform = apply(hub(f'function_package = "{package}"'))
    other = {"arm64": "x86_64", "x86_64": "arm64"}[terraform.state()["logenabler_hub.this"]["architecture"]]
    terraform.write(hub(f'function_package = "{package}"\narchitecture = "{other}"'))
    assert "is built for" in terraform.refused("plan")
    terraform.write(hub('function_package = "main.tf"'))
    assert "not a zip" in terraform.refused("plan")


def test_other_default_tags_change_tags_all_only(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    def provider(value: str) -> str:
        return f'provider "logenabler" {{\n  default_tags {{\n    tags = {{ x = "{value}" }}\n  }}\n}}\n'

    terraform = apply(provider("1") + hub("tags = { a = null, b = 2 }"))
    assert terraform.plan() == ""
    terraform.write(provider("2") + hub("tags = { a = null, b = 2 }"))
    assert terraform.changes() == {"logenabler_hub.this": {"tags_all"}}
    terraform.apply()
    assert terraform.plan() == ""


def test_tags_that_were_not_set_everywhere_are_planned_again(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub('tags = { team = "a" }'))
    terraform.write(hub('tags = { team = "b" }'))
    denied = {"operation": "TagQueue", "error": "AccessDeniedException", "message": "not for you"}
    local_aws.faults([denied])
    assert "not for you" in terraform.refused("apply", "-auto-approve")
    local_aws.clear_faults()
    assert terraform.plan() != ""
    terraform.apply()
    tags = local_aws.client("sqs", HUB_REGION).list_queue_tags(QueueUrl="EventDrivenLogEnabler-dead-letters")
    assert tags["Tags"]["team"] == "b"


def test_without_network_it_says_so_soon(terraform: Terraform) -> None:
    terraform.write(HUB)
    terraform.init()
    terraform.environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    assert "AWS cannot be reached" in terraform.refused("plan")
