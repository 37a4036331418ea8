"""CloudWatch: alarms that look back too far, tags of alarms that are there already, and dashboards."""

from __future__ import annotations

import json
import threading
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends

from .call import Answer, AwsError, Call
from .hooks import after, before, instead

HOUR, DAY = 3_600, 86_400
MOST_SECONDS, MOST_OF_SHORT = 7 * DAY, DAY
SECONDS = {10, 20, 30}
COLUMNS = 24
# What each kind of widget cannot be without.
WIDGETS = {
    "alarm": {"alarms", "title"},
    "log": {"query", "region"},
    "metric": {"metrics", "region"},
    "text": {"markdown"},
}
# An account has its dashboards in all regions of the partition: here they are kept in one.
_had: dict[int, dict[str, str] | None] = {}  # by thread: the tags of the alarm that is put once more
HOMES = {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}


@before("cloudwatch", "PutMetricAlarm")
def _put_alarm(call: Call) -> None:
    asked = call.params
    for period in _periods(asked):
        if period not in SECONDS and (period <= 0 or period % 60):
            raise _invalid(f"Period must be 10, 20, 30 or a multiple of 60, and is {period}")
        most = MOST_OF_SHORT if period < HOUR else MOST_SECONDS
        if period * asked["EvaluationPeriods"] > most:
            raise _invalid(
                f"Metrics cannot be checked across more than {most} seconds (EvaluationPeriods * Period)"
            )
    if not 1 <= asked.get("DatapointsToAlarm", 1) <= asked["EvaluationPeriods"]:
        raise _invalid("DatapointsToAlarm must be from 1 to EvaluationPeriods")
    queries = asked.get("Metrics") or []
    if queries and sum(query.get("ReturnData", True) for query in queries) != 1:
        raise _invalid("Exactly one element of the metrics list should return data")


def _periods(asked: dict[str, Any]) -> list[int]:
    """Each metric has one; the alarm has it where it has one metric alone."""
    stats = [query["MetricStat"] for query in asked.get("Metrics") or [] if "MetricStat" in query]
    if stats:
        return [stat["Period"] for stat in stats]
    if "Period" not in asked:
        raise _invalid("Period is required")
    return [asked["Period"]]


@before("cloudwatch", "PutMetricAlarm")
def _remember_tags(call: Call) -> None:
    """Of an alarm that is there already CloudWatch takes no tags."""
    backend = _backend(call)
    alarm = backend.alarms.get(call.params["AlarmName"])
    _had[threading.get_ident()] = alarm and backend.list_tags_for_resource(alarm.alarm_arn)


@after("cloudwatch", "PutMetricAlarm")
def _keep_tags(call: Call, _: Answer) -> None:
    backend, had = _backend(call), _had.pop(threading.get_ident(), None)
    if had is not None:
        arn = backend.alarms[call.params["AlarmName"]].alarm_arn
        backend.tagger.delete_all_tags_for_resource(arn)
        backend.tagger.tag_resource(arn, backend.tagger.convert_dict_to_tags_input(had))


@before("cloudwatch", "DeleteAlarms")
def _delete_alarms(call: Call) -> None:
    backend = _backend(call)
    alarms = [backend.alarms.get(name) for name in call.params["AlarmNames"]]
    if None in alarms:
        raise AwsError("ResourceNotFound", f"Unknown alarm in {call.params['AlarmNames']}", 404)
    for alarm in alarms:
        backend.tagger.delete_all_tags_for_resource(alarm.alarm_arn)


@before("cloudwatch", "ListTagsForResource", "TagResource", "UntagResource")
def _tagged(call: Call) -> None:
    arn = call.params["ResourceARN"]
    if arn not in {alarm.alarm_arn for alarm in _backend(call).alarms.values()}:
        raise AwsError("ResourceNotFoundException", f"There is no {arn}", 404)


@instead("cloudwatch", "GetDashboard")
def _get_dashboard(call: Call) -> dict[str, Any]:
    name = call.params["DashboardName"]
    found = _home(call).dashboards.get(name)
    if found is None:
        raise AwsError("ResourceNotFound", f"Dashboard {name} does not exist", 404)
    return {"DashboardName": name, "DashboardArn": found.arn, "DashboardBody": found.body}


@instead("cloudwatch", "PutDashboard")
def _put_dashboard(call: Call) -> dict[str, Any]:
    body = call.params["DashboardBody"]
    wrong = _wrong(body)
    if wrong:
        raise AwsError("InvalidParameterInput", f"The dashboard body is invalid: {wrong}", 400)
    # CloudWatch keeps what is said, not how it was written.
    _home(call).put_dashboard(call.params["DashboardName"], json.dumps(json.loads(body), sort_keys=True))
    return {"DashboardValidationMessages": []}


@instead("cloudwatch", "DeleteDashboards")
def _delete_dashboards(call: Call) -> dict[str, Any]:
    dashboards, names = _home(call).dashboards, call.params["DashboardNames"]
    if not dashboards.keys() >= {*names}:
        raise AwsError("ResourceNotFound", f"There is no dashboard for one of {names}", 404)
    for name in names:
        del dashboards[name]
    return {}


def _wrong(body: str) -> str:
    """What CloudWatch cannot show."""
    try:
        widgets = json.loads(body)["widgets"]
    except (ValueError, KeyError, TypeError) as wrong:
        return str(wrong)
    for widget in widgets:
        needed = WIDGETS.get(widget.get("type"))
        if needed is None:
            return f"{widget.get('type')} is no kind of widget"
        if not widget.get("properties", {}).keys() >= needed:
            return f"a widget of the kind {widget['type']} needs {sorted(needed)}"
        if widget.get("x", 0) + widget.get("width", 6) > COLUMNS:
            return f"a widget ends beyond column {COLUMNS}"
    return ""


def _backend(call: Call) -> CloudWatchBackend:
    return cloudwatch_backends[call.account][call.region]


def _home(call: Call) -> CloudWatchBackend:
    return cloudwatch_backends[call.account][HOMES[call.partition]]


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationError", message, 400)
