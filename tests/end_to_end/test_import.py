"""What exists can be imported: every attribute as it was, and nothing left to plan."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from end_to_end.configurations import FORWARDER_RULE, HUB_AND_FORWARDER, HUB_ID, HUB_REGION
from end_to_end.everything import PLACES, apply_everything, hub, script
from find_terraform import find
from local import LocalAws
from terraform import ROOT, Terraform

HUB, FORWARDER = "logenabler_hub.this", "logenabler_region_forwarder.ireland"
SCHEMA = "logenabler_table_schema.waf"
WITH_SCHEMA = """
resource "logenabler_table_schema" "waf" {
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_type      = "waf"
  database_name = "web"
}
"""
IDS = {HUB: HUB_ID, FORWARDER: f"eu-west-1/{FORWARDER_RULE}"}

# A script runs on either architecture, so it can be for the one that is not the default here.
OTHER_ARCHITECTURE = "x86_64" if os.uname().machine == "aarch64" else "arm64"
PACKAGED = hub("packaged", "us-east-2")
WITH_PACKAGE = f"""
resource "logenabler_hub" "packaged" {{
  region           = "{PACKAGED["region"]}"
  function_package = "script.zip"
  architecture     = "{OTHER_ARCHITECTURE}"
}}
"""

# What no import can know, and why.
NOT_HELD = {
    "logenabler_hub.function_package": "a local path that AWS does not hold",
    "logenabler_hub.timeouts": "how long Terraform waits",
    "logenabler_region_forwarder.timeouts": "how long Terraform waits",
    "logenabler_table_schema.timeouts": "how long Terraform waits",
}


def forget(terraform: Terraform, *addresses: str) -> None:
    terraform.run("state", "rm", *addresses)


def values(state: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """`<address>.<attribute>` of all that an import can know."""
    return {
        f"{address}.{name}": value
        for address, attributes in state.items()
        for name, value in attributes.items()
        if f"{address.partition('.')[0]}.{name}" not in NOT_HELD
    }


def test_an_import_brings_back_every_attribute_and_plans_nothing(
    local_aws: LocalAws, terraform: Terraform, apply: Callable[[str], Terraform]
) -> None:
    (terraform.folder / "script.zip").write_bytes(script())
    apply_everything(local_aws, apply, WITH_PACKAGE)
    before = terraform.state()
    places = [*PLACES, PACKAGED]
    forget(terraform, *(place["address"] for place in places))
    for place in places:
        terraform.run("import", "-input=false", place["address"], place["id"])
    assert values(terraform.state()) == values(before)
    assert terraform.changes() == {PACKAGED["address"]: {"function_package"}}
    terraform.apply("planned")
    assert terraform.plan() == ""
    assert terraform.attributes("optional", "required") - set_somewhere(before) <= NOT_HELD.keys()


def set_somewhere(state: dict[str, dict[str, Any]]) -> set[str]:
    """What is anywhere other than in the plain resource of the same kind, as `<resource>.<attribute>`."""
    found = set()
    for address, attributes in state.items():
        resource = address.partition(".")[0]
        plain = state[f"{resource}.plain"]
        found |= {f"{resource}.{name}" for name, value in attributes.items() if value != plain[name]}
    return found


def test_an_import_block_plans_an_import_and_nothing_else(apply: Callable[[str], Terraform]) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    forget(terraform, *IDS)
    blocks = [
        f'import {{\n  to = {address}\n  id = "{identifier}"\n}}\n' for address, identifier in IDS.items()
    ]
    terraform.write(HUB_AND_FORWARDER + "".join(blocks))
    assert "2 to import, 0 to add, 0 to change, 0 to destroy" in terraform.plan()
    terraform.apply()
    assert terraform.plan() == ""


def test_an_import_takes_an_incomplete_set_and_apply_makes_the_rest(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    local_aws.client("lambda", HUB_REGION).delete_function(FunctionName="EventDrivenLogEnabler")
    queues = local_aws.client("sqs", "eu-west-1")
    queues.delete_queue(QueueUrl=queues.get_queue_url(QueueName=f"{FORWARDER_RULE}-dead-letters")["QueueUrl"])
    forget(terraform, *IDS)
    for address, identifier in IDS.items():
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


BY_IDENTITY = f"""
import {{
  to = {HUB}
  identity = {{
    region         = "{HUB_REGION}"
    event_bus_name = "log-enablement-bus"
  }}
}}
import {{
  to = {FORWARDER}
  identity = {{
    region    = "eu-west-1"
    rule_name = "{FORWARDER_RULE}"
  }}
}}
import {{
  to = {SCHEMA}
  identity = {{
    event_bus_arn = "arn:aws:events:{HUB_REGION}:123456789012:event-bus/log-enablement-bus"
    log_type      = "waf"
  }}
}}
"""


@pytest.mark.parametrize("version", ["0.12.0", "0.15.3"])
def test_an_identity_imports_as_an_id_does(local_aws: LocalAws, tmp_path: Path, version: str) -> None:
    """Terraform 1.12 brought them."""
    command = ROOT / "target" / f"terraform-{version}"
    find(command, version)
    terraform = Terraform(tmp_path, local_aws.url, command)
    terraform.write(HUB_AND_FORWARDER + WITH_SCHEMA)
    terraform.init()
    terraform.apply()
    before = terraform.state()
    forget(terraform, HUB, FORWARDER, SCHEMA)
    terraform.write(HUB_AND_FORWARDER + WITH_SCHEMA + BY_IDENTITY)
    plan = terraform.run("plan", "-no-color", "-out=planned").output
    assert "3 to import, 0 to add, 0 to change, 0 to destroy" in plan
    terraform.apply("planned")
    assert values(terraform.state()) == values(before)
    assert terraform.plan() == ""
    forget(terraform, SCHEMA)
    for right, wrong, reason in [
        ('"waf"', '"wafs"', 'Did you mean "waf"?'),
        ("123456789012", "999999999999", "there is only one whose event_bus_arn is"),
    ]:
        terraform.write(HUB_AND_FORWARDER + WITH_SCHEMA + BY_IDENTITY.replace(right, wrong))
        assert reason in terraform.refused("plan")
