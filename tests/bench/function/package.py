"""What is uploaded to Lambda."""

from __future__ import annotations

import zipfile
from io import BytesIO

from bench.figures import row, title
from bench.function.programs import HANDLER, PACKAGE, THEIRS


async def measure() -> None:
    title("package, kB", "zip")
    row("logenabler, of this machine's build", f"{PACKAGE.stat().st_size / 1000:,.0f}")
    row(f"{THEIRS.name}: the handler; boto3 is Lambda's", f"{zipped() / 1000:,.0f}")
    row("to reach", "<= 8,000")


def zipped() -> int:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(HANDLER, HANDLER.name)
    return len(buffer.getvalue())
