"""Classic Elastic Load Balancing keeps, refuses and forgets the settings of a log as AWS does."""

from __future__ import annotations

import pytest

from classic_load_balancer import LISTENER, ClassicLoadBalancer

from .functions import REGION
from .refusals import refused


def access_log(client, name):
    answer = client.describe_load_balancer_attributes(LoadBalancerName=name)
    return answer["LoadBalancerAttributes"]["AccessLog"]


def test_a_log_is_turned_on_and_off(local_aws):
    client = local_aws.client("elb")
    balancer = ClassicLoadBalancer(local_aws.client, REGION, "shop")
    assert access_log(client, "shop") == {"Enabled": False}
    balancer.log_to("logs", "web")
    on = {"Enabled": True, "S3BucketName": "logs", "EmitInterval": 60, "S3BucketPrefix": "web"}
    assert access_log(client, "shop") == on
    balancer.stop_logging()
    assert not access_log(client, "shop")["Enabled"]
    balancer.delete()
    refused(lambda: access_log(client, "shop"), "LoadBalancerNotFound", "no ACTIVE Load Balancer")
    balancer.delete()


@pytest.mark.parametrize(
    "access_log, code, message",
    [
        ({"Enabled": True}, "InvalidConfigurationRequest", "S3 bucket"),
        ({"Enabled": True, "S3BucketName": ""}, "InvalidConfigurationRequest", "S3 bucket"),
        (
            {"Enabled": True, "S3BucketName": "logs", "EmitInterval": 7},
            "InvalidConfigurationRequest",
            "5 or 60",
        ),
        ({"S3BucketName": "logs"}, "ValidationError", "Enabled"),
    ],
)
def test_settings_refused(local_aws, access_log, code, message):
    ClassicLoadBalancer(local_aws.client, REGION, "shop")
    change = {"LoadBalancerName": "shop", "LoadBalancerAttributes": {"AccessLog": access_log}}
    client = local_aws.client("elb")
    refused(lambda: client.modify_load_balancer_attributes(**change), code, message)


def test_load_balancers_that_are_none(local_aws):
    client = local_aws.client("elb")
    off = {"LoadBalancerName": "none", "LoadBalancerAttributes": {"AccessLog": {"Enabled": False}}}
    refused(lambda: access_log(client, "none"), "LoadBalancerNotFound")
    refused(lambda: client.modify_load_balancer_attributes(**off), "LoadBalancerNotFound")
    refused(lambda: client.describe_load_balancer_attributes(), "ValidationError")
    for name in ["", "x" * 33, "a_b", "app/shop/1"]:
        made = {"LoadBalancerName": name, "Listeners": [LISTENER], "AvailabilityZones": [f"{REGION}a"]}
        refused(lambda made=made: client.create_load_balancer(**made), "ValidationError")
