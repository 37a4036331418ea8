"""Table schemas: planned in full, followed by the function, kept apart from what others make."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from end_to_end.configurations import HUB_AND_FORWARDER, HUB_REGION
from end_to_end.left_over import left_over
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform
from web_acl import WebAcl

SCHEMAS = "log_enablement_bus_schemas"
ADDRESS = "logenabler_table_schema.alb_access"
SCHEMA = """
resource "logenabler_table_schema" "alb_access" {
  event_bus_arn    = logenabler_hub.this.event_bus_arn
  log_type         = "alb_access"
  database_name    = "security_logs"
  table_name       = "lb_{resource_name}_access"
  projection_start = "2024-01-31"
  parameters       = { owner = "it's us; DROP TABLE x" }
  columns = [
    { name = "elb_status_code", type = "int" },
    { name = "of_tomorrow", type = "string", comment = "What AWS appended." },
  ]
}
"""
FOLLOWED_AFTER = 70  # seconds: the function looks at table schemas once a minute


def table(local_aws: LocalAws, database: str, name: str) -> dict[str, Any]:
    return local_aws.client("glue", "eu-west-1").get_table(DatabaseName=database, Name=name)["Table"]


def tables(local_aws: LocalAws) -> set[str]:
    return {
        f"{t['database']}.{t['name']}" for t in local_aws.inventory()["tables"] if t["database"] != SCHEMAS
    }


def test_a_table_made_after_the_schema_is_as_it_says(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER + SCHEMA)
    assert terraform.plan() == "", "a second plan must be empty"
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs")
    local_aws.idle()
    made = table(local_aws, "security_logs", "lb_shop_access_raw")
    columns = {column["Name"]: column for column in made["StorageDescriptor"]["Columns"]}
    assert len(columns) == 39
    assert columns["elb_status_code"]["Type"] == "int"
    assert columns["of_tomorrow"]["Comment"] == "What AWS appended."
    assert made["Parameters"]["projection.day.range"] == "2024/01/31,NOW"
    assert made["Parameters"]["owner"] == "it's us; DROP TABLE x"

    state = terraform.state()[ADDRESS]
    assert state["id"] == f"{HUB_REGION}/log-enablement-bus/alb_access"
    assert [c["name"] for c in state["effective_columns"]] == list(columns)
    assert state["serde"] == made["StorageDescriptor"]["SerdeInfo"]["SerializationLibrary"]
    assert "CREATE EXTERNAL TABLE `security_logs`.`lb_{resource_name}_access_raw`" in state["ddl"]

    terraform.destroy()
    assert left_over(local_aws) == {
        ("databases", "eu-west-1", "security_logs"),
        ("tables", "eu-west-1", "lb_shop_access"),
        ("tables", "eu-west-1", "lb_shop_access_raw"),
    }


def test_an_existing_table_follows_at_its_next_event_and_a_moved_one_stays(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")

    def after(configuration: str) -> dict[str, Any]:
        """The table after the next event, by a function that just started and knows no older schema."""
        memory = f"  memory_size = {next(sizes)}\n  tags "
        terraform.write(configuration.replace("  tags ", memory))
        terraform.apply()
        shop.log_to("shop-logs")
        local_aws.idle()
        return table(local_aws, "alb_access_logs_db", "alb_shop_raw")

    sizes = count(256)
    former = after(HUB_AND_FORWARDER)
    stays_there = "\n".join(line for line in SCHEMA.splitlines() if "_name " not in line)
    changed = after(HUB_AND_FORWARDER + stays_there)
    assert len(changed["StorageDescriptor"]["Columns"]) == 39
    assert changed["Parameters"]["owner"].startswith("it's us")
    assert tables(local_aws) == {"alb_access_logs_db.alb_shop", "alb_access_logs_db.alb_shop_raw"}

    unmoved = after(HUB_AND_FORWARDER + SCHEMA)
    assert "security_logs.lb_shop_access" in tables(local_aws)
    assert unmoved == changed, "the table of the former name must stay as it is"

    back = after(HUB_AND_FORWARDER)
    assert back["StorageDescriptor"] == former["StorageDescriptor"]
    assert back["Parameters"] == former["Parameters"]


def test_a_running_function_notices_a_schema_within_a_minute(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs")
    local_aws.idle()
    terraform.write(HUB_AND_FORWARDER + SCHEMA)
    terraform.apply()
    followed(local_aws, shop, lambda: "security_logs.lb_shop_access" in tables(local_aws))


def followed(local_aws: LocalAws, shop: LoadBalancer, is_so: Callable[[], object]) -> None:
    """Sends one event after another until the function has looked at the table schemas again."""
    deadline = time.monotonic() + FOLLOWED_AFTER
    while not is_so():
        assert time.monotonic() < deadline, f"not followed after {FOLLOWED_AFTER} seconds"
        shop.log_to("shop-logs")
        local_aws.idle()


def test_a_plan_shows_the_whole_table(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(HUB_AND_FORWARDER + SCHEMA)
    terraform.init()
    planned = terraform.plan()
    assert "CREATE EXTERNAL TABLE `security_logs`.`lb_{resource_name}_access_raw`" in planned
    assert "known after apply" not in planned.split(ADDRESS)[1].split("\n}\n")[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('log_type = "alb_acces"', 'Did you mean "alb_access"?'),
        ('log_type = "alb_access"\n  table_name = "all"', "no two resources share a table"),
        ('log_type = "alb_access"\n  database_name = "x`; DROP"', "not a name for a Glue database"),
        ('log_type = "alb_access"\n  projection_start = "monday"', "NOW-90DAYS"),
        ('log_type = "cloudfront_standard"\n  projection_start = "2024/01/31"', "dated folders"),
        (
            'log_type = "alb_access"\n  parameters = { "logenabler.managed" = "false" }',
            "by logenabler itself",
        ),
        ('log_type = "alb_access"\n  columns = [{ name = "Elb", type = "int" }]', "no capitals"),
        ('log_type = "alb_access"\n  columns = [{ name = "elb", type = "struct<a:int>" }]', "plain text"),
        ('log_type = "waf"\n  columns = [{ name = "x", type = "struct<a int>" }]', "is not a Hive type"),
        ('log_type = "alb_access"\n  columns = [null]', "name and a type"),
        ('log_type = "alb_access"\n  region = "eu-west-1"', "The event bus is in ap-southeast-2"),
    ],
)
def test_what_cannot_be_is_refused_in_the_plan(terraform: Terraform, line: str, said: str) -> None:
    bus = "arn:aws:events:ap-southeast-2:123456789012:event-bus/log-enablement-bus"
    terraform.write(f'resource "logenabler_table_schema" "x" {{\n  event_bus_arn = "{bus}"\n  {line}\n}}\n')
    terraform.init()
    assert said in terraform.refused("plan", "-input=false")


def test_a_schema_that_exists_is_not_taken_over_but_imported(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER + SCHEMA)
    terraform.run("state", "rm", ADDRESS)
    said = terraform.refused("apply", "-auto-approve", "-input=false")
    command = f"import logenabler_table_schema.<name> {HUB_REGION}/log-enablement-bus/alb_access"
    assert command in said
    terraform.run("import", ADDRESS, command.split()[-1])
    assert terraform.plan() == ""


def test_a_schema_without_its_hub_says_what_to_do(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    local_aws.client("glue", HUB_REGION).delete_database(Name=SCHEMAS)
    bus = f"arn:aws:events:{HUB_REGION}:123456789012:event-bus/log-enablement-bus"
    terraform.write(HUB_AND_FORWARDER + SCHEMA.replace("logenabler_hub.this.event_bus_arn", f'"{bus}"'))
    said = terraform.refused("apply", "-auto-approve", "-input=false", "-refresh=false")
    assert "Apply the logenabler_hub first" in said
    terraform.write(HUB_AND_FORWARDER + SCHEMA)
    terraform.apply()
    assert terraform.plan() == ""


def test_a_hub_may_be_replaced_or_gone_while_its_schemas_stay(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER + SCHEMA)
    terraform.write(HUB_AND_FORWARDER.replace("tags ", 'function_name = "Other"\n  tags ') + SCHEMA)
    terraform.apply()
    assert terraform.plan() == ""
    terraform.run("state", "rm", ADDRESS)
    terraform.destroy()
    kept = {("databases", HUB_REGION, SCHEMAS), ("tables", HUB_REGION, "alb_access")}
    assert left_over(local_aws) == kept
    bus = f"arn:aws:events:{HUB_REGION}:123456789012:event-bus/log-enablement-bus"
    terraform.write(SCHEMA.replace("logenabler_hub.this.event_bus_arn", f'"{bus}"'))
    terraform.run("import", ADDRESS, f"{HUB_REGION}/log-enablement-bus/alb_access")
    terraform.destroy()
    assert left_over(local_aws) == set(), "the last schema takes the database along"


def test_a_strangers_table_among_the_schemas_is_neither_changed_nor_removed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER + SCHEMA)
    glue = local_aws.client("glue", HUB_REGION)
    glue.delete_table(DatabaseName=SCHEMAS, Name="alb_access")
    theirs = {"Name": "alb_access", "Description": "theirs", "StorageDescriptor": {"Columns": []}}
    glue.create_table(DatabaseName=SCHEMAS, TableInput=theirs)
    assert "Somebody else made it" in terraform.plan()
    said = terraform.refused("apply", "-auto-approve", "-input=false")
    assert "another table in the place of the table schema" in said
    said = terraform.refused("destroy", "-auto-approve", "-input=false")
    assert "Nothing was removed yet" in said
    assert glue.get_table(DatabaseName=SCHEMAS, Name="alb_access")["Table"]["Description"] == "theirs"
    assert local_aws.inventory()["functions"], "the hub must be whole"
    glue.delete_table(DatabaseName=SCHEMAS, Name="alb_access")
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_broken_schema_stops_its_tables_and_says_so_in_the_plan(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(HUB_AND_FORWARDER + SCHEMA)
    glue = local_aws.client("glue", HUB_REGION)
    broken = {
        "Name": "alb_access",
        "StorageDescriptor": {"Columns": []},
        "Parameters": {"logenabler.table_schema": '{"table_name": "one"}'},
    }
    glue.update_table(DatabaseName=SCHEMAS, TableInput=broken)
    # A new process: the one of the first sweep knows the table schemas for a minute.
    function = local_aws.client("lambda", HUB_REGION)
    function.update_function_configuration(FunctionName="EventDrivenLogEnabler", Timeout=61)
    LoadBalancer(local_aws.client, "eu-west-1", "shop").log_to("shop-logs")
    local_aws.idle()
    assert tables(local_aws) == set()
    logs = local_aws.client("logs", HUB_REGION)
    messages = logs.filter_log_events(logGroupName="/aws/lambda/EventDrivenLogEnabler")["events"]
    assert any("Run terraform apply" in message["message"] for message in messages)
    assert "changed outside Terraform" in terraform.plan()
    terraform.apply()
    assert terraform.plan() == ""


def test_web_acls_of_one_name_keep_apart_in_a_database_of_the_users(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.write(
        HUB_AND_FORWARDER.replace('"eu-west-1"', '"us-east-1"')
        + """
resource "logenabler_table_schema" "waf" {
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_type      = "waf"
  database_name = "security_logs"
}
"""
    )
    terraform.init()
    terraform.apply()
    for is_global in (False, True):
        WebAcl(local_aws.client, "us-east-1", "edge", is_global=is_global).log_to("aws-waf-logs-x")
    local_aws.idle()
    assert tables(local_aws) == {"security_logs.waf_edge", "security_logs_global.waf_edge"}
