"""`terraform query` and actions, which Terraform 1.14 brought."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from end_to_end.configurations import FORWARDER_RULE, HUB_AND_FORWARDER, HUB_ID, HUB_REGION
from find_terraform import find
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import ROOT, Terraform

# The package that brings Terraform 1.15.
VERSION = "0.15.3"
EVERYTHING = (
    HUB_AND_FORWARDER
    + """
resource "logenabler_table_schema" "waf" {
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_type      = "waf"
}
"""
)
REPLAY = """
action "logenabler_replay" "hub" {
  config {
    dead_letter_queue_url = logenabler_hub.this.dead_letter_queue_url
    function_arn          = logenabler_hub.this.function_arn
  }
}
"""
# A call that the function needs, and that it is denied.
DENIED = {
    "service": "glue",
    "operation": "CreateTable",
    "actor": "function",
    "error": "AccessDeniedException",
}


@pytest.fixture
def terraform(local_aws: LocalAws, tmp_path: Path) -> Terraform:
    """One that has both."""
    command = ROOT / "target" / f"terraform-{VERSION}"
    find(command, VERSION)
    return Terraform(tmp_path, local_aws.url, command)


def search(kind: str, region: str) -> str:
    return f"""
list "logenabler_{kind}" "{kind}" {{
  provider         = logenabler
  include_resource = true
  config {{
    region = "{region}"
  }}
}}
"""


def found(terraform: Terraform) -> list[dict[str, Any]]:
    """What a query finds, as Terraform tells programs."""
    lines = terraform.run("query", "-json").output.splitlines()
    messages = [json.loads(line) for line in lines if line.startswith("{")]
    return [
        message["list_resource_found"] for message in messages if message["type"] == "list_resource_found"
    ]


def test_a_query_finds_what_there_is_and_nobody_elses(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    for region in (HUB_REGION, "eu-west-1"):
        events = local_aws.client("events", region)
        events.create_event_bus(Name="theirs")
        events.put_rule(Name="theirs", EventPattern='{"source": ["x"]}')
    terraform = apply(EVERYTHING)
    (terraform.folder / "main.tfquery.hcl").write_text(
        search("hub", HUB_REGION)
        + search("region_forwarder", "eu-west-1")
        + search("table_schema", HUB_REGION)
    )
    named = {one["resource_type"]: one for one in found(terraform)}
    assert {kind: one["display_name"] for kind, one in named.items()} == {
        "logenabler_hub": HUB_ID,
        "logenabler_region_forwarder": f"eu-west-1/{FORWARDER_RULE}",
        "logenabler_table_schema": f"{HUB_ID}/waf",
    }
    assert named["logenabler_hub"]["identity"] == {
        "region": HUB_REGION,
        "event_bus_name": "log-enablement-bus",
    }
    state = {address.partition(".")[0]: values for address, values in terraform.state().items()}
    for kind, one in named.items():
        seen = one["resource_object"]
        assert {n: v for n, v in seen.items() if v is not None} == {
            n: v for n, v in state[kind].items() if v is not None
        }


def test_what_a_query_finds_can_be_imported_as_it_is_written_down(apply: Callable[[str], Terraform]) -> None:
    terraform = apply(EVERYTHING)
    (terraform.folder / "main.tfquery.hcl").write_text(search("hub", HUB_REGION))
    terraform.run("query", "-generate-config-out=found.tf")
    shutil.rmtree(terraform.folder / ".terraform", ignore_errors=True)
    for state in terraform.folder.glob("terraform.tfstate*"):
        state.unlink()
    terraform.write("")
    (terraform.folder / "main.tfquery.hcl").unlink()
    terraform.init()
    plan = terraform.run("plan", "-no-color", allowed=(0, 2)).output
    assert "1 to import, 0 to add, 0 to change, 0 to destroy" in plan, plan


def test_a_replay_gives_the_function_what_it_could_not_do(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(EVERYTHING + REPLAY)
    local_aws.faults([{**DENIED, "count": None}])
    for name in ("shop", "blog"):
        LoadBalancer(local_aws.client, "eu-west-1", name).log_to("logs")
    local_aws.idle()
    invoke = ("apply", "-auto-approve", "-no-color", "-invoke=action.logenabler_replay.hub")
    said = terraform.refused(*invoke[:2], invoke[3])
    assert "0 succeeded, 2 failed" in said and "AccessDeniedException" in said
    assert waiting(local_aws, terraform) == 2

    local_aws.clear_faults()
    said = terraform.run(*invoke).output
    assert "2 succeeded, 0 failed" in said, said
    assert waiting(local_aws, terraform) == 0
    tables = {table["name"] for table in local_aws.inventory()["tables"]}
    assert {"alb_shop", "alb_blog"} <= tables
    assert terraform.plan() == ""


def waiting(local_aws: LocalAws, terraform: Terraform) -> int:
    url = terraform.state()["logenabler_hub.this"]["dead_letter_queue_url"]
    sqs = local_aws.client("sqs", HUB_REGION)
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])


def test_the_examples_run(apply: Callable[[str], Terraform]) -> None:
    examples = ROOT / "examples"
    terraform = apply((examples / "actions/logenabler_replay/action.tf").read_text())
    invoked = terraform.run("apply", "-auto-approve", "-no-color", "-invoke=action.logenabler_replay.hub")
    assert "Events replayed" not in invoked.output, "there is none"
    for path in examples.glob("list-resources/*/*.tfquery.hcl"):
        shutil.copy(path, terraform.folder / f"{path.parent.name}.tfquery.hcl")
    assert {one["resource_type"] for one in found(terraform)} == {"logenabler_hub"}


def test_what_cannot_be_given_back_does_not_hide_what_failed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    """A message that is back in the queue by itself is one that SQS refuses to give back."""
    terraform = apply(EVERYTHING + REPLAY)
    local_aws.faults([{**DENIED, "count": None}])
    LoadBalancer(local_aws.client, "eu-west-1", "shop").log_to("logs")
    local_aws.idle()
    not_held = {"service": "sqs", "operation": "ChangeMessageVisibility", "status": 400, "count": None}
    local_aws.faults([{**not_held, "error": "MessageNotInflight"}])
    said = terraform.refused("apply", "-auto-approve", "-invoke=action.logenabler_replay.hub")
    assert "0 succeeded, 1 failed" in said and "MessageNotInflight" not in said
