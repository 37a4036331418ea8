"""Every kind of log: the resource that has it, its table, and the keys that AWS gives its files."""

from __future__ import annotations

from dataclasses import dataclass, field

from athena import chosen
from athena.forms import FlowForm, Form

DAILY = {"day": "{at:%Y/%m/%d}"}
HOURLY = {"hour": "{at:%Y/%m/%d/%H}"}


@dataclass(frozen=True)
class View:
    """Of its own log's rows, where others' files may lie in the same folder. It shows `-` as NULL."""

    # The columns that it shows as moments.
    moments: tuple[str, ...] = ()
    # By their records, not by the names of their files: a line that is no record is nobody's.
    tells_by_records: bool = False


@dataclass(frozen=True)
class Case:
    """In `{...}`: what the log knows, `at` is the moment of a file."""

    # A name in `resources.MAKERS`.
    resource: str
    table: str
    # The folder of a partition, below the log's destination, and a file in it.
    folder: str
    file: str
    # By partition key, its value for a file.
    partition: dict[str, str] = field(default_factory=lambda: DAILY)
    # The second one's name begins with the first one's.
    names: tuple[str, str] = ("shop", "shop-eu")
    # What the resource is called in the samples.
    sample_name: str = "shop"
    # Which of the resource's logs, where it has several.
    log: str | None = None
    view: View | None = None
    # Of the destination: everybody's, unless files that lie together there could not be told apart.
    prefix: str = "web"
    # What else AWS writes near by, below the destination.
    no_records: tuple[str, ...] = ()
    # How its owner has the records written, where that is not as everybody has them.
    form: Form | None = None


ELB = "AWSLogs/{account}/elasticloadbalancing/{region}/{at:%Y/%m/%d}/"
ELB_TEST = "AWSLogs/{account}/ELBAccessLogTestFile"
TO_THE_MINUTE = "{at:%Y%m%dT%H%MZ}"
ELB_FILE = "{account}_elasticloadbalancing_{region}"
ALB_FILE = f"{ELB_FILE}_{{dotted}}_{TO_THE_MINUTE}_203.0.113.9_1a2b3c4d.log.gz"


def load_balancer(kind: str, table: str, file: str, *moments: str, log: str | None = None) -> Case:
    """All load balancers of an account write into one folder."""
    return Case(kind, table, ELB, file, log=log, view=View(moments), no_records=(ELB_TEST,))


def firewall(kind: str) -> Case:
    """One of a firewall's three logs."""
    return Case(
        resource="firewall",
        table=f"network_firewall_{kind}_logs_db.network_firewall_{kind}_{{table_name}}",
        folder=f"AWSLogs/{{account}}/network-firewall/{kind}/{{region}}/{{name}}/{{at:%Y/%m/%d/%H}}/",
        file=f"{{account}}_network-firewall_{kind}_{{region}}_{{name}}_{{at:%Y%m%d%H%M}}_1a2b3c4d.log.gz",
        partition=HOURLY,
        names=("egress", "egress-eu"),
        sample_name="egress",
        log=kind.upper(),
    )


def web_acl(resource: str, database: str, region: str) -> Case:
    """Regional ones, and those of CloudFront."""
    return Case(
        resource=resource,
        table=f"{database}.waf_{{table_name}}",
        folder=f"AWSLogs/{{account}}/WAFLogs/{region}/{{name}}/{{at:%Y/%m/%d/%H/%M}}/",
        file=f"{{account}}_waflogs_{region}_{{name}}_{TO_THE_MINUTE}_1a2b3c4d.log.gz",
        partition={"log_time": "{at:%Y/%m/%d/%H/%M}"},
    )


def ending(form: Form | None) -> str:
    """Of a file's name."""
    return "parquet" if form and form.encoding == "parquet" else "gz"


