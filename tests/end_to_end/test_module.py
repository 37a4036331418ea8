"""The module log-enabler: one call is the whole product, and what cannot work is refused in the plan."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from end_to_end.configurations import call, regions
from end_to_end.left_over import left_over
from local import LocalAws
from terraform import ROOT, Terraform
from trail import Trail

GUIDES = ("custom-schemas", "getting-started", "regions", "troubleshooting")
PAGES = ["README.md", "modules/log-enabler/README.md", *(f"docs/guides/{name}.md" for name in GUIDES)]
EXAMPLES = [
    (page, example)
    for page in PAGES
    for example in re.findall(r"(?s)```(?:terraform|hcl)\n(.+?)```", (ROOT / page).read_text())
    if 'module "' in example
]
HUB = "module.log_enabler.logenabler_hub.this"
Apply = Callable[[str], Terraform]


def forwarder(region: str) -> str:
    return f'module.log_enabler.logenabler_region_forwarder.this["{region}"]'


SAME_REGION = regions("eu-west-1", "eu-west-1")
HUB_ELSEWHERE = regions("ap-southeast-2", "eu-west-1", "us-east-1")
CUSTOM = HUB_ELSEWHERE + (
    'event_bus_name = "logs-bus"\nfunction_name = "TableMaker"\nrule_name = "to-tables"\n'
    'memory_size = 256\ntimeout = 30\nreserved_concurrency = 2\nlog_level = "debug"\nlog_retention_days = 7\n'
    'permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"\n'
    'source_account_ids = ["111111111111"]\norganization_id = "o-a1b2c3d4e5"\n'
    'log_types = ["alb_access", "waf"]\ntags = { team = "edge" }\n'
)
TABLE_SCHEMAS = """
  table_schemas = {
    alb_access = { projection_start = "2024/01/01", parameters = { data_owner = "edge" } }
    waf        = { columns = [{ name = "extra", type = "string" }] }
  }
