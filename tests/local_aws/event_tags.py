"""Tags of event buses and rules, by ARN: moto goes by the name, and mixes up rules of two buses."""

from __future__ import annotations

from typing import Any

from moto.events.models import EventsBackend, events_backends

from .call import AwsError, Call
from .hooks import instead


@instead("events", "TagResource")
def _tag(call: Call) -> dict[str, Any]:
    _holder(call).tagger.tag_resource(call.params["ResourceARN"], call.params["Tags"])
    return {}


@instead("events", "UntagResource")
def _untag(call: Call) -> dict[str, Any]:
    _holder(call).tagger.untag_resource_using_names(call.params["ResourceARN"], call.params["TagKeys"])
    return {}


@instead("events", "ListTagsForResource")
def _list(call: Call) -> dict[str, Any]:
    return _holder(call).tagger.list_tags_for_resource(call.params["ResourceARN"])


def _holder(call: Call) -> EventsBackend:
    backend, arn = events_backends[call.account][call.region], call.params["ResourceARN"]
    buses = backend.event_buses.values()
    if not any(arn == thing.arn for bus in buses for thing in (bus, *bus.rules.values())):
        raise AwsError("ResourceNotFoundException", f"Resource {arn} does not exist.", 400)
    return backend
