"""A kind of log: the resource that has it, its table, and the keys that AWS gives its files."""

from __future__ import annotations

from dataclasses import dataclass, field

from athena import chosen
from athena.forms import FlowForm, Form
from athena.resources import STREAM

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
    # What the resource is called in the samples, as a regular expression, and in its own records.
    sample_name: str = "shop"
    own_name: str = "{name}"
    # The keys that tell, in JSON, whose a record is: of samples without them nobody could say.
    told_by: tuple[str, ...] = ()
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


def streamed(resource: str, table: str, told_by: str, *moments: str, **rest: str) -> Case:
    """Whatever it is, one stream takes the records of all into one folder."""
    return Case(
        resource=f"streamed {resource}",
        table=table,
        folder="{at:%Y/%m/%d/%H}/",
        file=f"{STREAM}-1-{{at:%Y-%m-%d-%H-%M-%S}}-{{unique}}",
        partition=HOURLY,
        names=("central", "central-eu"),
        view=View(moments, tells_by_records=True),
        prefix=STREAM,
        told_by=tuple(told_by.split()),
        **rest,
    )


def streamed_firewall(kind: str, told_by: str = "firewall_name event_type") -> Case:
    """One of a firewall's three logs."""
    table = firewall(kind).table
    return streamed("firewall", table, told_by, "event_timestamp", sample_name="egress", log=kind.upper())


def streamed_web_acl(resource: str, database: str) -> Case:
    """Its records have its ARN in them."""
    arn = {"sample_name": r'arn:aws:wafv2:[^"]+/webacl/[^"]+', "own_name": "{arn}"}
    return streamed(resource, f"{database}.waf_{{table_name}}", "webaclId", "timestamp", **arn)


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


def delivered(resource: str, log: str, form: Form, table: str, *moments: str) -> Case:
    """CloudWatch Logs does not say how files are called: each record says whose it is, and of which log."""
    folder = f"{resource}-as-{form.encoding}"
    return Case(
        resource=f"delivered {resource}",
        table=table,
        folder="{region}/{at:%Y/%m/%d}/",
        file=f"{{unique}}_1a2b3c4d.log.{ending(form)}",
        names=(folder, f"{folder}-eu"),
        log=log,
        view=View(moments, tells_by_records=True),
        prefix=folder,
        form=form,
    )


def also_delivered(usual: Case, kind: str, encoding: str) -> Case:
    """A load balancer's log, which the load balancer writes itself as a rule."""
    form = chosen.of_load_balancers(kind, encoding)
    return delivered(usual.resource, f"{kind}_LOGS", form, usual.table, *usual.view.moments)


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
