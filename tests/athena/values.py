"""A record's values as Trino answers them, by their types in Trino."""

from __future__ import annotations

import re
import struct
from datetime import datetime, timezone
from typing import Any

MOMENT = "timestamp(3)"
ISO = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?Z?")
CLF = "%d/%b/%Y:%H:%M:%S +0000"
# The digits of seconds since 1970; milliseconds have more.
SECONDS = 10


def as_trino_says(ty: str, value: Any) -> Any:
    """A number of four bytes has the fewest digits that tell it from its neighbours."""
    if ty != "real" or value is None:
        return value
    texts = (f"{value:.{digits}g}" for digits in range(1, 10))
    return next(float(text) for text in texts if bits(float(text)) == bits(value))


def as_a_view_says(ty: str, value: Any) -> Any:
    """What services write where there is nothing is nothing, and a moment is one."""
    if ty == MOMENT:
        return value and moment(str(value))
    return None if value == "-" else as_trino_says(ty, value)


def moment(text: str) -> str | None:
    """To the millisecond; None if it is no moment."""
    if text.isdecimal():
        seconds, millis = divmod(int(text), 1000) if len(text) > SECONDS else (int(text), 0)
        return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M:%S}.{millis:03}"
    if iso := ISO.fullmatch(text):
        day, time, fraction = iso.groups(default="")
        return f"{day} {time}.{fraction[:3]:0<3}"
    try:
        read = datetime.strptime(text, CLF).replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return f"{read:%Y-%m-%d %H:%M:%S}.000"


def bits(value: float) -> bytes:
    return struct.pack("f", value)
