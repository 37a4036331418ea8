"""CloudWatch: what it refuses of alarms and dashboards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .refusals import refused

METRIC = {"Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 300}
ALARM = {
    "AlarmName": "a",
    "ComparisonOperator": "GreaterThanThreshold",
    "EvaluationPeriods": 1,
    "Threshold": 0,
}
BODY = {"widgets": [{"type": "text", "properties": {"markdown": "# Ours"}}]}
ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a"
DAY = 86_400


def watch(aws) -> None:
    aws.client("cloudwatch").put_metric_alarm(**ALARM, **METRIC)
    aws.client("cloudwatch").put_dashboard(DashboardName="d", DashboardBody=json.dumps(BODY))


def math(period: int, *returns: bool) -> dict[str, Any]:
    stat = {"Metric": {"Namespace": "N", "MetricName": "M"}, "Period": period, "Stat": "Sum"}
    return {
        "Metrics": [{"Id": f"m{at}", "MetricStat": stat, "ReturnData": it} for at, it in enumerate(returns)]
    }


@pytest.mark.parametrize(
    "asked, accepted",
    [
        ({**METRIC, "Period": DAY, "EvaluationPeriods": 7}, True),
        ({**METRIC, "Period": DAY, "EvaluationPeriods": 8}, False),
        ({**METRIC, "Period": 3_600, "EvaluationPeriods": 168}, True),
        ({**METRIC, "Period": 300, "EvaluationPeriods": 288}, True),
        ({**METRIC, "Period": 300, "EvaluationPeriods": 289}, False),
        ({**METRIC, "Period": 45}, False),
        ({**METRIC, "DatapointsToAlarm": 2}, False),
        ({**math(DAY, True, False), "EvaluationPeriods": 7}, True),
        ({**math(DAY, True, False), "EvaluationPeriods": 8}, False),
        (math(300, True, True), False),
        (math(300, False), False),
    ],
)
def test_an_alarm_looks_back_so_far_and_at_one_result(local_aws, asked, accepted):
    put = local_aws.client("cloudwatch").put_metric_alarm
    if accepted:
        put(**{**ALARM, **asked})
    else:
        refused(lambda: put(**{**ALARM, **asked}), "ValidationError")


def test_an_alarm_gets_tags_as_it_is_made_and_no_others_with_its_settings(local_aws):
    api = local_aws.client("cloudwatch")
    for value in "bc":
        api.put_metric_alarm(**ALARM, **METRIC, Tags=[{"Key": "a", "Value": value}])
    assert api.list_tags_for_resource(ResourceARN=ARN)["Tags"] == [{"Key": "a", "Value": "b"}]
    api.delete_alarms(AlarmNames=["a"])
    refused(lambda: api.list_tags_for_resource(ResourceARN=ARN), "ResourceNotFoundException")
    api.put_metric_alarm(**ALARM, **METRIC)
    assert api.list_tags_for_resource(ResourceARN=ARN)["Tags"] == []


def test_what_is_not_there_cannot_be_removed(local_aws):
    api = local_aws.client("cloudwatch")
    refused(lambda: api.delete_alarms(AlarmNames=["a"]), "ResourceNotFound")
    refused(lambda: api.delete_dashboards(DashboardNames=["d"]), "ResourceNotFound")
    refused(lambda: api.get_dashboard(DashboardName="d"), "ResourceNotFound")


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "{}",
        '{"widgets": [{"type": "poem", "properties": {}}]}',
        '{"widgets": [{"type": "text", "properties": {}}]}',
        '{"widgets": [{"type": "metric", "properties": {"metrics": []}}]}',
        '{"widgets": [{"type": "text", "x": 20, "width": 8, "properties": {"markdown": ""}}]}',
    ],
)
def test_what_cannot_be_shown_is_no_dashboard(local_aws, body):
    put = local_aws.client("cloudwatch").put_dashboard
    refused(lambda: put(DashboardName="d", DashboardBody=body), "InvalidParameterInput")


def test_an_account_has_its_dashboards_in_every_region(local_aws):
    watch(local_aws)
    found = local_aws.client("cloudwatch", "eu-west-1").get_dashboard(DashboardName="d")
    assert found["DashboardArn"] == "arn:aws:cloudwatch::123456789012:dashboard/d"
    assert json.loads(found["DashboardBody"]) == BODY
