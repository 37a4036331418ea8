"""Makes the files of a release out of built binaries. The same binaries give the same bytes, always.

So Terraform sees a new function only when there is one; and a file that would not change is not written, so
nothing that is built from it is built again.

Usage: package.py zip BINARY ZIP [NAME]    one executable in a zip, as NAME, or bootstrap as Lambda wants it
       package.py sbom BOM TARGET          a bill of materials, without the folders of this machine
       package.py index FOLDER PREFIX      the registry's manifest, and SHA256SUMS of all files in FOLDER
"""

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE_FILE = 0o100755 << 16
MANIFEST = {"version": 1, "metadata": {"protocol_versions": ["6.0"]}}


def pack(binary: str, target: str, name: str = "bootstrap") -> None:
    write(Path(target), zipped(Path(binary).read_bytes(), name))


def sbom(found: str, target: str) -> None:
    """Our own crates have their folder in their id; what is left of it here is the same for everybody."""
    text = Path(found).read_text(encoding="utf-8").replace(ROOT.as_uri(), "file://.")
    write(Path(target), json.dumps(json.loads(text), indent=2, ensure_ascii=False).encode() + b"\n")


def index(folder: str, prefix: str) -> None:
    home = Path(folder)
    write(home / f"{prefix}_manifest.json", json.dumps(MANIFEST, indent=2).encode() + b"\n")
    sums = home / f"{prefix}_SHA256SUMS"
    files = sorted(path for path in home.iterdir() if not path.name.startswith(sums.name))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    write(sums, "".join(lines).encode())


def zipped(binary: bytes, name: str) -> bytes:
    """The zip, in bytes."""
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.external_attr = EXECUTABLE_FILE
    entry.create_system = 3  # Unix, so that the mode above counts.
    entry.compress_type = zipfile.ZIP_DEFLATED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, binary, compresslevel=9)
    return buffer.getvalue()


def write(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


COMMANDS = {"zip": (pack, (2, 3)), "sbom": (sbom, (2,)), "index": (index, (2,))}

if __name__ == "__main__":
    command, counts = COMMANDS.get("".join(sys.argv[1:2]), (None, ()))
    if command is None or len(sys.argv[2:]) not in counts:
        sys.exit(__doc__)
    command(*sys.argv[2:])
