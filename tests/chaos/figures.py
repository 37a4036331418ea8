"""What happened, counted from the journal."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local import LocalAws

KILLED = "signal: 9"
RACES = ("AlreadyExistsException", "ConcurrentModificationException")


@dataclass
class Figures:
    """Of one run."""

    calls: Counter[str] = field(default_factory=Counter)
    races: Counter[str] = field(default_factory=Counter)
    handled: Counter[str] = field(default_factory=Counter)
    invocations: int = 0
    retries: int = 0
    failed: int = 0
    kills: int = 0
    broken: list[Any] = field(default_factory=list)
    memory: int = 0
    started: float = field(default_factory=time.monotonic)

    def read(self, local_aws: LocalAws) -> None:
        """Everything since the last time."""
        for entry in local_aws.clear_journal():
            self._add(entry)
        self.memory = max([self.memory, *map(peak_memory, local_aws.processes())])

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def _add(self, entry: dict[str, Any]) -> None:
        if entry["actor"] == "function":
            self.calls[f"{entry['service']}:{entry['operation']}"] += 1
            if entry["error"] in RACES:
                self.races[f"{entry['operation']} {entry['error']}"] += 1
        elif entry["operation"] == "AsynchronousInvocation":
            self._add_invocation(entry)
        if entry["status"] == 500 and entry["error"] != "InternalFailure":
            self.broken.append(entry)

    def _add_invocation(self, entry: dict[str, Any]) -> None:
        self.invocations += 1
        self.retries += entry["params"]["attempt"] > 1
        self.failed += entry["error"] is not None
        self.kills += KILLED in (entry["error"] or "")
        self.handled[entry["params"]["event"]] += entry["error"] is None


def peak_memory(process: int) -> int:
    """The most that a process has had in memory, in KiB; nothing of one that has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
