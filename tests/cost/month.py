"""One month of an installation: how much of what is used, at most."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cost import calls, prices
from cost.calls import Calls
from cost.prices import Price

DAYS = 30
GB = 1e9
MEMORY_GB = 128 / 1024
# From another continent, where TLS begins anew in most runs.
SECONDS_FOR_A_CALL = 0.25
# Each run is a cold start, with the 14th part of a processor that 128 MB come with.
SECONDS_FOR_A_RUN = 0.5
BYTES_FOR_A_CALL = 8_000
# Three logs for each resource, each with a table and the view over it.
TABLES_OF_RESOURCE = 6


@dataclass(frozen=True)
class Installation:
    """How large one is."""

    name: str
    regions: int
    accounts: int
    resources: int
    events_a_day: int

    @property
    def events(self) -> int:
        """In a month."""
        return self.events_a_day * DAYS


SIZES = (
    Installation("small", regions=1, accounts=1, resources=50, events_a_day=20),
    Installation("medium", regions=5, accounts=1, resources=500, events_a_day=500),
    Installation("large", regions=17, accounts=20, resources=10_000, events_a_day=20_000),
)


def calls_of(installation: Installation) -> Calls:
    """All that the function makes in a month."""
    sources = installation.regions * installation.accounts
    of_sweep = calls.OF_SWEPT_REGION * sources + calls.OF_SWEPT_RESOURCE * installation.resources
    return calls.OF_EVENT * installation.events + of_sweep * sweeps()


def runs_of(installation: Installation) -> int:
    """A sweep is one run that starts it, and one or more in each source region."""
    sources = installation.regions * installation.accounts
    of_sweep = 1 + sources + math.ceil(installation.resources / calls.RESOURCES_IN_A_RUN)
    return installation.events + of_sweep * sweeps()


def sweeps() -> int:
    return calls.SWEEPS_A_DAY * DAYS


def quantities(installation: Installation) -> dict[Price, float]:
    """What is paid for, and how much of it."""
    made, runs = calls_of(installation), runs_of(installation)
    seconds = made.all * SECONDS_FOR_A_CALL + runs * SECONDS_FOR_A_RUN
    looks = installation.events + installation.resources * sweeps()
    return {
        prices.REQUESTS: runs,
        prices.SECONDS: seconds * MEMORY_GB,
        prices.EVENTS: installation.events,
        prices.GLUE_CALLS: made.of_glue,
        prices.GLUE_OBJECTS: installation.resources * TABLES_OF_RESOURCE,
        prices.LOGS: looks * calls.LOG_BYTES / GB,
        prices.METRICS: calls.METRICS,
        prices.DATA: made.all * BYTES_FOR_A_CALL / GB,
    }


def bill(installation: Installation) -> dict[Price, float]:
    """Dollars, line by line."""
    return {price: price.of(quantity) for price, quantity in quantities(installation).items()}


def further_trail(installation: Installation) -> float:
    """Dollars that each trail beyond the first costs, where it logs read events of management too."""
    return prices.FURTHER_TRAIL.of(calls_of(installation).all)