"""
SHAPES = {
    "the central region is the source": SAME_REGION,
    "the central region is no source": HUB_ELSEWHERE,
    "the central region is one of the sources": regions("us-east-1", "us-east-1", "eu-west-1"),
    "CloudFront is wanted": HUB_ELSEWHERE + "cloudfront_web_acls = true",
    "everything is chosen": CUSTOM,
    "tables are changed": SAME_REGION + TABLE_SCHEMAS,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_applies_plans_nothing_more_and_goes_without_a_trace(
    local_aws: LocalAws, apply: Apply, shape: str
) -> None:
    terraform = apply(call(SHAPES[shape]))
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_what_is_chosen_arrives_and_what_is_not_has_the_providers_defaults(apply: Apply) -> None:
    terraform = apply(call(HUB_ELSEWHERE) + 'resource "logenabler_hub" "plain" {\n  region = "eu-west-3"\n}')
    state = terraform.state()
    plain, module = state["logenabler_hub.plain"], state[HUB]
    for name in "memory_size timeout log_level log_retention_days event_bus_name function_name tags".split():
        assert module[name] == plain[name], name

    terraform.write(call(CUSTOM))
    terraform.apply()
    hub, ireland = terraform.state()[HUB], terraform.state()[forwarder("eu-west-1")]
    assert (hub["event_bus_name"], hub["function_name"]) == ("logs-bus", "TableMaker")
    assert (hub["memory_size"], hub["timeout"], hub["reserved_concurrency"]) == (256, 30, 2)
    assert (hub["log_level"], hub["log_retention_days"]) == ("debug", 7)
    assert hub["permissions_boundary_arn"].endswith("policy/boundary")
    assert (hub["source_account_ids"], hub["organization_id"]) == (["111111111111"], "o-a1b2c3d4e5")
    assert hub["tags_all"] == ireland["tags_all"] == {"team": "edge"}
    assert ireland["id"] == "eu-west-1/to-tables" and ireland["log_types"] == ["alb_access", "waf"]


def test_a_changed_table_is_shown_as_sql(apply: Apply) -> None:
    output = 'output "ddl" {\n  value = module.log_enabler.table_ddl\n}\n'
    ddl = apply(call(SAME_REGION + TABLE_SCHEMAS) + output).outputs()["ddl"]
    assert ddl.keys() == {"alb_access", "waf"}
    assert "2024/01/01" in ddl["alb_access"] and "data_owner" in ddl["alb_access"]
    assert "extra" in ddl["waf"] and "data_owner" not in ddl["waf"]


def test_the_queues_of_every_region_are_answered(apply: Apply) -> None:
    output = 'output "queues" {\n  value = module.log_enabler.dead_letter_queue_urls\n}\n'
    terraform = apply(call(regions("us-east-1", "us-east-1", "eu-west-1")) + output)
    queues = terraform.outputs()["queues"]
    state = terraform.state()
    url = "dead_letter_queue_url"
    assert queues == {
        "us-east-1": [state[HUB][url], state[forwarder("us-east-1")][url]],
        "eu-west-1": [state[forwarder("eu-west-1")][url]],
    }


def test_every_log_type_may_be_named_and_each_region_gets_those_that_exist_there(
    local_aws: LocalAws, apply: Apply
) -> None:
    """Ties what the module knows of regions to what the provider knows."""
    Trail(local_aws.client, "us-east-1", "all").log_to("all-calls")
    terraform = apply(call(HUB_ELSEWHERE))
    every = terraform.state()[forwarder("us-east-1")]["log_types"]
    assert len(terraform.state()[forwarder("eu-west-1")]["log_types"]) < len(every)
    names = ", ".join(f'"{name}"' for name in every)
    terraform.write(call(HUB_ELSEWHERE + f"log_types = [{names}]"))
    output = terraform.run("plan", "-no-color").output
    assert "No changes" in output and "Warning" not in output


# (arguments, what the refusal says)
REFUSED = [
    (regions("eu-west-1"), 'Name the regions whose logs are to have tables, such as ["eu-west-1"]'),
    (SAME_REGION + "log_types = []", "An empty log_types watches nothing"),
    (
        SAME_REGION + 'log_types = ["alb_access", "cloudfront_standard"]',
        'add "us-east-1" to source_regions, or take "cloudfront_standard" out of log_types.',
    ),
    (
        SAME_REGION + "cloudfront_web_acls = true",
        'add "us-east-1" to source_regions, or take cloudfront_web_acls out.',
    ),
    (
        SAME_REGION + 'log_types = ["waf", "cloudfront_standard"]\ncloudfront_web_acls = true',
        'take "cloudfront_standard" out of log_types and take cloudfront_web_acls out.',
    ),
    (
        HUB_ELSEWHERE + 'log_types = ["alb_access"]\ncloudfront_web_acls = true',
        'log_types lacks "waf": add it to log_types, or take cloudfront_web_acls out.',
    ),
    (
        HUB_ELSEWHERE + 'log_types = ["cloudfront_standard"]',
        "None of log_types exists in eu-west-1: take that out of source_regions",
    ),
    (
        regions("cn-north-1", "cn-north-1") + 'log_types = ["alb_access", "cloudfront_standard"]',
        'report in cn-northwest-1 only: add "cn-northwest-1"',
    ),
    (
        regions("us-gov-west-1", "us-gov-west-1") + 'log_types = ["waf", "cloudfront_standard"]',
        'no CloudFront in the partition of us-gov-west-1: take "cloudfront_standard" out of log_types.',
    ),
    (
        regions("us-gov-west-1", "us-gov-west-1") + "cloudfront_web_acls = true",
        "take cloudfront_web_acls out.",
    ),
    (SAME_REGION + 'log_types = ["alb_acess"]', 'Did you mean "alb_access"?'),
    (regions("us-gov-west-1", "us-gov-east-1"), "Make a hub in this forwarder's own region"),
]


@pytest.mark.parametrize(("arguments", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_cannot_work_is_refused_in_the_plan(terraform: Terraform, arguments: str, reason: str) -> None:
    terraform.write(call(arguments))
    terraform.init()
    said = terraform.refused("plan")
    assert reason in said, said


ACCEPTED = {
    "CloudFront in China": regions("cn-northwest-1", "cn-northwest-1") + "cloudfront_web_acls = true",
    "GovCloud": regions("us-gov-west-1", "us-gov-west-1") + 'log_types = ["alb_access", "waf"]',
    "CloudFront alone": regions("eu-west-1", "us-east-1") + 'log_types = ["cloudfront_standard"]',
    "regional web ACLs": SAME_REGION + 'log_types = ["waf"]',
}


@pytest.mark.parametrize("arguments", ACCEPTED.values(), ids=ACCEPTED)
def test_what_can_work_is_planned_without_a_warning(terraform: Terraform, arguments: str) -> None:
    terraform.write(call(arguments))
    terraform.init()
    output = terraform.plan()
    assert "2 to add" in output and "Warning" not in output


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=[page for page, _ in EXAMPLES])
def test_every_example_of_a_page_can_be_planned(terraform: Terraform, page: str, example: str) -> None:
    here = re.sub(r"github\.com/[^/]+/[^/]+//modules", "../../modules", example)
    (terraform.folder / "main.tf").write_text(here)
    terraform.init()
    assert "to add" in terraform.plan()


def test_what_the_module_made_can_be_imported(apply: Apply) -> None:
    terraform = apply(call(SAME_REGION + TABLE_SCHEMAS))
    imports = {HUB: "eu-west-1/log-enablement-bus"}
    imports[forwarder("eu-west-1")] = "eu-west-1/ForwardLoggingEvents-to-eu-west-1"
    for name in ("alb_access", "waf"):
        address = f'module.log_enabler.logenabler_table_schema.this["{name}"]'
        imports[address] = f"eu-west-1/log-enablement-bus/{name}"
    for address, identifier in imports.items():
        terraform.run("state", "rm", address)
        terraform.run("import", address, identifier)
    assert terraform.plan() == ""


def test_a_refused_configuration_can_be_destroyed(local_aws: LocalAws, apply: Apply) -> None:
    terraform = apply(call(SAME_REGION))
    terraform.write(call(SAME_REGION + "cloudfront_web_acls = true"))
    assert "us-east-1" in terraform.refused("plan")
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_plan_bears_the_unknown_in_every_argument_but_the_source_regions(terraform: Terraform) -> None:
    later = 'resource "terraform_data" "%s" {\n  input = %s\n}\n'
    values = later % ("text", "uuid()") + later % ("list", "[uuid()]") + later % ("flag", "uuid() == uuid()")
    arguments = (
        'source_regions = ["eu-west-1", "us-east-1"]\ncentral_region = terraform_data.text.output\n'
        "log_types = terraform_data.list.output\ncloudfront_web_acls = terraform_data.flag.output\n"
        "event_bus_name = terraform_data.text.output\nrule_name = terraform_data.text.output"
    )
    terraform.write(values + call(arguments))
    terraform.init()
    assert "6 to add" in terraform.plan()
