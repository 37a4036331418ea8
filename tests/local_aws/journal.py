"""What happened: every API call with its outcome, and what EventBridge and Lambda did by themselves."""

from __future__ import annotations

import threading
import time
import traceback
from typing import Any

SMALL = 2_000


class Journal:
    """An append-only list that any thread may write to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[dict[str, Any]] = []
        self._next = 1

    def add(self, **entry: Any) -> None:
        with self._lock:
            self._entries.append({"seq": self._next, "time": time.time(), **entry})
            self._next += 1

    def note(
        self, service: str, operation: str, region: str, account: str, error: str | None, **what: Any
    ) -> None:
        """Something AWS did by itself: a delivery that failed, an asynchronous invocation that ended."""
        self.add(
            service=service,
            operation=operation,
            region=region,
            account=account,
            status=None,
            error=error,
            params=small(what),
            duration_ms=None,
            actor="aws",
        )

    def broken(self, where: str, error: Exception) -> None:
        """The stand-in itself failed where no caller sees it: as bad as an answer with status 500."""
        traceback.print_exception(type(error), error, error.__traceback__)
        self.add(
            service="local_aws",
            operation=where,
            region="",
            account="",
            status=500,
            error=repr(error),
            params={},
            duration_ms=None,
            actor="aws",
        )

    def entries(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._entries)

    def clear(self) -> list[dict[str, Any]]:
        """Forgets the entries, which are the answer: none is lost between a look and this."""
        with self._lock:
            entries, self._entries = self._entries, []
            return entries


def small(value: Any) -> Any:
    """A copy fit to be read: long strings cut, bytes named by their size."""
    if isinstance(value, dict):
        return {str(key): small(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [small(item) for item in value[:50]]
    if isinstance(value, (bytes, bytearray)):
        return f"<{len(value)} bytes>"
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = str(value)
    return text if len(text) <= SMALL else text[:SMALL] + "..."


JOURNAL = Journal()
