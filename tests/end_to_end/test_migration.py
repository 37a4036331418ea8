"""From the Python script to Terraform, by the guide's own configuration and commands."""

from __future__ import annotations

from typing import Any

import pytest

from end_to_end.configurations import FORWARDER_RULE, HUB_ID, HUB_REGION
from end_to_end.guide import Guide
from end_to_end.left_over import left_over
from end_to_end.python_script import FUNCTION, TARGET, make_table, run_script
from end_to_end.seen import said
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

IRELAND = "eu-west-1"
DATABASE, TABLE = "alb_access_logs_db", "alb_shop"
SAYS = "2 to import, 1 to add, 2 to change, 0 to destroy"


@pytest.fixture
def guide(local_aws: LocalAws, terraform: Terraform) -> Guide:
    """Up to the configuration."""
    guide = Guide("migration", terraform)
    guide.set(1)
    guide.write(2)
    terraform.init()
    return guide


def test_the_guide_leads_from_the_script_to_terraform(
    local_aws: LocalAws, terraform: Terraform, guide: Guide
) -> None:
    left = run_script(local_aws, HUB_REGION, IRELAND)
    guide.run(3)
    assert SAYS in guide.text and SAYS in terraform.plan()
    terraform.apply()
    assert terraform.plan() == ""
    assert left <= names(local_aws), "what the guide deletes is still there"

    guide.run(5)
    assert not left & names(local_aws)
    assert terraform.plan() == ""
    hub, forwarder = guide.run(7).split()
    assert (hub, forwarder) == (f"hub/{HUB_ID}", f"forwarder/{IRELAND}/{FORWARDER_RULE}")

    for region in (HUB_REGION, IRELAND):
        LoadBalancer(local_aws.client, region, "shop").log_to("shop-logs")
        local_aws.idle()
        assert table(local_aws, region)["Parameters"]["logenabler.managed"] == "true"
    terraform.destroy()
    assert {kind for kind, *_ in left_over(local_aws)} == {"databases", "tables"}


def test_a_table_of_the_script_stays_until_somebody_drops_it(
    local_aws: LocalAws, terraform: Terraform, guide: Guide
) -> None:
    run_script(local_aws, HUB_REGION, IRELAND)
    make_table(local_aws, IRELAND, DATABASE, TABLE)
    guide.run(3)
    terraform.apply()
    before = table(local_aws, IRELAND)
    shop = LoadBalancer(local_aws.client, IRELAND, "shop")
    shop.log_to("shop-logs")
    local_aws.idle()
    assert table(local_aws, IRELAND) == before
    reason = "was made by somebody else and is left as it is"
    assert reason in said(local_aws) and reason in guide.text

    assert guide.run(6, table=TABLE, ARN=shop.arn).split()[0] == TABLE
    local_aws.idle()
    assert table(local_aws, IRELAND)["Parameters"]["logenabler.managed"] == "true"


def test_no_rule_is_ever_without_a_target(local_aws: LocalAws, terraform: Terraform, guide: Guide) -> None:
    """An event that came meanwhile would be lost, and nobody told."""
    run_script(local_aws, HUB_REGION, IRELAND)
    guide.run(3)
    local_aws.clear_journal()
    terraform.apply()
    calls = [call for call in local_aws.journal() if call["operation"] in ("PutTargets", "RemoveTargets")]
    removals = [call for call in calls if call["operation"] == "RemoveTargets"]
    assert len(removals) == 2
    for removal in removals:
        assert removal["params"]["Ids"] == [TARGET]
        rule = (removal["region"], removal["params"]["Rule"])
        before = calls[: calls.index(removal)]
        assert rule in [(call["region"], call["params"]["Rule"]) for call in before]


def test_without_its_tag_the_scripts_function_is_left_alone(
    local_aws: LocalAws, terraform: Terraform, guide: Guide
) -> None:
    run_script(local_aws, HUB_REGION, IRELAND)
    before = code(local_aws)
    refused = terraform.refused("apply", "-auto-approve")
    for what in (f"function {FUNCTION}", f"log group /aws/lambda/{FUNCTION}"):
        assert f"The {what} in {HUB_REGION} exists already" in refused
    assert code(local_aws) == before


def names(local_aws: LocalAws) -> set[str]:
    """Of rules and roles."""
    held = local_aws.inventory()
    return {item["name"] for kind in ("rules", "roles") for item in held[kind]}


def code(local_aws: LocalAws) -> str:
    functions = local_aws.client("lambda", HUB_REGION)
    return functions.get_function_configuration(FunctionName=FUNCTION)["CodeSha256"]


def table(local_aws: LocalAws, region: str) -> dict[str, Any]:
    return local_aws.client("glue", region).get_table(DatabaseName=DATABASE, Name=TABLE)["Table"]
