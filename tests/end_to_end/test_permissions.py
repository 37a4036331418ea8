"""Least privilege, both ways: what the guide and the roles allow is enough, and nothing of it is idle."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bucket import Bucket
from classic_load_balancer import ClassicLoadBalancer
from distribution import Distribution
from end_to_end.configurations import FORWARDER_RULE, HUB_REGION
from end_to_end.everything import ANYTHING, BOUNDARY, ROLE, document, script
from end_to_end.permissions import Policy, Used, unused
from end_to_end.test_queries import DENIED, REPLAY, VERSION, search
from find_terraform import find
from firewall import Firewall
from flow_log import FlowLog
from load_balancer import LoadBalancer
from local import LocalAws
from local_aws.policy import as_list
from local_aws.published import ACCOUNT, MEMBER, policies
from query_log import QueryLog
from stream import Stream
from terraform import ROOT, Terraform
from trail import Trail
from vended_log import VendedLog
from web_acl import WebAcl

# CloudFront is heard of there only.
REGION = "us-east-1"
MEMBERS = f"""
provider "logenabler" {{
  alias = "member"
  assume_role {{
    role_arn = "arn:aws:iam::{MEMBER}:role/Deployer"
  }}
}}
resource "logenabler_region_forwarder" "member" {{
  provider              = logenabler.member
  region                = "{REGION}"
  event_bus_arn         = logenabler_hub.this.event_bus_arn
  create_catalog_role   = true
  hub_function_role_arn = logenabler_hub.this.function_role_arn
  tags                  = TAGS
}}
"""
OWN_ROLES = f"""
resource "logenabler_hub" "own_role" {{
  region            = "us-west-2"
  function_role_arn = "{ROLE}"
}}
resource "logenabler_region_forwarder" "own_role" {{
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
  role_arn      = "{ROLE}"
}}
"""
HERE = f"""
resource "logenabler_hub" "this" {{
  source_account_ids = ["{MEMBER}"]
  tags               = TAGS
  HUB
}}
resource "logenabler_region_forwarder" "here" {{
  region        = "{REGION}"
  event_bus_arn = logenabler_hub.this.event_bus_arn
  tags          = TAGS

  create_workgroup = true
  WORKGROUP
}}
resource "logenabler_table_schema" "waf" {{
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_type      = "waf"
  SCHEMA
}}
"""


def configuration(
    text: str,
    tags: str = '{ team = "one", cost = "1" }',
    hub: str = "",
    schema: str = "",
    workgroup: str = "",
) -> str:
    named = {"TAGS": tags, "HUB": hub, "SCHEMA": schema, "WORKGROUP": workgroup}
    for name, said in named.items():
        text = text.replace(name, said)
    return text


TOPIC = f"arn:aws:sns:{HUB_REGION}:{ACCOUNT}:EventDrivenLogEnabler-notifications"
NOTIFY = """
enable_sns_notifications = true
notification_email       = "logs@example.com"
create_alarms            = true
create_dashboard         = true
"""
MADE = configuration(HERE + OWN_ROLES + MEMBERS + REPLAY, hub=NOTIFY)
CHANGED = configuration(
    HERE + OWN_ROLES + MEMBERS + REPLAY,
    '{ team = "other" }',
    NOTIFY.replace("logs", "others")
    + f'reserved_concurrency = 3\nmemory_size = 256\npermissions_boundary_arn = "{BOUNDARY}"',
    'projection_start = "NOW-90DAYS"',
    "bytes_scanned_cutoff_per_query = 10000000000",
)


@pytest.fixture
def terraform(local_aws: LocalAws, tmp_path: Path) -> Terraform:
    """One that has queries and actions."""
    command = ROOT / "target" / f"terraform-{VERSION}"
    find(command, VERSION)
    return Terraform(tmp_path, local_aws.url, command)


@pytest.fixture(autouse=True)
def surroundings(local_aws: LocalAws) -> None:
    """The roles that are taken for granted; that of the member's deployer allows what the guide does."""
    iam, theirs = local_aws.client("iam"), local_aws.client("iam", account=MEMBER)
    services = {"Service": ["lambda.amazonaws.com", "events.amazonaws.com"]}
    trust = document({"Effect": "Allow", "Principal": services, "Action": "sts:AssumeRole"})
    iam.create_role(RoleName="mine", AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName="mine", PolicyName="rights", PolicyDocument=ANYTHING)
    let_in = {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    theirs.create_role(RoleName="Deployer", AssumeRolePolicyDocument=document({"Effect": "Allow", **let_in}))
    for number, policy in enumerate(policies(account=MEMBER)):
        text = json.dumps(policy)
        theirs.put_role_policy(RoleName="Deployer", PolicyName=f"p{number}", PolicyDocument=text)
    for each in (iam, theirs):
        each.create_policy(PolicyName="boundary", PolicyDocument=ANYTHING)


def test_terraform_may_do_what_it_does_and_nothing_else(
    local_aws: LocalAws, terraform: Terraform, apply: Callable[[str], Terraform]
) -> None:
    Trail(local_aws.client, "us-east-1", "all").log_to("trail-of-all")
    apply(MADE)
    replay(local_aws, terraform)
    kinds = ("hub", "region_forwarder", "table_schema")
    (terraform.folder / "main.tfquery.hcl").write_text("".join(search(kind, REGION) for kind in kinds))
    terraform.run("query")
    for changed in (CHANGED, MADE):
        meddle(local_aws)
        terraform.write(changed)
        terraform.apply()
        assert terraform.plan() == ""
    terraform.destroy()
    assert refused(local_aws) == []
    both = used(local_aws, "user/terraform") | used(local_aws, "role/Deployer")
    here, there = (unused(policies(account=account), both) for account in (ACCOUNT, MEMBER))
    idle = {one.replace(MEMBER, ACCOUNT) for one in there} & {*here}
    assert idle == set(), "The guide allows what nobody asks for."


def test_the_roles_may_do_what_they_do_and_nothing_else(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    organization = local_aws.client("organizations").create_organization(FeatureSet="ALL")
    settings = f"""
        exclude_tags             = {{ logs = "none" }}
        organization_id          = "{organization["Organization"]["Id"]}"
        enable_sns_notifications = true
        drift_watch              = true
    """
    apply(configuration(HERE + MEMBERS, hub=settings))
    for account in (ACCOUNT, MEMBER):
        turn_every_log_on(partial(local_aws.client, account=account), account)
    logs = f"aws-waf-logs-two-{ACCOUNT}"
    file = datetime.now(timezone.utc).strftime(f"{ACCOUNT}/{REGION}/data-{logs}/%Y/%m/%d/file")
    local_aws.client("s3", REGION).put_object(Bucket=logs, Key=file, Body=b"x\n")
    local_aws.schedules()
    local_aws.idle()
    assert refused(local_aws) == []
    for account, role in (
        (ACCOUNT, f"EventDrivenLogEnablerRole-{HUB_REGION}"),
        (ACCOUNT, f"{FORWARDER_RULE}-{REGION}"),
        (MEMBER, f"{FORWARDER_RULE}-{REGION}"),
        (MEMBER, f"LogEnablerCatalog-{HUB_REGION}-{REGION}"),
    ):
        iam = local_aws.client("iam", account=account)
        policy = iam.get_role_policy(RoleName=role, PolicyName="logenabler")["PolicyDocument"]
        assert unused([policy], used(local_aws, f"{account}:role/{role}")) == [], role


@pytest.mark.parametrize(
    "action", ["events:CreateEventBus", "iam:PassRole", "lambda:ListTags", "sqs:TagQueue"]
)
def test_what_is_not_allowed_is_refused_and_named(
    local_aws: LocalAws, apply: Callable[[str], Terraform], action: str
) -> None:
    """The deployer lacks one action; so a policy that lacks one fails the tests above."""
    theirs = local_aws.client("iam", account=MEMBER)
    for number, policy in enumerate(policies(account=MEMBER)):
        theirs.put_role_policy(
            RoleName="Deployer", PolicyName=f"p{number}", PolicyDocument=json.dumps(without(policy, action))
        )
    with pytest.raises(Exception, match=action):
        apply(ALONE)
    assert any(one["action"] == action for one in refused(local_aws))


ANYBODY = document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})
ALONE = (
    MEMBERS.partition("resource")[0]
    + 'resource "logenabler_hub" "this" {\n  provider = logenabler.member\n}\n'
)


