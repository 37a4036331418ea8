"""A load balancer as a user has one: made and changed through the ordinary AWS API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class LoadBalancer:
    """One load balancer, in a network of its own: an application load balancer, or of another kind."""

    def __init__(self, client: Client, region: str, name: str, kind: str = "application"):
        ec2 = client("ec2", region)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        zones = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]][:2]
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=zone)["Subnet"][
                "SubnetId"
            ]
            for index, zone in enumerate(zones)
        ]
        self._api = client("elbv2", region)
        self.region, self.name = region, name
        made = self._api.create_load_balancer(Name=name, Subnets=subnets, Type=kind)["LoadBalancers"]
        self.arn = made[0]["LoadBalancerArn"]

    def log_to(self, bucket: str, prefix: str = "", log: str = "access_logs") -> None:
        """Turns a log on, or moves it."""
        self._set(log, enabled="true", bucket=bucket, prefix=prefix)

    def log_again(self, log: str = "access_logs") -> None:
        """Turns a log on that was on before: the load balancer still knows where to."""
        self._set(log, enabled="true")

    def stop_logging(self, log: str = "access_logs") -> None:
        """Turns a log off."""
        self._set(log, enabled="false")

    def delete(self) -> None:
        """Removes the load balancer."""
        self._api.delete_load_balancer(LoadBalancerArn=self.arn)

    def _set(self, log: str, **settings: str) -> None:
        attributes = [{"Key": f"{log}.s3.{name}", "Value": value} for name, value in settings.items()]
        self._api.modify_load_balancer_attributes(LoadBalancerArn=self.arn, Attributes=attributes)
