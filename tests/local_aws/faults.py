"""Faults that tests ask for: errors, delays and dropped connections, for chosen calls, so many times."""

from __future__ import annotations

import random
import re
import threading
from dataclasses import asdict, dataclass, fields
from typing import Any

from .call import AwsError, Call
from .settings import SETTINGS

DROPS = (None, "before", "after")


@dataclass(eq=False)
class Fault:
    """What goes wrong. `drop` closes the connection before the call is served, or after it took effect.

    `about` is a text that the call's region or parameters hold. With `hang`, a connection that is to be
    dropped stays open without an answer until the faults are cleared. `struck` counts the calls. A fault
    with a `share` strikes so much of the calls that it is about; the shares of several add up.
    """

    service: str = ".*"
    operation: str = ".*"
    region: str = ".*"
    actor: str = ".*"
    about: str = ""
    count: int | None = 1
    share: float = 1
    error: str | None = None
    status: int | None = None
    message: str = "Injected fault."
    delay_ms: int = 0
    drop: str | None = None
    hang: bool = False
    struck: int = 0

    def strikes(self, call: Call) -> bool:
        wanted = (self.service, self.operation, self.region, self.actor)
        actual = (call.service, call.operation, call.region, call.actor)
        matches = self.count != 0 and all(re.fullmatch(w, a) for w, a in zip(wanted, actual))
        return matches and (self.about in call.region or self.about in str(call.params))

    @property
    def refusal(self) -> AwsError | None:
        if not self.error and not self.status:
            return None
        return AwsError(self.error or "InternalFailure", self.message, self.status or 400)


class Faults:
    """The faults still to come, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._faults: list[Fault] = []
        self._seed: float | None = None

    def add(self, specs: list[dict[str, Any]]) -> None:
        """All of them, or a ValueError that says which one is wrong."""
        faults = [_fault(spec) for spec in specs]
        with self._changed:
            self._faults += faults

    def clear(self) -> list[dict[str, Any]]:
        """Ends them; the answer is what they were and how often they struck."""
        with self._changed:
            ended, self._faults = self._faults, []
            self._changed.notify_all()
            return [asdict(fault) for fault in ended]

    def all(self) -> list[dict[str, Any]]:
        with self._changed:
            return [asdict(fault) for fault in self._faults]

    def strike(self, fault: Fault) -> None:
        """Counts it; where it hangs, returns once the faults are cleared."""
        with self._changed:
            fault.struck += 1
            self._changed.wait_for(lambda: not fault.hang or fault not in self._faults)

    def take(self, call: Call) -> Fault | None:
        """The fault that strikes this call; its count goes down (a count of null never ends)."""
        with self._changed:
            luck = None
            for fault in self._faults:
                if fault.strikes(call):
                    luck = self._throw() if luck is None else luck
                    if luck < fault.share:
                        if fault.count is not None:
                            fault.count -= 1
                        return fault
                    luck -= fault.share
        return None

    def _throw(self) -> float:
        """From 0 to 1, the same for the same seed."""
        if self._seed != SETTINGS.seed:
            self._seed = SETTINGS.seed
            self._dice = random.Random(self._seed)
        return self._dice.random()


def _fault(spec: dict[str, Any]) -> Fault:
    known = {item.name for item in fields(Fault)}
    if unknown := spec.keys() - known:
        raise ValueError(f"A fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}.")
    fault = Fault(**spec)
    for pattern in (fault.service, fault.operation, fault.region, fault.actor):
        try:
            re.compile(pattern)
        except re.error as wrong:
            raise ValueError(f"{pattern!r} is not a regular expression: {wrong}.") from None
    if fault.drop not in DROPS:
        raise ValueError(f'drop must be "before" or "after", not {fault.drop!r}.')
    if not 0 < fault.share <= 1:
        raise ValueError(f"share must be more than 0 and at most 1, not {fault.share!r}.")
    return fault


FAULTS = Faults()
