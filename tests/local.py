"""The local AWS stand-in as a process of its own, and what tests and the demo ask of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3
from botocore.config import Config

READY = "local AWS ready on "
# One try, and no checks by boto3: the stand-in must refuse by itself.
PLAIN = Config(retries={"total_max_attempts": 1}, parameter_validation=False)


class LocalAws:
    """The stand-in, and its own endpoints."""

    def __init__(self, url: str):
        self.url = url

    def client(
        self,
        service: str,
        region: str = "us-east-1",
        config: Config = PLAIN,
        account: str | None = None,
        access_key: str = "test",
        token: str | None = None,
    ) -> Any:
        client = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.url,
            config=config,
            aws_access_key_id=access_key,
            aws_secret_access_key="test",
            aws_session_token=token,
        )
        if account:

            def name_account(request: Any, **_: Any) -> None:
                request.headers["x-moto-account-id"] = account

            client.meta.events.register("before-sign", name_account)
        return client

    def journal(self) -> list[dict[str, Any]]:
        return self._ask("GET", "journal")

    def clear_journal(self) -> list[dict[str, Any]]:
        """What it held."""
        return self._ask("DELETE", "journal")

    def rights(self) -> list[dict[str, Any]]:
        """Which rights those have used who have policies, and which they were refused."""
        return self._ask("GET", "rights")

    def clear_rights(self) -> None:
        self._ask("DELETE", "rights")

    def faults(self, faults: list[dict[str, Any]]) -> None:
        self._ask("POST", "faults", faults)

    def struck(self) -> list[int]:
        """How often each of the faults has struck."""
        return [fault["struck"] for fault in self._ask("GET", "faults")]

    def clear_faults(self) -> list[dict[str, Any]]:
        """What they were."""
        return self._ask("DELETE", "faults")

    def settings(self, **settings: float) -> None:
        self._ask("POST", "settings", settings)

    def idle(self, timeout: float = 30, left: int = 0) -> None:
        self._ask("GET", f"idle?timeout={timeout}&left={left}", patience=timeout + 30)

    def held(self) -> list[dict[str, Any]]:
        """The events that no bus has got yet; whoever asks is to see to them."""
        return self._ask("DELETE", "held")

    def processes(self) -> list[int]:
        """The processes of all functions."""
        return self._ask("GET", "processes")

    def kill(self, number: int) -> bool:
        """Kills one of the functions' processes in the middle of an invocation, if there is one."""
        return self._ask("POST", f"kill?number={number}")["killed"]

    def inventory(self) -> dict[str, list[dict[str, Any]]]:
        return self._ask("GET", "inventory")

    def event(self, envelope: dict[str, Any]) -> None:
        self._ask("POST", "event", envelope)

    def schedules(self) -> None:
        """The time has come for every rule with a schedule."""
        self._ask("POST", "schedules")

    def reset(self) -> None:
        self._ask("POST", "reset")

    def _ask(self, method: str, path: str, body: Any = None, patience: float = 60) -> Any:
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(
                Request(f"{self.url}/_local/{path}", data, method=method), timeout=patience
            ) as answer:
                return json.load(answer)
        except HTTPError as refused:
            raise RuntimeError(f"{method} {path}: {refused.read().decode()}") from None


@contextmanager
def running() -> Iterator[LocalAws]:
    """Starts one: it says on its first line where it is, and ends with this process whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "local_aws", "--port", "0", "--parent-pid", str(os.getpid())],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        if not line.startswith(READY):
            raise RuntimeError(f"The stand-in did not start: {line!r}")
        yield LocalAws(line.removeprefix(READY).strip())
    finally:
        process.terminate()
        process.wait(10)


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Waits for a condition, and fails when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("The condition did not come true.")
        time.sleep(0.02)
