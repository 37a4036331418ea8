"""The log of a bucket: its configuration reads back whole, and its calls are told."""

from __future__ import annotations

import pytest

from bucket import Bucket

from .test_cloudtrail import heard, listen

REGION = "eu-west-1"


@pytest.mark.parametrize("partitioned", [True, False])
def test_the_names_of_the_files_are_kept(local_aws, partitioned):
    bucket = Bucket(local_aws.client, REGION, "shop", partitioned)
    bucket.log_to("shop-logs", "s3")
    api = local_aws.client("s3", REGION)
    enabled = api.get_bucket_logging(Bucket="shop")["LoggingEnabled"]
    assert (enabled["TargetBucket"], enabled["TargetPrefix"]) == ("shop-logs", "s3/")
    chosen = enabled["TargetObjectKeyFormat"]
    assert list(chosen) == ["PartitionedPrefix" if partitioned else "SimplePrefix"]
    bucket.stop_logging()
    assert "LoggingEnabled" not in api.get_bucket_logging(Bucket="shop")


def test_calls_are_told_with_the_names_of_their_xml(local_aws):
    url = listen(local_aws, "aws.s3", REGION)
    bucket = Bucket(local_aws.client, REGION, "shop")
    bucket.log_to("shop-logs", "s3")
    bucket.delete()
    put, deleted = (body["detail"] for body in heard(local_aws, url))
    asked = put["requestParameters"]
    assert (put["eventName"], asked["bucketName"]) == ("PutBucketLogging", "shop")
    assert asked["BucketLoggingStatus"]["LoggingEnabled"]["TargetBucket"] == "shop-logs"
    assert (deleted["eventName"], deleted["requestParameters"]["bucketName"]) == ("DeleteBucket", "shop")
