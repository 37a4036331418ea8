"""The resources whose calls are disturbed: each as it is made, and every way in which it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from end_to_end.drift import Change
from end_to_end.everything import Place, forwarder, hub, table_schema
from faults import outside
from faults.configurations import (
    CHANGED_FORWARDER,
    CHANGED_HUB,
    CHANGED_TABLE_SCHEMA,
    ELSEWHERE,
    FORWARDER,
    FORWARDER_OF_OWN_ROLE,
    HOME,
    HUB,
    HUB_OF_OWN_ROLE,
    TABLE_SCHEMA,
)
from faults.surroundings import databases, receivers, roles
from local import LocalAws

# A cell has a region to itself, so that many share one apply and none disturbs another.
REGIONS = """ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ca-central-1
eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 me-south-1 sa-east-1 us-east-2 us-west-1
us-west-2""".split()


@dataclass(frozen=True)
class Step:
    """An update: what is asked for, and what somebody changed before the plan or the apply."""

    asked: str
    before: Sequence[Change] = ()
    meanwhile: Sequence[Change] = ()


@dataclass(frozen=True, eq=False)
class Scene:
    """One resource of a region, as HCL, and what has to be there before it.

    `named` is what the id names, as the inventory calls it: while it is there, no create takes it over.
    """

    name: str
    resource: str
    made: str
    named: str
    place: Callable[[str], Place]
    updates: Mapping[str, Step]
    surroundings: Callable[[LocalAws, Sequence[str]], None] = lambda *_: None
    regions: Sequence[str] = field(default=tuple(REGIONS))
    calls: str = r"(?!sts:).*"

    @property
    def operations(self) -> list[str]:
        return ["create", "read", *self.updates, "delete"]

    def step(self, operation: str) -> Step:
        return self.updates.get(operation, Step(self.made))

    def limited(self, operation: str) -> str:
        """The operation as a block `timeouts` names it."""
        return operation if operation in ("create", "delete") else "update"

    def configuration(self, asked: str, regions: Sequence[str], limit: str, retries: int) -> str:
        """What is asked for in each region, with this limit."""
        blocks = (
            f'resource "{self.resource}" "{region}" {{\n  region = "{region}"\n'
            f"{asked.replace('REGION', region)}\n  timeouts {{\n    {limit}\n  }}\n}}\n"
            for region in regions
        )
        return f'provider "logenabler" {{\n  max_retries = {retries}\n}}\n' + "".join(blocks)


def hub_in(region: str) -> Place:
    return hub(region, region)


SCENES = [
    Scene(
        "provider",
        "logenabler_hub",
        "",
        "event_buses",
        hub_in,
        {"update": Step("memory_size = 256")},
        regions=(HOME,),
        calls="sts:.*",
    ),
    Scene(
        "hub",
        "logenabler_hub",
        HUB,
        "event_buses",
        hub_in,
        {
            "update": Step(CHANGED_HUB, outside.CONFIRMED),
            "heal": Step(HUB, outside.HUB_CHANGED),
            "remake": Step(HUB, outside.HUB_LOST),
            "swap": Step(HUB_OF_OWN_ROLE),
        },
        roles,
    ),
    Scene(
        "region_forwarder",
        "logenabler_region_forwarder",
        FORWARDER,
        "rules",
        lambda region: forwarder(region, region, "forward", hub("one", ELSEWHERE, bus="one")),
        {
            "update": Step(CHANGED_FORWARDER),
            "heal": Step(FORWARDER, outside.FORWARDER_CHANGED),
            "remake": Step(FORWARDER, outside.FORWARDER_LOST),
            "swap": Step(FORWARDER_OF_OWN_ROLE),
        },
        receivers,
    ),
    Scene(
        "table_schema",
        "logenabler_table_schema",
        TABLE_SCHEMA,
        "tables",
        lambda region: table_schema(region, hub_in(region), "waf"),
        {
            "update": Step(CHANGED_TABLE_SCHEMA),
            "remake": Step(CHANGED_TABLE_SCHEMA, meanwhile=outside.TABLE_SCHEMA_LOST),
        },
        databases,
    ),
]