def test_what_nobody_asks_for_is_named() -> None:
    statement = {"Sid": "S", "Action": ["a:Get", "a:Put"], "Resource": ["arn:a", "arn:b"]}
    assert unused([{"Statement": [statement]}], {("a:Get", "arn:a"), ("a:Put", "arn:c")}) == [
        "S: a:Put",
        "S: arn:b",
    ]


def without(policy: Policy, action: str) -> Policy:
    statements = (
        {**one, "Action": [other for other in as_list(one["Action"]) if other != action]}
        for one in policy["Statement"]
    )
    return {**policy, "Statement": [one for one in statements if one["Action"]] or [NOTHING]}


NOTHING = {"Effect": "Deny", "Action": "none:None", "Resource": "*"}


def used(local_aws: LocalAws, who: str) -> set[Used]:
    return {
        (one["action"], one["resource"])
        for one in local_aws.rights()
        if one["allowed"] and one["who"].endswith(who)
    }


def refused(local_aws: LocalAws) -> list[Policy]:
    return [one for one in local_aws.rights() if not one["allowed"]]


def replay(local_aws: LocalAws, terraform: Terraform) -> None:
    """Once in vain, and once more."""
    local_aws.faults([{**DENIED, "count": None}])
    LoadBalancer(local_aws.client, REGION, "shop").log_to("logs")
    local_aws.idle()
    invoke = ("apply", "-auto-approve", "-invoke=action.logenabler_replay.hub")
    assert "0 succeeded, 1 failed" in terraform.refused(*invoke)
    local_aws.clear_faults()
    assert "1 succeeded, 0 failed" in terraform.run(*invoke, "-no-color").output


