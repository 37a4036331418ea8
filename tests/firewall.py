"""A firewall of Network Firewall as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class Firewall:
    """One firewall. One configuration has a destination for each log, and changes in one at a time."""

    def __init__(self, client: Client, region: str, name: str):
        self._api = client("network-firewall", region)
        self.region, self.name = region, name
        policy = f"arn:aws:network-firewall:{region}:123456789012:firewall-policy/{name}"
        self.arn = self._api.create_firewall(
            FirewallName=name,
            FirewallPolicyArn=policy,
            VpcId="vpc-0123456789abcdef0",
            SubnetMappings=[{"SubnetId": "subnet-0123456789abcdef0"}],
            DeleteProtection=False,
        )["Firewall"]["FirewallArn"]

    def log_to(self, bucket: str, prefix: str = "", log: str = "ALERT") -> None:
        """Turns a log on, or moves it."""
        place = {"bucketName": bucket, "prefix": prefix} if prefix else {"bucketName": bucket}
        self.send(log, "S3", place)

    def send(self, log: str, service: str, place: dict[str, str]) -> None:
        """Turns a log on, to whatever takes logs."""
        config = {"LogType": log, "LogDestinationType": service, "LogDestination": place}
        self.configure([*self._others(log), config])

    def stop_logging(self, log: str = "ALERT") -> None:
        """Turns a log off."""
        self.configure(self._others(log))

    def delete(self) -> None:
        """Removes the firewall, after all that it logs."""
        while rest := self.logs():
            self.configure(rest[1:])
        self._api.delete_firewall(FirewallName=self.name)

    def configure(self, configs: list[dict[str, Any]]) -> None:
        """Replaces the configuration as a whole."""
        self._api.update_logging_configuration(
            FirewallArn=self.arn, LoggingConfiguration={"LogDestinationConfigs": configs}
        )

    def logs(self) -> list[dict[str, Any]]:
        """Where each log goes now."""
        answer = self._api.describe_logging_configuration(FirewallArn=self.arn)
        return answer.get("LoggingConfiguration", {}).get("LogDestinationConfigs", [])

    def _others(self, log: str) -> list[dict[str, Any]]:
        return [config for config in self.logs() if config["LogType"] != log]
