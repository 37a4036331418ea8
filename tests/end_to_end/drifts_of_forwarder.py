"""Every way in which a forwarder can be changed behind Terraform's back, attribute by attribute."""

from __future__ import annotations

from end_to_end.drift import Change, Drift, on
from end_to_end.everything import (
    ACCOUNT,
    ANYTHING,
    EXTERNAL_ID,
    FULL_FORWARDER,
    FULL_HUB,
    OTHER_ROLE,
    PLAIN_FORWARDER,
    PLAIN_HUB,
    ROLE,
    Place,
    document,
)
from local import LocalAws

rule = on("events", Name="{rule}")
second_rule = on("events", Name="{rule}-2")
targets = on("events", Rule="{rule}")
rule_tags = on("events", ResourceARN=f"arn:aws:events:{{region}}:{ACCOUNT}:rule/{{rule}}")
queue = on("sqs", QueueUrl="{queue}")
role = on("iam", RoleName="{role}")
catalog_role = on("iam", RoleName="{catalog_role}")
workgroup = on("athena", WorkGroup="{workgroup}")
workgroup_tags = on("athena", ResourceARN=f"arn:aws:athena:{{region}}:{ACCOUNT}:workgroup/{{workgroup}}")

OTHER_PATTERN = '{"source": ["aws.s3"]}'
ANY_RULE = document(
    {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
)
ONE_TRY = {"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 1}
OTHER_TYPES = {"Key": "logenabler:log-types", "Value": "alb_connection waf"}
OURS = {"Key": "logenabler:owner", "Value": f"forwarder/{PLAIN_FORWARDER['id']}"}
ADDED = {"Key": "x", "Value": "y"}
OTHER_ENGINE = {"SelectedEngineVersion": "Athena engine version 3"}
BUCKET_OWNERS = {"S3AclOption": "BUCKET_OWNER_FULL_CONTROL"}
ORIGIN = {"Key": "origin", "Value": "terraform"}
ALL_TAGS = "tags_all holds tags"


def bus_of(hub: Place) -> str:
    return f"arn:aws:events:{hub['region']}:{ACCOUNT}:event-bus/{hub['bus']}"


def lets_in(function_role: str, external_id: str | None) -> str:
    """A trust policy as the provider writes it."""
    named = {"Condition": {"StringEquals": {"sts:ExternalId": external_id}}} if external_id else {}
    let_in = {"Effect": "Allow", "Principal": {"AWS": function_role}, "Action": "sts:AssumeRole"}
    return document({"Sid": "HubsFunction", **let_in, **named})


def workgroup_with(results: dict[str, object] | None = None, **settings: object) -> Change:
    """Changes how the workgroup is set up, or where its results go."""
    updates = {**settings, "ResultConfigurationUpdates": results} if results else settings
    return workgroup("update_work_group", ConfigurationUpdates=updates)


def target(**changed: object) -> Change:
    """Changes the target of the rule, or adds one with another Id."""

    def change(local_aws: LocalAws, place: Place) -> None:
        events = local_aws.client("events", place["region"])
        now = events.list_targets_by_rule(Rule=place["rule"])["Targets"][0]
        events.put_targets(Rule=place["rule"], Targets=[{**now, **changed}])

    return change


DRIFTS = [
    # What is forwarded, and where to.
    Drift(PLAIN_FORWARDER, "event_bus_arn", target(Arn=bus_of(FULL_HUB))),
    Drift(FULL_FORWARDER, "event_bus_arn", target(Arn=bus_of(PLAIN_HUB))),
    Drift(PLAIN_FORWARDER, "log_types", rule_tags("untag_resource", TagKeys=["logenabler:log-types"])),
    Drift(PLAIN_FORWARDER, "log_types", rule_tags("tag_resource", Tags=[OTHER_TYPES])),
    Drift(FULL_FORWARDER, "log_types", rule_tags("untag_resource", TagKeys=["logenabler:log-types"])),
    Drift(FULL_FORWARDER, "log_types", rule_tags("tag_resource", Tags=[OTHER_TYPES])),
    Drift(PLAIN_FORWARDER, "event_patterns", rule("put_rule", EventPattern=OTHER_PATTERN)),
    Drift(FULL_FORWARDER, "event_patterns", rule("put_rule", EventPattern=OTHER_PATTERN)),
    # The rule.
    Drift(FULL_FORWARDER, "rule_arns", rule("disable_rule")),
    Drift(PLAIN_FORWARDER, "rule_arns", targets("remove_targets", Ids=["logenabler"])),
    Drift(FULL_FORWARDER, "rule_arns", targets("remove_targets", Ids=["logenabler"])),
    Drift(PLAIN_FORWARDER, "rule_arns", target(Id="another", Arn=bus_of(FULL_HUB))),
    Drift(FULL_FORWARDER, "rule_arns", target(InputPath="$.detail")),
    Drift(FULL_FORWARDER, "rule_arns", target(RetryPolicy=ONE_TRY)),
    Drift(FULL_FORWARDER, "rule_arns", target(DeadLetterConfig={})),
    Drift(FULL_FORWARDER, "rule_arns", rule_tags("untag_resource", TagKeys=["logenabler:event-bus-arn"])),
    Drift(
        PLAIN_FORWARDER,
        "rule_arns event_patterns role_arn dead_letter_queue_url",
        second_rule("put_rule", EventPattern=OTHER_PATTERN, Tags=[OURS, ORIGIN]),
        because="a rule too many has an ARN and a pattern, and neither the role nor the queue lets it in",
    ),
    # The role that it sends with.
    Drift(PLAIN_FORWARDER, "role_arn", target(RoleArn=OTHER_ROLE)),
    Drift(FULL_FORWARDER, "role_arn", target(RoleArn=OTHER_ROLE)),
    Drift(PLAIN_FORWARDER, "role_arn", role("put_role_policy", PolicyName="more", PolicyDocument=ANYTHING)),
    Drift(PLAIN_FORWARDER, "role_arn", role("update_assume_role_policy", PolicyDocument=ANY_RULE)),
    Drift(
        PLAIN_FORWARDER,
        "role_arn",
        role("delete_role_policy", PolicyName="logenabler"),
        role("delete_role"),
    ),
    # The role that the hub's function looks around with.
    Drift(
        PLAIN_FORWARDER,
        "create_catalog_role hub_function_role_arn",
        catalog_role("create_role", AssumeRolePolicyDocument=lets_in(OTHER_ROLE, None), Tags=[OURS, ORIGIN]),
        because="a role too many lets somebody in",
    ),
    Drift(
        FULL_FORWARDER,
        "hub_function_role_arn",
        catalog_role("update_assume_role_policy", PolicyDocument=lets_in(OTHER_ROLE, EXTERNAL_ID)),
    ),
    Drift(
        FULL_FORWARDER,
        "external_id",
        catalog_role("update_assume_role_policy", PolicyDocument=lets_in(ROLE, "other")),
    ),
    Drift(
        FULL_FORWARDER,
        "external_id",
        catalog_role("update_assume_role_policy", PolicyDocument=lets_in(ROLE, None)),
    ),
    Drift(
        FULL_FORWARDER,
        "catalog_role_arn",
        catalog_role("update_assume_role_policy", PolicyDocument=ANY_RULE),
    ),
    Drift(
        FULL_FORWARDER,
        "catalog_role_arn",
        catalog_role("put_role_policy", PolicyName="more", PolicyDocument=ANYTHING),
    ),
    Drift(
        FULL_FORWARDER,
        "catalog_role_arn",
        catalog_role("delete_role_policy", PolicyName="logenabler"),
        catalog_role("delete_role"),
    ),
    # The workgroup.
    Drift(FULL_FORWARDER, "query_results_location", workgroup_with({"OutputLocation": "s3://theirs/"})),
    Drift(
        FULL_FORWARDER,
        "query_results_location workgroup_arn",
        workgroup_with({"RemoveOutputLocation": True}),
        because="without a location nothing else of it counts",
    ),
    Drift(
        FULL_FORWARDER,
        "bytes_scanned_cutoff_per_query",
        workgroup_with(BytesScannedCutoffPerQuery=10_000_000),
    ),
    Drift(
        FULL_FORWARDER,
        "bytes_scanned_cutoff_per_query",
        workgroup_with(RemoveBytesScannedCutoffPerQuery=True),
    ),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup("update_work_group", State="DISABLED")),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup_with(EnforceWorkGroupConfiguration=False)),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup_with(PublishCloudWatchMetricsEnabled=False)),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup_with(EngineVersion=OTHER_ENGINE)),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup_with({"RemoveEncryptionConfiguration": True})),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup_with({"ExpectedBucketOwner": "111111111111"})),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup_with({"AclConfiguration": BUCKET_OWNERS})),
    Drift(FULL_FORWARDER, "workgroup_arn", workgroup("delete_work_group")),
    # The queue.
    Drift(PLAIN_FORWARDER, "dead_letter_queue_url", queue("delete_queue")),
    Drift(
        FULL_FORWARDER,
        "dead_letter_queue_url",
        queue("set_queue_attributes", Attributes={"MessageRetentionPeriod": "60"}),
    ),
    Drift(FULL_FORWARDER, "dead_letter_queue_url", queue("set_queue_attributes", Attributes={"Policy": ""})),
    # The tags of one part, or of all of them.
    Drift(PLAIN_FORWARDER, "tags_all", queue("tag_queue", Tags={"x": "y"})),
    Drift(PLAIN_FORWARDER, "tags_all", role("tag_role", Tags=[ADDED])),
    Drift(FULL_FORWARDER, "tags_all", workgroup_tags("tag_resource", Tags=[ADDED])),
    Drift(PLAIN_FORWARDER, "tags_all", rule_tags("untag_resource", TagKeys=["origin"])),
    Drift(
        PLAIN_FORWARDER,
        "tags tags_all",
        rule_tags("tag_resource", Tags=[ADDED]),
        role("tag_role", Tags=[ADDED]),
        queue("tag_queue", Tags={"x": "y"}),
        because=ALL_TAGS,
    ),
    Drift(
        FULL_FORWARDER,
        "tags tags_all",
        rule_tags("untag_resource", TagKeys=["team"]),
        catalog_role("untag_role", TagKeys=["team"]),
        queue("untag_queue", TagKeys=["team"]),
        workgroup_tags("untag_resource", TagKeys=["team"]),
        because=ALL_TAGS,
    ),
]
