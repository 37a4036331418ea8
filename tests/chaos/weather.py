"""The ways in which the function's calls fail: all the time, and more of them during a region's outage."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from local import LocalAws

# How: (the share of all calls, the share besides where there is an outage, the fault)
WAYS: dict[str, tuple[float, float, dict[str, Any]]] = {
    "throttled": (0.04, 0.12, {"error": "ThrottlingException", "status": 400}),
    "failed inside AWS": (0.04, 0.12, {"error": "InternalFailure", "status": 500}),
    "dropped before it was served": (0.035, 0.10, {"drop": "before"}),
    "served, and its answer lost": (0.035, 0.10, {"drop": "after"}),
    # Beyond the 8 seconds that the function waits for one attempt.
    "served, and its answer too late": (0.002, 0.002, {"drop": "after", "hang": True}),
    "denied": (0, 0.04, {"error": "AccessDeniedException", "status": 400}),
}
OUTAGES = 0.4  # so much of the time there is one somewhere


class Weather:
    """Changes from time to time; counts what it did."""

    def __init__(self, local_aws: LocalAws, dice: random.Random, regions: Sequence[str], outages: float):
        self._local_aws, self._dice, self._regions, self._outages = local_aws, dice, regions, outages
        self.struck: Counter[str] = Counter()

    def change(self) -> None:
        """Other weather: mostly fair, which is bad enough, or an outage of one region."""
        self.clear()
        outage = self._dice.choice(self._regions) if self._dice.random() < self._outages else None
        self._local_aws.faults([*_faults(0, ".*"), *(_faults(1, outage) if outage else [])])

    def clear(self) -> None:
        """From now on nothing fails."""
        for fault in self._local_aws.clear_faults():
            self.struck[fault["message"]] += fault["struck"]


def _faults(column: int, region: str) -> list[dict[str, Any]]:
    common = {"actor": "function", "region": region, "count": None}
    return [
        {**common, **way[2], "message": name, "share": way[column]}
        for name, way in WAYS.items()
        if way[column]
    ]