def flow_log(resource: str, folder: str, form: FlowForm | None = None, **partition: str) -> Case:
    """All flow logs of an account write into one folder, whatever their fields."""
    return Case(
        resource=resource,
        table="vpc_flow_logs_db.vpc_flow_{table_id}",
        folder=f"AWSLogs/{folder}/",
        file=f"{{account}}_vpcflowlogs_{{region}}_{{id}}_{TO_THE_MINUTE}_1a2b3c4d.log.{ending(form)}",
        partition=partition,
        view=View(("start", "end")),
        form=form,
    )


def delivered(resource: str, table: str, form: Form, *moments: str) -> Case:
    """CloudWatch Logs does not say how files are called: each record says whose it is."""
    kind = resource.replace(" ", "-")
    return Case(
        resource=resource,
        table=table,
        folder="{region}/{at:%Y/%m/%d}/",
        file=f"{{unique}}_1a2b3c4d.log.{ending(form)}",
        names=(kind, f"{kind}-eu"),
        view=View(moments, tells_by_records=True),
        prefix=kind,
        form=form,
    )


def distribution(
    resource: str, folder: str, names: tuple[str, str], form: Form | None = None, **partition: str
) -> Case:
    """Its log as CloudWatch Logs delivers it: a folder of its own needs no view."""
    return Case(
        resource=resource,
        table="cloudfront_v2_access_logs_db.cloudfront_v2_{table_id}",
        folder=folder,
        file=f"{{id}}.{{at:%Y-%m-%d-%H}}.1a2b3c4d.{ending(form)}",
        partition=partition,
        names=names,
        view=None if "{id}" in folder else View(),
        form=form,
    )


PARTS = {"year": "{at:%Y}", "month": "{at:%m}", "day": "{at:%d}"}
HIVE = "year={at:%Y}/month={at:%m}/day={at:%d}"
FLOWS = "{account}/vpcflowlogs/{region}/{at:%Y/%m/%d}"
HIVE_FLOWS = f"aws-account-id={{account}}/aws-service=vpcflowlogs/aws-region={{region}}/{HIVE}"
BUCKET_FILE = "{at:%Y-%m-%d-%H-%M-%S}-{unique}"
CASES = {
    "alb_access": load_balancer(
        "application",
        "alb_access_logs_db.alb_{table_name}",
        ALB_FILE,
        "time",
        "request_creation_time",
    ),
    "alb_access delivered": delivered(
        "delivered application",
        "alb_access_logs_db.alb_{table_name}",
        chosen.ALB_PLAIN,
        "time",
        "request_creation_time",
    ),
    "alb_connection": load_balancer(
        "application",
        "alb_connection_logs_db.alb_connection_{table_name}",
        f"conn_log_{ALB_FILE}",
        "time",
        log="connection_logs",
    ),
    "alb_connection delivered as W3C": delivered(
        "delivered connections",
        "alb_connection_logs_db.alb_connection_{table_name}",
        chosen.CONNECTIONS_AS_W3C,
        "time",
    ),
    "alb_health_check": load_balancer(
        "application",
        "alb_health_logs_db.alb_health_{table_name}",
        f"health_check_log_{ALB_FILE}",
        "time",
        log="health_check_logs",
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
    "network_firewall_flow": firewall("flow"),
    "network_firewall_tls": firewall("tls"),
    "nlb_access": load_balancer(
        "network",
        "nlb_access_logs_db.nlb_{table_name}",
        f"{ELB_FILE}_{{dotted}}_{TO_THE_MINUTE}_1a2b3c4d.log.gz",
        "time",
        "tls_connection_creation_time",
    ),
    "nlb_access delivered as JSON": delivered(
        "delivered network",
        "nlb_access_logs_db.nlb_{table_name}",
        chosen.NLB_AS_JSON,
        "time",
        "tls_connection_creation_time",
    ),
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
        "delivered bucket",
        "s3_access_logs_db.s3_{table_name}",
        chosen.BUCKETS_AS_PARQUET,
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
    "waf of CloudFront": web_acl("global web acl", "acl_global_traffic_logs_db", "cloudfront"),
}
