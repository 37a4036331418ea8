"""Trails: who names some is told of those."""

from __future__ import annotations

import pytest

from local_aws_test.refusals import refused
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


def test_a_trail_that_nobody_gave_selectors_logs_all_management_events_also_as_a_shadow(local_aws):
    arn = Trail(local_aws.client, REGION, "shop").arn
    for region in (REGION, "eu-west-1"):
        api = local_aws.client("cloudtrail", region)
        (selector,) = api.get_event_selectors(TrailName=arn)["EventSelectors"]
        assert (selector["ReadWriteType"], selector["IncludeManagementEvents"]) == ("All", True)
    refused(lambda: api.get_event_selectors(TrailName="missing"), "TrailNotFoundException")
