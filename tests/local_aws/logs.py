"""CloudWatch Logs: names and retention periods that it refuses."""

from __future__ import annotations

import re

from .call import AwsError, Call
from .hooks import before

NAME = re.compile(r"[\.\-_/#A-Za-z0-9]{1,512}")
RETENTION = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)


@before("logs", "CreateLogGroup")
def _create(call: Call) -> None:
    name = call.params["logGroupName"]
    if not NAME.fullmatch(name) or name.startswith("aws/"):
        raise _invalid(f"Value '{name}' at 'logGroupName' failed to satisfy constraint: {NAME.pattern}")


@before("logs", "PutRetentionPolicy")
def _retention(call: Call) -> None:
    days = call.params["retentionInDays"]
    if days not in RETENTION:
        raise _invalid(f"Value '{days}' at 'retentionInDays' must be one of {list(RETENTION)}")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", f"1 validation error detected: {message}", 400)
