"""S3: how the files of a log are named, which moto forgets, lists in pages, and where buckets are."""

from __future__ import annotations

from typing import Any

from moto.s3.models import s3_backends

from .call import Answer, AwsError, Call
from .hooks import after, before, instead

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


@instead("s3", "ListBuckets")
def _list(call: Call) -> dict[str, Any]:
    """In the order of their names; a region is asked about its own only."""
    region = call.params.get("BucketRegion")
    if region not in (None, call.region):
        raise AwsError("InvalidArgument", "The BucketRegion has to be the region that is asked.", 400)
    begin, size = call.params.get("ContinuationToken", ""), int(call.params.get("MaxBuckets", 10_000))
    buckets = s3_backends[call.account][call.partition].buckets.values()
    here = sorted((it for it in buckets if region in (None, it.region_name)), key=lambda it: it.name)
    rest = [it for it in here if it.name > begin]
    page = [{"Name": it.name, "BucketRegion": it.region_name} for it in rest[:size]]
    more = {"ContinuationToken": page[-1]["Name"]} if len(rest) > size else {}
    return {"Owner": {"ID": "owner"}, "Buckets": page, **more}


@before("s3", "GetObject", "ListObjectsV2")
def _refuse_elsewhere(call: Call) -> None:
    if _region(call) not in (None, call.region):
        message = "The bucket you are attempting to access must be addressed using the specified endpoint."
        raise AwsError("PermanentRedirect", message, 301)


@after("s3", "GetObject", "ListObjectsV2")
def _say_where(call: Call, answer: Answer) -> None:
    region = _region(call)
    if region:
        answer.headers["x-amz-bucket-region"] = region


def _region(call: Call) -> str | None:
    bucket = s3_backends[call.account][call.partition].buckets.get(call.params["Bucket"])
    return bucket.region_name if bucket else None
