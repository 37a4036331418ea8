"""The workgroup for readers: how it comes, changes and goes, with what is saved in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from end_to_end.configurations import FORWARDER_RULE, HUB, HUB_REGION
from end_to_end.everything import ACCOUNT
from end_to_end.left_over import left_over
from local import LocalAws
from terraform import Terraform

REGION, NAME = "eu-west-1", "log-enablement-bus"
FORWARDER = "logenabler_region_forwarder.ireland"
ARN = f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/{NAME}"
ON = "create_workgroup = true\n"
RESULTS = 'query_results_location = "s3://query-results/logs/"\n'
CUTOFF = "bytes_scanned_cutoff_per_query = 10000000000\n"


def forwarder(arguments: str, bus: str = "logenabler_hub.this.event_bus_arn", name: str = "ireland") -> str:
    return f"""
resource "logenabler_region_forwarder" "{name}" {{
  region        = "{REGION}"
  event_bus_arn = {bus}
{arguments}
}}
"""


def change(terraform: Terraform, arguments: str) -> None:
    terraform.write(HUB + forwarder(arguments))
    assert "0 to add, 1 to change, 0 to destroy" in terraform.plan()
    terraform.apply()
    assert terraform.plan() == "", arguments


def workgroups(local_aws: LocalAws) -> list[str]:
    return [one["name"] for one in local_aws.inventory()["workgroups"]]


def configuration(local_aws: LocalAws) -> dict[str, Any]:
    athena = local_aws.client("athena", REGION)
    return athena.get_work_group(WorkGroup=NAME)["WorkGroup"]["Configuration"]


def save_query(local_aws: LocalAws) -> None:
    local_aws.client("athena", REGION).create_named_query(
        Name="errors", Database="alb_access_logs_db", QueryString="SELECT 1", WorkGroup=NAME
    )


def test_it_is_as_its_readers_are_told(local_aws: LocalAws, apply: Callable[[str], Terraform]) -> None:
    terraform = apply(HUB + forwarder(ON + RESULTS + CUTOFF))
    assert terraform.state()[FORWARDER]["workgroup_arn"] == ARN
    told = configuration(local_aws)
    assert told["ResultConfiguration"] == {
        "OutputLocation": "s3://query-results/logs/",
        "EncryptionConfiguration": {"EncryptionOption": "SSE_S3"},
        "ExpectedBucketOwner": ACCOUNT,
    }
    assert (told["EnforceWorkGroupConfiguration"], told["BytesScannedCutoffPerQuery"]) == (True, 10**10)
    assert told["PublishCloudWatchMetricsEnabled"]
    change(terraform, ON)
    told = configuration(local_aws)
    assert not told.get("ResultConfiguration") and "BytesScannedCutoffPerQuery" not in told
    assert not told["EnforceWorkGroupConfiguration"], "readers say where their results go"


def test_it_goes_with_what_is_saved_in_it(local_aws: LocalAws, apply: Callable[[str], Terraform]) -> None:
    terraform = apply(HUB + forwarder(""))
    change(terraform, ON + CUTOFF)
    save_query(local_aws)
    change(terraform, "")
    assert workgroups(local_aws) == []
    change(terraform, ON)
    save_query(local_aws)
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_destroy_finds_all_though_the_rule_was_pointed_elsewhere(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    role = "create_catalog_role = true\nhub_function_role_arn = logenabler_hub.this.function_role_arn\n"
    terraform = apply(HUB + forwarder(ON + role))
    events = local_aws.client("events", REGION)
    (target,) = events.list_targets_by_rule(Rule=FORWARDER_RULE)["Targets"]
    buses = local_aws.client("events", HUB_REGION)
    other = buses.create_event_bus(Name="other")["EventBusArn"]
    anybody = {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": other}
    buses.put_permission(EventBusName="other", Policy=json.dumps({"Statement": [{"Sid": "a", **anybody}]}))
    events.put_targets(Rule=FORWARDER_RULE, Targets=[{**target, "Arn": other}])
    terraform.destroy()
    buses.delete_event_bus(Name="other")
    assert left_over(local_aws) == set()


def test_where_none_is_made_athena_is_not_asked(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB + forwarder(""))
    assert terraform.plan() == ""
    terraform.destroy()
    assert [entry for entry in local_aws.journal() if entry["service"] == "athena"] == []


def test_one_that_is_lost_comes_back(local_aws: LocalAws, apply: Callable[[str], Terraform]) -> None:
    terraform = apply(HUB + forwarder(ON + RESULTS))
    local_aws.client("athena", REGION).delete_work_group(WorkGroup=NAME)
    assert terraform.changes() == {FORWARDER: {"workgroup_arn"}}
    terraform.apply("planned")
    assert configuration(local_aws)["ResultConfiguration"]["OutputLocation"] == "s3://query-results/logs/"


def test_a_strangers_workgroup_is_neither_changed_nor_removed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    local_aws.client("athena", REGION).create_work_group(Name=NAME)
    terraform = apply(HUB + forwarder(""))
    terraform.write(HUB + forwarder(ON))
    said = " ".join(terraform.refused("apply", "-auto-approve").replace("│", " ").split())
    assert f"The workgroup {NAME} in {REGION} exists already" in said
    assert f"logenabler:owner = forwarder/{REGION}/{FORWARDER_RULE}" in said
    assert "BytesScannedCutoffPerQuery" not in configuration(local_aws)
    terraform.destroy()
    assert left_over(local_aws) == {("workgroups", REGION, NAME)}


SECOND_HUB = """
resource "logenabler_hub" "second" {
  region = "eu-central-1"
}
"""


def test_of_two_forwarders_to_buses_of_one_name_one_makes_it(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    second = forwarder(ON, "logenabler_hub.second.event_bus_arn", "second")
    terraform = apply(HUB + SECOND_HUB + forwarder(ON))
    terraform.write(HUB + SECOND_HUB + forwarder(ON) + second)
    said = " ".join(terraform.refused("apply", "-auto-approve").replace("│", " ").split())
    assert "let one of them alone make it" in said
    terraform.write(HUB + SECOND_HUB + forwarder(ON) + second.replace(ON, ""))
    terraform.apply()
    assert terraform.plan() == "" and workgroups(local_aws) == [NAME]
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_bus_of_another_name_has_another_workgroup(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    second = SECOND_HUB.replace("}", '  event_bus_name = "second"\n  function_name = "Second"\n}')
    one_rule = f'{ON}rule_name = "{FORWARDER_RULE}"'
    terraform = apply(HUB + second + forwarder(one_rule))
    save_query(local_aws)
    terraform.write(HUB + second + forwarder(one_rule, "logenabler_hub.second.event_bus_arn"))
    assert "0 to add, 1 to change, 0 to destroy" in terraform.plan()
    terraform.apply()
    assert terraform.plan() == "" and workgroups(local_aws) == ["second"]


def test_one_that_a_failed_update_has_made_is_not_forgotten(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB + forwarder(""))
    denied = {"error": "AccessDeniedException", "message": "not for you"}
    local_aws.faults([{"service": "athena", "operation": "ListTagsForResource", **denied}])
    terraform.write(HUB + forwarder(ON))
    assert "not for you" in terraform.refused("apply", "-auto-approve")
    local_aws.clear_faults()
    assert workgroups(local_aws) == [NAME]
    terraform.write(HUB + forwarder(""))
    terraform.apply()
    assert terraform.plan() == "" and workgroups(local_aws) == []


def test_the_hub_of_another_account_may_save_queries_there_and_nowhere_else(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    function = "hub_function_role_arn = logenabler_hub.this.function_role_arn\n"
    catalog_role = f"create_catalog_role = true\n{function}"
    terraform = apply(HUB + forwarder(catalog_role + ON))
    assert saved_queries(local_aws) == {ARN}
    change(terraform, catalog_role)
    assert saved_queries(local_aws) == set()


def saved_queries(local_aws: LocalAws) -> set[str]:
    """Where the catalog role may do anything in Athena."""
    role = f"LogEnablerCatalog-{HUB_REGION}-{REGION}"
    policy = local_aws.client("iam").get_role_policy(RoleName=role, PolicyName="logenabler")
    statements = policy["PolicyDocument"]["Statement"]
    return {one["Resource"] for one in statements if any("athena:" in action for action in one["Action"])}


def bus(name: str) -> str:
    return f'"arn:aws:events:{HUB_REGION}:{ACCOUNT}:event-bus/{name}"'


@pytest.mark.parametrize(
    "arguments, name, reason",
    [
        (RESULTS, NAME, "Set create_workgroup to true, or leave query_results_location out"),
        (CUTOFF, NAME, "Set create_workgroup to true, or leave bytes_scanned_cutoff_per_query out"),
        (ON + "bytes_scanned_cutoff_per_query = 9999999", NAME, "10000000 bytes"),
        (ON + 'query_results_location = "query-results/logs/"', NAME, "is not a folder for results"),
        (ON + 'query_results_location = "s3://query-results/logs"', NAME, "is not a folder for results"),
        (ON, "team/logs", "No workgroup can be called as the event bus is"),
        (ON, "b" * 129, "No workgroup can be called as the event bus is"),
        (ON, "primary", "No workgroup can be called as the event bus is"),
    ],
)
def test_what_cannot_be_is_said_in_the_plan(
    terraform: Terraform, arguments: str, name: str, reason: str
) -> None:
    terraform.write(forwarder(arguments, bus(name)))
    terraform.init()
    assert reason in " ".join(terraform.refused("plan").replace("│", " ").split())
