"""CloudTrail's part: API calls made to the stand-in become events on the caller's default bus."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from . import cloudtrail_ec2, delivery
from .call import Answer, Call
from .hooks import after
from .settings import SETTINGS


@dataclass(frozen=True)
class Recorded:
    """Operations of one service that are told to EventBridge. `raw` services keep the names of their XML."""

    service: str
    source: str
    operations: tuple[str, ...]
    region: str | None = None
    raw: bool = False
    is_ec2: bool = False


RECORDED = (
    Recorded(
        "elbv2",
        "elasticloadbalancing",
        ("CreateLoadBalancer", "DeleteLoadBalancer", "ModifyLoadBalancerAttributes"),
    ),
    Recorded(
        "elb",
        "elasticloadbalancing",
        ("CreateLoadBalancer", "DeleteLoadBalancer", "ModifyLoadBalancerAttributes"),
    ),
    Recorded("wafv2", "wafv2", ("PutLoggingConfiguration", "DeleteLoggingConfiguration", "DeleteWebACL")),
    Recorded("network-firewall", "network-firewall", ("UpdateLoggingConfiguration", "DeleteFirewall")),
    Recorded(
        "cloudfront",
        "cloudfront",
        ("CreateDistribution", "CreateDistributionWithTags", "UpdateDistribution", "DeleteDistribution"),
        region="us-east-1",
    ),
    Recorded(
        "cloudtrail",
        "cloudtrail",
        ("CreateTrail", "UpdateTrail", "StartLogging", "StopLogging", "DeleteTrail"),
    ),
    Recorded(
        "route53resolver",
        "route53resolver",
        (
            "CreateResolverQueryLogConfig",
            "AssociateResolverQueryLogConfig",
            "DisassociateResolverQueryLogConfig",
            "DeleteResolverQueryLogConfig",
        ),
    ),
    Recorded(
        "logs",
        "logs",
        (
            "PutDeliverySource",
            "PutDeliveryDestination",
            "CreateDelivery",
            "UpdateDeliveryConfiguration",
            "DeleteDelivery",
            "DeleteDeliverySource",
            "DeleteDeliveryDestination",
        ),
    ),
    Recorded("ec2", "ec2", ("CreateFlowLogs", "DeleteFlowLogs"), is_ec2=True),
    Recorded("s3", "s3", ("PutBucketLogging", "DeleteBucket"), raw=True),
)

HELD: list[dict[str, Any]] = []  # events that no bus has got yet


def take_held() -> list[dict[str, Any]]:
    """The events that were held, which are forgotten."""
    taken = HELD[:]
    del HELD[: len(taken)]
    return taken


def _tell(recorded: Recorded, call: Call, answer: Answer) -> None:
    if answer.status < 500:
        region = recorded.region or call.region
        event = delivery.complete(
            {
                "detail-type": "AWS API Call via CloudTrail",
                "source": f"aws.{recorded.source}",
                "account": call.account,
                "region": region,
                "detail": _detail(recorded, call, answer, region),
            }
        )
        if SETTINGS.hold_events:
            HELD.append(event)
        else:
            delivery.publish(event, "default")


def _detail(recorded: Recorded, call: Call, answer: Answer, region: str) -> dict[str, Any]:
    parsed = call.parse(answer)
    parsed.pop("ResponseMetadata", None)
    failed = answer.status >= 400
    detail = {
        "eventVersion": "1.11",
        "userIdentity": _identity(call),
        "eventTime": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{recorded.source}.amazonaws.com",
        "eventName": call.operation,
        "awsRegion": region,
        "sourceIPAddress": "127.0.0.1",
        "userAgent": call.user_agent,
        "requestParameters": _request(recorded, call),
        "responseElements": None if failed else _answered(recorded, call, answer, parsed),
        "requestID": str(uuid.uuid4()),
        "eventID": str(uuid.uuid4()),
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": call.account,
        "eventCategory": "Management",
    }
    if call.model:
        detail["apiVersion"] = call.model.service_model.api_version
    if failed:
        error = parsed.get("Error", {})
        detail |= {
            "errorCode": _error_name(recorded, call, error.get("Code", "")),
            "errorMessage": error.get("Message", ""),
        }
    return detail


def _identity(call: Call) -> dict[str, Any]:
    return {
        "type": "Root",
        "principalId": call.account,
        "arn": f"arn:aws:iam::{call.account}:root",
        "accountId": call.account,
        "accessKeyId": call.access_key,
    }


def _request(recorded: Recorded, call: Call) -> Any:
    if recorded.is_ec2:
        return cloudtrail_ec2.request(call)
    if recorded.raw:
        bucket = call.params.get("Bucket")
        return {"bucketName": bucket, **{k: _named(v, True) for k, v in call.params.items() if k != "Bucket"}}
    return _named(call.params, raw=False) or None


def _answered(recorded: Recorded, call: Call, answer: Answer, parsed: dict[str, Any]) -> Any:
    return cloudtrail_ec2.answer(call, answer) if recorded.is_ec2 else _named(parsed, recorded.raw) or None


def _named(value: Any, raw: bool) -> Any:
    """The names that CloudTrail uses: those of the API with a small first letter."""
    if isinstance(value, dict):
        return {key if raw else key[:1].lower() + key[1:]: _named(item, raw) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named(item, raw) for item in value]
    if isinstance(value, (date, datetime)):
        return value.strftime("%b %d, %Y %I:%M:%S %p")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


def _error_name(recorded: Recorded, call: Call, code: str) -> str:
    """CloudTrail writes the name of the exception where the query protocol has a shorter code."""
    if recorded.is_ec2:
        return f"Client.{code}"
    shape = call.model.service_model.shape_for_error_code(code) if call.model else None
    return shape.name if shape else code


def _record(recorded: Recorded) -> None:
    after(recorded.service, *recorded.operations)(lambda call, answer: _tell(recorded, call, answer))


for _recorded in RECORDED:
    _record(_recorded)
