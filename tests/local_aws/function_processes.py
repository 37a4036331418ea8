"""The processes of one function: one for each invocation that runs at once, kept warm for the next."""

from __future__ import annotations

import threading
from collections import deque

from moto.awslambda.models import LambdaFunction

from .function_process import FunctionProcess, fingerprint
from .runtime_api import Invocation
from .settings import SETTINGS


class FunctionProcesses:
    """At most as many as the settings allow; further invocations wait for their turn."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running = 0
        self._waiting: deque[object] = deque()
        self._warm: list[FunctionProcess] = []
        self._busy: list[FunctionProcess] = []

    def invoke(self, function: LambdaFunction, payload: bytes, endpoint: str) -> Invocation:
        """Run one invocation to its end, in a warm process or in a new one."""
        self._wait_for_turn()
        try:
            return self._run(self._warm_one(function) or FunctionProcess(function, endpoint), payload)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def kill_one(self, number: int) -> bool:
        """End one of those that are in the middle of an invocation, if any."""
        with self._changed:
            busy = list(self._busy)
        if busy:
            busy[number % len(busy)].kill()
        return bool(busy)

    def kill_all(self) -> None:
        """End every process at once; what they were running fails."""
        for process in self._all():
            process.kill()

    def stop(self) -> None:
        """End every process and tidy up, once what they run has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0)
            stopped, self._warm = self._warm, []
        for process in stopped:
            process.stop()

    def pids(self) -> list[int]:
        """The processes that there are."""
        return [process.pid for process in self._all() if process.usable]

    def _wait_for_turn(self) -> None:
        """First come, first served: events in a row stay in a row where one process runs."""
        turn = object()
        with self._changed:
            self._waiting.append(turn)
            self._changed.wait_for(
                lambda: self._waiting[0] is turn and self._running < max(1, SETTINGS.function_processes)
            )
            self._waiting.popleft()
            self._running += 1
            self._changed.notify_all()

    def _run(self, process: FunctionProcess, payload: bytes) -> Invocation:
        with self._changed:
            self._busy.append(process)
        try:
            return process.invoke(payload)
        finally:
            with self._changed:
                self._busy.remove(process)
                self._warm.append(process)

    def _all(self) -> list[FunctionProcess]:
        with self._changed:
            return self._warm + self._busy

    def _warm_one(self, function: LambdaFunction) -> FunctionProcess | None:
        """The one that was used last; those of former code or configuration are stopped."""
        while True:
            with self._changed:
                if not self._warm:
                    return None
                process = self._warm.pop()
            if process.usable and process.made_from == fingerprint(function):
                return process
            process.stop()
