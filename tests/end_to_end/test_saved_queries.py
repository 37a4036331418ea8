"""The queries that are saved in Athena with a table, and go with it."""

from __future__ import annotations

from typing import Any

from end_to_end.configurations import HUB_REGION
from end_to_end.seen import said
from end_to_end.test_sweep_finds import sweep
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

REGION, WORKGROUP = "eu-west-1", "log-enablement-bus"
HUB = """
resource "logenabler_hub" "this" {
  enable_saved_queries = ON
}
resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
}
"""
QUESTIONS = {"Top clients", "Errors by hour", "Slowest targets", "Refused requests by URL"}


def applied(terraform: Terraform, on: str) -> None:
    terraform.write(HUB.replace("ON", on))
    terraform.init()
    terraform.apply()
    assert terraform.plan() == "", "a second plan must be empty"


def saved(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    """By name, each once."""
    local_aws.idle()
    athena, found = local_aws.client("athena", REGION), []
    for page in athena.get_paginator("list_named_queries").paginate(WorkGroup=WORKGROUP):
        ids = page["NamedQueryIds"]
        found += athena.batch_get_named_query(NamedQueryIds=ids)["NamedQueries"] if ids else []
    named = {query["Name"]: query for query in found}
    assert len(named) == len(found), "each is there once"
    return named


def of(table: str) -> set[str]:
    return {f"alb_access_logs_db.{table}: {question}" for question in QUESTIONS}


def test_queries_come_and_go_with_their_table(local_aws: LocalAws, terraform: Terraform) -> None:
    athena = local_aws.client("athena", REGION)
    athena.create_work_group(Name=WORKGROUP)
    mine = {"Name": "mine", "Database": "alb_access_logs_db", "QueryString": "SELECT 1"}
    athena.create_named_query(WorkGroup=WORKGROUP, **mine)
    applied(terraform, "true")
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    shop.log_to("shop-logs")
    assert saved(local_aws).keys() == of("alb_shop") | {"mine"}
    shop.log_again()
    query = saved(local_aws)["alb_access_logs_db.alb_shop: Errors by hour"]
    assert query["Database"] == "alb_access_logs_db"
    assert '\nFROM "alb_access_logs_db"."alb_shop"\nWHERE "day" >= ' in query["QueryString"]
    shop.stop_logging()
    glue = local_aws.client("glue", REGION)
    for name in ("alb_shop", "alb_shop_raw"):
        glue.delete_table(DatabaseName="alb_access_logs_db", Name=name)
    sweep(local_aws, REGION)
    assert saved(local_aws).keys() == {"mine"}
    assert refused(local_aws) == []


def test_queries_that_were_turned_on_later_come_with_the_next_sweep(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    athena = local_aws.client("athena", REGION)
    athena.create_work_group(Name=WORKGROUP)
    applied(terraform, "false")
    names = [f"shop-{number}" for number in range(14)]
    for name in names:
        LoadBalancer(local_aws.client, REGION, name).log_to("shop-logs")
    sweep(local_aws, REGION)
    assert saved(local_aws) == {}
    asked = {call["service"] for call in local_aws.journal() if call["actor"] == "function"}
    assert "athena" not in asked
    applied(terraform, "true")
    sweep(local_aws, REGION)
    expected = set().union(*(of("alb_" + name.replace("-", "_")) for name in names))
    assert len(expected) > 50, "a list of them takes two pages"
    found = saved(local_aws)
    assert found.keys() == expected
    changed, removed, doubled, *_ = sorted(expected)
    athena.update_named_query(
        NamedQueryId=found[changed]["NamedQueryId"], Name=changed, QueryString="SELECT 1"
    )
    athena.delete_named_query(NamedQueryId=found[removed]["NamedQueryId"])
    twin = {name: found[doubled][name] for name in ("Name", "Description", "Database", "QueryString")}
    athena.create_named_query(WorkGroup=WORKGROUP, **twin)
    sweep(local_aws, REGION)
    again = saved(local_aws)
    assert again.keys() == expected
    assert again[changed]["QueryString"] == found[changed]["QueryString"]
    assert refused(local_aws) == []
    used = {right["action"] for right in local_aws.rights() if right["action"].startswith("athena:")}
    verbs = (
        "BatchGetNamedQuery",
        "CreateNamedQuery",
        "DeleteNamedQuery",
        "ListNamedQueries",
        "UpdateNamedQuery",
    )
    assert used == {f"athena:{verb}" for verb in verbs}, "what its role allows is what it asks for"


def test_without_a_workgroup_the_table_is_made_and_the_log_says_what_to_do(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    applied(terraform, "true")
    LoadBalancer(local_aws.client, REGION, "shop").log_to("shop-logs")
    local_aws.idle()
    made = {table["name"] for table in local_aws.inventory()["tables"]}
    assert "alb_shop" in made
    assert "create_workgroup = true on the forwarder of that region" in said(local_aws)
    sqs = local_aws.client("sqs", HUB_REGION)
    queue = sqs.get_queue_url(QueueName="EventDrivenLogEnabler-dead-letters")["QueueUrl"]
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


def test_what_athena_refuses_fails_no_event_and_the_next_sweep_makes_up_for_it(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    athena = local_aws.client("athena", REGION)
    athena.create_work_group(Name=WORKGROUP)
    applied(terraform, "true")
    denied = {"error": "AccessDeniedException", "status": 400, "message": "not authorized", "count": None}
    local_aws.faults([{"operation": "CreateNamedQuery", "region": REGION, **denied}])
    LoadBalancer(local_aws.client, REGION, "shop").log_to("shop-logs")
    local_aws.idle()
    assert "the next sweep tries again" in said(local_aws)
    assert '"outcome":"failed"' not in said(local_aws)
    local_aws.clear_faults()
    sweep(local_aws, REGION)
    assert saved(local_aws).keys() == of("alb_shop")


def refused(local_aws: LocalAws) -> list[dict[str, Any]]:
    """What the function may not do, although it tried."""
    return [right for right in local_aws.rights() if not right["allowed"]]
