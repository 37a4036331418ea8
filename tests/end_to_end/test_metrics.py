"""What the function counts, what it says in which form, and whom it tells."""

from __future__ import annotations

import json
from typing import Any

from end_to_end.configurations import HUB_REGION
from end_to_end.seen import said
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

FUNCTION = "EventDrivenLogEnabler"
HUB = """
resource "logenabler_hub" "this" {
  enable_sns_notifications = true
}
resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
}
"""


def lines(local_aws: LocalAws) -> list[dict[str, Any]]:
    """The function's log: JSON and nothing else."""
    local_aws.idle()
    return [json.loads(line) for line in said(local_aws).splitlines()]


def metrics(local_aws: LocalAws) -> dict[str, float]:
    """As CloudWatch makes them of the log, summed up."""
    totals: dict[str, float] = {}
    for line in lines(local_aws):
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
            assert directive["Namespace"] == "Logenabler"
            assert line["FunctionName"] == FUNCTION
            if directive["Dimensions"] == [["FunctionName"]]:
                for metric in directive["Metrics"]:
                    value = line[metric["Name"]]
                    totals[metric["Name"]] = totals.get(metric["Name"], 0) + (
                        max(value) if isinstance(value, list) else value
                    )
    return totals


def test_a_table_is_counted_and_told_with_a_query(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(HUB)
    terraform.init()
    terraform.apply()
    sqs, sns = (local_aws.client(service, HUB_REGION) for service in ("sqs", "sns"))
    queue = sqs.create_queue(QueueName="people")["QueueUrl"]
    (topic,) = (one["TopicArn"] for one in sns.list_topics()["Topics"])
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    before = metrics(local_aws)
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs")
    shop.log_again()
    after = metrics(local_aws)
    new = {name: count - before.get(name, 0) for name, count in after.items() if name != "Latency"}
    assert (new["Events"], new["Created"], new["Unchanged"]) == (2, 1, 1)
    assert (new["Intents"], new["Skipped"]) == (6, 4), "a load balancer has three logs"
    assert after["Failed"] == 0 and 0 < after["Latency"] < 60_000
    (message,) = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    told = json.loads(message["Body"])
    assert told["Subject"] == "logenabler: 1 created"
    for words in (
        "alb_access_logs_db.alb_shop",
        "eu-west-1",
        shop.arn,
        'FROM "alb_access_logs_db"."alb_shop"',
    ):
        assert words in told["Message"]


def test_the_log_is_as_lambda_is_told_that_it_is_to_be(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.write(HUB)
    terraform.init()
    terraform.apply()
    LoadBalancer(local_aws.client, "eu-west-1", "first").log_to("shop-logs")
    created = [line for line in lines(local_aws) if line.get("message") == "table created"]
    assert {"timestamp", "level", "trace_id", "duration_ms"} <= created[0].keys()
    function = local_aws.client("lambda", HUB_REGION)
    function.update_function_configuration(FunctionName=FUNCTION, LoggingConfig={"LogFormat": "Text"})
    before = len(said(local_aws).splitlines())
    LoadBalancer(local_aws.client, "eu-west-1", "shop").log_to("shop-logs")
    local_aws.idle()
    text = said(local_aws).splitlines()[before:]
    plain = [line for line in text if not line.startswith("{")]
    assert any("INFO" in line and "table created" in line for line in plain)


def test_calls_carry_the_trace_but_a_run_that_is_started_has_its_own(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.write(HUB)
    terraform.init()
    terraform.apply()
    local_aws.schedules()
    local_aws.idle()
    calls = [call for call in local_aws.journal() if call["actor"] == "function"]
    traced = {call["operation"]: bool(call.get("trace_id")) for call in calls}
    assert traced["ListRuleNamesByTarget"] and traced["GetTables"]
    assert not traced["Invoke"]
