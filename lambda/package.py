"""Zips a function's binary as Lambda wants it: one executable named bootstrap, dated the same every time.

The same binary gives the same bytes, so Terraform sees a new function only when there is one; and a zip
that would not change is not written, so nothing built from it is built again.

Usage: package.py BINARY ZIP
"""

import io
import sys
import zipfile
from pathlib import Path

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE_FILE = 0o100755 << 16


def zipped(binary: bytes) -> bytes:
    """The zip, in bytes."""
    entry = zipfile.ZipInfo("bootstrap", FIXED_DATE)
    entry.external_attr = EXECUTABLE_FILE
    entry.create_system = 3  # Unix, so that the mode above counts.
    entry.compress_type = zipfile.ZIP_DEFLATED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, binary, compresslevel=9)
    return buffer.getvalue()


def main(binary: str, target: str) -> None:
    """Writes the zip, unless it is there already."""
    path, content = Path(target), zipped(Path(binary).read_bytes())
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
