"""A query log of Route 53 Resolver as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

Client = Callable[[str, str], Any]
NUMBERS = count()


class QueryLog:
    """One configuration, in force for one VPC. Nothing can change its destination."""

    def __init__(
        self, client: Client, region: str, name: str, bucket: str, prefix: str = "", arn: str | None = None
    ):
        """The ARN is of anything else than a bucket."""
        self._api = client("route53resolver", region)
        self.region, self.name = region, name
        self.vpc = client("ec2", region).create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        made = self._api.create_resolver_query_log_config(
            Name=name,
            DestinationArn=arn or f"arn:aws:s3:::{bucket}/{prefix}".rstrip("/"),
            CreatorRequestId=str(next(NUMBERS)),
        )["ResolverQueryLogConfig"]
        self.arn, self.id = made["Arn"], made["Id"]

    def log(self) -> None:
        """Turns the log on."""
        self._api.associate_resolver_query_log_config(ResolverQueryLogConfigId=self.id, ResourceId=self.vpc)

    def stop_logging(self) -> None:
        """Turns the log off."""
        self._api.disassociate_resolver_query_log_config(
            ResolverQueryLogConfigId=self.id, ResourceId=self.vpc
        )

    def delete(self) -> None:
        """Removes the configuration."""
        self._api.delete_resolver_query_log_config(ResolverQueryLogConfigId=self.id)
