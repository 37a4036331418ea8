"""Resources whose owners change their minds: of every kind, behind one interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bucket import Bucket
from classic_load_balancer import ClassicLoadBalancer
from distribution import Distribution
from firewall import Firewall
from flow_log import FlowLog
from load_balancer import LoadBalancer
from query_log import QueryLog
from trail import Trail
from vended_log import VendedLog
from web_acl import WebAcl

Client = Callable[[str, str], Any]


class ResolverLog(QueryLog):
    """Its destination is chosen when it is made."""

    def __init__(self, client: Client, region: str, name: str):
        super().__init__(client, region, name, f"aws-waf-logs-{name}")

    def log_to(self, _: str) -> None:
        self.log()


class NetworkLog:
    """A flow log: it is on as long as it is there."""

    def __init__(self, client: Client, region: str, name: str):
        self._client, self._name, self.region = client, name, region
        self.ids: list[str] = []

    def log_to(self, _: str) -> None:
        self._log = FlowLog(self._client, self.region, f"aws-waf-logs-{self._name}")
        self.arn = self._log.arn
        self.ids = [self._log.id]

    def delete(self) -> None:
        self._log.delete()


class DeliveredLog:
    """What CloudWatch Logs delivers of a load balancer: each time it is turned on, by another delivery."""

    def __init__(self, client: Client, region: str, name: str):
        self.arn = LoadBalancer(client, region, name).arn
        self._log = VendedLog(client, region, name, self.arn, "ALB_ACCESS_LOGS")
        self._is_on = False
        self.ids: list[str] = []

    def log_to(self, bucket: str) -> None:
        if self._is_on:
            self._log.destination(f"arn:aws:s3:::{bucket}")
        else:
            self._log.deliver_to(f"arn:aws:s3:::{bucket}", "json")
            self.ids.append(self._log.id)
        self._is_on = True

    def stop_logging(self) -> None:
        self._log.stop()
        self._is_on = False


# In each region as many of each as AWS lets one have; a distribution is in one only.
KINDS: dict[str, Callable[[Client, str, str], Any]] = {
    "alb": LoadBalancer,
    "nlb": lambda client, region, name: LoadBalancer(client, region, name, "network"),
    "clb": ClassicLoadBalancer,
    "acl": WebAcl,
    "site": lambda client, _, name: Distribution(client, name),
    "bucket": Bucket,
    "firewall": Firewall,
    "resolver": ResolverLog,
    "network": NetworkLog,
    "delivered": DeliveredLog,
    "trail": Trail,
}
TRAILS_OF_A_REGION = 5
# They are made on and cannot be turned on again, or cannot be deleted.
MADE_ON, NEVER_DELETED = ("network",), ("delivered",)


def words(resource: Any) -> list[str]:
    """What AWS has called it, which is by chance."""
    ids = getattr(resource, "ids", [getattr(resource, "id", "")])
    return [resource.arn, resource.arn.rpartition("/")[2], *ids]
