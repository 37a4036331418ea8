"""What services say of resources and their logs, about as long as AWS makes it: a page takes memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.function.events import REGION

ELB = "http://elasticloadbalancing.amazonaws.com/doc"
ZONES = [f"{REGION}{letter}" for letter in "abc"]
# Beside those of logs.
SETTINGS = {
    "deletion_protection.enabled": "true",
    "load_balancing.cross_zone.enabled": "true",
    "idle_timeout.timeout_seconds": "60",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
}
LOGS = ("access_logs", "connection_logs", "health_check_logs")
FIELDS = (
    "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action"
    " log-status"
)


def load_balancers(arns: Sequence[str], marker: str, is_classic: bool) -> str:
    version = "2012-06-01" if is_classic else "2015-12-01"
    things = "LoadBalancerDescriptions" if is_classic else "LoadBalancers"
    described = members(map(classic_load_balancer if is_classic else load_balancer, arns))
    listed = element(things, described) + element("NextMarker", marker)
    return response("DescribeLoadBalancers", version, listed)


def load_balancer(arn: str) -> str:
    name, id = arn.split("/")[-2:]
    zone = "<ZoneName>{}</ZoneName><SubnetId>subnet-0123456789abcdef0</SubnetId><LoadBalancerAddresses/>"
    return "".join(
        [
            element("LoadBalancerArn", arn),
            element("DNSName", f"{name}-{int(id, 16)}.{REGION}.elb.amazonaws.com"),
            "<CanonicalHostedZoneId>Z32O12XQLNTSW2</CanonicalHostedZoneId>",
            "<CreatedTime>2026-03-03T03:03:03.030Z</CreatedTime>",
            element("LoadBalancerName", name),
            "<Scheme>internet-facing</Scheme><VpcId>vpc-0123456789abcdef0</VpcId>",
            "<State><Code>active</Code></State><Type>application</Type><IpAddressType>ipv4</IpAddressType>",
            element("AvailabilityZones", members(zone.format(name) for name in ZONES)),
            "<SecurityGroups><member>sg-0123456789abcdef0</member></SecurityGroups>",
        ]
    )


def classic_load_balancer(arn: str) -> str:
    name = arn.rpartition("/")[2]
    listener = (
        "<Listener><Protocol>HTTPS</Protocol><LoadBalancerPort>443</LoadBalancerPort>"
        "<InstanceProtocol>HTTP</InstanceProtocol><InstancePort>80</InstancePort></Listener><PolicyNames/>"
    )
    return "".join(
        [
            element("LoadBalancerName", name),
            element("DNSName", f"{name}-1234567890.{REGION}.elb.amazonaws.com"),
            "<CanonicalHostedZoneNameID>Z32O12XQLNTSW2</CanonicalHostedZoneNameID>",
            element("ListenerDescriptions", members([listener])),
            element("AvailabilityZones", members(ZONES)),
            element("Instances", members(f"<InstanceId>i-{number:017x}</InstanceId>" for number in range(4))),
            "<VPCId>vpc-0123456789abcdef0</VPCId><Scheme>internet-facing</Scheme>",
            "<CreatedTime>2016-03-03T03:03:03.030Z</CreatedTime>",
        ]
    )


def attributes(bucket: str | None) -> str:
    """All three logs of an application load balancer, or none."""
    logs = {"enabled": "true" if bucket else "false", "bucket": bucket or "", "prefix": ""}
    all_of_logs = {f"{log}.s3.{key}": value for log in LOGS for key, value in logs.items()}
    pairs = {**SETTINGS, **all_of_logs}.items()
    listed = members(element("Key", key) + element("Value", value) for key, value in pairs)
    return response("DescribeLoadBalancerAttributes", "2015-12-01", element("Attributes", listed))


def classic_attributes(bucket: str | None) -> str:
    log = "<Enabled>false</Enabled>"
    if bucket:
        log = f"<Enabled>true</Enabled><S3BucketName>{bucket}</S3BucketName><EmitInterval>60</EmitInterval>"
    said = (
        element("AccessLog", log)
        + "<CrossZoneLoadBalancing><Enabled>true</Enabled></CrossZoneLoadBalancing>"
        + "<ConnectionSettings><IdleTimeout>60</IdleTimeout></ConnectionSettings>"
    )
    return response("DescribeLoadBalancerAttributes", "2012-06-01", element("LoadBalancerAttributes", said))


def buckets(arns: Iterable[str], token: str) -> str:
    more = f"<CreationDate>2026-03-03T03:03:03.000Z</CreationDate><BucketRegion>{REGION}</BucketRegion>"
    names = (arn.rpartition(":")[2] for arn in arns)
    listed = "".join(element("Bucket", element("Name", name) + more) for name in names)
    return element("ListAllMyBucketsResult", element("Buckets", listed) + element("ContinuationToken", token))


def bucket_logging(bucket: str | None) -> str:
    target = f"<TargetBucket>{bucket}</TargetBucket><TargetPrefix/>"
    return element("BucketLoggingStatus", element("LoggingEnabled", target) if bucket else "")


def web_acl_logging(arn: str, bucket: str | None) -> dict[str, Any]:
    return {
        "ResourceArn": arn,
        "LogDestinationConfigs": [f"arn:aws:s3:::{bucket}"],
        "ManagedByFirewallManager": False,
        "LogType": "WAF_LOGS",
        "LogScope": "CUSTOMER",
    }


def flow_logs(there: Mapping[str, str | None], token: str) -> str:
    fields = " ".join(f"${{{field}}}" for field in FIELDS.split())
    described = "".join(
        "<item>"
        + element("flowLogId", arn.rpartition("/")[2])
        + "<resourceId>vpc-0123456789abcdef0</resourceId><flowLogStatus>ACTIVE</flowLogStatus>"
        + "<trafficType>ALL</trafficType><logDestinationType>s3</logDestinationType>"
        + element("logDestination", f"arn:aws:s3:::{bucket}")
        + element("logFormat", fields)
        + "<maxAggregationInterval>600</maxAggregationInterval></item>"
        for arn, bucket in there.items()
    )
    return element("DescribeFlowLogsResponse", element("flowLogSet", described) + element("nextToken", token))


def members(bodies: Iterable[str]) -> str:
    return "".join(element("member", body) for body in bodies)


def element(name: str, body: str) -> str:
    return f"<{name}>{body}</{name}>"


def response(operation: str, version: str, body: str) -> str:
    result = element(f"{operation}Result", body)
    return f'<{operation}Response xmlns="{ELB}/{version}/">{result}</{operation}Response>'