def meddle(local_aws: LocalAws) -> None:
    """Somebody changes what the next apply has to put right."""
    for account, role in (
        (ACCOUNT, f"EventDrivenLogEnablerRole-{HUB_REGION}"),
        (ACCOUNT, f"{FORWARDER_RULE}-{REGION}"),
        (MEMBER, f"LogEnablerCatalog-{HUB_REGION}-{REGION}"),
    ):
        iam = local_aws.client("iam", account=account)
        iam.attach_role_policy(RoleName=role, PolicyArn=BOUNDARY.replace(ACCOUNT, account))
        iam.update_assume_role_policy(RoleName=role, PolicyDocument=ANYBODY)
    functions = local_aws.client("lambda", HUB_REGION)
    functions.update_function_code(FunctionName="EventDrivenLogEnabler", ZipFile=script())
    let_another_in(functions)
    for address in ("logs@example.com", "others@example.com"):
        with suppress(Exception):  # One of the two is subscribed.
            local_aws.client("sns", HUB_REGION).confirm_subscription(TopicArn=TOPIC, Token=address)
    logs = local_aws.client("logs", HUB_REGION)
    logs.put_retention_policy(logGroupName="/aws/lambda/EventDrivenLogEnabler", retentionInDays=7)


def let_another_in(functions: Any) -> None:
    """Another rule, in the place of the one that starts sweeps."""
    statement = {"FunctionName": "EventDrivenLogEnabler", "StatementId": "logenabler-sweep"}
    functions.remove_permission(**statement)
    invoke = {"Action": "lambda:InvokeFunction", "Principal": "events.amazonaws.com"}
    arn = f"arn:aws:events:{HUB_REGION}:{ACCOUNT}:rule/another"
    functions.add_permission(**statement, **invoke, SourceArn=arn)


def turn_every_log_on(client: Callable, account: str) -> None:
    """One of each kind of setting, and each twice: what is made is changed, too."""
    stream = Stream(client, REGION, "aws-waf-logs-stream", "stream-logs")
    acl = WebAcl(client, REGION, "shop")
    shop = LoadBalancer(client, REGION, "shop")
    for bucket in (f"aws-waf-logs-one-{account}", f"aws-waf-logs-two-{account}"):
        for resource in (
            shop,
            ClassicLoadBalancer(client, REGION, bucket[-20:]),
            Distribution(client, bucket),
            Bucket(client, REGION, f"data-{bucket}"),
            Firewall(client, REGION, bucket),
            acl,
        ):
            resource.log_to(bucket)
        QueryLog(client, REGION, bucket, bucket).log()
        FlowLog(client, REGION, f"flows-{bucket}")
    acl.log_to_arn(stream.arn)
    trail = Trail(client, REGION, "audit", f"first-of-trail-{account}")
    client("cloudtrail", REGION).update_trail(Name=trail.name, IsOrganizationTrail=True)
    trail.log_to(f"trail-{account}")
    delivered = VendedLog(client, REGION, "shop", shop.arn, "ALB_ACCESS_LOGS")
    delivered.deliver_to("arn:aws:s3:::delivered", "json")
    delivered.destination("arn:aws:s3:::elsewhere")
