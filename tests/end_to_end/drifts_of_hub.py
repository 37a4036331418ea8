"""Every way in which a hub can be changed behind Terraform's back, attribute by attribute."""

from __future__ import annotations

import json
from typing import Any

from end_to_end.drift import Change, Drift, on
from end_to_end.drifts_of_monitoring import DRIFTS_OF_MONITORING, alarm_tags
from end_to_end.everything import (
    ACCOUNT,
    ANYTHING,
    BOUNDARY,
    FRIENDS,
    FULL_HUB,
    ORGANIZATION,
    OTHER_ROLE,
    OWN_ROLE_HUB,
    PLAIN_HUB,
    Place,
    document,
    script,
)
from local import LocalAws
from terraform import ROOT

HERE = f"{{region}}:{ACCOUNT}"
bus = on("events", EventBusName="{bus}")
bus_tags = on("events", ResourceARN=f"arn:aws:events:{HERE}:event-bus/{{bus}}")
rule = on("events", Name="{rule}", EventBusName="{bus}")
targets = on("events", Rule="{rule}", EventBusName="{bus}")
sweep = on("events", Name="{sweep}")
sweeps_targets = on("events", Rule="{sweep}")
sweep_tags = on("events", ResourceARN=f"arn:aws:events:{HERE}:rule/{{sweep}}")
rule_tags = on("events", ResourceARN=f"arn:aws:events:{HERE}:rule/{{bus}}/{{rule}}")
function = on("lambda", FunctionName="{function}")
function_tags = on("lambda", Resource=f"arn:aws:lambda:{HERE}:function:{{function}}")
log_group = on("logs", logGroupName="/aws/lambda/{function}")
log_group_tags = on("logs", resourceArn=f"arn:aws:logs:{HERE}:log-group:/aws/lambda/{{function}}")
queue = on("sqs", QueueUrl="{queue}")
topic = on("sns", TopicArn="{topic}")
topic_tags = on("sns", ResourceArn="{topic}")
role = on("iam", RoleName="{role}")
schemas = on("glue", Name="{schemas}")

BUILT = (ROOT / "target/lambda/enabler/bootstrap.zip").read_bytes()
ANYBODY = document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})
OWN_TAGS = [{"Key": "origin", "Value": "terraform"}]
ANYBODYS = document({"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*"})
OTHER_TEAM = {"Key": "team", "Value": "other"}
ALL_TAGS = "tags_all holds tags"


def other_architecture(local_aws: LocalAws, place: Place) -> None:
    functions = local_aws.client("lambda", place["region"])
    now = functions.get_function_configuration(FunctionName=place["function"])["Architectures"][0]
    other = {"arm64": "x86_64", "x86_64": "arm64"}[now]
    functions.update_function_code(FunctionName=place["function"], ZipFile=BUILT, Architectures=[other])


def environment(**variables: str | None) -> Change:
    """Changes variables of the function; None takes one away."""

    def change(local_aws: LocalAws, place: Place) -> None:
        functions = local_aws.client("lambda", place["region"])
        now = functions.get_function_configuration(FunctionName=place["function"])["Environment"]["Variables"]
        wanted = {name: value for name, value in {**now, **variables}.items() if value is not None}
        functions.update_function_configuration(
            FunctionName=place["function"], Environment={"Variables": wanted}
        )

    return change


def filter_with(**members: Any) -> Change:
    """Changes members of the filter; an empty one is left out, as the hub does."""
    now = {
        "include_names": ["audit", "shop*"],
        "exclude_names": ["*-dev"],
        "include_tags": {"env": "prod*"},
        "exclude_tags": {"logs": "none"},
    }
    wanted = {name: value for name, value in {**now, **members}.items() if value}
    return environment(LOGENABLER_FILTER=json.dumps(wanted, separators=(",", ":")))


def unsubscribed(local_aws: LocalAws, place: Place) -> None:
    """Whoever has confirmed may leave."""
    api = local_aws.client("sns", place["region"])
    left = api.confirm_subscription(TopicArn=place["topic"], Token="logs@example.com")
    api.unsubscribe(SubscriptionArn=left["SubscriptionArn"])


def senders(*accounts: str, organization: str | None = None) -> Change:
    """Lets these and nobody else send to the bus."""

    def change(local_aws: LocalAws, place: Place) -> None:
        arn = f"arn:aws:events:{place['region']}:{ACCOUNT}:event-bus/{place['bus']}"
        send = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": arn}
        roots = [f"arn:aws:iam::{account}:root" for account in accounts]
        rules = [f"arn:aws:events:*:{account}:rule/*" for account in accounts]
        statements = [
            {
                "Sid": "ForwardersOfAccounts",
                **send,
                "Principal": {"AWS": roots},
                "Condition": {"ArnLike": {"aws:SourceArn": rules}},
            }
        ]
        if organization:
            within = {"StringEquals": {"aws:PrincipalOrgID": organization}}
            by_rules = {"ArnLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/*"}}
            statements += [
                {
                    "Sid": "ForwardersOfOrganization",
                    **send,
                    "Principal": "*",
                    "Condition": {**within, **by_rules},
                }
            ]
        events = local_aws.client("events", place["region"])
        events.put_permission(EventBusName=place["bus"], Policy=document(*statements))

    return change


