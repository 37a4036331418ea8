"""What has logs, made through the services' own APIs; each is made once, whatever the number of its logs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
# The region that has every log, those of CloudFront included. Athena sees the tables of one region at a time.
REGION = "us-east-1"


class LateFlowLog:
    """A flow log, which has its destination from its beginning: made when its log is turned on."""

    def __init__(self, client: Client, region: str, name: str) -> None:
        self.client, self.region, self.name = client, region, name

    def log_to(self, bucket: str, prefix: str) -> None:
        """Turns the log on."""
        made = FlowLog(self.client, self.region, bucket, prefix)
        self.arn, self.id = made.arn, made.id


class LateQueryLog:
    """A query log, which has its destination from its beginning as well."""

    def __init__(self, client: Client, region: str, name: str) -> None:
        self.client, self.region, self.name = client, region, name

    def log_to(self, bucket: str, prefix: str) -> None:
        """Turns the log on."""
        made = QueryLog(self.client, self.region, self.name, bucket, prefix)
        made.log()
        self.arn, self.id, self.vpc = made.arn, made.id, made.vpc


class DeliveredDistribution(Distribution):
    """A distribution whose log CloudWatch Logs delivers, into folders of the owner's choice."""

    def __init__(self, client: Client, name: str, **path: str) -> None:
        super().__init__(client, name)
        self.client, self.path = client, path

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on."""
        log = VendedLog(self.client, self.region, self.name, self.arn, "ACCESS_LOGS")
        log.deliver_to(f"arn:aws:s3:::{bucket}/{prefix}", "w3c", s3DeliveryConfiguration=self.path)


MAKERS = {
    "application": partial(LoadBalancer, region=REGION),
    "network": partial(LoadBalancer, region=REGION, kind="network"),
    "classic": partial(ClassicLoadBalancer, region=REGION),
    "bucket": partial(Bucket, region=REGION),
    "bucket side by side": partial(Bucket, region=REGION, partitioned=False),
    "distribution": Distribution,
    "delivered side by side": DeliveredDistribution,
    "delivered": partial(DeliveredDistribution, suffixPath="{DistributionId}/{yyyy}/{MM}/{dd}/{HH}"),
    "firewall": partial(Firewall, region=REGION),
    "flow log": partial(LateFlowLog, region=REGION),
    "query log": partial(LateQueryLog, region=REGION),
    "trail": partial(Trail, region=REGION),
    "web acl": partial(WebAcl, region=REGION),
    "global web acl": partial(WebAcl, region=REGION, is_global=True),
}


class Resources:
    """Those of one account."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.made: dict[tuple[str, str], Any] = {}

    def get(self, resource: str, name: str) -> Any:
        """The one of that kind and name."""
        if (resource, name) not in self.made:
            self.made[resource, name] = MAKERS[resource](self.client, name=name)
        return self.made[resource, name]
