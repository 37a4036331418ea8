"""SNS: an address that has not confirmed has no subscription to speak of, and cannot be unsubscribed."""

from __future__ import annotations

from typing import Any

from moto.sns import sns_backends

from .call import AwsError, Call
from .hooks import before, instead

UNCONFIRMED = "PendingConfirmation"
PAGE = 100


@before("sns", "CreateTopic")
def _create(call: Call) -> None:
    """Whose tags differ from those that a topic of that name has is told so."""
    arn = f"arn:{call.partition}:sns:{call.region}:{call.account}:{call.params['Name']}"
    topic = sns_backends[call.account][call.region].topics.get(arn)
    tags = {tag["Key"]: tag["Value"] for tag in call.params.get("Tags") or []}
    if topic and tags and tags != topic._tags:
        raise _invalid("Invalid parameter: Tags Reason: Topic already exists with different tags")


@before("sns", "Subscribe")
def _subscribe(call: Call) -> None:
    if call.params["Protocol"] == "email" and "@" not in (call.params.get("Endpoint") or ""):
        raise _invalid("Invalid parameter: Email address")


@before("sns", "Unsubscribe")
def _unsubscribe(call: Call) -> None:
    if call.params["SubscriptionArn"].count(":") < 6:
        raise _invalid("Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements")
    one = sns_backends[call.account][call.region].subscriptions.get(call.params["SubscriptionArn"])
    if one:
        left = {"SubscriptionArn": "Deleted", "Protocol": one.protocol, "Endpoint": one.endpoint}
        # SNS goes on listing them for days.
        one.topic.deleted = [*getattr(one.topic, "deleted", []), {**left, "Owner": one.account_id}]


@instead("sns", "ListSubscriptionsByTopic")
def _list(call: Call) -> dict[str, Any] | None:
    backend, arn = sns_backends[call.account][call.region], call.params["TopicArn"]
    if arn not in backend.topics:
        return None
    found = [
        {
            "SubscriptionArn": one.arn if one.confirmed or one.protocol != "email" else UNCONFIRMED,
            "Owner": one.account_id,
            "Protocol": one.protocol,
            "Endpoint": one.endpoint,
            "TopicArn": arn,
        }
        for one in backend.subscriptions.values()
        if one.topic.arn == arn
    ] + [{**one, "TopicArn": arn} for one in getattr(backend.topics[arn], "deleted", [])]
    start = int(call.params.get("NextToken") or 0)
    page = {"Subscriptions": found[start : start + PAGE]}
    return page if len(found) <= start + PAGE else {**page, "NextToken": str(start + PAGE)}


@instead("sns", "ConfirmSubscription")
def _confirm(call: Call) -> dict[str, Any] | None:
    """The token, which people get by e-mail, is their address here."""
    backend, asked = sns_backends[call.account][call.region], call.params
    for one in backend.subscriptions.values():
        if (one.topic.arn, one.endpoint) == (asked["TopicArn"], asked["Token"]):
            one.confirmed = True
            return {"SubscriptionArn": one.arn}
    raise _invalid("Invalid token")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameter", message, 400)