def other_payload(local_aws: LocalAws, place: Place) -> None:
    arn = f"arn:aws:lambda:{place['region']}:{ACCOUNT}:function:{place['function']}"
    target = {"Id": "logenabler", "Arn": arn, "Input": '{"sweep":{"accounts":["999999999999"]}}'}
    sweeps_targets("put_targets", Targets=[target])(local_aws, place)


def by_hand(local_aws: LocalAws, place: Place) -> None:
    """A rule as the hub would make it, though it is to have none."""
    owner = {"Key": "logenabler:owner", "Value": f"hub/{place['id']}"}
    sweep("put_rule", ScheduleExpression="rate(1 day)", Tags=[owner, *OWN_TAGS])(local_aws, place)
    arn = f"arn:aws:lambda:{place['region']}:{ACCOUNT}:function:{place['function']}"
    dead_letters = f"arn:aws:sqs:{place['region']}:{ACCOUNT}:{place['queue']}"
    target = {
        "Id": "logenabler",
        "Arn": arn,
        "Input": '{"sweep":{}}',
        "DeadLetterConfig": {"Arn": dead_letters},
        "RetryPolicy": {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185},
    }
    sweeps_targets("put_targets", Targets=[target])(local_aws, place)


def rewritten_target(local_aws: LocalAws, place: Place) -> None:
    arn = f"arn:aws:lambda:{place['region']}:{ACCOUNT}:function:{place['function']}"
    target = {"Id": "logenabler", "Arn": arn, "Input": "{}"}
    targets("put_targets", Targets=[target])(local_aws, place)


