"""From `terraform apply` over a log turned on to its table, and back to nothing."""

from __future__ import annotations

import pytest

from end_to_end.left_over import left_over
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import ROOT, Terraform

DATABASE, VIEW = "alb_access_logs_db", "alb_shop"
TABLE = f"{VIEW}_raw"
EXAMPLES = sorted(
    str(path.parent.relative_to(ROOT / "examples"))
    for kind in ("resource", "data-source", "function")
    for path in (ROOT / "examples").rglob(f"{kind}.tf")
)


def glue_table(local_aws: LocalAws, region: str) -> dict:
    """The one over the files, below the view that people query."""
    return local_aws.client("glue", region).get_table(DatabaseName=DATABASE, Name=TABLE)["Table"]


def test_a_log_turned_on_in_another_region_has_its_table_there(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    assert terraform.plan() == "", "a second plan must be empty"

    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs", "web")
    local_aws.idle()
    table = glue_table(local_aws, "eu-west-1")
    storage = table["StorageDescriptor"]
    account = shop.arn.split(":")[4]
    folder = f"s3://shop-logs/web/AWSLogs/{account}/elasticloadbalancing/eu-west-1/"
    assert storage["Location"] == folder
    assert table["Parameters"]["storage.location.template"] == folder + "${day}"
    assert table["Parameters"]["projection.enabled"] == "true"
    names = [column["Name"] for column in storage["Columns"]]
    assert (len(names), names[0], names[-1]) == (38, "type", "ip_address")
    assert [key["Name"] for key in table["PartitionKeys"]] == ["day"]
    assert table["Parameters"]["logenabler.resource_arn"] == shop.arn

    shop.log_to("other-logs")
    local_aws.idle()
    moved = glue_table(local_aws, "eu-west-1")["StorageDescriptor"]["Location"]
    assert moved == f"s3://other-logs/AWSLogs/{account}/elasticloadbalancing/eu-west-1/"

    terraform.destroy()
    made = {("tables", "eu-west-1", name) for name in (VIEW, TABLE)}
    assert left_over(local_aws) == {("databases", "eu-west-1", DATABASE), *made}


@pytest.mark.parametrize("neighbours, by_name", [(0, []), (6, ["GetTable"] * 2)])
def test_an_event_that_changes_nothing_costs_one_look_up_and_one_read_for_each_log(
    local_aws: LocalAws, terraform: Terraform, neighbours: int, by_name: list[str]
) -> None:
    """A load balancer has three. Tables of a database that Glue does not list at once are read by name."""
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    for name in [*(f"a{number}" for number in range(neighbours)), "shop"]:
        shop = LoadBalancer(local_aws.client, "us-east-1", name)
        shop.log_to("shop-logs")
        local_aws.idle()
    local_aws.clear_journal()
    shop.log_to("shop-logs")
    local_aws.idle()
    calls = [call["operation"] for call in local_aws.journal() if call["actor"] == "function"]
    assert calls == ["GetTables", *by_name, "GetTables", "GetTables", "DescribeLoadBalancerAttributes"]


def test_a_log_turned_off_or_a_deleted_load_balancer_marks_the_table_and_keeps_it(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    shop = LoadBalancer(local_aws.client, "us-east-1", "shop")
    for change, enabled in [
        (lambda: shop.log_to("b-1"), "true"),
        (shop.stop_logging, "false"),
        (lambda: shop.log_to("b-1"), "true"),
        (shop.delete, "false"),
    ]:
        change()
        local_aws.idle()
        assert glue_table(local_aws, "us-east-1")["Parameters"]["logenabler.enabled"] == enabled


def test_a_log_turned_on_again_needs_no_bucket_in_the_call(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs", "web")
    local_aws.idle()
    shop.stop_logging()
    local_aws.idle()
    assert glue_table(local_aws, "eu-west-1")["Parameters"]["logenabler.enabled"] == "false"
    shop.log_again()
    local_aws.idle()
    table = glue_table(local_aws, "eu-west-1")
    assert table["Parameters"]["logenabler.enabled"] == "true"
    assert table["StorageDescriptor"]["Location"].startswith("s3://shop-logs/web/")


def test_what_keeps_failing_waits_in_the_dead_letter_queue(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    denied = {
        "service": "glue",
        "operation": "CreateTable",
        "status": 400,
        "error": "AccessDeniedException",
        "message": "no",
    }
    local_aws.faults([{**denied, "count": 100}])
    LoadBalancer(local_aws.client, "eu-west-1", "shop").log_to("shop-logs")
    local_aws.idle()
    queue = terraform.state()["module.log_enabler.logenabler_hub.this"]["dead_letter_queue_url"]
    messages = local_aws.client("sqs", "ap-southeast-2").receive_message(QueueUrl=queue).get("Messages", [])
    assert len(messages) == 1 and "ModifyLoadBalancerAttributes" in messages[0]["Body"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_a_page_applies(local_aws: LocalAws, terraform: Terraform, example: str) -> None:
    terraform.write("")
    terraform.copy(example)
    terraform.init()
    terraform.run("validate")
    terraform.apply()
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_every_example_and_module_is_formatted_and_the_providers_is_valid(terraform: Terraform) -> None:
    terraform.copy("provider")
    terraform.init()
    terraform.run("validate")
    terraform.run("fmt", "-check", "-recursive", str(ROOT / "examples"), str(ROOT / "modules"))
