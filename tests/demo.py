"""The guided tour: from `terraform apply` over logs turned on to their tables, and back, all on this machine.

Run it with `make demo`. The docstring of a step is its heading.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill
from typing import Any

from classic_load_balancer import ClassicLoadBalancer
from distribution import Distribution
from load_balancer import LoadBalancer
from local import LocalAws, running
from terraform import Terraform, TerraformFailed
from web_acl import WebAcl

# What bounds a query to the latest folders, by partition key.
LATEST = {
    "day": "= date_format(current_date, '%Y/%m/%d')",
    "log_time": ">= date_format(current_timestamp - interval '1' hour, '%Y/%m/%d/%H/%i')",
}
GLOBAL = "global"
OF_NO_REGION = {"roles", "role_policies"}
PART_OF_OTHERS = {"targets", "role_policies"}
INDENT, WIDTH = "   ", 110
WHOLE_WORDS = {"break_long_words": False, "break_on_hyphens": False}

Inventory = dict[str, list[dict[str, Any]]]


class Disappointed(Exception):
    """Something did not turn out as the tour promises; the text says what."""


@dataclass
class Log:
    """One log of one resource, and where it is sent."""

    log_type: str
    resource: LoadBalancer | ClassicLoadBalancer | WebAcl | Distribution
    bucket: str
    prefix: str = ""
    which: dict[str, str] = field(default_factory=dict)
    milliseconds_to_table: float = 0

    def turn_on(self) -> None:
        self.resource.log_to(self.bucket, self.prefix, **self.which)

    def turn_off(self) -> None:
        self.resource.stop_logging(**self.which)


class Tour:
    """What the steps hand on to each other. What they start ends with `ending`."""

    local_aws: LocalAws
    terraform: Terraform

    def __init__(self, ending: ExitStack):
        self.ending = ending
        self.logs: list[Log] = []


def start_local_aws(tour: Tour) -> None:
    """Start a local AWS"""
    tour.local_aws = tour.ending.enter_context(running())
    say(f"It answers on {tour.local_aws.url} for every region, and refuses what AWS refuses.")


def apply_example(tour: Tour) -> None:
    """Make a hub in Sydney, and forwarders there, in Ireland and in Virginia, with Terraform"""
    folder = tour.ending.enter_context(TemporaryDirectory(prefix="logenabler-", ignore_cleanup_errors=True))
    tour.terraform = Terraform(Path(folder), tour.local_aws.url)
    tour.terraform.copy("complete")
    say(f"{tour.terraform.run('version').output.splitlines()[0]} applies examples/complete ...")
    tour.terraform.init()
    say(closing_line(tour.terraform.apply()))
    show_inventory(tour.local_aws.inventory())


def plan_again(tour: Tour) -> None:
    """Plan again: nothing is left to do"""
    if changes := tour.terraform.plan():
        raise Disappointed(f"The second plan is not empty:\n{changes}")
    say("The second plan is empty.")


def turn_logs_on(tour: Tour) -> None:
    """Turn logs on, one of each type, through the services' own APIs as anybody would"""
    client = tour.local_aws.client
    shop = LoadBalancer(client, "eu-west-1", "shop")
    tour.logs = [
        Log("alb_access", shop, "shop-logs", "web"),
        Log("alb_connection", shop, "shop-connections", "", {"log": "connection_logs"}),
        Log("alb_health_check", shop, "shop-health", "", {"log": "health_check_logs"}),
        Log("nlb_access", LoadBalancer(client, "eu-west-1", "gate", "network"), "gate-logs"),
        Log("clb_access", ClassicLoadBalancer(client, "eu-west-1", "old-shop"), "old-shop-logs"),
        Log("waf", WebAcl(client, "ap-southeast-2", "payments-api"), "aws-waf-logs-payments"),
        Log("cloudfront_standard", Distribution(client, "site"), "site-logs", "cdn/"),
    ]
    tour.local_aws.idle()
    for log in tour.logs:
        started = time.monotonic()
        log.turn_on()
        tour.local_aws.idle()
        log.milliseconds_to_table = 1000 * (time.monotonic() - started)
        at = f"{log.resource.region:15} {log.resource.name}"
        say(f"{at:30} {log.log_type} to s3://{log.bucket}/{log.prefix}")


def show_tables(tour: Tour) -> None:
    """Look at their tables: nobody wrote a CREATE TABLE"""
    for log in tour.logs:
        view, table = tables_of(tour, log)
        name = f"{table['DatabaseName']}.{(view or table)['Name']}"
        columns = [column["Name"] for column in table["StorageDescriptor"]["Columns"]]
        say("")
        say(f"{name} in {log.resource.region}, there {log.milliseconds_to_table:.0f} ms after the call")
        if view:
            show("a view", f"of this log's own rows over {table['Name']}: others may share the folder")
        show("location", table["StorageDescriptor"]["Location"])
        for key in table["PartitionKeys"]:
            show("partition key", f"{key['Name']} ({key['Type']}), projected: no partition is ever added")
        show(f"{len(columns)} columns", ", ".join(columns))
        show("query", f"SELECT * FROM {name}")
        for key in table["PartitionKeys"]:
            show("", f"WHERE {key['Name']} {LATEST[key['Name']]}")
        show("", "LIMIT 10;")


