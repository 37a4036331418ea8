"""A hub that hears several regions, the resources there, and what can be seen of both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chaos.owners import KINDS
from chaos.plan import Step
from chaos.tables import of_region
from end_to_end.configurations import HUB_REGION
from find_terraform import find
from local import LocalAws
from local_aws.event_pattern import matches
from terraform import ROOT, Terraform

# The package that brings Terraform 1.15, which has actions.
VERSION = "0.15.3"
REGIONS = ("ap-southeast-2", "eu-central-1", "eu-west-1", "us-east-1")
# Nothing is there before the crowds come.
NEW_REGIONS = ("ca-central-1", "us-west-2")
QUICK = {
    "role_looks": 0,
    "pending_reads": 0,
    "update_reads": 0,
    "glue_page": 100,
    "hold_events": 1,
    "retry_seconds": 1,
}
HUB = """
resource "logenabler_hub" "this" {}
resource "logenabler_region_forwarder" "this" {
  for_each      = toset(%s)
  region        = each.key
  event_bus_arn = logenabler_hub.this.event_bus_arn
}
action "logenabler_replay" "hub" {
  config {
    dead_letter_queue_url = logenabler_hub.this.dead_letter_queue_url
    function_arn          = logenabler_hub.this.function_arn
  }
}
"""
Event = dict[str, Any]


class Stage:
    """Everything is as after a user's `terraform apply`."""

    def __init__(
        self,
        folder: Path,
        local_aws: LocalAws,
        processes: int,
        regions: Sequence[str] = REGIONS,
        seed: int = 0,
    ):
        local_aws.reset()
        local_aws.settings(**QUICK, function_processes=processes, seed=seed)
        self.local_aws, self.regions = local_aws, regions
        command = ROOT / "target" / f"terraform-{VERSION}"
        if not command.exists():
            find(command, VERSION)
        self._terraform = Terraform(folder, local_aws.url, command)
        self._terraform.write(HUB % json.dumps([*regions, *NEW_REGIONS]))
        self._terraform.init()
        self._terraform.apply()
        hub = self._terraform.state()["logenabler_hub.this"]
        self.queue, self.function = hub["dead_letter_queue_url"], hub["function_name"]
        self._clients: dict[tuple[str, str], Any] = {}
        self._resources: dict[str, Any] = {}  # by the owner's name
        self._patterns = {region: self._listens_to(region) for region in (*regions, *NEW_REGIONS)}
        local_aws.clear_journal()

    def client(self, service: str, region: str) -> Any:
        """One for each service and region: to make them takes longer than to use them."""
        if (service, region) not in self._clients:
            self._clients[service, region] = self.local_aws.client(service, region)
        return self._clients[service, region]

    def do(self, step: Step) -> list[Event]:
        """One change, and those of the events that CloudTrail tells of it which a forwarder listens to."""
        owner = step.owner
        if step.verb == "make":
            self._resources[owner.name] = KINDS[owner.kind](self.client, owner.region, owner.name)
        elif step.verb == "to":
            self._resources[owner.name].log_to(step.bucket)
        elif step.verb == "off":
            self._resources[owner.name].stop_logging()
        else:
            self._resources[owner.name].delete()
        return self.heard()

    def heard(self) -> list[Event]:
        """What CloudTrail has told since the last time, as far as a forwarder listens to it."""
        told = self.local_aws.held()
        return [event for event in told if any(matches(it, event) for it in self._patterns[event["region"]])]

    def tables(self) -> dict[str, Any]:
        """The tables of each owner, by name, as far as they are not by chance."""
        found: dict[str, Any] = {}
        for region in self.regions:
            glue = self.client("glue", region)
            for owner, tables in of_region(glue, self._resources, region).items():
                found.setdefault(owner, {}).update(tables)
        return found

    def dead_letters(self) -> Counter[str]:
        """The ids of the events that wait in dead-letter queues, of the hub and of its forwarders."""
        waiting: Counter[str] = Counter()
        for queue in self.local_aws.inventory()["queues"]:
            client = self.client("sqs", queue["region"])
            waiting += looked_at(client, client.get_queue_url(QueueName=queue["name"])["QueueUrl"])
        return waiting

    def replay(self) -> None:
        """What the guide says to do once the reason is gone."""
        invoke = ("apply", "-auto-approve", "-input=false", "-invoke=action.logenabler_replay.hub")
        self._terraform.run(*invoke, allowed=(0, 1), timeout=3600)

    def _listens_to(self, region: str) -> list[dict[str, Any]]:
        rules = self.client("events", region).list_rules()["Rules"]
        # The hub's region has its schedule, too, which listens to nothing.
        return [json.loads(rule["EventPattern"]) for rule in rules if "EventPattern" in rule]

    def forget_failures(self) -> None:
        """Breaks the hub: an event that fails once is lost, as it were without retries and queue."""
        functions = self.client("lambda", HUB_REGION)
        functions.put_function_event_invoke_config(FunctionName=self.function, MaximumRetryAttempts=0)


def looked_at(client: Any, url: str) -> Counter[str]:
    """The ids of all events in a queue, which are left there."""
    letters = []
    asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 600}
    while found := client.receive_message(**asked).get("Messages"):
        letters += found
    for letter in letters:
        client.change_message_visibility(
            QueueUrl=url, ReceiptHandle=letter["ReceiptHandle"], VisibilityTimeout=0
        )
    bodies = [json.loads(letter["Body"]) for letter in letters]
    return Counter(body.get("requestPayload", body)["id"] for body in bodies)


def differing(expected: dict[str, Any], found: dict[str, Any]) -> set[str]:
    """The owners whose tables are not as expected."""
    return {name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)}
