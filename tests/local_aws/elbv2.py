"""Elastic Load Balancing: attributes that moto does not know yet, and log settings that AWS would refuse."""

from __future__ import annotations

import re

from moto.elbv2 import elbv2_backends
from moto.elbv2.models import FakeLoadBalancer

from .call import AwsError, Call
from .hooks import before

ARN = re.compile(r"arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer/(app|net|gwy)/[\w-]+/\w+")
LOGS = ("access_logs.s3", "connection_logs.s3", "health_check_logs.s3")

FakeLoadBalancer.VALID_ATTRS |= {"health_check_logs.s3.bucket", "health_check_logs.s3.prefix"}


@before("elbv2", "DescribeLoadBalancerAttributes", "ModifyLoadBalancerAttributes", "DeleteLoadBalancer")
def _check_arn(call: Call) -> None:
    arn = call.params["LoadBalancerArn"]
    if not ARN.fullmatch(arn):
        raise _invalid(f"'{arn}' is not a valid load balancer ARN")


@before("elbv2", "ModifyLoadBalancerAttributes")
def _check_attributes(call: Call) -> None:
    """What would be set, over what is set: a bucket may have been named before."""
    given = call.params["Attributes"]
    if any(attribute.keys() < {"Key", "Value"} for attribute in given):
        raise _invalid("A load balancer attribute must have a key and a value")
    balancer = elbv2_backends[call.account][call.region].load_balancers.get(call.params["LoadBalancerArn"])
    if balancer:
        wanted = balancer.attrs | {attribute["Key"]: attribute["Value"] for attribute in given}
        for log in LOGS:
            _check_log(log, wanted)


def _check_log(log: str, attributes: dict[str, str]) -> None:
    enabled = attributes.get(f"{log}.enabled", "false")
    if enabled not in ("true", "false"):
        raise _invalid(f"The value of '{log}.enabled' must be 'true' or 'false'")
    if enabled == "true" and not attributes.get(f"{log}.bucket"):
        raise _refused(f"The value of '{log}.bucket' must be set when '{log}.enabled' is 'true'")
    if "AWSLogs" in attributes.get(f"{log}.prefix", ""):
        raise _refused(f"The value of '{log}.prefix' must not contain 'AWSLogs'")


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationError", message, 400)


def _refused(message: str) -> AwsError:
    return AwsError("InvalidConfigurationRequest", message, 400)
