"""That the guide of cost says what follows from calls and prices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cost import prices
from cost.calls import METRICS
from cost.month import SIZES, Installation, bill, further_trail
from cost.page import GUIDE, page
from cost.prices import Price
from terraform import ROOT

BUSY = Installation("busy", regions=1, accounts=1, resources=0, events_a_day=100_000)


def test_the_tables_of_the_guide_are_what_is_computed() -> None:
    assert GUIDE.read_text() == page(), "Run `make generate`."


@pytest.mark.parametrize(
    ("price", "dollars"),
    [(prices.EVENTS, 3.00), (prices.REQUESTS, 0.60), (prices.GLUE_OBJECTS, 0.00)],
    ids=lambda given: given.what if isinstance(given, Price) else "",
)
def test_three_million_events_a_month_cost_what_a_million_does_three_times(
    price: Price, dollars: float
) -> None:
    assert bill(BUSY)[price] == pytest.approx(dollars, abs=0.001)


def test_a_larger_installation_costs_more() -> None:
    sums = [sum(bill(size).values()) for size in SIZES]
    trails = [further_trail(size) for size in SIZES]
    assert sums == sorted(set(sums)) and trails == sorted(set(trails))


def test_every_metric_that_the_function_leaves_is_paid_for() -> None:
    """Each count, the latency, and what is skipped once more for each reason."""
    counts, reasons = (
        variants(ROOT / "lambda/src" / file, name)
        for file, name in (("ledger.rs", "Metric"), ("upsert.rs", "Why"))
    )
    assert {"Created", "Skipped"} <= counts and "Off" in reasons
    assert len(counts) + len(["Latency"]) + len(reasons) == METRICS


def variants(file: Path, name: str) -> set[str]:
    """Of an enum in Rust."""
    body = re.search(rf"(?ms)enum {name} \{{\n(.+?)^\}}", file.read_text())[1]
    return set(re.findall(r"(?m)^    (\w+),$", body))
