"""Forms of records as owners choose them."""

from __future__ import annotations

import json

from athena.forms import FlowForm, Form
from serde.catalog import ROOT

DELIVERED = json.loads((ROOT / "tests/local_aws/vended_fields.json").read_text(encoding="utf-8"))


def of_load_balancers(kind: str, encoding: str) -> Form:
    """With every field, for their owners have no choice."""
    fields = DELIVERED[f"elasticloadbalancing {kind}_LOGS"]["mandatory"]
    return Form(encoding, " ".join(fields), {"elb": "{elb}"})


FLOWS = "action bytes end vpc-id dstaddr tcp-flags start srcaddr srcport"
OWN_FLOWS = {"vpc-id": "vpc-0a1b2c3d4e5f60718", "tcp-flags": "18"}
FLOWS_AS_TEXT = FlowForm("plain-text", FLOWS, OWN_FLOWS)
FLOWS_AS_PARQUET = FlowForm("parquet", FLOWS, OWN_FLOWS)
USUAL_FLOWS_AS_PARQUET = FlowForm("parquet")

REQUESTS = "time sc-status cs(Host) timestamp(ms) cs(User-Agent) date sc-bytes time-taken c-country"
OWN_REQUESTS = {"timestamp(ms)": "1772507000123"}
REQUESTS_AS_JSON = Form("json", REQUESTS, OWN_REQUESTS)
REQUESTS_AS_PARQUET = Form("parquet", REQUESTS, OWN_REQUESTS)

# In the order of a line that S3 itself writes; the last two are not in it.
OF_BUCKETS = """
    bucket_owner_id bucket_name request_time remote_ip requester request_id operation key_name request_uri
    http_status error_code bytes_sent_size object_size total_duration turn_around_duration referer user_agent
    version_id host_id signature_version cipher_suite authentication_type host_header tls_version
    access_point_arn acl_required source_region bucket_arn schema_version_id
"""
OWN_OF_BUCKETS = {
    "bucket_name": "{name}",
    "request_time": "2026-03-03T03:03:03Z",
    "acl_required": "true",
    "bucket_arn": "arn:aws:s3:::{name}",
    "schema_version_id": "V_1_0",
}
BUCKETS_AS_PARQUET = Form("parquet", OF_BUCKETS, OWN_OF_BUCKETS, typed=True)
