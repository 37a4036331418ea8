"""A Firehose stream as a user has one: made through the ordinary AWS API, to take logs to S3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]
LINES = {"Enabled": True, "Processors": [{"Type": "AppendDelimiterToRecord"}]}


class Stream:
    """One stream to one bucket, with the settings of its destination."""

    def __init__(self, client: Client, region: str, name: str, bucket: str, **settings: Any):
        self._api = client("firehose", region)
        self.name = name
        role = "arn:aws:iam::123456789012:role/firehose"
        destination = {"RoleARN": role, "BucketARN": f"arn:aws:s3:::{bucket}", **settings}
        self.arn = self._api.create_delivery_stream(
            DeliveryStreamName=name,
            DeliveryStreamType="DirectPut",
            ExtendedS3DestinationConfiguration=destination,
        )["DeliveryStreamARN"]

    def delete(self) -> None:
        """Removes the stream."""
        self._api.delete_delivery_stream(DeliveryStreamName=self.name)
