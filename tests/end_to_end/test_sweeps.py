"""What starts a sweep: the hub's schedule, and a forwarder that was just made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.everything import ACCOUNT
from end_to_end.seen import said
from end_to_end.test_members import HUB, MEMBER, WITH_ROLE, member  # noqa: F401 (a fixture)
from local import LocalAws
from local_aws_test.functions import package
from terraform import Terraform

NOT_STARTED = "The first sweep of eu-west-1 was not started"
FORWARDER = """
resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
  MORE
}
"""
# Its function logs whatever it gets, in the place of sweeping.
TELLING_HUB = """
resource "logenabler_hub" "this" {
  function_package = "telling.zip"
  architecture     = "arm64"
  MORE
}
"""


def configuration(hub: str = "", forwarder: str = "") -> str:
    return TELLING_HUB.replace("MORE", hub) + FORWARDER.replace("MORE", forwarder)


@pytest.fixture(autouse=True)
def telling(terraform: Terraform) -> None:
    (terraform.folder / "telling.zip").write_bytes(package())


def got(local_aws: LocalAws) -> list[Any]:
    """What the function was given, in order."""
    local_aws.idle()
    lines = said(local_aws).splitlines()
    return [json.loads(line.removeprefix("got ")) for line in lines if line.startswith("got ")]


def starts(local_aws: LocalAws) -> list[dict[str, Any]]:
    """Terraform's own."""
    return [
        call for call in local_aws.journal() if (call["operation"], call["actor"]) == ("Invoke", "terraform")
    ]


def write(terraform: Terraform, *text: str) -> None:
    terraform.write(configuration(*text))
    terraform.init()


def test_a_forwarder_that_was_just_made_has_its_region_swept_once(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    write(terraform)
    assert NOT_STARTED not in terraform.apply()
    assert got(local_aws) == [{"sweep": {"account": ACCOUNT, "region": "eu-west-1"}}]
    write(terraform, "", 'log_types = ["waf"]')
    terraform.apply()
    assert len(got(local_aws)) == 1, "an update starts none"


def test_the_schedule_starts_a_sweep_of_all_accounts(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(TELLING_HUB.replace("MORE", ""))
    terraform.init()
    terraform.apply()
    local_aws.schedules()
    assert got(local_aws) == [{"sweep": {}}]
    members = f'source_account_ids = ["{MEMBER}", "{ACCOUNT}"]\norganization_id = "o-a1b2c3d4e5"'
    terraform.write(TELLING_HUB.replace("MORE", members))
    terraform.apply()
    local_aws.schedules()
    assert got(local_aws)[1:] == [{"sweep": {"accounts": [MEMBER], "organization_id": "o-a1b2c3d4e5"}}]
    terraform.write(TELLING_HUB.replace("MORE", 'sweep_schedule = "never"'))
    terraform.apply()
    local_aws.schedules()
    assert len(got(local_aws)) == 2
    rules = [rule["name"] for rule in local_aws.inventory()["rules"]]
    assert rules == ["LogEnablementTrigger"]


@pytest.mark.parametrize("operation", ["ListTagsForResource", "Invoke"])
def test_a_sweep_that_cannot_be_started_is_a_warning_that_names_the_right(
    local_aws: LocalAws, terraform: Terraform, operation: str
) -> None:
    terraform.write(TELLING_HUB.replace("MORE", ""))
    terraform.init()
    terraform.apply()
    denied = {"error": "AccessDeniedException", "status": 400, "message": "not authorized", "count": None}
    local_aws.faults([{"operation": operation, "region": HUB_REGION, "actor": "terraform", **denied}])
    write(terraform)
    output = " ".join(terraform.run("apply", "-auto-approve", "-refresh=false", "-no-color").output.split())
    assert NOT_STARTED in output
    assert f"{operation} failed for" in output and "AccessDeniedException: not authorized" in output
    assert "with the hub's next sweep" in output
    local_aws.clear_faults()
    assert terraform.plan() == ""


def test_a_bus_that_tells_no_function_starts_none(local_aws: LocalAws, terraform: Terraform) -> None:
    events = local_aws.client("events", HUB_REGION)
    bus = events.create_event_bus(Name="by-hand")["EventBusArn"]
    events.put_permission(
        EventBusName="by-hand", Action="events:PutEvents", Principal=ACCOUNT, StatementId="us"
    )
    terraform.write(FORWARDER.replace("logenabler_hub.this.event_bus_arn", f'"{bus}"').replace("MORE", ""))
    terraform.init()
    assert NOT_STARTED not in terraform.apply()
    assert starts(local_aws) == []


def test_the_hub_of_another_account_is_left_to_its_schedule(
    local_aws: LocalAws,
    member: Terraform,  # noqa: F811
) -> None:
    member.write(HUB + WITH_ROLE)
    member.init()
    assert NOT_STARTED not in member.apply()
    assert starts(local_aws) == []


@pytest.mark.parametrize("schedule", ["rate(1 days)", "every day", "cron(0 3 * * * *)"])
def test_a_schedule_that_eventbridge_would_refuse_is_refused_in_the_plan(
    local_aws: LocalAws, terraform: Terraform, schedule: str
) -> None:
    write(terraform, f'sweep_schedule = "{schedule}"')
    assert "rate(1 day)" in terraform.refused("plan")
    refused = local_aws.client("events", HUB_REGION)
    with pytest.raises(refused.exceptions.ClientError, match="ScheduleExpression is not valid"):
        refused.put_rule(Name="r", ScheduleExpression=schedule)
