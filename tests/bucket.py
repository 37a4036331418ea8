"""An S3 bucket as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class Bucket:
    """One bucket, and the buckets that its log goes to."""

    def __init__(self, client: Client, region: str, name: str, partitioned: bool = True):
        self._api = client("s3", region)
        self.region, self.name, self.arn = region, name, f"arn:aws:s3:::{name}"
        self.partitioned = partitioned
        self._make(name)

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on, or moves it. S3 puts no slash behind the prefix."""
        self._make(bucket)
        allow = {
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"arn:aws:s3:::{bucket}/*",
        }
        self._api.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Statement": [allow]}))
        partitioned = {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}
        enabled = {
            "TargetBucket": bucket,
            "TargetPrefix": f"{prefix}/" if prefix else "",
            "TargetObjectKeyFormat": partitioned if self.partitioned else {"SimplePrefix": {}},
        }
        self._set({"LoggingEnabled": enabled})

    def stop_logging(self) -> None:
        """Turns the log off."""
        self._set({})

    def delete(self) -> None:
        """Removes the bucket."""
        self._api.delete_bucket(Bucket=self.name)

    def _make(self, bucket: str) -> None:
        if bucket not in {known["Name"] for known in self._api.list_buckets()["Buckets"]}:
            here = {"CreateBucketConfiguration": {"LocationConstraint": self.region}}
            # S3 takes that one region for granted, and refuses its name.
            self._api.create_bucket(Bucket=bucket, **({} if self.region == "us-east-1" else here))

    def _set(self, status: dict[str, Any]) -> None:
        self._api.put_bucket_logging(Bucket=self.name, BucketLoggingStatus=status)
