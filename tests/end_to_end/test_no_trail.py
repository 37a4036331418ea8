"""No trail, no events: a forwarder says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from end_to_end.configurations import HUB_AND_FORWARDER
from local import LocalAws
from terraform import Terraform
from trail import Trail

WARNING = "No trail logs management events in eu-west-1"
SKIP = 'provider "logenabler" {\n  skip_trail_check = true\n}\n'


def of_management(**fields: list[str]) -> dict:
    """An advanced selector."""
    selected = {"eventCategory": ["Management"], **fields}
    fields = [{"Field": name, "Equals": values} for name, values in selected.items()]
    return {"AdvancedEventSelectors": [{"FieldSelectors": fields}]}


def basic(read_write: str, management: bool = True) -> dict:
    """A selector as the console makes it."""
    return {"EventSelectors": [{"ReadWriteType": read_write, "IncludeManagementEvents": management}]}


# Whether to warn, given what the trail selects.
SELECTORS = [
    (basic("All"), False),
    (basic("WriteOnly"), False),
    (basic("ReadOnly"), True),
    (basic("All", management=False), True),
    (of_management(), False),
    (of_management(readOnly=["false"]), False),
    (of_management(readOnly=["true"]), True),
]


def test_a_forwarder_warns_until_a_trail_logs_what_changes_something(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.write(HUB_AND_FORWARDER)
    terraform.init()
    assert WARNING in terraform.apply()
    assert WARNING in terraform.run("refresh", "-no-color").output
    trail = Trail(local_aws.client, "us-east-1", "all-regions")
    assert WARNING in terraform.run("refresh", "-no-color").output, "it is not logging yet"
    trail.log_to("first-bucket-of-the-trail")
    assert "Warning" not in terraform.run("refresh", "-no-color").output
    for selectors, warns in SELECTORS:
        api = local_aws.client("cloudtrail", "us-east-1")
        api.put_event_selectors(TrailName="all-regions", **selectors)
        said = terraform.run("refresh", "-no-color").output
        assert (WARNING in said) == warns, selectors
    trail.stop_logging()
    assert WARNING in terraform.run("refresh", "-no-color").output


def test_nothing_is_said_where_it_is_not_wanted(local_aws: LocalAws, apply: Callable) -> None:
    terraform = apply(SKIP + HUB_AND_FORWARDER)
    assert "Warning" not in terraform.run("refresh", "-no-color").output
    asked = [call for call in local_aws.journal() if call["service"] == "cloudtrail"]
    assert not [call for call in asked if call["actor"] == "terraform"]


@pytest.mark.parametrize("operation", ["DescribeTrails", "GetTrailStatus", "GetEventSelectors"])
def test_who_may_not_ask_cloudtrail_is_told_nothing(
    local_aws: LocalAws, apply: Callable, operation: str
) -> None:
    Trail(local_aws.client, "eu-west-1", "logging").log_to("first-bucket-of-the-trail")
    denied = {
        "service": "cloudtrail",
        "operation": operation,
        "status": 400,
        "error": "AccessDeniedException",
    }
    local_aws.faults([{**denied, "message": "no", "count": 100}])
    terraform = apply(HUB_AND_FORWARDER)
    assert "Warning" not in terraform.run("refresh", "-no-color").output


def test_validate_and_plan_do_not_ask(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(HUB_AND_FORWARDER)
    terraform.init()
    terraform.run("validate")
    terraform.plan()
    assert not [call for call in local_aws.journal() if call["service"] == "cloudtrail"]
