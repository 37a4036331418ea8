"""Which resources get tables, and whether any are made: what the function is told, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.test_life import hub
from local import LocalAws
from terraform import Terraform


def told(local_aws: LocalAws) -> dict[str, str]:
    functions = local_aws.client("lambda", HUB_REGION)
    held = functions.get_function_configuration(FunctionName="EventDrivenLogEnabler")
    return held["Environment"]["Variables"]


def test_a_hub_without_a_filter_tells_of_none(local_aws: LocalAws, apply: Callable[[str], Terraform]) -> None:
    terraform = apply(hub("include_names = []\nexclude_tags = {}"))
    assert terraform.plan() == ""
    assert not {"LOGENABLER_FILTER", "LOGENABLER_DRY_RUN"} & told(local_aws).keys()


def test_what_is_set_is_told_and_what_is_not_is_left_out(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub('dry_run = true\nexclude_names = ["b*", "a"]\ninclude_tags = { env = "prod" }'))
    variables = told(local_aws)
    expected = {"exclude_names": ["a", "b*"], "include_tags": {"env": "prod"}}
    assert json.loads(variables["LOGENABLER_FILTER"]) == expected
    assert variables["LOGENABLER_DRY_RUN"] == "true"
    assert variables["LOGENABLER_EVENT_BUS_ARN"].endswith(":event-bus/log-enablement-bus")
    terraform.write(hub(""))
    terraform.apply()
    assert not {"LOGENABLER_FILTER", "LOGENABLER_DRY_RUN"} & told(local_aws).keys()
    assert terraform.plan() == ""


MANY = [f"{number:03}-{'x' * 100}" for number in range(40)]
LONG: list[tuple[str, Any, str]] = [
    ("include_names", MANY, "The hub's settings are too long"),
    ("exclude_names", [""], "is not between 1 and 128 characters long"),
    ("exclude_names", ["x" * 129], "is not between 1 and 128 characters long"),
    ("include_tags", {"": "x"}, "A tag cannot be filtered by"),
    ("exclude_tags", {"x": "y" * 257}, "is longer than 256 characters"),
]


@pytest.mark.parametrize("attribute, value, reason", LONG)
def test_what_lambda_would_not_take_is_refused_in_the_plan(
    terraform: Terraform, attribute: str, value: Any, reason: str
) -> None:
    terraform.write(hub(f"{attribute} = {json.dumps(value)}"))
    terraform.init()
    assert reason in terraform.refused("plan")
