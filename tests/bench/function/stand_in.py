"""AWS as far as one event about one network load balancer needs it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from bench.function.glue import Glue, xml
from bench.function.server import Answer

ATTRIBUTES = """<DescribeLoadBalancerAttributesResponse
 xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeLoadBalancerAttributesResult><Attributes>
{}</Attributes></DescribeLoadBalancerAttributesResult></DescribeLoadBalancerAttributesResponse>"""


class StandIn(Glue):
    """A load balancer that logs to a bucket, and a Glue catalog that has any database."""

    def __init__(self) -> None:
        super().__init__(defaultdict(dict))
        self.bucket = "logs"

    @property
    def locations(self) -> set[str]:
        """Where the tables over files say that these are."""
        found = (table.get("StorageDescriptor", {}).get("Location") for table in self.tables)
        return {location for location in found if location}

    def _DescribeLoadBalancerAttributes(self, asked: dict[str, Any]) -> Answer:
        settings = {"enabled": "true", "bucket": self.bucket, "prefix": "web"}
        members = "".join(
            f"<member><Key>access_logs.s3.{key}</Key><Value>{value}</Value></member>"
            for key, value in settings.items()
        )
        return xml(ATTRIBUTES.format(members))
