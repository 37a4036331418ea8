"""Firehose streams refuse the prefixes that they refuse in AWS, and describe themselves."""

from __future__ import annotations

import pytest

from stream import LINES, Stream

from .functions import REGION
from .refusals import refused


def described(aws, stream):
    client = aws.client("firehose", REGION)
    answer = client.describe_delivery_stream(DeliveryStreamName=stream.name)["DeliveryStreamDescription"]
    [destination] = answer["Destinations"]
    return destination["ExtendedS3DestinationDescription"]


def test_a_stream_describes_its_destination(local_aws):
    plain = described(local_aws, Stream(local_aws.client, REGION, "plain", "logs"))
    assert (plain["BucketARN"], plain["CompressionFormat"]) == ("arn:aws:s3:::logs", "UNCOMPRESSED")
    assert "Prefix" not in plain
    chosen = {
        "Prefix": "waf/!{timestamp:yyyy/MM/dd}/",
        "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
        "CompressionFormat": "GZIP",
        "ProcessingConfiguration": LINES,
    }
    stream = Stream(local_aws.client, REGION, "chosen", "logs", **chosen)
    assert described(local_aws, stream).items() >= chosen.items()
    stream.delete()
    client = local_aws.client("firehose", REGION)
    refused(lambda: client.describe_delivery_stream(DeliveryStreamName="chosen"), "ResourceNotFoundException")


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"Prefix": "a/!{timestamp:yyyy}/"}, "ErrorOutputPrefix"),
        ({"Prefix": "a/!{firehose:error-output-type}/", "ErrorOutputPrefix": "b/"}, "cannot contain"),
        ({"Prefix": "a/!{time:yyyy}/", "ErrorOutputPrefix": "b/"}, "not supported"),
        ({"ErrorOutputPrefix": "b/!{timestamp:yyyy}/"}, "must contain"),
        ({"Prefix": "a/!{partitionKeyFromQuery:b}/", "ErrorOutputPrefix": "c/"}, "Dynamic partitioning"),
    ],
)
def test_prefixes_refused(local_aws, settings, message):
    refused(
        lambda: Stream(local_aws.client, REGION, "odd", "logs", **settings),
        "InvalidArgumentException",
        message,
    )


def test_names_refused(local_aws):
    refused(lambda: Stream(local_aws.client, REGION, "a b", "logs"), "ValidationException")
