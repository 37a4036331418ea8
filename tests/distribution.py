"""A CloudFront distribution as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]
REGION = "us-east-1"


class Distribution:
    """One distribution, disabled, so that it can be removed at once."""

    region = REGION

    def __init__(self, client: Client, name: str):
        self._api = client("cloudfront", REGION)
        self.name = name
        made = self._api.create_distribution(DistributionConfig=self._config())["Distribution"]
        self.arn, self.id = made["ARN"], made["Id"]

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on, or moves it."""
        self._set(enabled=True, bucket=f"{bucket}.s3.amazonaws.com", prefix=prefix)

    def stop_logging(self) -> None:
        """Turns the log off."""
        self._set(enabled=False)

    def delete(self) -> None:
        """Removes the distribution."""
        self._api.delete_distribution(Id=self.id, IfMatch=self._etag())

    def _set(self, enabled: bool, bucket: str = "", prefix: str = "") -> None:
        config = self._config(enabled, bucket, prefix)
        self._api.update_distribution(Id=self.id, DistributionConfig=config, IfMatch=self._etag())

    def _etag(self) -> str:
        return self._api.get_distribution_config(Id=self.id)["ETag"]

    def _config(self, enabled: bool = False, bucket: str = "", prefix: str = "") -> dict[str, Any]:
        origin = {
            "Id": "origin",
            "DomainName": f"{self.name}.s3.amazonaws.com",
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
        return {
            "CallerReference": self.name,
            "Comment": self.name,
            "Enabled": False,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {"TargetOriginId": "origin", "ViewerProtocolPolicy": "allow-all"},
            "Logging": {"Enabled": enabled, "IncludeCookies": False, "Bucket": bucket, "Prefix": prefix},
        }
