"""A VPC flow log as a user has one: made and removed through the ordinary AWS API, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class FlowLog:
    """One flow log of a VPC of its own, to S3, with a bucket if there is none of that name."""

    def __init__(
        self, client: Client, region: str, bucket: str, prefix: str = "", fields: str = "", **options: Any
    ):
        """The fields are separated by spaces; the options are those of the destination."""
        self._api = client("ec2", region)
        self.region = region
        self.vpc = self._api.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        client("s3", "us-east-1").create_bucket(Bucket=bucket)
        chosen: dict[str, Any] = {"DestinationOptions": options} if options else {}
        if fields:
            chosen["LogFormat"] = " ".join(f"${{{field}}}" for field in fields.split())
        self.id = self.send("s3", f"arn:aws:s3:::{bucket}/{prefix}".rstrip("/"), **chosen)
        self.arn = f"arn:aws:ec2:{region}:123456789012:vpc-flow-log/{self.id}"

    def send(self, kind: str, destination: str, **chosen: Any) -> str:
        """One more flow log of the same VPC, to whatever takes logs; its id."""
        made = self._api.create_flow_logs(
            ResourceIds=[self.vpc],
            ResourceType="VPC",
            TrafficType="ALL",
            LogDestinationType=kind,
            LogDestination=destination,
            **chosen,
        )
        assert not made["Unsuccessful"], made
        return made["FlowLogIds"][0]

    def delete(self) -> None:
        """Removes the flow log."""
        self._api.delete_flow_logs(FlowLogIds=[self.id])
