"""Hubs and regions beside each other: none takes, redirects or keeps what is another's."""

from __future__ import annotations

from collections.abc import Callable

from end_to_end.configurations import FORWARDER_RULE, HUB_REGION, call, regions
from end_to_end.left_over import left_over
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

Apply = Callable[[str], Terraform]
RULE = "LogEnablementTrigger"
IRELAND = regions(HUB_REGION, "eu-west-1")


def test_two_hubs_in_different_regions_hear_the_same_region_and_one_goes_without_the_other(
    local_aws: LocalAws, apply: Apply
) -> None:
    """Row 14 of the original's faults: one role for the whole account, which the next hub redirected."""
    sydney, virginia = call(IRELAND, "sydney"), call(regions("us-east-1", "eu-west-1"), "virginia")
    terraform = apply(sydney)
    alone = left_over(local_aws)
    change(terraform, sydney + virginia)
    assert alone < left_over(local_aws)

    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs")
    local_aws.idle()
    assert heard(local_aws, HUB_REGION) and heard(local_aws, "us-east-1")
    tables = {item for item in left_over(local_aws) if item[1] == "eu-west-1" and item[0] in CATALOGUE}

    change(terraform, sydney)
    assert left_over(local_aws) == alone | tables
    shop.log_to("other-logs")
    local_aws.idle()
    glue = local_aws.client("glue", "eu-west-1")
    table = glue.get_table(DatabaseName="alb_access_logs_db", Name="alb_shop_raw")["Table"]
    assert table["StorageDescriptor"]["Location"].startswith("s3://other-logs/")


def test_two_hubs_in_one_region_have_names_of_their_own_and_share_nothing(
    local_aws: LocalAws, apply: Apply
) -> None:
    """Row 14 of the original's faults: the next hub redirected the first."""
    first = call(IRELAND, "first")
    names = 'event_bus_name = "second"\nfunction_name = "Second"\nrule_name = "to-second"'
    terraform = apply(first)
    alone = left_over(local_aws)
    change(terraform, first + call(IRELAND + names, "second"))
    assert alone < left_over(local_aws)
    change(terraform, first)
    assert left_over(local_aws) == alone


def test_a_region_that_is_no_source_any_more_keeps_nothing(local_aws: LocalAws, apply: Apply) -> None:
    """Row 14 of the original's faults: a region that was taken out kept its rule."""
    terraform = apply(call(regions(HUB_REGION, "us-east-1")))
    before = left_over(local_aws)
    change(terraform, call(regions(HUB_REGION, "us-east-1", "eu-west-1")))
    added = {(kind, name) for kind, _, name in left_over(local_aws) - before}
    assert added > {
        ("rules", FORWARDER_RULE),
        ("queues", f"{FORWARDER_RULE}-dead-letters"),
        ("roles", f"{FORWARDER_RULE}-eu-west-1"),
    }
    change(terraform, call(regions(HUB_REGION, "us-east-1")))
    assert left_over(local_aws) == before


def test_the_central_region_is_watched_only_where_it_is_named(local_aws: LocalAws, apply: Apply) -> None:
    """Row 15 of the original's faults: the central region had a rule on its default bus, a source or not."""
    apply(call(IRELAND))
    rules = local_aws.inventory()["rules"]
    forwarding = [rule for rule in rules if rule["bus"] == "default" and not rule["name"].endswith("Sweep")]
    assert [rule["region"] for rule in forwarding] == ["eu-west-1"]
    LoadBalancer(local_aws.client, HUB_REGION, "shop").log_to("shop-logs")
    local_aws.idle()
    assert not heard(local_aws, HUB_REGION) and local_aws.inventory()["tables"] == []


def test_a_boundary_that_an_organization_puts_on_a_forwarders_role_stays(
    local_aws: LocalAws, apply: Apply
) -> None:
    terraform = apply(call(IRELAND))
    name = f"{FORWARDER_RULE}-eu-west-1"
    iam, boundary = local_aws.client("iam"), "arn:aws:iam::123456789012:policy/guardrail"
    iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary)
    assert terraform.plan() == ""
    change(terraform, call(IRELAND + 'tags = { team = "edge" }'))
    assert iam.get_role(RoleName=name)["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary


def test_a_rule_full_of_strange_targets_is_put_right(local_aws: LocalAws, apply: Apply) -> None:
    """EventBridge takes five targets a rule: one has to go before ours can come."""
    terraform = apply(call(IRELAND))
    events = local_aws.client("events", "eu-west-1")
    (ours,) = events.list_targets_by_rule(Rule=FORWARDER_RULE)["Targets"]
    events.remove_targets(Rule=FORWARDER_RULE, Ids=[ours["Id"]])
    strange = [{**ours, "Id": f"strange-{number}"} for number in range(5)]
    assert events.put_targets(Rule=FORWARDER_RULE, Targets=strange)["FailedEntryCount"] == 0
    terraform.apply()
    assert events.list_targets_by_rule(Rule=FORWARDER_RULE)["Targets"] == [ours]


def test_a_hub_whose_rule_is_a_strangers_says_so_before_it_removes_anything(
    local_aws: LocalAws, apply: Apply
) -> None:
    terraform = apply(call(IRELAND))
    events = local_aws.client("events", HUB_REGION)
    arn = events.describe_rule(Name=RULE, EventBusName="log-enablement-bus")["Arn"]
    events.untag_resource(ResourceARN=arn, TagKeys=["logenabler:owner"])
    before = left_over(local_aws)
    said = terraform.refused("destroy", "-auto-approve", "-target=module.log_enabler.logenabler_hub.this")
    assert f"still has rules that this hub did not make They are: {RULE}." in said
    assert {item for item in before if item[1] == HUB_REGION} <= left_over(local_aws)


CATALOGUE = ("databases", "tables")


def change(terraform: Terraform, configuration: str) -> None:
    """Applies another configuration, after which nothing is left to do."""
    terraform.write(configuration)
    terraform.init()
    terraform.apply()
    assert terraform.plan() == ""


def heard(local_aws: LocalAws, region: str) -> bool:
    """Whether the function there was ever given an event."""
    logs = local_aws.client("logs", region)
    lines = logs.filter_log_events(logGroupName="/aws/lambda/EventDrivenLogEnabler")["events"]
    return any('"event_id"' in line["message"] for line in lines)
