"""Every way in which the alarms and the dashboard of a hub can be changed behind Terraform's back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from end_to_end.drift import Change, Drift, on
from end_to_end.everything import ACCOUNT, FULL_HUB, OWN_ROLE_HUB, PLAIN_HUB, Place
from local import LocalAws

WATCHED = ("dead-letters", "failures", "no-events")


def alarm_tags(count: int) -> list[Callable[..., Change]]:
    """Calls about the tags of the first alarms."""
    arn = f"arn:aws:cloudwatch:{{region}}:{ACCOUNT}:alarm:{{function}}"
    return [on("cloudwatch", ResourceARN=f"{arn}-{watches}") for watches in WATCHED[:count]]


def alarm(watches: str, **settings: Any) -> Change:
    """Changes settings of an alarm."""

    def change(local_aws: LocalAws, place: Place) -> None:
        api = local_aws.client("cloudwatch", place["region"])
        (now,) = api.describe_alarms(AlarmNames=[f"{place['function']}-{watches}"])["MetricAlarms"]
        taken = api.meta.service_model.operation_model("PutMetricAlarm").input_shape.members
        api.put_metric_alarm(**{name: value for name, value in now.items() if name in taken} | settings)

    return change


def alarms_gone(*watched: str) -> Change:
    def change(local_aws: LocalAws, place: Place) -> None:
        names = [f"{place['function']}-{watches}" for watches in watched]
        local_aws.client("cloudwatch", place["region"]).delete_alarms(AlarmNames=names)

    return change


def alarm_by_hand(local_aws: LocalAws, place: Place) -> None:
    """One as an earlier configuration would have left it."""
    owner = {"Key": "logenabler:owner", "Value": f"hub/{place['id']}"}
    origin = {"Key": "origin", "Value": "terraform"}
    local_aws.client("cloudwatch", place["region"]).put_metric_alarm(
        AlarmName=f"{place['function']}-failures",
        Namespace="AWS/Lambda",
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        Tags=[owner, origin],
    )


def without_a_widget(local_aws: LocalAws, place: Place) -> None:
    api, name = local_aws.client("cloudwatch", place["region"]), place["dashboard"]
    body = json.loads(api.get_dashboard(DashboardName=name)["DashboardBody"])
    body["widgets"].pop()
    api.put_dashboard(DashboardName=name, DashboardBody=json.dumps(body))


def dashboard_gone(local_aws: LocalAws, place: Place) -> None:
    api = local_aws.client("cloudwatch", place["region"])
    api.delete_dashboards(DashboardNames=[place["dashboard"]])


DRIFTS_OF_MONITORING = [
    Drift(FULL_HUB, "alarm_arns", alarm("dead-letters", Threshold=5)),
    Drift(FULL_HUB, "alarm_arns", alarm("failures", OKActions=[f"arn:aws:sns:eu-central-1:{ACCOUNT}:other"])),
    Drift(OWN_ROLE_HUB, "alarm_arns", alarm("failures", AlarmActions=[])),
    Drift(OWN_ROLE_HUB, "alarm_arns", alarm("dead-letters", ActionsEnabled=False)),
    Drift(FULL_HUB, "alarm_arns", alarms_gone("failures")),
    Drift(FULL_HUB, "quiet_days", alarm("no-events", EvaluationPeriods=5, DatapointsToAlarm=5)),
    Drift(
        FULL_HUB,
        "quiet_days alarm_arns",
        alarms_gone("no-events"),
        because="without that alarm there are no such days",
    ),
    Drift(
        FULL_HUB,
        "create_alarms alarm_arns",
        alarms_gone(*WATCHED),
        because="alarms that are gone have no ARNs",
    ),
    Drift(
        PLAIN_HUB,
        "create_alarms quiet_days alarm_arns",
        alarm_by_hand,
        because="an alarm that is there has an ARN, and is not that on no event",
    ),
    Drift(FULL_HUB, "tags_all", alarm_tags(2)[1]("untag_resource", TagKeys=["team"])),
    Drift(FULL_HUB, "dashboard_arn", without_a_widget),
    Drift(
        OWN_ROLE_HUB,
        "create_dashboard dashboard_arn",
        dashboard_gone,
        because="a dashboard that is gone has no ARN",
    ),
]
