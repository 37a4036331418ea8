"""What is uploaded to Lambda."""

from __future__ import annotations

import zipfile
from io import BytesIO

from bench.figures import row, title
from bench.function.programs import HANDLER, PACKAGE, THEIRS


async def measure() -> None:
    title("package, MB", "zip")
    row("logenabler, of this machine's build", PACKAGE.stat().st_size / 1e6)
    row(f"{THEIRS.name}: the handler; boto3 is Lambda's", zipped() / 1e6)
    row("to reach", "<= 8")


def zipped() -> int:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(HANDLER, HANDLER.name)
    return len(buffer.getvalue())