DRIFTS = [
    # The bus, its rule, and who may send to it.
    Drift(PLAIN_HUB, "event_bus_arn", rule("disable_rule")),
    Drift(PLAIN_HUB, "event_bus_arn", rule("put_rule", EventPattern='{"source": ["aws.s3"]}')),
    Drift(OWN_ROLE_HUB, "event_bus_arn", targets("remove_targets", Ids=["logenabler"])),
    Drift(FULL_HUB, "event_bus_arn", targets("remove_targets", Ids=["logenabler"]), rule("delete_rule")),
    Drift(OWN_ROLE_HUB, "event_bus_arn", rewritten_target),
    Drift(OWN_ROLE_HUB, "event_bus_arn", bus("remove_permission", RemoveAllPermissions=True)),
    Drift(OWN_ROLE_HUB, "event_bus_arn", bus_tags("untag_resource", TagKeys=["logenabler:owner"])),
    Drift(FULL_HUB, "event_bus_arn", senders(*FRIENDS, organization=ORGANIZATION)),
    Drift(PLAIN_HUB, "source_account_ids", senders(ACCOUNT, *FRIENDS)),
    Drift(FULL_HUB, "source_account_ids", senders(ACCOUNT, FRIENDS[0], organization=ORGANIZATION)),
    Drift(FULL_HUB, "source_account_ids", senders(ACCOUNT, organization=ORGANIZATION)),
    Drift(PLAIN_HUB, "organization_id", senders(ACCOUNT, organization=ORGANIZATION)),
    Drift(FULL_HUB, "organization_id", senders(ACCOUNT, *FRIENDS)),
    Drift(FULL_HUB, "organization_id", senders(ACCOUNT, *FRIENDS, organization="o-0123456789")),
    Drift(PLAIN_HUB, "external_id", environment(LOGENABLER_EXTERNAL_ID="other")),
    Drift(FULL_HUB, "external_id", environment(LOGENABLER_EXTERNAL_ID="other")),
    Drift(FULL_HUB, "external_id", environment(LOGENABLER_EXTERNAL_ID=None)),
    # The sweeps.
    Drift(PLAIN_HUB, "sweep_schedule", sweep("put_rule", ScheduleExpression="rate(2 days)")),
    Drift(FULL_HUB, "sweep_schedule", sweep("put_rule", ScheduleExpression="rate(1 day)")),
    Drift(PLAIN_HUB, "sweep_schedule", sweep("put_rule", EventPattern='{"source": ["aws.s3"]}')),
    Drift(PLAIN_HUB, "sweep_schedule", sweep("disable_rule")),
    Drift(PLAIN_HUB, "sweep_schedule", sweeps_targets("remove_targets", Ids=["logenabler"])),
    Drift(
        FULL_HUB,
        "sweep_schedule",
        sweeps_targets("remove_targets", Ids=["logenabler"]),
        sweep("delete_rule"),
    ),
    Drift(FULL_HUB, "sweep_schedule", other_payload),
    Drift(OWN_ROLE_HUB, "sweep_schedule", by_hand),
    Drift(FULL_HUB, "function_arn", function("remove_permission", StatementId="logenabler-sweep")),
    # Who hears of it.
    Drift(
        OWN_ROLE_HUB,
        "notification_topic_arn",
        environment(LOGENABLER_TOPIC_ARN=f"arn:aws:sns:us-west-2:{ACCOUNT}:other"),
    ),
    Drift(
        OWN_ROLE_HUB,
        "enable_sns_notifications notification_topic_arn",
        environment(LOGENABLER_TOPIC_ARN=None),
        because="the function alone knows of both",
    ),
    Drift(FULL_HUB, "notification_email", unsubscribed),
    Drift(
        FULL_HUB,
        "notification_topic_arn",
        topic("set_topic_attributes", AttributeName="Policy", AttributeValue=ANYBODYS),
    ),
    Drift(
        FULL_HUB,
        "notification_topic_arn notification_email",
        topic("delete_topic"),
        because="a topic that is gone has no subscribers",
    ),
    Drift(FULL_HUB, "tags_all", topic_tags("untag_resource", TagKeys=["team"])),
    # What is saved with tables.
    Drift(PLAIN_HUB, "enable_saved_queries", environment(LOGENABLER_SAVED_QUERIES="true")),
    Drift(FULL_HUB, "enable_saved_queries", environment(LOGENABLER_SAVED_QUERIES=None)),
    *DRIFTS_OF_MONITORING,
    # What gets tables.
    Drift(PLAIN_HUB, "dry_run", environment(LOGENABLER_DRY_RUN="true")),
    Drift(FULL_HUB, "dry_run", environment(LOGENABLER_DRY_RUN=None)),
    Drift(OWN_ROLE_HUB, "function_arn", environment(LOGENABLER_DRY_RUN="false")),
    Drift(PLAIN_HUB, "drift_watch", environment(LOGENABLER_DRIFT_WATCH="true")),
    Drift(FULL_HUB, "drift_watch", environment(LOGENABLER_DRIFT_WATCH=None)),
    Drift(PLAIN_HUB, "include_names", environment(LOGENABLER_FILTER='{"include_names":["other"]}')),
    Drift(FULL_HUB, "include_names", filter_with(include_names=["shop*"])),
    Drift(FULL_HUB, "exclude_names", filter_with(exclude_names=["*"])),
    Drift(FULL_HUB, "include_tags", filter_with(include_tags={})),
    Drift(FULL_HUB, "exclude_tags", filter_with(exclude_tags={"logs": "some"})),
    Drift(
        FULL_HUB,
        "include_names exclude_names include_tags exclude_tags",
        environment(LOGENABLER_FILTER=None),
        because="one variable holds them all",
    ),
    Drift(OWN_ROLE_HUB, "function_arn", environment(LOGENABLER_FILTER="{}")),
    Drift(
        PLAIN_HUB,
        "lake_formation_readers",
        environment(LOGENABLER_READERS='["arn:aws:iam::123456789012:role/other"]'),
    ),
    Drift(FULL_HUB, "lake_formation_readers", environment(LOGENABLER_READERS=None)),
    Drift(OWN_ROLE_HUB, "lake_formation_readers", environment(LOGENABLER_READERS="[]")),
    Drift(OWN_ROLE_HUB, "function_arn", environment(LOGENABLER_READERS="{}")),
    # The function.
    Drift(
        PLAIN_HUB,
        "function_arn function_sha256",
        function("delete_function"),
        because="the hash is that of the code that the function runs",
    ),
    Drift(OWN_ROLE_HUB, "function_arn", function("remove_permission", StatementId="logenabler-rule")),
    Drift(OWN_ROLE_HUB, "function_arn", function("delete_function_event_invoke_config")),
    Drift(OWN_ROLE_HUB, "function_arn", function("update_function_configuration", Handler="other")),
    Drift(OWN_ROLE_HUB, "function_arn", environment(OTHER="1")),
    Drift(
        OWN_ROLE_HUB,
        "function_arn",
        function("update_function_configuration", LoggingConfig={"LogFormat": "Text"}),
    ),
    Drift(PLAIN_HUB, "function_sha256", function("update_function_code", ZipFile=script())),
    Drift(PLAIN_HUB, "architecture", other_architecture),
    Drift(PLAIN_HUB, "memory_size", function("update_function_configuration", MemorySize=512)),
    Drift(FULL_HUB, "memory_size", function("update_function_configuration", MemorySize=128)),
    Drift(PLAIN_HUB, "timeout", function("update_function_configuration", Timeout=5)),
    Drift(FULL_HUB, "timeout", function("update_function_configuration", Timeout=3)),
    Drift(PLAIN_HUB, "log_level", environment(LOGENABLER_LOG_LEVEL="error")),
    Drift(FULL_HUB, "log_level", environment(LOGENABLER_LOG_LEVEL=None)),
    Drift(
        PLAIN_HUB,
        "reserved_concurrency",
        function("put_function_concurrency", ReservedConcurrentExecutions=5),
    ),
    Drift(FULL_HUB, "reserved_concurrency", function("delete_function_concurrency")),
    # Its log.
    Drift(PLAIN_HUB, "log_retention_days", log_group("put_retention_policy", retentionInDays=7)),
    Drift(FULL_HUB, "log_retention_days", log_group("delete_retention_policy")),
    Drift(OWN_ROLE_HUB, "log_retention_days", log_group("delete_log_group")),
    # Its role.
    Drift(
        PLAIN_HUB, "function_role_arn", role("put_role_policy", PolicyName="more", PolicyDocument=ANYTHING)
    ),
    Drift(PLAIN_HUB, "function_role_arn", role("attach_role_policy", PolicyArn=BOUNDARY)),
    Drift(PLAIN_HUB, "function_role_arn", role("update_assume_role_policy", PolicyDocument=ANYBODY)),
    Drift(
        PLAIN_HUB,
        "function_role_arn",
        role("delete_role_policy", PolicyName="logenabler"),
        role("delete_role"),
    ),
    Drift(PLAIN_HUB, "function_role_arn", function("update_function_configuration", Role=OTHER_ROLE)),
    Drift(OWN_ROLE_HUB, "function_role_arn", function("update_function_configuration", Role=OTHER_ROLE)),
    Drift(
        PLAIN_HUB,
        "permissions_boundary_arn",
        role("put_role_permissions_boundary", PermissionsBoundary=BOUNDARY),
    ),
    Drift(FULL_HUB, "permissions_boundary_arn", role("delete_role_permissions_boundary")),
    # Other parts.
    Drift(
        OWN_ROLE_HUB,
        "dead_letter_queue_arn dead_letter_queue_url",
        queue("delete_queue"),
        because="a queue that is gone has neither",
    ),
    Drift(
        FULL_HUB,
        "dead_letter_queue_arn",
        queue("set_queue_attributes", Attributes={"MessageRetentionPeriod": "60"}),
    ),
    Drift(OWN_ROLE_HUB, "dead_letter_queue_arn", queue("set_queue_attributes", Attributes={"Policy": ""})),
    Drift(OWN_ROLE_HUB, "schema_database_name", schemas("delete_database")),
    # The tags of one part, or of all of them.
    Drift(OWN_ROLE_HUB, "tags_all", bus_tags("tag_resource", Tags=[OTHER_TEAM])),
    Drift(FULL_HUB, "tags_all", rule_tags("untag_resource", TagKeys=["team"])),
    Drift(PLAIN_HUB, "tags_all", sweep_tags("tag_resource", Tags=[OTHER_TEAM])),
    Drift(OWN_ROLE_HUB, "tags_all", function_tags("tag_resource", Tags={"team": "other"})),
    Drift(OWN_ROLE_HUB, "tags_all", log_group_tags("tag_resource", tags={"origin": "hand"})),
    Drift(FULL_HUB, "tags_all", queue("untag_queue", TagKeys=["team", "cost"])),
    Drift(FULL_HUB, "tags_all", role("tag_role", Tags=[OTHER_TEAM])),
    Drift(
        FULL_HUB,
        "tags tags_all",
        bus_tags("untag_resource", TagKeys=["team"]),
        rule_tags("untag_resource", TagKeys=["team"]),
        sweep_tags("untag_resource", TagKeys=["team"]),
        topic_tags("untag_resource", TagKeys=["team"]),
        *(tags("untag_resource", TagKeys=["team"]) for tags in alarm_tags(3)),
        function_tags("untag_resource", TagKeys=["team"]),
        log_group_tags("untag_resource", tagKeys=["team"]),
        queue("untag_queue", TagKeys=["team"]),
        role("untag_role", TagKeys=["team"]),
        because=ALL_TAGS,
    ),
    Drift(
        OWN_ROLE_HUB,
        "tags tags_all",
        bus_tags("tag_resource", Tags=[OTHER_TEAM]),
        rule_tags("tag_resource", Tags=[OTHER_TEAM]),
        *(tags("tag_resource", Tags=[OTHER_TEAM]) for tags in alarm_tags(2)),
        function_tags("tag_resource", Tags={"team": "other"}),
        log_group_tags("tag_resource", tags={"team": "other"}),
        queue("tag_queue", Tags={"team": "other"}),
        because=ALL_TAGS,
    ),
]
