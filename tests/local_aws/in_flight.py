"""Counts the work that is still under way, so that a test can wait for the end of it instead of sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .journal import JOURNAL


class InFlight:
    """A pool of threads that knows when it has nothing to do."""

    def __init__(self, threads: int = 128) -> None:
        self._pool = ThreadPoolExecutor(threads, "in-flight")
        self._changed = threading.Condition()
        self._count = 0

    def start(self, work: Callable[..., Any], *args: Any) -> None:
        with self._changed:
            self._count += 1
        self._pool.submit(self._run, work, *args)

    def wait(self, timeout: float, left: int = 0) -> bool:
        """True as soon as no more than `left` are under way; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count <= left, timeout)

    def _run(self, work: Callable[..., Any], *args: Any) -> None:
        try:
            work(*args)
        except Exception as error:
            JOURNAL.broken(work.__name__, error)
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()


IN_FLIGHT = InFlight()
