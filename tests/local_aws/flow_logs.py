"""Flow logs of EC2: folders in the bucket, and how files are written, which moto does not know."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.flow_logs import FlowLogs, FlowLogsBackend

from .call import Answer, AwsError, Call
from .hooks import after, before

USUAL = {"FileFormat": "plain-text", "HiveCompatiblePartitions": False, "PerHourPartition": False}
_OPTIONS: dict[str, dict[str, Any]] = {}  # by the flow log's id


@before("ec2", "CreateFlowLogs")
def _check(call: Call) -> None:
    kind, place = call.params.get("LogDestinationType"), call.params.get("LogDestination")
    if kind in ("s3", "kinesis-data-firehose") and not place:
        raise AwsError("MissingParameter", "LogDestination is required for this destination type", 400)
    if kind == "s3" and "AWSLogs" in place.split("/"):
        message = "LogDestination must not use the reserved term AWSLogs as a subfolder"
        raise AwsError("InvalidParameterValue", message, 400)
    if call.params.get("DestinationOptions") and kind != "s3":
        raise AwsError("InvalidParameterValue", "DestinationOptions is for the destination type s3", 400)
    form = call.params.get("LogFormat")
    fields = (form or "").split(" ")
    if form is not None and not all(field[:2] == "${" and field[-1:] == "}" for field in fields):
        raise AwsError("InvalidParameterValue", f"LogFormat {form!r} is not valid", 400)


@after("ec2", "CreateFlowLogs")
def _remember(call: Call, answer: Answer) -> None:
    if answer.status < 300 and call.params.get("LogDestinationType") == "s3":
        for made in call.parse(answer)["FlowLogIds"]:
            _OPTIONS[made] = USUAL | call.params.get("DestinationOptions", {})


def _in_a_folder(backend: FlowLogsBackend, *args: Any, **kwargs: Any) -> Any:
    """moto takes the whole destination for the bucket: for as long as it looks, no flow log has a folder."""
    place = kwargs.get("log_destination")
    if kwargs.get("log_destination_type") != "s3":
        return _create(backend, *args, **kwargs)
    bucket = place.split("/")[0]
    places = {log: log.log_destination for log in backend.flow_logs.values()}
    for log, other in places.items():
        log.log_destination = bucket if other == place else None
    try:
        made, failed = _create(backend, *args, **{**kwargs, "log_destination": bucket})
    finally:
        for log, other in places.items():
            log.log_destination = other
    for log in made:
        log.log_destination = place
    return made, failed


_create = FlowLogsBackend.create_flow_logs
FlowLogsBackend.create_flow_logs = _in_a_folder
FlowLogs.destination_options = property(lambda flow_log: _OPTIONS.get(flow_log.id))
