"""What a sweep costs in calls and memory, with the real function: docs/guides/cost.md is computed from it."""

from __future__ import annotations

import asyncio

import pytest

from bench.function.glue import PAGE
from bench.function.programs import OURS
from bench.function.region import SourceRegion
from bench.function.sweep import MEMORY_MB, Sweep, swept
from cost.calls import OF_LOG, OF_OTHERS, OF_SWEEP_RUN, OF_SWEPT_REGION, SWEEP_LOG_BYTES, Calls
from cost.page import GUIDE

# What Lambda itself writes of one run: START, END and REPORT.
OF_LAMBDA = 500


@pytest.fixture(scope="module")
def region() -> SourceRegion:
    """One in which all tables are made."""
    aws = SourceRegion(OURS.environment["LOGENABLER_SCHEMA_DATABASE"])
    asyncio.run(swept(aws))
    return aws


@pytest.fixture(scope="module")
def sweep(region: SourceRegion) -> Sweep:
    """One that finds nothing new."""
    return asyncio.run(swept(region))


def test_a_sweep_costs_the_calls_that_the_guide_counts(region: SourceRegion, sweep: Sweep) -> None:
    assert sweep.runs == 1, "several look at some resources again"
    logs, pages = region.logging.total(), sum(1 for _ in region.tables) // PAGE
    most = OF_OTHERS * region.size + OF_LOG * logs + OF_SWEEP_RUN + OF_SWEPT_REGION + Calls(0, pages, 0)
    made = calls(sweep)
    assert made.writes == 0, "nothing is new"
    assert most.look_ups * 0.8 < made.look_ups <= most.look_ups
    # Fewer of a log without a view, and of one whose table and view are on the first page of their database.
    assert most.reads * 0.8 < made.reads <= most.reads
    assert f"{region.size:,} resources" in GUIDE.read_text() and f"{made.all:,} calls" in GUIDE.read_text()


def test_a_sweep_that_finds_nothing_logs_no_more_than_the_guide_counts(sweep: Sweep) -> None:
    assert 0 < sum(map(len, sweep.log)) < SWEEP_LOG_BYTES - OF_LAMBDA


def test_a_sweep_of_thousands_needs_a_fraction_of_the_functions_memory(sweep: Sweep) -> None:
    assert sweep.peak_mb < MEMORY_MB / 2


def calls(sweep: Sweep) -> Calls:
    of_glue = {name: count for name, count in sweep.calls.items() if "Table" in name or "Database" in name}
    reads = sum(count for name, count in of_glue.items() if name.startswith("Get"))
    writes = sum(of_glue.values()) - reads
    return Calls(sweep.calls.total() - reads - writes, reads, writes)
