"""Trails: those that the caller names are described, where moto describes all of them."""

from __future__ import annotations

from .call import Answer, Call
from .hooks import after


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