def change_logs(tour: Tour) -> None:
    """Move one log to another bucket, and turn one off"""
    moved, ended, *_ = tour.logs
    moved.bucket, moved.prefix = "archive-logs", ""
    moved.turn_on()
    ended.turn_off()
    tour.local_aws.idle()
    location = tables_of(tour, moved)[1]["StorageDescriptor"]["Location"]
    mark = tables_of(tour, ended)[1]["Parameters"]["logenabler.enabled"]
    if not location.startswith("s3://archive-logs/") or mark != "false":
        raise Disappointed(f"The tables did not follow: location {location}, logenabler.enabled = {mark}")
    say(f"{moved.log_type}: the table follows, to {location}")
    say(f"{ended.log_type}: the table stays for its old records, marked logenabler.enabled = {mark}")


def destroy(tour: Tour) -> None:
    """Destroy everything that Terraform made"""
    say(closing_line(tour.terraform.destroy()))


def look_around(tour: Tour) -> None:
    """Look at what AWS still holds, in every region"""
    show_inventory(tour.local_aws.inventory())


STEPS: list[Callable[[Tour], None]] = [
    start_local_aws,
    apply_example,
    plan_again,
    turn_logs_on,
    show_tables,
    change_logs,
    destroy,
    look_around,
]


def main() -> int:
    started = time.monotonic()
    try:
        with ExitStack() as ending:
            tour = Tour(ending)
            for number, step in enumerate(STEPS, 1):
                take(number, step, tour)
            left, summary = what_is_left(tour.local_aws.inventory())
    except KeyboardInterrupt:
        print("\nStopped. Everything that the tour started has ended.", file=sys.stderr)
        return 130
    except (Disappointed, TerraformFailed, RuntimeError) as failure:
        print(f"\nThe tour ended early. {failure}", file=sys.stderr)
        return 1
    print(f"\nThe tour took {time.monotonic() - started:.0f} s.\n{summary}")
    return 1 if left else 0


def take(number: int, step: Callable[[Tour], None], tour: Tour) -> None:
    """Takes one step, and says how long it took."""
    print(f"\n{number}. {step.__doc__}", flush=True)
    started = time.monotonic()
    step(tour)
    say(f"({time.monotonic() - started:.1f} s)")


def closing_line(output: str) -> str:
    """How Terraform sums up what it did: "Apply complete! Resources: 4 added, ..."."""
    return next((line for line in output.splitlines() if "complete!" in line), "Done.")


def tables_of(tour: Tour, log: Log) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The view that is marked as this log's, if it has one, and the table over its files."""
    glue = tour.local_aws.client("glue", log.resource.region)
    marks = {"logenabler.log_type": log.log_type, "logenabler.resource_arn": log.resource.arn}
    view = files = None
    for item in tour.local_aws.inventory()["tables"]:
        if item["region"] == log.resource.region:
            table = glue.get_table(DatabaseName=item["database"], Name=item["name"])["Table"]
            if marks.items() <= table["Parameters"].items():
                view, files = (table, files) if table["TableType"] == "VIRTUAL_VIEW" else (view, table)
    if not files:
        raise Disappointed(f"{log.resource.arn} has no table for its {log.log_type}.")
    return view, files


def what_is_left(inventory: Inventory) -> tuple[list[str], str]:
    """What is left of Terraform's, and a line about it. Tables and their databases are the users'."""
    homes = {(table["region"], table["database"]) for table in inventory["tables"]}
    left = [
        f"{name} ({kind}, {region})"
        for kind, region, name in named(inventory)
        if kind != "tables" and not (kind == "databases" and (region, name) in homes)
    ]
    of_terraform = ", ".join(left) or "nothing"
    of_users = f"{len(inventory['tables'])} tables in {len(homes)} databases"
    return left, f"Left of Terraform's: {of_terraform}. Left for you: {of_users}."


def show_inventory(inventory: Inventory) -> None:
    """What there is, region by region, without what is only part of something else."""
    things = [(kind, region, name) for kind, region, name in named(inventory) if kind not in PART_OF_OTHERS]
    for region in sorted({region for _, region, _ in things}, key=lambda region: (region == GLOBAL, region)):
        say(region)
        for kind in inventory:
            names = sorted(name for its_kind, place, name in things if (its_kind, place) == (kind, region))
            if names:
                show(kind.replace("_", " "), ", ".join(names))


def named(inventory: Inventory) -> Iterator[tuple[str, str, str]]:
    """(kind, region, name) of everything."""
    for kind, items in inventory.items():
        for item in items:
            region = GLOBAL if kind in OF_NO_REGION else item["region"]
            yield kind, region, item["name"] if "name" in item else f"{item['id']} of rule {item['rule']}"


def show(label: str, text: str) -> None:
    """A label, and a text that is wrapped beside it; long names stay whole, to be copied."""
    first = f"{INDENT * 2}{label:15}"
    print(fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), **WHOLE_WORDS))


def say(text: str) -> None:
    print(f"{INDENT}{text}".rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
