"""What has logs, made through the services' own APIs; each is made once, whatever the number of its logs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from athena.forms import W3C, Form
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
Make = Callable[..., Any]
# The region that has every log, those of CloudFront included. Athena sees the tables of one region at a time.
REGION = "us-east-1"
# One Firehose stream for whatever can have one. Web ACLs accept no other names.
STREAM = "aws-waf-logs-all"


class LateFlowLog:
    """A flow log, which has its destination from its beginning: made when its log is turned on."""

    def __init__(self, client: Client, region: str, name: str, **folders: bool) -> None:
        self.client, self.region, self.name, self.folders = client, region, name, folders

    def log_to(self, bucket: str, prefix: str, form: Form | None = None) -> None:
        """Turns the log on."""
        options = self.folders | ({"FileFormat": form.encoding} if form else {})
        fields = form.fields if form else ""
        made = FlowLog(self.client, self.region, bucket, prefix, fields, **options)
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


class Delivered:
    """Whatever has a log that CloudWatch Logs delivers, into folders of the owner's choice."""

    def __init__(self, client: Client, name: str, make: Make, **path: str | bool) -> None:
        made = make(client, name=name)
        self.arn, self.id, self.name = made.arn, getattr(made, "id", ""), name
        self.client, self.path = client, path

    def log_to(self, bucket: str, prefix: str, log: str = "ACCESS_LOGS", form: Form = W3C) -> None:
        """Turns a log on."""
        vended = VendedLog(self.client, REGION, f"{self.name}-{log}", self.arn, log)
        fields = {"recordFields": form.fields.split()} if form.fields else {}
        to = f"arn:aws:s3:::{bucket}/{prefix}"
        vended.deliver_to(to, form.encoding, s3DeliveryConfiguration=self.path, **fields)


class StreamedWebAcl(WebAcl):
    """One whose log goes through the stream, whatever the bucket."""

    def log_to(self, bucket: str, prefix: str = "") -> None:
        """Turns the log on."""
        self.log_to_arn(f"arn:aws:firehose:{REGION}:123456789012:deliverystream/{STREAM}")


class StreamedFirewall(Firewall):
    """One whose logs do."""

    def log_to(self, bucket: str, prefix: str = "", log: str = "ALERT") -> None:
        """Turns a log on."""
        self.send(log, "KinesisDataFirehose", {"deliveryStream": STREAM})


APPLICATION = partial(LoadBalancer, region=REGION)
NETWORK = partial(LoadBalancer, region=REGION, kind="network")
BUCKET = partial(Bucket, region=REGION)
DATED = "{yyyy}/{MM}/{dd}"
MAKERS = {
    "application": APPLICATION,
    "network": NETWORK,
    "classic": partial(ClassicLoadBalancer, region=REGION),
    "bucket": BUCKET,
    "bucket side by side": partial(Bucket, region=REGION, partitioned=False),
    "distribution": Distribution,
    "delivered side by side": partial(Delivered, make=Distribution),
    "delivered": partial(Delivered, make=Distribution, suffixPath=f"{{DistributionId}}/{DATED}/{{HH}}"),
    "delivered to Hive's folders": partial(
        Delivered,
        make=Distribution,
        suffixPath=f"{{DistributionId}}/{DATED}",
        enableHiveCompatiblePath=True,
    ),
    "delivered application": partial(Delivered, make=APPLICATION),
    "delivered network": partial(Delivered, make=NETWORK),
    "delivered bucket": partial(Delivered, make=BUCKET),
    "firewall": partial(Firewall, region=REGION),
    "flow log": partial(LateFlowLog, region=REGION),
    "flow log by hour": partial(LateFlowLog, region=REGION, PerHourPartition=True),
    "flow log in Hive's folders": partial(LateFlowLog, region=REGION, HiveCompatiblePartitions=True),
    "flow log in Hive's folders by hour": partial(
        LateFlowLog, region=REGION, HiveCompatiblePartitions=True, PerHourPartition=True
    ),
    "query log": partial(LateQueryLog, region=REGION),
    "trail": partial(Trail, region=REGION),
    "web acl": partial(WebAcl, region=REGION),
    "global web acl": partial(WebAcl, region=REGION, is_global=True),
    "streamed web acl": partial(StreamedWebAcl, region=REGION),
    "streamed global web acl": partial(StreamedWebAcl, region=REGION, is_global=True),
    "streamed firewall": partial(StreamedFirewall, region=REGION),
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
