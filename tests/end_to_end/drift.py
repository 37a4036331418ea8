"""What a drift is: somebody changes something in AWS, and the next plan must show it, in these attributes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from end_to_end.everything import Place
from local import LocalAws

Change = Callable[[LocalAws, Place], Any]


class Drift:
    """One row: where, what the plan shows, what was changed; and why, where that is several attributes."""

    def __init__(self, place: Place, attributes: str, *changes: Change, because: str = ""):
        self.place, self.changes, self.because = place, changes, because
        self.address, self.attributes = place["address"], set(attributes.split())
        self.resource = self.address.partition(".")[0]

    def happen(self, local_aws: LocalAws) -> None:
        for change in self.changes:
            change(local_aws, self.place)


def on(service: str, **names: str) -> Callable[..., Change]:
    """Calls to one kind of object, which these parameters name, filled in from the place."""

    def call(operation: str, **parameters: Any) -> Change:
        def change(local_aws: LocalAws, place: Place) -> Any:
            named = {parameter: name.format(**place) for parameter, name in names.items()}
            return getattr(local_aws.client(service, place["region"]), operation)(**named, **parameters)

        return change

    return call


def rounds(drifts: list[Drift]) -> list[list[Drift]]:
    """All drifts, as many at once as there are resources: none may show in the plan of another resource."""
    by_address: dict[str, list[Drift]] = {}
    for drift in drifts:
        by_address.setdefault(drift.address, []).append(drift)
    return [[drift for drift in together if drift] for together in zip_longest(*by_address.values())]
