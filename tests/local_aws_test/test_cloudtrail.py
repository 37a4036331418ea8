"""API calls become CloudTrail events on the default bus of the caller's account, in the service's region."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from classic_load_balancer import ClassicLoadBalancer
from web_acl import WebAcl

from .functions import ACCOUNT, messages, queue

REGION = "eu-west-1"
SOURCE = '{"source": ["%s"], "detail-type": ["AWS API Call via CloudTrail"]}'


def listen(aws, source, region):
    """A queue that receives the source's events; its URL."""
    url, arn = queue(aws, "heard", region)
    client = aws.client("events", region)
    client.put_rule(Name="listen", EventPattern=SOURCE % source)
    client.put_targets(Rule="listen", Targets=[{"Id": "q", "Arn": arn}])
    return url


def load_balancer(aws):
    ec2 = aws.client("ec2", REGION)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    zones = ("a", "b")
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=REGION + zone)["Subnet"][
            "SubnetId"
        ]
        for i, zone in enumerate(zones)
    ]
    made = aws.client("elbv2", REGION).create_load_balancer(Name="lb", Subnets=subnets)
    return made["LoadBalancers"][0]["LoadBalancerArn"]


def heard(aws, url, region=REGION):
    return [message["Body"] for message in messages(aws, url, region)]


ATTRIBUTES = [
    {"Key": "access_logs.s3.enabled", "Value": "true"},
    {"Key": "access_logs.s3.bucket", "Value": "b"},
    {"Key": "health_check_logs.s3.bucket", "Value": "b"},
    {"Key": "health_check_logs.s3.prefix", "Value": "p"},
]


def test_a_load_balancer_tells_its_life(local_aws):
    url = listen(local_aws, "aws.elasticloadbalancing", REGION)
    client, arn = local_aws.client("elbv2", REGION), load_balancer(local_aws)
    client.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=ATTRIBUTES)
    client.delete_load_balancer(LoadBalancerArn=arn)
    created, modified, deleted = heard(local_aws, url)
    assert (modified["account"], modified["region"]) == (ACCOUNT, REGION)
    detail = modified["detail"]
    assert detail["eventSource"] == "elasticloadbalancing.amazonaws.com"
    assert (detail["eventName"], detail["awsRegion"], detail["apiVersion"]) == (
        "ModifyLoadBalancerAttributes",
        REGION,
        "2015-12-01",
    )
    pairs = [{"key": item["Key"], "value": item["Value"]} for item in ATTRIBUTES]
    assert detail["requestParameters"] == {"loadBalancerArn": arn, "attributes": pairs}
    answered = detail["responseElements"]["attributes"]
    assert len(answered) > len(pairs) and all(pair in answered for pair in pairs)
    assert "errorCode" not in detail
    assert created["detail"]["requestParameters"]["name"] == "lb"
    assert deleted["detail"]["requestParameters"] == {"loadBalancerArn": arn}


def test_a_classic_load_balancer_tells_its_life_in_the_older_api(local_aws):
    url = listen(local_aws, "aws.elasticloadbalancing", REGION)
    balancer = ClassicLoadBalancer(local_aws.client, REGION, "lb")
    log = {"Enabled": True, "S3BucketName": "b", "EmitInterval": 5, "S3BucketPrefix": "p"}
    client = local_aws.client("elb", REGION)
    change = {"LoadBalancerName": "lb", "LoadBalancerAttributes": {"AccessLog": log}}
    client.modify_load_balancer_attributes(**change)
    balancer.delete()
    with pytest.raises(ClientError):
        client.modify_load_balancer_attributes(**change)
    created, modified, deleted, failed = [event["detail"] for event in heard(local_aws, url)]
    told = {"enabled": True, "s3BucketName": "b", "emitInterval": 5, "s3BucketPrefix": "p"}
    asked = {"loadBalancerName": "lb", "loadBalancerAttributes": {"accessLog": told}}
    assert modified["requestParameters"] == asked
    assert modified["responseElements"]["loadBalancerAttributes"]["accessLog"] == told
    assert (modified["eventSource"], modified["eventName"], modified["apiVersion"]) == (
        "elasticloadbalancing.amazonaws.com",
        "ModifyLoadBalancerAttributes",
        "2012-06-01",
    )
    assert created["requestParameters"]["loadBalancerName"] == "lb"
    assert deleted["requestParameters"] == {"loadBalancerName": "lb"}
    assert deleted["responseElements"] is None
    assert failed["errorCode"] == "AccessPointNotFoundException"


