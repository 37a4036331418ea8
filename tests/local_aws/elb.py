"""Classic Elastic Load Balancing: load balancers that are none, and log settings that AWS would refuse."""

from __future__ import annotations

import re
from typing import Any

from moto.elb.models import ELBBackend, elb_backends

from .call import AwsError, Call
from .hooks import before

NAME = re.compile(r"[A-Za-z0-9-]{1,32}")
INTERVALS = (5, 60)

_modify = ELBBackend.modify_load_balancer_attributes


@before("elb", "CreateLoadBalancer")
def _check_name(call: Call) -> None:
    if not NAME.fullmatch(call.params["LoadBalancerName"]):
        hint = "only contain characters that are alphanumeric characters and hyphens(-), 32 at most"
        raise AwsError("ValidationError", f"LoadBalancer name can {hint}", 400)


@before("elb", "DescribeLoadBalancerAttributes", "ModifyLoadBalancerAttributes")
def _check_exists(call: Call) -> None:
    """Where there is none, moto fails; a deletion succeeds, as it does in AWS."""
    name = call.params["LoadBalancerName"]
    if name not in elb_backends[call.account][call.region].load_balancers:
        raise AwsError("LoadBalancerNotFound", f"There is no ACTIVE Load Balancer named '{name}'", 400)


@before("elb", "ModifyLoadBalancerAttributes")
def _check_log(call: Call) -> None:
    log = call.params["LoadBalancerAttributes"].get("AccessLog", {})
    if log.get("Enabled") and not log.get("S3BucketName"):
        raise _refused("The name of an S3 bucket is needed to enable the access log")
    if log.get("EmitInterval", 60) not in INTERVALS:
        raise _refused("The access log's interval must be 5 or 60 minutes")


def _refused(message: str) -> AwsError:
    return AwsError("InvalidConfigurationRequest", message, 409)


def _modify_with_interval(backend: ELBBackend, name: str, **changes: Any) -> None:
    """An enabled log has an interval, given or not."""
    log = changes.get("access_log")
    if log and log["Enabled"]:
        changes["access_log"] = {"EmitInterval": 60, **log}
    _modify(backend, name, **changes)


ELBBackend.modify_load_balancer_attributes = _modify_with_interval
