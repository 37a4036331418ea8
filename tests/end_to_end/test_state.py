"""State that is not of this provider's making: what an earlier one stored, and what another type has."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from end_to_end.configurations import HUB_AND_FORWARDER
from find_terraform import find
from local import LocalAws
from terraform import ROOT, Terraform

WITH_SCHEMA = (
    HUB_AND_FORWARDER
    + """
resource "logenabler_table_schema" "waf" {
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_type      = "waf"
  database_name = "web"
}
"""
)
# What these resources had when they came, as Terraform stored it: no timeouts, no members, no identities.
VERSION_0 = json.loads((Path(__file__).parent / "version_0.tfstate").read_text())


def store(terraform: Terraform, state: dict[str, Any]) -> None:
    """Puts this state in the place of the one that there is."""
    (terraform.folder / "terraform.tfstate").write_text(json.dumps(state))


def with_every(attributes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Version 0, with these attributes and changes in every resource."""
    state = json.loads(json.dumps(VERSION_0))
    for resource in state["resources"]:
        for instance in resource["instances"]:
            instance["attributes"].update(attributes)
            instance.update(changes)
    return state


@pytest.mark.parametrize("more", [{}, {"given_up": ["long ago"]}], ids=["as it was", "with what is no more"])
def test_a_state_of_the_first_version_is_upgraded_and_loses_nothing(
    apply: Callable[[str], Terraform], more: dict[str, Any]
) -> None:
    terraform = apply(WITH_SCHEMA)
    today = terraform.state()
    store(terraform, with_every(more))
    assert terraform.changes() == {"logenabler_table_schema.waf": {"ddl"}}, (
        "which this version words otherwise"
    )
    terraform.apply("planned")
    assert terraform.plan() == ""
    assert terraform.state() == today


def test_version_0_is_of_every_resource_and_of_none_that_came_later(terraform: Terraform) -> None:
    terraform.write("")
    terraform.init()
    stored = {
        f"{resource['type']}.{name}"
        for resource in VERSION_0["resources"]
        for name in resource["instances"][0]["attributes"]
    }
    assert stored < terraform.attributes()
    kinds = {resource["type"] for resource in VERSION_0["resources"]}
    assert kinds == terraform.schema()["resource_schemas"].keys()


def test_a_state_of_a_newer_provider_is_refused(apply: Callable[[str], Terraform]) -> None:
    terraform = apply(WITH_SCHEMA)
    store(terraform, with_every({}, schema_version=99))
    assert "created by a newer provider version" in terraform.refused("plan")


# Terraform 1.8 brought moves between types.
@pytest.mark.parametrize("version", [None, "0.8.2"])
@pytest.mark.parametrize(
    ("resource", "arguments", "identity"),
    [
        ("logenabler_hub", "", "<region>/<event bus name>"),
        ("logenabler_region_forwarder", "event_bus_arn = local.bus", "<region>/<rule name>"),
        (
            "logenabler_table_schema",
            'event_bus_arn = local.bus\n  log_type = "waf"',
            "<region>/<event bus name>/<log type>",
        ),
    ],
)
def test_a_move_from_another_type_says_how_to_import_instead(
    local_aws: LocalAws, tmp_path: Path, version: str | None, resource: str, arguments: str, identity: str
) -> None:
    terraform = Terraform(tmp_path, local_aws.url, *([command(version)] if version else []))
    terraform.write('resource "terraform_data" "old" {}')
    terraform.init()
    terraform.apply()
    bus = "arn:aws:events:ap-southeast-2:123456789012:event-bus/log-enablement-bus"
    terraform.write(
        f'locals {{\n  bus = "{bus}"\n}}\nresource "{resource}" "new" {{\n  {arguments}\n}}\n'
        f"moved {{\n  from = terraform_data.old\n  to   = {resource}.new\n}}"
    )
    terraform.init()
    said = terraform.refused("plan")
    assert f"State of terraform_data cannot become state of {resource}" in said
    assert "Remove the moved block" in said and "removed block" in said
    assert f"terraform import {resource}.<name> {identity}" in said
    assert "terraform_data.old" in terraform.state()


def command(version: str) -> Path:
    path = ROOT / "target" / f"terraform-{version}"
    find(path, version)
    return path
