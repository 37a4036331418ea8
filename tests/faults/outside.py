"""What somebody changes or removes outside Terraform, so that an update has to put it right."""

from __future__ import annotations

from end_to_end.drift import Change, on
from end_to_end.drifts_of_forwarder import (
    ADDED,
    ANY_RULE,
    OTHER_PATTERN,
    second_rule,
    workgroup,
    workgroup_tags,
)
from end_to_end.drifts_of_forwarder import targets as forwarders_targets
from end_to_end.drifts_of_hub import (
    ANYBODY,
    ANYBODYS,
    function,
    log_group,
    queue,
    role,
    rule,
    schemas,
    sweep,
    sweeps_targets,
    targets,
    topic,
)
from end_to_end.drifts_of_monitoring import alarm, alarms_gone, dashboard_gone, without_a_widget
from end_to_end.everything import ACCOUNT, ANYTHING, BOUNDARY, ROLE, Place, script
from faults.configurations import HOME
from local import LocalAws

catalog_role = on("iam", RoleName="{catalog_role}")
second_rules_targets = on("events", Rule="{rule}-2")
schema = on("glue", DatabaseName="{schemas}", Name="{log_type}")

BUS = {
    "Arn": f"arn:aws:events:{HOME}:{ACCOUNT}:event-bus/two",
    "RoleArn": ROLE,
}


def another_target(local_aws: LocalAws, place: Place) -> None:
    arn = f"arn:aws:lambda:{place['region']}:{ACCOUNT}:function:{place['function']}"
    targets("put_targets", Targets=[{"Id": "another", "Arn": arn}])(local_aws, place)


def another_source(local_aws: LocalAws, place: Place) -> None:
    """Another rule is let in, in the place of the one that starts sweeps."""
    invoke = {"Action": "lambda:InvokeFunction", "Principal": "events.amazonaws.com"}
    of_sweeps = {"StatementId": "logenabler-sweep"}
    function("remove_permission", **of_sweeps)(local_aws, place)
    arn = f"arn:aws:events:{place['region']}:{ACCOUNT}:rule/another"
    function("add_permission", **of_sweeps, **invoke, SourceArn=arn)(local_aws, place)


def surplus_rule(local_aws: LocalAws, place: Place) -> None:
    """One that an earlier update would have left, had it been killed."""
    ours = {"Key": "logenabler:owner", "Value": f"forwarder/{place['id']}"}
    second_rule("put_rule", EventPattern=OTHER_PATTERN, Tags=[ours])(local_aws, place)
    second_rules_targets("put_targets", Targets=[{"Id": "logenabler", **BUS}])(local_aws, place)


def opened(role: object, trust: str) -> list[Change]:
    """More rights than anybody asked for."""
    return [
        role("update_assume_role_policy", PolicyDocument=trust),
        role("put_role_policy", PolicyName="more", PolicyDocument=ANYTHING),
        role("attach_role_policy", PolicyArn=BOUNDARY),
    ]


def removed(role: object) -> list[Change]:
    return [role("delete_role_policy", PolicyName="logenabler"), role("delete_role")]


def confirmed(local_aws: LocalAws, place: Place) -> None:
    api = local_aws.client("sns", place["region"])
    api.confirm_subscription(TopicArn=place["topic"], Token="logs@example.com")


CONFIRMED = [confirmed]
HUB_CHANGED = [
    *opened(role, ANYBODY),
    role("delete_role_permissions_boundary"),
    function("update_function_configuration", MemorySize=512),
    function("update_function_code", ZipFile=script()),
    function("delete_function_concurrency"),
    function("remove_permission", StatementId="logenabler-rule"),
    another_source,
    function("delete_function_event_invoke_config"),
    queue("set_queue_attributes", Attributes={"Policy": ""}),
    rule("disable_rule"),
    another_target,
    sweep("disable_rule"),
    topic("set_topic_attributes", AttributeName="Policy", AttributeValue=ANYBODYS),
    alarm("failures", Threshold=5),
    without_a_widget,
]
HUB_LOST = [
    targets("remove_targets", Ids=["logenabler"]),
    rule("delete_rule"),
    sweeps_targets("remove_targets", Ids=["logenabler"]),
    sweep("delete_rule"),
    function("delete_function"),
    *removed(role),
    queue("delete_queue"),
    log_group("delete_log_group"),
    schemas("delete_database"),
    alarms_gone("failures"),
    dashboard_gone,
]
FORWARDER_CHANGED = [
    *opened(role, ANY_RULE),
    *opened(catalog_role, ANY_RULE),
    queue("set_queue_attributes", Attributes={"Policy": ""}),
    forwarders_targets("put_targets", Targets=[{"Id": "another", **BUS}]),
    surplus_rule,
    workgroup("update_work_group", State="DISABLED"),
    workgroup_tags("tag_resource", Tags=[ADDED]),
    workgroup_tags("untag_resource", TagKeys=["team"]),
]
FORWARDER_LOST = [
    *removed(role),
    *removed(catalog_role),
    queue("delete_queue"),
    workgroup("delete_work_group"),
]
TABLE_SCHEMA_LOST = [schema("delete_table")]
