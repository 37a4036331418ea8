"""A CloudTrail trail as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class Trail:
    """One trail of all regions, and the buckets that it delivers to."""

    def __init__(self, client: Client, region: str, name: str, bucket: str = "first-bucket-of-the-trail"):
        self._api, self._s3 = client("cloudtrail", region), client("s3", region)
        self.region, self.name = region, name
        self._make(bucket)
        self.arn = self._api.create_trail(Name=name, S3BucketName=bucket, IsMultiRegionTrail=True)["TrailARN"]

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on, or moves it."""
        self._make(bucket)
        self._api.update_trail(Name=self.name, S3BucketName=bucket, S3KeyPrefix=prefix)
        self._api.start_logging(Name=self.name)

    def stop_logging(self) -> None:
        """Turns the log off."""
        self._api.stop_logging(Name=self.arn)

    def delete(self) -> None:
        """Removes the trail."""
        self._api.delete_trail(Name=self.name)

    def _make(self, bucket: str) -> None:
        if bucket not in {known["Name"] for known in self._s3.list_buckets()["Buckets"]}:
            here = {"CreateBucketConfiguration": {"LocationConstraint": self.region}}
            # S3 takes that one region for granted, and refuses its name.
            self._s3.create_bucket(Bucket=bucket, **({} if self.region == "us-east-1" else here))
