"""A web ACL as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class WebAcl:
    """One web ACL that allows everything; one of CloudFront's if it is global."""

    def __init__(self, client: Client, region: str, name: str, is_global: bool = False):
        self._api = client("wafv2", region)
        self._scope = "CLOUDFRONT" if is_global else "REGIONAL"
        self.region, self.name = region, name
        summary = self._api.create_web_acl(
            Name=name,
            Scope=self._scope,
            DefaultAction={"Allow": {}},
            VisibilityConfig={
                "SampledRequestsEnabled": False,
                "CloudWatchMetricsEnabled": False,
                "MetricName": name,
            },
        )["Summary"]
        self.arn, self._id, self._lock = summary["ARN"], summary["Id"], summary["LockToken"]

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on, or moves it."""
        self.log_to_arn(f"arn:aws:s3:::{bucket}/{prefix}".rstrip("/"))

    def log_to_arn(self, destination: str) -> None:
        """Turns the log on, to whatever takes logs."""
        self._api.put_logging_configuration(
            LoggingConfiguration={"ResourceArn": self.arn, "LogDestinationConfigs": [destination]}
        )

    def stop_logging(self) -> None:
        """Turns the log off."""
        self._api.delete_logging_configuration(ResourceArn=self.arn)

    def delete(self) -> None:
        """Removes the web ACL, and its log with it."""
        self._api.delete_web_acl(Name=self.name, Scope=self._scope, Id=self._id, LockToken=self._lock)
