"""CloudWatch Logs refuses the deliveries that it refuses in AWS, and tells of the others."""

from __future__ import annotations

import pytest

from vended_log import VendedLog

from .refusals import refused
from .test_cloudtrail import heard, listen

REGION = "us-east-1"
SITE = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"
SHOP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081"
BUCKET = "arn:aws:s3:::logs"
INVALID, CONFLICT = "ValidationException", "ConflictException"


@pytest.fixture
def site(local_aws):
    return VendedLog(local_aws.client, REGION, "site", SITE, "ACCESS_LOGS")


def path(suffix, hive=False):
    return {"suffixPath": suffix, "enableHiveCompatiblePath": hive}


@pytest.mark.parametrize(
    "region, name, arn, log_type, code",
    [
        (REGION, "a b", SITE, "ACCESS_LOGS", INVALID),
        (REGION, "x" * 61, SITE, "ACCESS_LOGS", INVALID),
        (REGION, "new", SITE, "NONSENSE", INVALID),
        (REGION, "new", "nonsense", "ACCESS_LOGS", INVALID),
        ("eu-west-1", "new", SITE, "ACCESS_LOGS", INVALID),
        (REGION, "new", SITE, "ACCESS_LOGS", CONFLICT),
        (REGION, "site", SHOP, "ALB_ACCESS_LOGS", CONFLICT),
    ],
)
def test_sources_refused(local_aws, site, region, name, arn, log_type, code):
    refused(lambda: VendedLog(local_aws.client, region, name, arn, log_type), code)


@pytest.mark.parametrize(
    "arn, output_format",
    [
        (BUCKET, "raw"),
        (BUCKET, "nonsense"),
        ("arn:aws:logs:us-east-1:123456789012:log-group:x", "parquet"),
        ("arn:aws:firehose:us-east-1:123456789012:deliverystream/x", "w3c"),
        ("arn:aws:sqs:us-east-1:123456789012:x", "json"),
    ],
)
def test_destinations_refused(site, arn, output_format):
    refused(lambda: site.destination(arn, output_format), INVALID)


def test_the_format_of_a_destination_stays(local_aws, site):
    site.destination(BUCKET, "json")
    site.destination(BUCKET + "/web")
    refused(lambda: site.destination(BUCKET, "parquet"), INVALID)
    held = local_aws.client("logs", REGION).get_delivery_destination(name="site")["deliveryDestination"]
    assert held["outputFormat"] == "json"
    assert held["deliveryDestinationConfiguration"] == {"destinationResourceArn": BUCKET + "/web"}


@pytest.mark.parametrize(
    "settings",
    [
        {"recordFields": ["date", "nonsense"]},
        {"s3DeliveryConfiguration": path("{tenant}")},
        {"s3DeliveryConfiguration": path("a/{yyyy")},
        {"s3DeliveryConfiguration": path("x" * 257)},
        {"s3DeliveryConfiguration": path("year={yyyy}", hive=True)},
    ],
)
def test_deliveries_refused(site, settings):
    refused(lambda: site.deliver_to(BUCKET, "json", **settings), INVALID)
    site.deliver_to(BUCKET, "json")
    refused(lambda: site.change(**settings), INVALID)


def test_fields_of_load_balancers_cannot_be_left_out(local_aws):
    shop = VendedLog(local_aws.client, REGION, "shop", SHOP, "ALB_ACCESS_LOGS")
    refused(lambda: shop.deliver_to(BUCKET, "json", recordFields=["time"]), INVALID, "missing")
    shop.deliver_to(BUCKET, "json")
    assert len(shop.get()["recordFields"]) == 34
    assert shop.get()["s3DeliveryConfiguration"]["suffixPath"] == "{region}/{yyyy}/{MM}/{dd}"


def test_one_delivery_of_a_source_to_each_kind_of_destination(site):
    site.deliver_to(BUCKET, "json")
    refused(lambda: site.deliver_to(BUCKET, "json"), CONFLICT)


def test_what_is_used_is_not_deleted(local_aws, site):
    api = local_aws.client("logs", REGION)
    site.deliver_to(BUCKET, "json")
    refused(lambda: api.delete_delivery_source(name="site"), CONFLICT)
    refused(lambda: api.delete_delivery_destination(name="site"), CONFLICT)
    site.stop()
    refused(site.stop, "ResourceNotFoundException")
    refused(site.get, "ResourceNotFoundException")
    refused(lambda: site.change(recordFields=["date"]), "ResourceNotFoundException")
    api.delete_delivery_source(name="site")
    api.delete_delivery_destination(name="site")


def test_a_new_delivery_of_cloudfront_says_the_whole_path_and_a_changed_one_what_was_given(site):
    site.deliver_to(BUCKET, "json", s3DeliveryConfiguration=path("/web/{yyyy}"))
    assert site.get()["s3DeliveryConfiguration"] == path("AWSLogs/{account-id}/CloudFront/web/{yyyy}")
    site.change(s3DeliveryConfiguration={"suffixPath": "web/{yyyy}"})
    assert site.get()["s3DeliveryConfiguration"] == path("web/{yyyy}")
    site.stop()
    site.destination(BUCKET + "/web", "json")
    site.deliver_to(BUCKET + "/web", "json", s3DeliveryConfiguration=path("{yyyy}", hive=True))
    assert site.get()["s3DeliveryConfiguration"] == path("{yyyy}", hive=True)


def test_a_delivery_tells_its_life(local_aws, site):
    url = listen(local_aws, "aws.logs", REGION)
    site.deliver_to(BUCKET, "json", recordFields=["date", "cs(Host)"])
    site.change(recordFields=["date"])
    site.stop()
    destination, created, changed, deleted = (event["detail"] for event in heard(local_aws, url, REGION))
    assert destination["requestParameters"] == {
        "name": "site",
        "outputFormat": "json",
        "deliveryDestinationConfiguration": {"destinationResourceArn": BUCKET},
    }
    assert (created["eventSource"], created["apiVersion"]) == ("logs.amazonaws.com", "2014-03-28")
    arn = destination["responseElements"]["deliveryDestination"]["arn"]
    assert created["requestParameters"] == {
        "deliverySourceName": "site",
        "deliveryDestinationArn": arn,
        "recordFields": ["date", "cs(Host)"],
    }
    assert created["responseElements"]["delivery"]["id"] == site.id
    assert changed["requestParameters"] == {"id": site.id, "recordFields": ["date"]}
    assert deleted["requestParameters"] == {"id": site.id}
