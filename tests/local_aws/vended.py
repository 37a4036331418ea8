"""CloudWatch Logs delivers logs of other services: what moto forgets, refuses or takes that AWS does not."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from moto.logs.models import Delivery, DeliverySource, LogsBackend, logs_backends

from .call import AwsError, Call
from .hooks import before, instead

NAME = re.compile(r"[\w-]{1,60}", re.ASCII)
VARIABLE = re.compile(r"\{([^{}]*)\}")
COMMON = {"accountid", "account-id", "region", "yyyy", "MM", "dd", "HH"}
OF_CLOUDFRONT = {"DistributionId", "distributionid"}
FORMATS = {
    "S3": {"plain", "json", "w3c", "parquet"},
    "CWL": {"plain", "json"},
    "FH": {"plain", "json", "raw"},
}


@cache
def _kinds() -> dict[str, dict[str, list[str]]]:
    """Which logs may be delivered, by service and log type, and the fields of their records."""
    return json.loads((Path(__file__).parent / "vended_fields.json").read_text(encoding="utf-8"))


def _kind(source: DeliverySource) -> dict[str, list[str]]:
    return _kinds()[f"{source.service} {source.log_type}"]


@before("logs", "PutDeliverySource", "PutDeliveryDestination")
def _name(call: Call) -> None:
    if not NAME.fullmatch(call.params["name"]):
        raise _invalid(
            f"Value '{call.params['name']}' at 'name' failed to satisfy constraint: {NAME.pattern}"
        )


@before("logs", "PutDeliveryDestination")
def _format(call: Call) -> None:
    arn = call.params.get("deliveryDestinationConfiguration", {}).get("destinationResourceArn", "")
    kind = {"s3": "S3", "logs": "CWL", "firehose": "FH"}.get(_service(arn))
    if kind is None:
        raise _invalid("The destination resource ARN is not supported.")
    wanted = call.params.get("outputFormat")
    if wanted and wanted not in FORMATS[kind]:
        raise _invalid(
            f"The output format {wanted} is not supported for delivery destinations of type {kind}."
        )
    known = _backend(call).delivery_destinations.get(call.params["name"])
    if known and not wanted:
        call.json = {**call.json, "outputFormat": known.output_format}


@instead("logs", "PutDeliverySource")
def _put_source(call: Call) -> dict[str, Any]:
    name, arn, log_type = (call.params[key] for key in ("name", "resourceArn", "logType"))
    if f"{_service(arn)} {log_type}" not in _kinds():
        raise _invalid("This service is not allowed for this LogSource.")
    if _service(arn) == "cloudfront" and call.region != "us-east-1":
        raise _invalid("Delivery sources of CloudFront are made in us-east-1.")
    sources = _backend(call).delivery_sources
    known = sources.get(name)
    if known and (known.resource_arns, known.log_type) != ([arn], log_type):
        raise AwsError("ConflictException", "Update to existing Delivery Source is not allowed.", 400)
    for source in sources.values():
        if source is not known and (source.resource_arns, source.log_type) == ([arn], log_type):
            raise AwsError(
                "ConflictException", "This ResourceId has already been used in another Source.", 400
            )
    made = known or DeliverySource(call.account, call.region, name, arn, log_type, call.params.get("tags"))
    sources[name] = made
    return {"deliverySource": made.to_dict()}


@instead("logs", "CreateDelivery")
def _create(call: Call) -> dict[str, Any] | None:
    backend = _backend(call)
    source = backend.delivery_sources.get(call.params["deliverySourceName"])
    to = call.params["deliveryDestinationArn"]
    held = backend.delivery_destinations.values()
    destination = next((one for one in held if one.arn == to), None)
    if source is None or destination is None:
        raise _absent()
    kind = destination.delivery_destination_type
    for one in backend.deliveries.values():
        if one.delivery_source_name == source.name and one.destination_type == kind:
            raise AwsError("ConflictException", "Delivery already exists for this Delivery Source.", 400)
    made = Delivery(call.account, call.region, source.name, to, kind, None, "", None, call.params.get("tags"))
    made.record_fields = [*_kind(source).get("mandatory", []), *_kind(source).get("usual", [])]
    path = {"suffixPath": _usual_path(source), "enableHiveCompatiblePath": False}
    made.s3_delivery_configuration = path if kind == "S3" else {}
    _configure(made, source, call.params)
    if kind == "S3" and source.service == "cloudfront" and "/" not in _resource(destination):
        # Where there is no prefix, a new delivery of CloudFront's gets one; an update leaves it out.
        suffix = made.s3_delivery_configuration["suffixPath"].lstrip("/")
        if not suffix.startswith("AWSLogs/"):
            made.s3_delivery_configuration["suffixPath"] = f"AWSLogs/{{account-id}}/CloudFront/{suffix}"
    backend.deliveries[made.id] = made
    return {"delivery": made.to_dict()}


@instead("logs", "UpdateDeliveryConfiguration")
def _update(call: Call) -> dict[str, Any]:
    backend = _backend(call)
    delivery = backend.deliveries.get(call.params["id"])
    if delivery is None:
        raise _absent()
    _configure(delivery, backend.delivery_sources[delivery.delivery_source_name], call.params)
    return {}


def _configure(delivery: Delivery, source: DeliverySource, wanted: dict[str, Any]) -> None:
    fields = wanted.get("recordFields") or delivery.record_fields
    kind = _kind(source)
    allowed = {field for fields_ in kind.values() for field in fields_}
    unknown = [field for field in fields if field not in allowed]
    missing = [field for field in kind.get("mandatory", []) if field not in fields]
    if unknown or missing:
        raise _invalid(f"Provided recordFields are invalid: unknown {unknown}, missing {missing}.")
    path = {**delivery.s3_delivery_configuration, **wanted.get("s3DeliveryConfiguration", {})}
    if path:
        _check_path(path["suffixPath"], path["enableHiveCompatiblePath"], source)
    delivery.record_fields = fields
    delivery.field_delimiter = wanted.get("fieldDelimiter", delivery.field_delimiter)
    delivery.s3_delivery_configuration = path


def _check_path(path: str, hive: bool, source: DeliverySource) -> None:
    variables = COMMON | (OF_CLOUDFRONT if source.service == "cloudfront" else set())
    known = all(name in variables for name in VARIABLE.findall(path))
    plain = not set(VARIABLE.sub("", path)) & set("{}") and not (hive and "=" in path)
    if not (known and plain and len(path) <= 256):
        raise _invalid("Provided suffixPath is invalid")


def _usual_path(source: DeliverySource) -> str:
    return "" if source.service == "cloudfront" else "{region}/{yyyy}/{MM}/{dd}"


@before("logs", "DeleteDeliverySource")
def _delete_source(call: Call) -> None:
    _refuse_used(call, "delivery_source_name", call.params["name"])


@before("logs", "DeleteDeliveryDestination")
def _delete_destination(call: Call) -> None:
    destination = _backend(call).delivery_destinations.get(call.params["name"])
    _refuse_used(call, "delivery_destination_arn", getattr(destination, "arn", None))


def _refuse_used(call: Call, member: str, value: str | None) -> None:
    if any(getattr(one, member) == value for one in _backend(call).deliveries.values()):
        raise AwsError("ConflictException", "It is still used by a delivery: delete that first.", 400)


def _backend(call: Call) -> LogsBackend:
    return logs_backends[call.account][call.region]


def _resource(destination: Any) -> str:
    """Behind the service's part of the ARN: a bucket, perhaps with a prefix."""
    return destination.delivery_destination_configuration["destinationResourceArn"].split(":", 5)[-1]


def _service(arn: str) -> str:
    return arn.split(":")[2] if arn.count(":") >= 5 else ""


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message, 400)


def _absent() -> AwsError:
    return AwsError(
        "ResourceNotFoundException", "The specified resource does not exist in this account.", 400
    )
