"""The topic that the function publishes to, and the address that is subscribed to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from end_to_end.configurations import HUB_REGION
from end_to_end.everything import ACCOUNT
from end_to_end.left_over import left_over
from end_to_end.test_filters import told
from end_to_end.test_life import hub
from local import LocalAws
from terraform import Terraform

TOPIC = f"arn:aws:sns:{HUB_REGION}:{ACCOUNT}:EventDrivenLogEnabler-notifications"
ON = "enable_sns_notifications = true\n"


def subscribed(local_aws: LocalAws) -> dict[str, str]:
    sns = local_aws.client("sns", HUB_REGION)
    found = sns.list_subscriptions_by_topic(TopicArn=TOPIC)["Subscriptions"]
    return {one["Endpoint"]: one["SubscriptionArn"] for one in found if one["SubscriptionArn"] != "Deleted"}


def change(terraform: Terraform, arguments: str) -> None:
    terraform.write(hub(arguments))
    terraform.apply()
    assert terraform.plan() == "", arguments


def test_the_function_is_told_of_the_topic_and_an_address_is_asked(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub(ON + 'notification_email = "logs@example.com"'))
    assert told(local_aws)["LOGENABLER_TOPIC_ARN"] == TOPIC
    assert subscribed(local_aws) == {"logs@example.com": "PendingConfirmation"}
    assert terraform.plan() == ""
    change(terraform, "")
    assert "LOGENABLER_TOPIC_ARN" not in told(local_aws)
    assert local_aws.inventory()["topics"] == []
    terraform.destroy()
    assert left_over(local_aws) == set()


def test_a_former_address_goes_where_it_has_confirmed(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    terraform = apply(hub(ON + 'notification_email = "a@example.com"'))
    sns = local_aws.client("sns", HUB_REGION)
    sns.confirm_subscription(TopicArn=TOPIC, Token="a@example.com")
    sns.subscribe(TopicArn=TOPIC, Protocol="email", Endpoint="friend@example.com")
    change(terraform, ON + 'notification_email = "b@example.com"')
    assert subscribed(local_aws).keys() == {"b@example.com", "friend@example.com"}
    change(terraform, ON)
    assert "b@example.com" in subscribed(local_aws), "AWS cannot remove what has not confirmed"


def test_an_address_that_has_unsubscribed_is_missed_and_asked_again(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    arguments = ON + 'notification_email = "a@example.com"'
    terraform = apply(hub(arguments))
    sns = local_aws.client("sns", HUB_REGION)
    sns.confirm_subscription(TopicArn=TOPIC, Token="a@example.com")
    sns.unsubscribe(SubscriptionArn=subscribed(local_aws)["a@example.com"])
    assert "notification_email" in terraform.plan()
    terraform.apply()
    assert subscribed(local_aws) == {"a@example.com": "PendingConfirmation"}
    change(terraform, ON)


def test_a_topic_of_the_users_own_is_left_as_it_is(
    local_aws: LocalAws, apply: Callable[[str], Terraform]
) -> None:
    own = local_aws.client("sns", HUB_REGION).create_topic(Name="own")["TopicArn"]
    terraform = apply(hub(ON + f'notification_topic_arn = "{own}"'))
    assert told(local_aws)["LOGENABLER_TOPIC_ARN"] == own
    terraform.destroy()
    assert left_over(local_aws) == {("topics", HUB_REGION, "own")}


def test_a_strangers_topic_is_not_taken_over(local_aws: LocalAws, terraform: Terraform) -> None:
    local_aws.client("sns", HUB_REGION).create_topic(Name="EventDrivenLogEnabler-notifications")
    terraform.write(hub(ON))
    terraform.init()
    assert "Choose another function_name" in terraform.refused("apply", "-auto-approve")


@pytest.mark.parametrize(
    "arguments, reason",
    [
        ('notification_email = "a@example.com"', "Set enable_sns_notifications to true"),
        (f'notification_topic_arn = "{TOPIC}"', "Set enable_sns_notifications to true"),
        (
            ON + f'notification_topic_arn = "{TOPIC}"\nnotification_email = "a@example.com"',
            "Subscribe the address to that one",
        ),
        (ON + 'notification_email = "example.com"', "is not an e-mail address"),
        (ON + 'notification_topic_arn = "logs"', "is not such an ARN"),
    ],
)
def test_what_would_have_no_effect_is_refused(terraform: Terraform, arguments: str, reason: str) -> None:
    terraform.write(hub(arguments))
    terraform.init()
    said = " ".join(terraform.refused("plan").replace("│", " ").split())
    assert reason in said
