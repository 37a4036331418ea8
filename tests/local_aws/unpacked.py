"""Functions' code on disk, unpacked once for all processes that run it."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import threading
import zipfile
from pathlib import Path

_lock = threading.Lock()
_folders: dict[str, Path] = {}  # by the hash of the zip


def folder(code_hash: str, code: bytes) -> Path:
    """Where the code lies; OSError or BadZipFile when it cannot be unpacked."""
    with _lock:
        if code_hash not in _folders:
            made = Path(tempfile.mkdtemp(prefix="local-aws-"))
            _unpack(code, made)
            _folders[code_hash] = made
        return _folders[code_hash]


def forget() -> None:
    """Remove all of it; nothing may be running."""
    with _lock:
        while _folders:
            shutil.rmtree(_folders.popitem()[1], ignore_errors=True)


def _unpack(code: bytes, made: Path) -> None:
    """As Lambda does: with the permissions that the zip gives."""
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        for entry in archive.infolist():
            path = archive.extract(entry, made)
            if mode := entry.external_attr >> 16:
                os.chmod(path, mode & 0o777)
