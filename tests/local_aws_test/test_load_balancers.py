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