def test_the_version_alone_tells_the_generations_apart(local_aws):
    url = listen(local_aws, "aws.elasticloadbalancing", REGION)
    arn = load_balancer(local_aws)
    prefix = [{"Key": "access_logs.s3.prefix", "Value": "Version=2012-06-01"}]
    client = local_aws.client("elbv2", REGION)
    client.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=prefix)
    _, modified = heard(local_aws, url)
    assert modified["detail"]["apiVersion"] == "2015-12-01"


def test_a_failed_call_tells_its_error(local_aws):
    url = listen(local_aws, "aws.elasticloadbalancing", REGION)
    missing = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/app/none/0123456789abcdef"
    with pytest.raises(ClientError):
        local_aws.client("elbv2", REGION).modify_load_balancer_attributes(
            LoadBalancerArn=missing, Attributes=ATTRIBUTES
        )
    [event] = heard(local_aws, url)
    assert event["detail"]["errorCode"] == "LoadBalancerNotFoundException"
    assert event["detail"]["errorMessage"]
    assert event["detail"]["responseElements"] is None


def test_an_injected_error_is_no_call_that_cloudtrail_saw(local_aws):
    url = listen(local_aws, "aws.elasticloadbalancing", REGION)
    arn = load_balancer(local_aws)
    local_aws.faults([{"operation": "ModifyLoadBalancerAttributes", "error": "Throttling"}])
    with pytest.raises(ClientError):
        local_aws.client("elbv2", REGION).modify_load_balancer_attributes(
            LoadBalancerArn=arn, Attributes=ATTRIBUTES
        )
    assert [event["detail"]["eventName"] for event in heard(local_aws, url)] == ["CreateLoadBalancer"]


def test_global_services_tell_us_east_1(local_aws):
    url = listen(local_aws, "aws.cloudfront", "us-east-1")
    local_aws.client("cloudfront", "us-east-1").create_distribution(
        DistributionConfig={
            "CallerReference": "r",
            "Comment": "",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "o",
                        "DomainName": "b.s3.amazonaws.com",
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
            },
            "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all"},
        }
    )
    [event] = heard(local_aws, url, "us-east-1")
    assert event["detail"]["requestParameters"]["distributionConfig"]["callerReference"] == "r"
    assert event["detail"]["responseElements"]["distribution"]["id"]


def test_web_acl_logging(local_aws):
    url = listen(local_aws, "aws.wafv2", REGION)
    acl = WebAcl(local_aws.client, REGION, "acl")
    acl.log_to("aws-waf-logs-b")
    [event] = heard(local_aws, url)
    asked = event["detail"]["requestParameters"]["loggingConfiguration"]
    assert asked == {"resourceArn": acl.arn, "logDestinationConfigs": ["arn:aws:s3:::aws-waf-logs-b"]}


def test_a_deleted_web_acl_logs_no_more(local_aws):
    client = local_aws.client("wafv2", REGION)
    acl = WebAcl(local_aws.client, REGION, "acl")
    acl.log_to("aws-waf-logs-b")
    acl.delete()
    with pytest.raises(ClientError, match="WAFNonexistentItemException"):
        client.get_logging_configuration(ResourceArn=acl.arn)


def test_bucket_logging_keeps_the_names_of_its_xml(local_aws):
    url = listen(local_aws, "aws.s3", "us-east-1")
    client = local_aws.client("s3", "us-east-1")
    for name in ("source", "target"):
        client.create_bucket(Bucket=name)
    client.put_bucket_logging(Bucket="source", BucketLoggingStatus={})
    [event] = heard(local_aws, url, "us-east-1")
    assert event["detail"]["requestParameters"]["bucketName"] == "source"
