"""Firehose: prefixes with expressions are refused as in AWS, and a description has what AWS fills in."""

from __future__ import annotations

import re
from typing import Any

from .call import Answer, AwsError, Call
from .hooks import after, before

CONFIGURATION = "ExtendedS3DestinationConfiguration"
KINDS = ("firehose", "timestamp", "partitionKeyFromQuery", "partitionKeyFromLambda")
FAILED = "!{firehose:error-output-type}"
FILLED_IN = {"CompressionFormat": "UNCOMPRESSED", "S3BackupMode": "Disabled"}


@before("firehose", "CreateDeliveryStream")
def _check(call: Call) -> None:
    if not re.fullmatch(r"[a-zA-Z0-9_.-]{1,64}", call.params.get("DeliveryStreamName", "")):
        raise AwsError("ValidationException", "deliveryStreamName does not fit [a-zA-Z0-9_.-]+", 400)
    if CONFIGURATION in call.params:
        _check_prefixes(call.params[CONFIGURATION])


def _check_prefixes(configuration: dict[str, Any]) -> None:
    prefix, failed = configuration.get("Prefix", ""), configuration.get("ErrorOutputPrefix", "")
    for expression in re.findall(r"!\{([^:}]*)", prefix + failed):
        if expression not in KINDS:
            raise _invalid(f"The expression of {expression} is not supported")
    if FAILED in prefix:
        raise _invalid(f"Prefix cannot contain {FAILED}")
    if "!{" in prefix and not failed:
        raise _invalid("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions")
    if "!{" in failed and FAILED not in failed:
        raise _invalid(f"ErrorOutputPrefix must contain {FAILED}")
    partitioned = (configuration.get("DynamicPartitioningConfiguration") or {}).get("Enabled")
    if "!{partitionKeyFrom" in prefix and not partitioned:
        raise _invalid("Dynamic partitioning must be enabled for partition keys in Prefix")


@after("firehose", "DescribeDeliveryStream")
def _fill_in(call: Call, answer: Answer) -> None:
    if answer.status >= 400:
        return
    described = answer.json
    for destination in described["DeliveryStreamDescription"]["Destinations"]:
        for kind in ("ExtendedS3DestinationDescription", "S3DestinationDescription"):
            if kind in destination:
                destination[kind] = FILLED_IN | destination[kind]
    answer.json = described


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidArgumentException", message, 400)
