"""Two accounts: a hub in one, a forwarder in the other. The tables of each are its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.everything import ACCOUNT, ANYTHING, document
from end_to_end.left_over import left_over
from end_to_end.seen import said
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

MEMBER, OTHER = "210987654321", "333333333333"
ROLE = f"LogEnablerCatalog-{HUB_REGION}-eu-west-1"
DEPLOYER = f"arn:aws:iam::{MEMBER}:role/Deployer"
BUS = f"arn:aws:events:{HUB_REGION}:{ACCOUNT}:event-bus/log-enablement-bus"

HUB = f"""
resource "logenabler_hub" "this" {{
  source_account_ids = ["{MEMBER}"]
  external_id        = "of-the-hub"
}}

provider "logenabler" {{
  alias = "member"

  assume_role {{
    role_arn = "{DEPLOYER}"
  }}
}}
"""


def forwarder(more: str) -> str:
    """One in the account of the member."""
    return f"""
resource "logenabler_region_forwarder" "member" {{
  provider      = logenabler.member
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
{more}
}}
"""


WITH_ROLE = forwarder("""
  create_catalog_role   = true
  hub_function_role_arn = logenabler_hub.this.function_role_arn
  external_id           = logenabler_hub.this.external_id
""")


@pytest.fixture
def member(local_aws: LocalAws, terraform: Terraform) -> Iterator[Terraform]:
    """Whoever runs Terraform may take on a role in the member's account."""
    let_in = {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    iam = local_aws.client("iam", account=MEMBER)
    iam.create_role(RoleName="Deployer", AssumeRolePolicyDocument=document({"Effect": "Allow", **let_in}))
    iam.put_role_policy(RoleName="Deployer", PolicyName="all", PolicyDocument=ANYTHING)
    yield terraform


def applied(terraform: Terraform, configuration: str) -> None:
    terraform.write(configuration)
    terraform.init()
    terraform.apply()
    assert terraform.plan() == "", "a second plan must be empty"


def shop_in(local_aws: LocalAws, account: str, region: str = "eu-west-1") -> LoadBalancer:
    shop = LoadBalancer(partial(local_aws.client, account=account), region, "shop")
    shop.log_to("shop-logs")
    local_aws.idle()
    return shop


def tables(local_aws: LocalAws) -> set[tuple[str, str, str]]:
    """Of all accounts and regions, but for the hub's own."""
    return {(table["account"], table["region"], table["name"]) for table in local_aws.inventory()["tables"]}


def test_a_log_of_a_member_has_its_table_there_and_nothing_is_left_behind(
    local_aws: LocalAws, member: Terraform
) -> None:
    applied(member, HUB + WITH_ROLE)
    shop = shop_in(local_aws, MEMBER)
    assert shop.arn.split(":")[4] == MEMBER
    assert tables(local_aws) == {(MEMBER, "eu-west-1", name) for name in ("alb_shop", "alb_shop_raw")}
    takings = [call for call in local_aws.journal() if (call["operation"], call["actor"]) == TAKEN_ON]
    shop.log_to("other-logs")
    local_aws.idle()
    again = [call for call in local_aws.journal() if (call["operation"], call["actor"]) == TAKEN_ON]
    assert len(takings) == len(again) == 1, "credentials are kept"
    member.destroy()
    assert not {item for item in left_over(local_aws) if item[0] not in ("databases", "tables")} - DEPLOYERS


def test_the_key_of_a_members_bucket_in_another_region_is_told(
    local_aws: LocalAws, member: Terraform
) -> None:
    key = f"arn:aws:kms:eu-central-1:{MEMBER}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rule = {"Rules": [{"ApplyServerSideEncryptionByDefault": by_key}]}
    s3 = local_aws.client("s3", "eu-central-1", account=MEMBER)
    s3.create_bucket(Bucket="shop-logs", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_bucket_encryption(Bucket="shop-logs", ServerSideEncryptionConfiguration=rule)
    applied(member, HUB + WITH_ROLE)
    shop_in(local_aws, MEMBER)
    assert "is in eu-central-1" in said(local_aws) and f"KMS key {key}" in said(local_aws)
    assert [right for right in local_aws.rights() if not right["allowed"]] == []


TAKEN_ON = ("AssumeRole", "function")
DEPLOYERS = {("roles", "aws", "Deployer"), ("role_policies", "aws", "all")}


@pytest.mark.parametrize(
    "configuration",
    [
        forwarder(""),
        WITH_ROLE.replace("logenabler_hub.this.external_id", '"of-another"'),
        WITH_ROLE.replace("logenabler_hub.this.function_role_arn", f'"{DEPLOYER}"'),
    ],
    ids=["no role", "another external id", "the role of somebody else"],
)
def test_a_role_that_cannot_be_taken_on_is_an_error_that_names_the_option(
    local_aws: LocalAws, member: Terraform, configuration: str
) -> None:
    applied(member, HUB + configuration)
    shop_in(local_aws, MEMBER)
    assert tables(local_aws) == set()
    assert "sts:AssumeRole failed" in said(local_aws) and "Set create_catalog_role" in said(local_aws)
    queue = member.state()["logenabler_hub.this"]["dead_letter_queue_url"]
    waiting = local_aws.client("sqs", HUB_REGION).receive_message(QueueUrl=queue)["Messages"]
    assert json.loads(waiting[0]["Body"])["requestPayload"]["account"] == MEMBER


def test_the_role_goes_with_the_option_and_moves_with_the_hub(local_aws: LocalAws, member: Terraform) -> None:
    def roles() -> set[str]:
        held = local_aws.inventory()["roles"]
        return {role["name"] for role in held if role["account"] == MEMBER and "Catalog" in role["name"]}

    named = WITH_ROLE.replace("create_catalog_role", 'rule_name = "ours"\n  create_catalog_role')
    applied(member, HUB + named)
    assert roles() == {ROLE}
    elsewhere = HUB.replace("{", '{\n  region = "us-west-2"', 1)
    applied(member, elsewhere + named)
    assert roles() == {"LogEnablerCatalog-us-west-2-eu-west-1"}
    applied(member, elsewhere + forwarder('  rule_name = "ours"'))
    assert roles() == set()


def test_a_strangers_role_of_that_name_is_left_alone(local_aws: LocalAws, member: Terraform) -> None:
    iam = local_aws.client("iam", account=MEMBER)
    iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=ANYBODY)
    member.write(HUB + WITH_ROLE)
    member.init()
    assert f"The IAM role {ROLE} exists already" in member.refused("apply", "-auto-approve")
    member.destroy()
    assert iam.get_role(RoleName=ROLE)["Role"]["AssumeRolePolicyDocument"]


ANYBODY = document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})


