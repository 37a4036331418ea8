"""A function's process under the Lambda Runtime API, with an AWS of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bench.function.events import REGION
from bench.function.glue import Glue
from bench.function.server import Answer, Request, serving
from bench.function.stand_in import StandIn
from bench.watch import peak_mb

PREFIX = "/2018-06-01/runtime/invocation/"
# What a hub gives its function for a run, in seconds.
TIMEOUT = 60


@dataclass(frozen=True, eq=False)
class Program:
    """A function, as Lambda would start it."""

    name: str
    command: Sequence[str | os.PathLike]
    environment: dict[str, str] = field(default_factory=dict)


class Process:
    """One that is started when this is made."""

    def __init__(
        self, program: Program, aws: Glue, work: Work, environment: dict[str, str], log: IO[bytes] | int
    ):
        self.aws, self._work = aws, work
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            program.command,
            env=environment | program.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
        )

    async def handle(self, event: dict[str, Any]) -> float:
        """The seconds from the event to the function's answer."""
        started = time.perf_counter()
        await self.run(event)
        return time.perf_counter() - started

    async def run(self, payload: dict[str, Any]) -> bytes:
        """The function's answer, as Lambda would let it give it: in time, and not that it failed."""
        answer = await asyncio.wait_for(self._work.offer(payload), TIMEOUT)
        if b"errorType" in answer:
            raise RuntimeError(f"The function failed: {answer.decode()}")
        return answer

    async def first_poll(self) -> float:
        """When it first asked for work, as `time.perf_counter` tells."""
        return await asyncio.wait_for(self._work.polled, TIMEOUT)

    @property
    def cpu_seconds(self) -> float:
        """Of all its threads so far, to the nanosecond: the clock that clock_getcpuclockid(3) names."""
        return time.clock_gettime(~self._process.pid << 3 | 2)

    @property
    def peak_mb(self) -> float:
        return peak_mb(Path("/proc") / str(self._process.pid))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


class Work:
    """The Runtime API: hands events out, takes answers in."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[bytes] = asyncio.Queue()
        self._answered: asyncio.Future[bytes] | None = None
        self.polled: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def offer(self, event: dict[str, Any]) -> asyncio.Future[bytes]:
        self._answered = asyncio.get_running_loop().create_future()
        self._events.put_nowait(json.dumps(event).encode())
        return self._answered

    async def answer(self, request: Request) -> Answer:
        if request.path != PREFIX + "next":
            self._answered.set_result(request.body)
            return Answer(status=202)
        if not self.polled.done():
            self.polled.set_result(time.perf_counter())
        headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + TIMEOUT) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": f"arn:aws:lambda:{REGION}:123456789012:function:bench",
        }
        return Answer(headers=headers, body=await self._events.get())


@asynccontextmanager
async def running(
    program: Program, aws: Glue | None = None, log: IO[bytes] | int = subprocess.DEVNULL
) -> AsyncIterator[Process]:
    """Starts it, and ends it whatever happens."""
    aws, work = aws or StandIn(), Work()
    async with serving(aws.answer) as endpoint, serving(work.answer) as api:
        process = Process(program, aws, work, _environment(endpoint, api), log)
        try:
            yield process
        finally:
            process.end()


def _environment(aws: str, api: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "AWS_LAMBDA_RUNTIME_API": api,
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_ENDPOINT_URL": f"http://{aws}",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
