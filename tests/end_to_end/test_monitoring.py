"""The alarms and the dashboard: what they look at, whom they tell, and whose they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.everything import ACCOUNT
from end_to_end.left_over import left_over
from end_to_end.test_life import hub
from end_to_end.test_metrics import FUNCTION, HUB, lines
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform
from trail import Trail

ON = "create_alarms = true\ncreate_dashboard = true\n"
NOTIFY = "enable_sns_notifications = true\n"
TOPIC = f"arn:aws:sns:{HUB_REGION}:{ACCOUNT}:{FUNCTION}-notifications"
DASHBOARD = f"{FUNCTION}-{HUB_REGION}"
DAY = 86_400


def alarms(local_aws: LocalAws) -> dict[str, dict[str, Any]]:
    """By the end of their names."""
    found = local_aws.client("cloudwatch", HUB_REGION).describe_alarms()["MetricAlarms"]
    return {alarm["AlarmName"].removeprefix(f"{FUNCTION}-"): alarm for alarm in found}


def widgets(local_aws: LocalAws, kind: str) -> list[dict[str, Any]]:
    """What the widgets of a kind show."""
    cloudwatch = local_aws.client("cloudwatch", HUB_REGION)
    body = json.loads(cloudwatch.get_dashboard(DashboardName=DASHBOARD)["DashboardBody"])
    return [widget["properties"] for widget in body["widgets"] if widget["type"] == kind]


def looked_at(alarm: dict[str, Any]) -> set[tuple[str, str, str, int]]:
    """Namespace, metric, the object, and the period of all metrics of an alarm."""
    stats = [one["MetricStat"] for one in alarm.get("Metrics", []) if "MetricStat" in one]
    stats = stats or [{"Metric": alarm, "Period": alarm["Period"]}]
    return {
        (it["Metric"]["Namespace"], it["Metric"]["MetricName"], dimension["Value"], it["Period"])
        for it in stats
        for dimension in it["Metric"]["Dimensions"]
    }


def test_alarms_look_at_the_queue_and_the_function_and_tell_the_topic(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub(ON + NOTIFY + "quiet_days = 3"))
    found = alarms(local_aws)
    assert {watches: looked_at(alarm) for watches, alarm in found.items()} == {
        "dead-letters": {("AWS/SQS", "ApproximateNumberOfMessagesVisible", f"{FUNCTION}-dead-letters", 300)},
        "failures": {("AWS/Lambda", "Errors", FUNCTION, 300), ("Logenabler", "Failed", FUNCTION, 300)},
        "no-events": {
            ("Logenabler", "RegionsWithTrail", FUNCTION, DAY),
            ("Logenabler", "Events", FUNCTION, DAY),
        },
    }
    missing = {watches: alarm["TreatMissingData"] for watches, alarm in found.items()}
    assert missing == {"dead-letters": "notBreaching", "failures": "notBreaching", "no-events": "ignore"}
    assert found["no-events"]["EvaluationPeriods"] == found["no-events"]["DatapointsToAlarm"] == 3
    for alarm in found.values():
        assert alarm["AlarmActions"] == [TOPIC]
        assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    arns = {alarm["AlarmArn"] for alarm in found.values()}
    assert {*terraform.state()["logenabler_hub.this"]["alarm_arns"].values()} == arns
    assert {*widgets(local_aws, "alarm")[0]["alarms"]} == arns
    change(terraform, ON)
    assert [alarm.get("AlarmActions", []) for alarm in alarms(local_aws).values()] == [[], [], []]
    change(terraform, ON + "quiet_days = 0")
    assert alarms(local_aws).keys() == {"dead-letters", "failures"}
    change(terraform, "")
    inventory = local_aws.inventory()
    assert inventory["alarms"] == inventory["dashboards"] == []


def change(terraform: Terraform, arguments: str) -> None:
    terraform.write(hub(arguments))
    terraform.apply()
    assert terraform.plan() == "", arguments


def test_a_destroy_leaves_neither_alarms_nor_a_dashboard(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub(ON))
    made = {(kind, name) for kind, _, name in left_over(local_aws)}
    assert {("dashboards", DASHBOARD), ("alarms", f"{FUNCTION}-failures")} <= made
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_all_that_the_function_counts_is_on_the_dashboard_in_its_unit(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    Trail(local_aws.client, "us-east-1", "all").log_to("trail-of-all")
    apply(HUB.replace("enable_sns", f"{ON}enable_sns"))
    LoadBalancer(local_aws.client, "eu-west-1", "shop").log_to("shop-logs")
    local_aws.schedules()
    directives = [
        directive
        for line in lines(local_aws)
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", [])
    ]
    counted = {(one["Name"], one["Unit"]) for it in directives for one in it["Metrics"]}
    shown = {
        (metric[1], graph["yAxis"]["left"]["label"])
        for graph in widgets(local_aws, "metric")
        for metric in graph["metrics"]
        if metric[0] == "Logenabler" and metric[2:4] == ["FunctionName", FUNCTION]
    }
    searches = [
        metric[0]["expression"]
        for it in widgets(local_aws, "metric")
        for metric in it["metrics"]
        if "expression" in metric[0]
    ]
    assert len(searches) == 1 and 'MetricName="Skipped"' in searches[0]
    assert counted - shown == {("Skipped", "Count")}
    assert {"Events", "RegionsWithTrail"} <= {name for name, _ in counted}, "what an alarm looks at"


@pytest.mark.parametrize(
    "made, left",
    [
        ("put_metric_alarm", ("alarms", HUB_REGION, f"{FUNCTION}-failures")),
        ("put_dashboard", ("dashboards", "us-east-1", DASHBOARD)),
    ],
)
def test_what_a_stranger_made_is_neither_taken_over_nor_removed(
    local_aws: LocalAws, terraform: Terraform, made: str, left: tuple[str, str, str]
) -> None:
    stranger(local_aws, made)
    terraform.write(hub(ON))
    terraform.init()
    refusal = " ".join(terraform.refused("apply", "-auto-approve").replace("│", " ").split())
    assert left[2] in refusal and "Choose another function_name" in refusal
    terraform.write(hub(""))
    terraform.apply()
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == {left}


def stranger(local_aws: LocalAws, makes: str) -> None:
    asked = {
        "put_metric_alarm": {
            "AlarmName": f"{FUNCTION}-failures",
            "Namespace": "AWS/Lambda",
            "MetricName": "Errors",
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
        },
        "put_dashboard": {"DashboardName": DASHBOARD, "DashboardBody": '{"widgets": []}'},
    }
    getattr(local_aws.client("cloudwatch", HUB_REGION), makes)(**asked[makes])


def test_a_dashboard_that_somebody_put_in_the_place_of_ours_is_theirs(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub(ON))
    stranger(local_aws, "put_dashboard")
    assert "create_dashboard" in terraform.plan()
    assert f"dashboard {DASHBOARD} exists" in " ".join(terraform.refused("apply", "-auto-approve").split())
    terraform.destroy()
    assert left_over(local_aws) == {("dashboards", "us-east-1", DASHBOARD)}


@pytest.mark.parametrize(
    "arguments, reason",
    [
        ("quiet_days = 3", "Set create_alarms to true"),
        ("create_alarms = false\nquiet_days = 3", "Set create_alarms to true"),
        (ON + "quiet_days = 8", "is not between 1 and 7 days"),
        (ON + 'sweep_schedule = "never"', "set quiet_days to 0"),
        (ON + 'sweep_schedule = "rate(2 days)"\nquiet_days = 5', "set quiet_days to 0"),
        (ON + 'sweep_schedule = "cron(0 3 ? * MON *)"', "set quiet_days to 0"),
    ],
)
def test_what_could_not_work_is_refused(terraform: Terraform, arguments: str, reason: str) -> None:
    terraform.write(hub(arguments))
    terraform.init()
    assert reason in " ".join(terraform.refused("plan").replace("│", " ").split())
