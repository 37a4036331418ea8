"""Trails: who names some is told of those."""

from __future__ import annotations

import pytest

from trail import Trail

REGION = "us-east-1"


@pytest.mark.parametrize("by", ["Name", "TrailARN"])
def test_those_that_are_named_are_described(local_aws, by):
    for name in ("shop", "shop-eu"):
        Trail(local_aws.client, REGION, name)
    api = local_aws.client("cloudtrail", REGION)
    wanted = api.get_trail(Name="shop-eu")["Trail"][by]
    described = api.describe_trails(trailNameList=[wanted, "missing"])["trailList"]
    assert [trail["Name"] for trail in described] == ["shop-eu"]
    assert len(api.describe_trails()["trailList"]) == 2
