"""What the catalogue tells configurations: data sources, and functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bucket import Bucket
from end_to_end.configurations import HUB_AND_FORWARDER
from end_to_end.test_terraforms import LIBTERRAFORMS
from find_terraform import find
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import ROOT, Terraform
from web_acl import WebAcl

Apply = Callable[[str], Terraform]
REGION = "eu-west-1"
# What an answer tells besides what a maker may say.
OF_GLUE = set(
    "DatabaseName CreateTime UpdateTime VersionId CatalogId CreatedBy IsRegisteredWithLakeFormation".split()
)


def outputs(**expressions: str) -> str:
    """A configuration of nothing but outputs."""
    return "".join(f'output "{name}" {{\n  value = {text}\n}}\n' for name, text in expressions.items())


def asked(log_type: str, arn: str, bucket: str, prefix: str, more: str = "") -> str:
    """The data source of a table, and an output of all that it tells."""
    return f"""
data "logenabler_table" "{log_type}" {{
  log_type     = "{log_type}"
  resource_arn = "{arn}"
  bucket       = "{bucket}"
  prefix       = "{prefix}"
  {more}
}}
output "{log_type}" {{
  value = data.logenabler_table.{log_type}
}}
"""


def described(local_aws: LocalAws, database: str, name: str) -> dict[str, Any]:
    table = local_aws.client("glue", REGION).get_table(DatabaseName=database, Name=name)["Table"]
    return {member: value for member, value in table.items() if member not in OF_GLUE}


def test_the_tables_that_are_told_are_those_that_the_function_makes(
    local_aws: LocalAws, apply: Apply
) -> None:
    terraform = apply(HUB_AND_FORWARDER)
    shop = LoadBalancer(local_aws.client, REGION, "shop")
    acl = WebAcl(local_aws.client, region=REGION, name="shop")
    data = Bucket(local_aws.client, region=REGION, name="shop-data")
    for resource in (shop, acl, data):
        resource.log_to("aws-waf-logs-central", "web")
    local_aws.idle()
    terraform.write(
        HUB_AND_FORWARDER
        + asked("alb_access", shop.arn, "aws-waf-logs-central", "web")
        + asked("waf", acl.arn, "aws-waf-logs-central", "web")
        + asked("s3_access", data.arn, "aws-waf-logs-central", "web/", f'region = "{REGION}"')
    )
    terraform.apply()
    told = terraform.outputs()
    glue = local_aws.client("glue", REGION)
    glue.create_database(DatabaseInput={"Name": "mine"})
    assert len(told) == 3
    for log in told.values():
        assert log["table_name"] == log["tables"][-1]["name"]
        for table in log["tables"]:
            glue.create_table(DatabaseName="mine", TableInput=json.loads(table["glue_table_input"]))
            ours = described(local_aws, log["database_name"], table["name"])
            assert described(local_aws, "mine", table["name"]) == ours


def test_patterns_are_those_of_a_forwarder(apply: Apply) -> None:
    terraform = apply(
        HUB_AND_FORWARDER
        + f'data "logenabler_event_pattern" "here" {{\n  region = "{REGION}"\n}}\n'
        + 'data "logenabler_event_pattern" "some" {\n  log_types = ["waf"]\n}\n'
        + 'output "same" {\n  value = data.logenabler_event_pattern.here.event_patterns == '
        + "logenabler_region_forwarder.ireland.event_patterns\n}\n"
        + 'output "some" {\n  value = data.logenabler_event_pattern.some.event_patterns\n}\n'
    )
    told = terraform.outputs()
    assert told["same"] is True
    (pattern,) = told["some"]
    assert json.loads(pattern)["source"] == ["aws.wafv2"]


def test_log_types_are_told_by_region(apply: Apply) -> None:
    terraform = apply(
        'data "logenabler_log_types" "all" {}\n'
        f'data "logenabler_log_types" "here" {{\n  region = "{REGION}"\n}}\n'
        'output "all" {\n  value = data.logenabler_log_types.all\n}\n'
        'output "here" {\n  value = data.logenabler_log_types.here.names\n}\n'
    )
    told = terraform.outputs()
    every = {path.stem for path in (ROOT / "docs/log-types").glob("*.md")}
    assert set(told["all"]["names"]) == every
    assert every - set(told["here"]) == {"cloudfront_standard", "cloudfront_standard_v2"}
    shown = {log_type["name"]: log_type for log_type in told["all"]["log_types"]}
    alb = shown["alb_access"]
    assert (alb["database_name"], alb["table_name"]) == ("alb_access_logs_db", "alb_{resource_name}")
    assert alb["columns"][0]["name"] == "type" and len(alb["columns"]) == 38
    assert [key["name"] for key in alb["partition_keys"]] == ["day"]
    assert "ModifyLoadBalancerAttributes" in alb["events"][0]["names"]


ALB = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
HERE = '"123456789012", "eu-west-1"'


def name(log_type: str, *arguments: str) -> str:
    return f"provider::logenabler::table_name({', '.join([json.dumps(log_type), *arguments])})"


@pytest.mark.parametrize("version", [None, *LIBTERRAFORMS])
def test_functions_tell_names_and_statements(
    local_aws: LocalAws, tmp_path: Path, version: str | None
) -> None:
    command = ROOT / "target" / (f"terraform-{version}" if version else "terraform")
    if version:
        find(command, version)
    terraform = Terraform(tmp_path, local_aws.url, command)
    terraform.write(
        outputs(
            alb=name("alb_access", f'"{ALB}"'),
            bucket=name("s3_access", '"arn:aws:s3:::shop-data"'),
            dotted=name("s3_access", '"arn:aws:s3:::shop.data"', HERE),
            distribution=name("cloudfront_standard", '"arn:aws:cloudfront::123456789012:distribution/E2ABC"'),
            ddl=f'provider::logenabler::ddl("alb_access", "logs", "web", "{ALB}")',
            patterns='provider::logenabler::event_pattern(["alb_access", "waf"])',
        )
    )
    terraform.init()
    terraform.apply()
    assert terraform.plan() == ""
    told = terraform.outputs()
    assert (told["alb"], told["bucket"]) == ("alb_shop", "s3_shop_data")
    assert told["dotted"].startswith("s3_shop_data_") and told["distribution"] == "cloudfront_e2abc"
    folder = "s3://logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/"
    assert folder in told["ddl"] and 'CREATE OR REPLACE VIEW "alb_access_logs_db"."alb_shop"' in told["ddl"]
    assert [json.loads(one)["source"] for one in told["patterns"]] == [
        ["aws.elasticloadbalancing", "aws.logs", "aws.wafv2"]
    ]


REFUSED = {
    name("alb_acces", f'"{ALB}"'): 'Did you mean "alb_access"?',
    name("alb_access", '"shop"'): '"shop" is not an ARN',
    name("waf", f'"{ALB}"'): "is not the ARN of anything that writes a log of the type waf",
    name("s3_access", '"arn:aws:s3:::shop.data"'): "does not say its account and region. Give both",
    name("s3_access", '"arn:aws:s3:::shop.data"', '"123456789012"'): "both or none",
    name("s3_access", '"arn:aws:s3:::shop.data"', '"12"', '"eu-west-1"'): "12 digits",
    name("alb_access", f'"{ALB}"', '"123456789012"', '"us-east-1"'): "The resource is in eu-west-1",
    name("s3_access", '"arn:aws:s3:::shop.data"', '"123456789012"', '"cn-north-1"'): "not a region of",
    f'provider::logenabler::ddl("alb_access", "Logs", "", "{ALB}")': "is not the name of an S3 bucket",
    f'provider::logenabler::ddl("alb_access", "logs", "$${{day}}", "{ALB}")': "projection would replace",
    "provider::logenabler::event_pattern([null])": "is not a log type",
    'provider::logenabler::event_pattern(["elb"])': '"elb" is not a log type',
}


@pytest.mark.parametrize(("call", "reason"), REFUSED.items(), ids=REFUSED.values())
def test_functions_say_what_is_wrong(terraform: Terraform, call: str, reason: str) -> None:
    terraform.write(outputs(wrong=call))
    terraform.init()
    assert reason in terraform.refused("apply", "-auto-approve")


def test_a_home_that_the_arn_contradicts_is_refused(terraform: Terraform) -> None:
    terraform.write(asked("alb_access", ALB, "logs", "", 'region = "us-east-1"'))
    terraform.init()
    said = terraform.refused("apply", "-auto-approve")
    assert "The resource is in eu-west-1. Leave region out." in said
