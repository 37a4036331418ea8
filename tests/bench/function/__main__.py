"""`make bench-function`: what events, beside a handler in Python, and sweeps take of the function.

Usage: python -m bench.function [floor | cold | warm | sweep | package]...     all without a word

All run as Lambda runs them, under the Runtime API, and call the same small stand-in for AWS, without TLS.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import Sequence

import boto3

from bench.function import cold, floor, package, sweep, warm
from terraform import VERSION

PARTS = {part.__name__.split(".")[-1]: part for part in (floor, cold, warm, sweep, package)}


def main(words: Sequence[str]) -> int:
    if unknown := [word for word in words if word not in PARTS]:
        print(f"There is no {unknown[0]}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    peer = f"Python {platform.python_version()}, boto3 {boto3.__version__}, a plain loop as its runtime"
    print(f"logenabler {VERSION} beside {peer}; {os.cpu_count()} processors", flush=True)
    asyncio.run(measure([part for name, part in PARTS.items() if name in words or not words]))
    return 0


async def measure(parts: Sequence) -> None:
    for part in parts:
        await part.measure()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
