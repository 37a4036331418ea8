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
# Sweeps look at resources without logs, too: for each that has some, there are so many.
OTHERS_FOR_EACH = 4
# Of a run of the hub's 60 seconds, what a sweep uses before it leaves the rest to another.
SECONDS_OF_SWEEP_RUN = 50


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

    @property
    def others(self) -> int:
        """Resources that have no logs, and could have."""
        return self.resources * OTHERS_FOR_EACH

    @property
    def sources(self) -> int:
        """Source regions of all accounts."""
        return self.regions * self.accounts


SIZES = (
    Installation("small", regions=1, accounts=1, resources=50, events_a_day=20),
    Installation("medium", regions=5, accounts=1, resources=500, events_a_day=500),
    Installation("large", regions=17, accounts=20, resources=10_000, events_a_day=20_000),
)


def calls_of(installation: Installation) -> Calls:
    """All that the function makes in a month."""
    return calls.OF_EVENT * installation.events + calls_of_sweep(installation) * sweeps()


def calls_of_sweep(installation: Installation) -> Calls:
    of_places = calls.OF_SWEPT_ACCOUNT * installation.accounts + calls.OF_SWEPT_REGION * installation.sources
    return of_places + looks_of(installation) + calls.OF_SWEEP_RUN * region_runs(installation)


def looks_of(installation: Installation) -> Calls:
    """The calls with which a sweep looks at all resources."""
    with_logs = calls.OF_LOOK * (calls.LOOKS * installation.resources)
    return with_logs + calls.OF_OTHERS * installation.others


def region_runs(installation: Installation) -> int:
    """Runs of one sweep in source regions: one in each, and further ones as time ends."""
    calls_in_a_run = SECONDS_OF_SWEEP_RUN / SECONDS_FOR_A_CALL - calls.OF_SWEEP_RUN.all
    return installation.sources + math.ceil(looks_of(installation).all / calls_in_a_run)


def sweep_runs(installation: Installation) -> int:
    """Runs of one sweep: beside those in source regions, one for each account."""
    return installation.accounts + region_runs(installation)


def runs_of(installation: Installation) -> int:
    return installation.events + sweep_runs(installation) * sweeps()


def sweeps() -> int:
    return calls.SWEEPS_A_DAY * DAYS


def quantities(installation: Installation) -> dict[Price, float]:
    """What is paid for, and how much of it."""
    made, runs = calls_of(installation), runs_of(installation)
    seconds = made.all * SECONDS_FOR_A_CALL + runs * SECONDS_FOR_A_RUN
    log = installation.events * calls.LOG_BYTES + sweep_runs(installation) * sweeps() * calls.SWEEP_LOG_BYTES
    return {
        prices.REQUESTS: runs,
        prices.SECONDS: seconds * MEMORY_GB,
        prices.EVENTS: installation.events,
        prices.GLUE_CALLS: made.of_glue,
        prices.GLUE_OBJECTS: installation.resources * TABLES_OF_RESOURCE,
        prices.LOGS: log / GB,
        prices.METRICS: calls.METRICS,
        prices.DATA: made.all * BYTES_FOR_A_CALL / GB,
    }


def bill(installation: Installation) -> dict[Price, float]:
    """Dollars, line by line."""
    return {price: price.of(quantity) for price, quantity in quantities(installation).items()}


def further_trail(installation: Installation) -> float:
    """Dollars that each trail beyond the first costs, where it logs read events of management too."""
    return prices.FURTHER_TRAIL.of(calls_of(installation).all)
