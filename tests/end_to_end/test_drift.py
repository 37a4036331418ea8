"""What is changed behind Terraform's back shows in the plan, exactly there, and is healed."""

from __future__ import annotations

from collections.abc import Callable

from end_to_end import drifts_of_forwarder, drifts_of_hub, drifts_of_table_schema
from end_to_end.drift import rounds
from end_to_end.everything import (
    FULL_FORWARDER,
    FULL_HUB,
    PLAIN_FORWARDER,
    PLAIN_HUB,
    SCHEMAS,
    apply_everything,
)
from local import LocalAws
from terraform import Terraform

DRIFTS = drifts_of_hub.DRIFTS + drifts_of_forwarder.DRIFTS + drifts_of_table_schema.DRIFTS

# What cannot drift, and why.
NOT_HELD = {
    "logenabler_hub.id": "names where to look",
    "logenabler_hub.region": "names where to look",
    "logenabler_hub.event_bus_name": "names where to look",
    "logenabler_hub.function_name": "names where to look",
    "logenabler_hub.function_package": "a local path that AWS does not hold",
    "logenabler_region_forwarder.id": "names where to look",
    "logenabler_region_forwarder.region": "names where to look",
    "logenabler_region_forwarder.rule_name": "names where to look",
    "logenabler_region_forwarder.create_workgroup": "Athena is not asked for what is not made",
    "logenabler_table_schema.id": "names where to look",
    "logenabler_table_schema.region": "names where to look",
    "logenabler_table_schema.event_bus_arn": "names where to look",
    "logenabler_table_schema.log_type": "names where to look",
    "logenabler_table_schema.ddl": "follows from the others",
    **{
        f"logenabler_{kind}.timeouts": "how long Terraform waits"
        for kind in ("hub", "region_forwarder", "table_schema")
    },
}


def test_every_drift_shows_in_the_plan_where_it_is_and_is_healed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply_everything(local_aws, apply)
    for drifts in rounds(DRIFTS):
        for drift in drifts:
            drift.happen(local_aws)
        assert terraform.changes() == {drift.address: drift.attributes for drift in drifts}
        terraform.apply("planned")
        assert terraform.plan() == "", f"Not healed: {[(d.address, d.attributes) for d in drifts]}"


def test_every_attribute_of_every_resource_is_in_the_table(terraform: Terraform) -> None:
    terraform.write("")
    terraform.init()
    drifting = {f"{drift.resource}.{attribute}" for drift in DRIFTS for attribute in drift.attributes}
    assert not drifting & NOT_HELD.keys()
    assert drifting | NOT_HELD.keys() == terraform.attributes()


def test_a_row_with_several_attributes_says_why() -> None:
    silent = [(d.address, d.attributes) for d in DRIFTS if len(d.attributes) > 1 and not d.because]
    assert silent == []


def test_losing_what_the_id_names_plans_a_create_and_heals(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply_everything(local_aws, apply)
    for place in [PLAIN_FORWARDER, FULL_FORWARDER, PLAIN_HUB, FULL_HUB]:
        events, bus = local_aws.client("events", place["region"]), place.get("bus", "default")
        events.remove_targets(Rule=place["rule"], EventBusName=bus, Ids=["logenabler"])
        events.delete_rule(Name=place["rule"], EventBusName=bus)
        if "bus" in place:
            events.delete_event_bus(Name=bus)
    for place in SCHEMAS:
        glue = local_aws.client("glue", place["region"])
        glue.delete_table(DatabaseName=place["schemas"], Name=place["log_type"])
    assert "6 to add, 0 to change, 0 to destroy" in terraform.plan()
    terraform.apply()
    assert terraform.plan() == ""
