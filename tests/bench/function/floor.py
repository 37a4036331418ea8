"""What an HTTP call to the stand-in takes by itself, both ends in one process."""

from __future__ import annotations

import asyncio
import time

from bench.figures import Figures, row, title
from bench.function.server import serving
from bench.function.stand_in import StandIn

CALLS = 500
BODY = b"Action=DescribeLoadBalancerAttributes"
REQUEST = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


async def measure() -> None:
    taken = Figures()
    async with serving(StandIn().answer) as address:
        host, _, port = address.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        for _ in range(CALLS):
            started = time.perf_counter()
            writer.write(REQUEST)
            await reader.readuntil(b"</DescribeLoadBalancerAttributesResponse>")
            taken.add((time.perf_counter() - started) * 1000)
        writer.close()
    title("floor: a bare HTTP call to the stand-in, ms", "p50", "p99")
    row(f"{CALLS} calls", taken.median, taken.percentile(99))
