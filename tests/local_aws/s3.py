"""S3: how the files of a bucket's log are named, which moto forgets."""

from __future__ import annotations

from .call import Answer, Call
from .hooks import after

_FORMATS: dict[tuple[str, str], str] = {}  # (account, bucket) -> the element in the answer


@after("s3", "PutBucketLogging")
def _remember(call: Call, answer: Answer) -> None:
    enabled = (call.params.get("BucketLoggingStatus") or {}).get("LoggingEnabled") or {}
    chosen = enabled.get("TargetObjectKeyFormat") or {}
    partitioned = (chosen.get("PartitionedPrefix") or {}).get("PartitionDateSource")
    form = "<SimplePrefix/>"
    if partitioned:
        source = f"<PartitionDateSource>{partitioned}</PartitionDateSource>"
        form = f"<PartitionedPrefix>{source}</PartitionedPrefix>"
    if answer.status < 300:
        element = f"<TargetObjectKeyFormat>{form}</TargetObjectKeyFormat>"
        _FORMATS[call.account, call.params["Bucket"]] = element


@after("s3", "GetBucketLogging")
def _recall(call: Call, answer: Answer) -> None:
    element = _FORMATS.get((call.account, call.params["Bucket"]), "")
    end = b"</LoggingEnabled>"
    answer.body = answer.body.replace(end, element.encode() + end)
    answer.headers = {k: v for k, v in answer.headers.items() if k.lower() != "content-length"}
