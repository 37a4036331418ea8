"""SNS: subscriptions by e-mail, before and after they are confirmed."""

from __future__ import annotations

import pytest

from .refusals import refused

ADDRESS = "logs@example.com"


@pytest.fixture
def topic(local_aws):
    return local_aws.client("sns").create_topic(Name="t")["TopicArn"]


def subscribed(aws, topic):
    found = aws.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    return {one["Endpoint"]: one["SubscriptionArn"] for one in found}


def test_an_address_is_unconfirmed_until_it_confirms(local_aws, topic):
    sns = local_aws.client("sns")
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=ADDRESS)
    assert subscribed(local_aws, topic) == {ADDRESS: "PendingConfirmation"}
    refused(lambda: sns.unsubscribe(SubscriptionArn="PendingConfirmation"), "InvalidParameter")
    sns.confirm_subscription(TopicArn=topic, Token=ADDRESS)
    arn = subscribed(local_aws, topic)[ADDRESS]
    assert arn.startswith(topic)
    sns.unsubscribe(SubscriptionArn=arn)
    assert subscribed(local_aws, topic) == {ADDRESS: "Deleted"}, "for days"


def test_what_is_no_address_is_refused(local_aws, topic):
    subscribe = local_aws.client("sns").subscribe
    refused(lambda: subscribe(TopicArn=topic, Protocol="email", Endpoint="logs"), "InvalidParameter")


def test_a_topic_is_made_once_and_not_with_other_tags(local_aws, topic):
    create = local_aws.client("sns").create_topic
    assert create(Name="t")["TopicArn"] == topic
    refused(lambda: create(Name="t", Tags=[{"Key": "a", "Value": "b"}]), "InvalidParameter", "different tags")


def test_a_topic_that_is_gone_is_not_found(local_aws, topic):
    sns = local_aws.client("sns")
    sns.delete_topic(TopicArn=topic)
    refused(lambda: sns.get_topic_attributes(TopicArn=topic), "NotFound")