def test_the_functions_role_takes_on_nothing_else(local_aws: LocalAws, member: Terraform) -> None:
    applied(member, HUB + WITH_ROLE)
    rights = local_aws.client("iam").get_role_policy(
        RoleName=f"EventDrivenLogEnablerRole-{HUB_REGION}", PolicyName="logenabler"
    )["PolicyDocument"]
    may = [statement for statement in rights["Statement"] if "sts:AssumeRole" in statement["Action"]]
    assert [one["Resource"] for one in may] == [
        f"arn:aws:iam::{MEMBER}:role/LogEnablerCatalog-{HUB_REGION}-*"
    ]
    applied(member, HUB.replace(f'source_account_ids = ["{MEMBER}"]', ""))
    rights = local_aws.client("iam").get_role_policy(
        RoleName=f"EventDrivenLogEnablerRole-{HUB_REGION}", PolicyName="logenabler"
    )["PolicyDocument"]
    assert "sts:AssumeRole" not in json.dumps(rights)


def forged(account: str, region: str) -> dict[str, str]:
    """An entry for PutEvents that claims to be CloudTrail's, and of this account and region."""
    arn = f"arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/shop/0123456789abcdef"
    call = {"eventName": "ModifyLoadBalancerAttributes", "requestParameters": {"loadBalancerArn": arn}}
    detail = {**call, "awsRegion": region, "recipientAccountId": account, "account": account}
    return {
        "Source": "aws.elasticloadbalancing",
        "DetailType": "AWS API Call via CloudTrail",
        "Detail": json.dumps(detail),
    }


@pytest.mark.parametrize(
    "account, region", [(ACCOUNT, "eu-west-1"), (MEMBER, "us-east-1"), (OTHER, "eu-west-1")]
)
def test_a_member_cannot_speak_for_another_account_or_region(
    local_aws: LocalAws, member: Terraform, account: str, region: str
) -> None:
    applied(member, HUB + WITH_ROLE)
    entry = forged(account, region)
    theirs = local_aws.client("events", "eu-west-1", account=MEMBER)
    here = local_aws.client("events", HUB_REGION, account=MEMBER)
    (answer,) = theirs.put_events(Entries=[entry])["Entries"]
    assert answer["ErrorCode"] == "NotAuthorizedForSourceException"
    with pytest.raises(here.exceptions.ClientError, match="no resource-based policy allows"):
        here.put_events(Entries=[{**entry, "EventBusName": BUS}])
    # Under another source it may be put, and forwarded; the hub does not listen.
    theirs.put_rule(Name="mine", EventPattern='{"source": ["mine"]}')
    sender = member.state()["logenabler_region_forwarder.member"]["role_arn"]
    local_aws.client("iam", account=MEMBER).update_assume_role_policy(
        RoleName=sender.rpartition("/")[2], PolicyDocument=ANY_RULE
    )
    theirs.put_targets(Rule="mine", Targets=[{"Id": "1", "Arn": BUS, "RoleArn": sender}])
    theirs.put_events(Entries=[{**entry, "Source": "mine"}])
    # An event of AWS itself, whose call names what is not the caller's: the envelope is the caller's.
    detail = json.loads(entry["Detail"])
    envelope = {"account": MEMBER, "region": "eu-west-1", "source": entry["Source"]}
    local_aws.event({**envelope, "detail-type": entry["DetailType"], "detail": detail})
    local_aws.idle()
    assert tables(local_aws) == set()


ANY_RULE = document(
    {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
)


def test_the_example_of_several_accounts_applies(local_aws: LocalAws, member: Terraform) -> None:
    member.copy("multi-account")
    member.init()
    member.run("validate")
    member.apply()
    assert member.plan() == ""
    shop_in(local_aws, MEMBER, "us-east-1")
    shop_in(local_aws, ACCOUNT, HUB_REGION)
    homes = {(MEMBER, "us-east-1"), (ACCOUNT, HUB_REGION)}
    assert tables(local_aws) == {(*home, name) for home in homes for name in ("alb_shop", "alb_shop_raw")}
    member.destroy()
    assert not {item for item in left_over(local_aws) if item[0] not in ("databases", "tables")} - DEPLOYERS
