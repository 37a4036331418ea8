"""Elastic Load Balancing refuses the log settings that it refuses in AWS."""

from __future__ import annotations

import pytest

from load_balancer import LoadBalancer

from .functions import REGION
from .refusals import refused

LOG = "access_logs.s3"


@pytest.mark.parametrize(
    "settings, code, message",
    [
        ({f"{LOG}.enabled": "maybe"}, "ValidationError", "'true' or 'false'"),
        ({f"{LOG}.enabled": "true"}, "InvalidConfigurationRequest", f"{LOG}.bucket"),
        ({f"{LOG}.enabled": "true", f"{LOG}.bucket": ""}, "InvalidConfigurationRequest", f"{LOG}.bucket"),
        ({f"{LOG}.prefix": "web/AWSLogs"}, "InvalidConfigurationRequest", "AWSLogs"),
        ({None: "true"}, "ValidationError", "a key and a value"),
        ({f"{LOG}.enabled": None}, "ValidationError", "a key and a value"),
        ({"nonsense": "x"}, "InvalidConfigurationRequest", "nonsense"),
    ],
)
def test_attributes_refused(local_aws, settings, code, message):
    balancer = LoadBalancer(local_aws.client, REGION, "shop")
    given = [{"Key": key, "Value": value} for key, value in settings.items()]
    given = [{name: text for name, text in item.items() if text is not None} for item in given]
    client = local_aws.client("elbv2")
    change = {"LoadBalancerArn": balancer.arn, "Attributes": given}
    refused(lambda: client.modify_load_balancer_attributes(**change), code, message)


@pytest.mark.parametrize(
    "kind, arn, key, is_known",
    [
        ("application", "app", f"{LOG}.prefix", True),
        ("application", "app", "connection_logs.s3.prefix", True),
        ("application", "app", "dns_record.client_routing_policy", False),
        ("network", "net", f"{LOG}.prefix", True),
        ("network", "net", "connection_logs.s3.prefix", False),
        ("network", "net", "health_check_logs.s3.prefix", False),
        ("gateway", "gwy", f"{LOG}.prefix", False),
    ],
)
def test_each_kind_has_its_arn_and_its_attributes(local_aws, kind, arn, key, is_known):
    balancer = LoadBalancer(local_aws.client, REGION, "shop", kind)
    client = local_aws.client("elbv2")
    [found] = client.describe_load_balancers(LoadBalancerArns=[balancer.arn])["LoadBalancers"]
    assert (f":loadbalancer/{arn}/shop/" in balancer.arn, found["Type"]) == (True, kind)
    change = {"LoadBalancerArn": balancer.arn, "Attributes": [{"Key": key, "Value": "x"}]}
    if is_known:
        client.modify_load_balancer_attributes(**change)
        answer = client.describe_load_balancer_attributes(LoadBalancerArn=balancer.arn)
        assert {"Key": key, "Value": "x"} in answer["Attributes"]
    else:
        refused(
            lambda: client.modify_load_balancer_attributes(**change),
            "InvalidConfigurationRequest",
            f"'{key}' is not supported on load balancers with type '{kind}'",
        )


def test_a_bucket_named_before_is_used_again(local_aws):
    balancer = LoadBalancer(local_aws.client, REGION, "shop")
    balancer.log_to("logs")
    balancer.stop_logging()
    enable = [{"Key": f"{LOG}.enabled", "Value": "true"}]
    client = local_aws.client("elbv2")
    client.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=enable)


@pytest.mark.parametrize(
    "arguments, code",
    [
        ({}, "ValidationError"),
        ({"LoadBalancerArn": "x"}, "ValidationError"),
        (
            {"LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/x/1"},
            "ValidationError",
        ),
        (
            {"LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1"},
            "LoadBalancerNotFound",
        ),
    ],
)
def test_load_balancers_that_are_none(local_aws, arguments, code):
    refused(lambda: local_aws.client("elbv2").describe_load_balancer_attributes(**arguments), code)
