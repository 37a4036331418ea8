"""Every kind of log that there is."""

from __future__ import annotations

from athena import chosen
from athena.case import (
    ALB_FILE,
    DAILY,
    ELB_FILE,
    HOURLY,
    TO_THE_MINUTE,
    Case,
    View,
    also_delivered,
    delivered,
    distribution,
    firewall,
    flow_log,
    load_balancer,
    streamed_firewall,
    streamed_web_acl,
    web_acl,
)

PARTS = {"year": "{at:%Y}", "month": "{at:%m}", "day": "{at:%d}"}
HIVE = "year={at:%Y}/month={at:%m}/day={at:%d}"
FLOWS = "{account}/vpcflowlogs/{region}/{at:%Y/%m/%d}"
HIVE_FLOWS = f"aws-account-id={{account}}/aws-service=vpcflowlogs/aws-region={{region}}/{HIVE}"
BUCKET_FILE = "{at:%Y-%m-%d-%H-%M-%S}-{unique}"
ALB_ACCESS = load_balancer(
    "application",
    "alb_access_logs_db.alb_{table_name}",
    ALB_FILE,
    "time",
    "request_creation_time",
)
ALB_CONNECTION = load_balancer(
    "application",
    "alb_connection_logs_db.alb_connection_{table_name}",
    f"conn_log_{ALB_FILE}",
    "time",
    log="connection_logs",
)
ALB_HEALTH_CHECK = load_balancer(
    "application",
    "alb_health_logs_db.alb_health_{table_name}",
    f"health_check_log_{ALB_FILE}",
    "time",
    log="health_check_logs",
)
NLB_ACCESS = load_balancer(
    "network",
    "nlb_access_logs_db.nlb_{table_name}",
    f"{ELB_FILE}_{{dotted}}_{TO_THE_MINUTE}_1a2b3c4d.log.gz",
    "time",
    "tls_connection_creation_time",
)
CASES = {
    "alb_access": ALB_ACCESS,
    "alb_access delivered": also_delivered(ALB_ACCESS, "ALB_ACCESS", "plain"),
    "alb_access delivered as JSON beside the other two": also_delivered(ALB_ACCESS, "ALB_ACCESS", "json"),
    "alb_connection": ALB_CONNECTION,
    "alb_connection delivered as W3C": also_delivered(ALB_CONNECTION, "ALB_CONNECTION", "w3c"),
    "alb_connection delivered as JSON beside the other two": also_delivered(
        ALB_CONNECTION, "ALB_CONNECTION", "json"
    ),
    "alb_health_check": ALB_HEALTH_CHECK,
    "alb_health_check delivered as JSON beside the other two": also_delivered(
        ALB_HEALTH_CHECK, "ALB_HEALTH_CHECK", "json"
    ),
    "clb_access": load_balancer(
        "classic",
        "clb_access_logs_db.clb_{table_name}",
        f"{ELB_FILE}_{{name}}_{TO_THE_MINUTE}_203.0.113.9_1a2b3c4d.log",
        "timestamp",
    ),
    "cloudfront_standard": Case(
        resource="distribution",
        table="cloudfront_access_logs_db.cloudfront_{table_id}",
        folder="",
        file="{id}.{at:%Y-%m-%d-%H}.1a2b3c4d.gz",
        partition={},
        view=View(),
    ),
    "cloudfront_standard_v2": distribution(
        "delivered", "{id}/{at:%Y/%m/%d/%H}/", ("site", "site-eu"), **HOURLY
    ),
    "cloudfront_standard_v2 side by side": distribution("delivered side by side", "", ("flat", "flat-eu")),
    "cloudfront_standard_v2 as JSON in Hive's folders": distribution(
        "delivered to Hive's folders",
        f"DistributionId={{id}}/{HIVE}/",
        ("media", "media-eu"),
        chosen.REQUESTS_AS_JSON,
        **PARTS,
    ),
    "cloudfront_standard_v2 as Parquet": distribution(
        "delivered", "{id}/{at:%Y/%m/%d/%H}/", ("games", "games-eu"), chosen.REQUESTS_AS_PARQUET, **HOURLY
    ),
    "cloudtrail": Case(
        resource="trail",
        table="cloudtrail_logs_db.cloudtrail_{table_name}",
        folder="AWSLogs/{account}/CloudTrail/{region}/{at:%Y/%m/%d}/",
        file=f"{{account}}_CloudTrail_{{region}}_{TO_THE_MINUTE}_1A2B3c4d5E6f7081.json.gz",
        partition={"region": "{region}", "day": "{at:%Y/%m/%d}"},
        prefix="{name}",
        no_records=(
            f"AWSLogs/{{account}}/CloudTrail-Digest/{{region}}/{{at:%Y/%m/%d}}/{TO_THE_MINUTE}.json.gz",
            f"AWSLogs/{{account}}/CloudTrail-Insight/{{region}}/{{at:%Y/%m/%d}}/{TO_THE_MINUTE}.json.gz",
        ),
    ),
    "network_firewall_alert": firewall("alert"),
    "network_firewall_alert through a stream": streamed_firewall("alert"),
    "network_firewall_flow": firewall("flow"),
    "network_firewall_flow through a stream": streamed_firewall("flow"),
    "network_firewall_tls": firewall("tls"),
    # Many a record of this kind does not say that it is one.
    "network_firewall_tls through a stream": streamed_firewall("tls", "firewall_name"),
    "nlb_access": NLB_ACCESS,
    "nlb_access delivered as JSON": also_delivered(NLB_ACCESS, "NLB_ACCESS", "json"),
    "route53_resolver": Case(
        resource="query log",
        table="route53_resolver_logs_db.route53_resolver_{table_id}",
        folder="AWSLogs/{account}/vpcdnsquerylogs/{vpc}/{at:%Y/%m/%d}/",
        file=f"{{vpc}}_vpcdnsquerylogs_{{account}}_{TO_THE_MINUTE}_1a2b3c4d.log.gz",
        partition={"vpc": "{vpc}", "day": "{at:%Y/%m/%d}"},
    ),
    "s3_access": Case(
        resource="bucket",
        table="s3_access_logs_db.s3_{table_name}",
        folder="{account}/{region}/{name}/{at:%Y/%m/%d}/",
        file=BUCKET_FILE,
        names=("shop-data", "shop-data-eu"),
        sample_name="shop-data",
        view=View(("requestdatetime",)),
    ),
    "s3_access side by side": Case(
        resource="bucket side by side",
        table="s3_access_logs_db.s3_{table_name}",
        folder="",
        file=BUCKET_FILE,
        partition={},
        names=("flat-data", "flat-data-eu"),
        sample_name="shop-data",
        view=View(("requestdatetime",), tells_by_records=True),
    ),
    "s3_access delivered as Parquet": delivered(
        "bucket",
        "S3_SERVER_ACCESS_LOGS",
        chosen.BUCKETS_AS_PARQUET,
        "s3_access_logs_db.s3_{table_name}",
        "request_time",
    ),
    "vpc_flow": flow_log("flow log", FLOWS, **DAILY),
    "vpc_flow as Parquet by hour": flow_log(
        "flow log by hour", f"{FLOWS}/{{at:%H}}", chosen.USUAL_FLOWS_AS_PARQUET, **HOURLY
    ),
    "vpc_flow of chosen fields in Hive's folders": flow_log(
        "flow log in Hive's folders", HIVE_FLOWS, chosen.FLOWS_AS_TEXT, **PARTS
    ),
    "vpc_flow of chosen fields as Parquet in Hive's folders by hour": flow_log(
        "flow log in Hive's folders by hour",
        f"{HIVE_FLOWS}/hour={{at:%H}}",
        chosen.FLOWS_AS_PARQUET,
        **PARTS,
        hour="{at:%H}",
    ),
    "waf": web_acl("web acl", "acl_traffic_logs_db", "{region}"),
    "waf through a stream": streamed_web_acl("web acl", "acl_traffic_logs_db"),
    "waf of CloudFront": web_acl("global web acl", "acl_global_traffic_logs_db", "cloudfront"),
    "waf of CloudFront through a stream": streamed_web_acl("global web acl", "acl_global_traffic_logs_db"),
}
