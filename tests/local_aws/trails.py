"""Trails: those that the caller names, where moto describes all of them; and what one logs by default."""

from __future__ import annotations

from typing import Any

from moto.cloudtrail.models import Trail, cloudtrail_backends

from .call import Answer, AwsError, Call
from .hooks import after, instead

# What AWS gives a trail that nobody gave selectors.
DEFAULT = {
    "ReadWriteType": "All",
    "IncludeManagementEvents": True,
    "DataResources": [],
    "ExcludeManagementEventSources": [],
}


@after("cloudtrail", "DescribeTrails")
def _named(call: Call, answer: Answer) -> None:
    names = call.params.get("trailNameList")
    if not names or answer.status >= 400:
        return
    body = answer.json
    body["trailList"] = [
        trail for trail in body["trailList"] if {trail["Name"], trail["TrailARN"]} & set(names)
    ]
    answer.json = body


@instead("cloudtrail", "GetEventSelectors")
def _selectors(call: Call) -> dict[str, Any]:
    """A shadow is asked in its own region too, where moto knows it in its home only."""
    trail = _find(call, call.params["TrailName"])
    if trail.advanced_event_selectors:
        return {"TrailARN": trail.arn, "AdvancedEventSelectors": trail.advanced_event_selectors}
    return {"TrailARN": trail.arn, "EventSelectors": trail.event_selectors or [DEFAULT]}


def _find(call: Call, name: str) -> Trail:
    for trail in cloudtrail_backends[call.account][call.region].describe_trails(include_shadow_trails=True):
        if name in (trail.trail_name, trail.arn):
            return trail
    raise AwsError("TrailNotFoundException", f"Unknown trail: {name}", 400)
