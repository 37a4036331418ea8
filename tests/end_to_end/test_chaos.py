"""A spread of `make test-chaos`: what it finds, and that it would find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaos.crowd import Crowd
from chaos.plan import plan
from chaos.run import Chaos, in_peace
from chaos.stage import REGIONS, Stage
from local import LocalAws

SEED, EVENTS, PROCESSES = 1, 200, 24
HERE = REGIONS[-2:]  # CloudFront speaks in the last one only
PLAN = plan(SEED, HERE, owners=22, steps=100)
Peace = list[dict[str, object]]


@pytest.fixture(scope="module")
def peace(running_local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Peace:
    """The tables after each act where nothing goes wrong."""
    return in_peace(Stage(tmp_path_factory.mktemp("peace"), running_local_aws, PROCESSES, HERE), PLAN)


def test_whatever_fails_on_the_way_the_tables_are_those_of_a_run_in_peace(
    peace: Peace, local_aws: LocalAws, tmp_path: Path
) -> None:
    stage = Stage(tmp_path, local_aws, PROCESSES, HERE, SEED)
    run = Chaos(stage, SEED, EVENTS, outages=1)
    run.play(PLAN, peace)
    assert not run.complaints
    seen = run.figures
    assert run.put.total() >= EVENTS > len(run.put), "some events came twice"
    assert run.weather.struck.total() > seen.calls.total() / 10 and seen.retries and seen.kills
    crowd = Crowd(stage, 12)
    crowd.come()
    assert not crowd.complaints


def test_an_event_that_is_lost_is_noticed(peace: Peace, local_aws: LocalAws, tmp_path: Path) -> None:
    """One on its way to the hub, and those that a hub without retries and dead-letter queue drops."""
    stage = Stage(tmp_path, local_aws, PROCESSES, HERE, SEED)
    stage.forget_failures()
    run = Chaos(stage, SEED, EVENTS, outages=1)
    run.loses = "CreateFlowLogs"
    run.play(PLAN[:1], peace[:1])
    lost = [said for said in run.complaints if said.startswith("CreateFlowLogs") and "1 of 1" in said]
    owner = lost[0].split()[2].rstrip(":")
    assert f"The tables of {owner} are wrong, and nothing of it waits" in run.complaints
    assert f"The tables of {owner} are wrong after the replay" in run.complaints
    dropped = [said for said in run.complaints if "neither handled nor waiting" in said and said not in lost]
    assert dropped
