"""Elastic Load Balancing: kinds and attributes unknown to moto, and log settings that AWS would refuse."""

from __future__ import annotations

import re
from typing import Any

from moto.elbv2 import elbv2_backends
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer

from .call import AwsError, Call
from .hooks import before

ARN = re.compile(r"arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer/(app|net|gwy)/[\w-]+/\w+")
LOGS = ("access_logs.s3", "connection_logs.s3", "health_check_logs.s3")

KINDS = {"application": "app", "network": "net", "gateway": "gwy"}

# As the API reference of LoadBalancerAttribute tells them apart.
OF_ALL = {"deletion_protection.enabled", "load_balancing.cross_zone.enabled"}
OF_NETWORK_ONLY = {"dns_record.client_routing_policy", "secondary_ips.auto_assigned.per_subnet"}
OF_NETWORK_TOO = {
    "access_logs.s3.enabled",
    "access_logs.s3.bucket",
    "access_logs.s3.prefix",
    "ipv6.deny_all_igw_traffic",
    "zonal_shift.config.enabled",
}

FakeLoadBalancer.VALID_ATTRS |= {"health_check_logs.s3.bucket", "health_check_logs.s3.prefix"}
ATTRIBUTES = {
    "application": FakeLoadBalancer.VALID_ATTRS - OF_NETWORK_ONLY,
    "network": OF_ALL | OF_NETWORK_TOO | OF_NETWORK_ONLY,
    "gateway": OF_ALL,
}

_create = ELBv2Backend.create_load_balancer


def _create_of_its_kind(backend: ELBv2Backend, *arguments: Any, **named: Any) -> FakeLoadBalancer:
    """What is no application load balancer has another ARN, and fewer attributes."""
    balancer = _create(backend, *arguments, **{**named, "tags": None})
    del backend.load_balancers[balancer.arn]
    balancer.arn = balancer.arn.replace("loadbalancer/app/", f"loadbalancer/{KINDS[balancer.type]}/")
    known = ATTRIBUTES[balancer.type]
    balancer.attrs = {key: value for key, value in balancer.attrs.items() if key in known}
    backend.load_balancers[balancer.arn] = balancer
    backend.tagging_service.tag_resource(balancer.arn, named.get("tags"))
    return balancer


ELBv2Backend.create_load_balancer = _create_of_its_kind


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
        for attribute in given:
            _check_key(attribute["Key"], balancer.type)
        wanted = balancer.attrs | {attribute["Key"]: attribute["Value"] for attribute in given}
        for log in LOGS:
            _check_log(log, wanted)


def _check_key(key: str, kind: str) -> None:
    if key in FakeLoadBalancer.VALID_ATTRS - ATTRIBUTES[kind]:
        hint = f"is not supported on load balancers with type '{kind}'"
        raise _refused(f"Load balancer attribute key '{key}' {hint}")


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
