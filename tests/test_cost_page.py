"""That the guide of cost says what follows from calls and prices."""

from __future__ import annotations

import pytest

from cost import prices
from cost.month import SIZES, Installation, bill, further_trail
from cost.page import GUIDE, page
from cost.prices import Price

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
