"""A classic load balancer as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]
LISTENER = {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 8080}


class ClassicLoadBalancer:
    """One classic load balancer."""

    def __init__(self, client: Client, region: str, name: str):
        self._api = client("elb", region)
        self.region, self.name = region, name
        account = client("sts", region).get_caller_identity()["Account"]
        self.arn = f"arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{name}"
        self._api.create_load_balancer(
            LoadBalancerName=name, Listeners=[LISTENER], AvailabilityZones=[f"{region}a"]
        )

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on, or moves it."""
        self._set(Enabled=True, S3BucketName=bucket, S3BucketPrefix=prefix)

    def stop_logging(self) -> None:
        """Turns the log off."""
        self._set(Enabled=False)

    def delete(self) -> None:
        """Removes the load balancer."""
        self._api.delete_load_balancer(LoadBalancerName=self.name)

    def _set(self, **access_log: bool | str) -> None:
        attributes = {"AccessLog": access_log}
        self._api.modify_load_balancer_attributes(
            LoadBalancerName=self.name, LoadBalancerAttributes=attributes
        )
