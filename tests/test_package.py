"""The files of a release, made of what is no binary: names, modes, sums, and the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "terraform-provider-logenabler_1.2.3"


def package(*arguments: str | Path, allowed: int = 0) -> str:
    command = [sys.executable, ROOT / "release/package.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == allowed, done.stderr
    return done.stderr


@pytest.fixture
def binary(tmp_path: Path) -> Path:
    path = tmp_path / "binary"
    path.write_bytes(b"\x7fELF" * 10_000)
    return path


def test_a_zip_holds_one_executable_called_as_lambda_or_terraform_want_it(
    binary: Path, tmp_path: Path
) -> None:
    for name in (None, "terraform-provider-logenabler_v1.2.3"):
        package("zip", binary, tmp_path / "a.zip", *([name] if name else []))
        with zipfile.ZipFile(tmp_path / "a.zip") as archive:
            (entry,) = archive.infolist()
            assert archive.read(entry) == binary.read_bytes()
        assert entry.filename == (name or "bootstrap")
        assert entry.external_attr >> 16 == 0o100755
        assert (tmp_path / "a.zip").stat().st_size < 2_000, "it is not compressed"


def test_the_same_binary_gives_the_same_bytes_whatever_its_date_and_mode(
    binary: Path, tmp_path: Path
) -> None:
    package("zip", binary, tmp_path / "one.zip")
    os.utime(binary, (1, 1))
    binary.chmod(0o600)
    package("zip", binary, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_zip_that_would_not_change_is_not_written(binary: Path, tmp_path: Path) -> None:
    target = tmp_path / "new folder/a.zip"
    package("zip", binary, target)
    os.utime(target, (1, 1))
    package("zip", binary, target)
    assert target.stat().st_mtime == 1
    binary.write_bytes(b"another")
    package("zip", binary, target)
    assert target.stat().st_mtime != 1


def test_the_sums_name_every_file_but_themselves_and_sha256sum_agrees(binary: Path, tmp_path: Path) -> None:
    home = tmp_path / "release"
    zips = [f"{PREFIX}_linux_amd64.zip", f"{PREFIX}_linux_arm64.zip", "enabler_1.2.3_arm64.zip"]
    for name in zips:
        package("zip", binary, home / name)
    package("index", home, PREFIX)
    (home / f"{PREFIX}_SHA256SUMS.sig").write_text("signed")
    package("index", home, PREFIX)

    sums = home / f"{PREFIX}_SHA256SUMS"
    named = [line.split("  ")[1] for line in sums.read_text().splitlines()]
    assert named == sorted([*zips, f"{PREFIX}_manifest.json"])
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", sums.name], cwd=home, check=True)


def test_the_manifest_names_the_protocol_that_the_provider_speaks(tmp_path: Path) -> None:
    package("index", tmp_path, PREFIX)
    manifest = json.loads((tmp_path / f"{PREFIX}_manifest.json").read_text())
    assert manifest == {"version": 1, "metadata": {"protocol_versions": ["6.0"]}}


def test_a_bill_of_materials_keeps_no_folder_of_this_machine(tmp_path: Path) -> None:
    found = {"bom-ref": f"path+file://{ROOT}/provider#0.1.0", "author": "Zoë"}
    (tmp_path / "bom.json").write_text(json.dumps(found))
    package("sbom", tmp_path / "bom.json", tmp_path / "bom.cdx.json")
    kept = json.loads((tmp_path / "bom.cdx.json").read_text(encoding="utf-8"))
    assert kept == {"bom-ref": "path+file://./provider#0.1.0", "author": "Zoë"}


@pytest.mark.parametrize("arguments", [(), ("zip",), ("zip", "a"), ("index", "a"), ("pack", "a", "b")])
def test_what_it_does_not_understand_ends_with_its_usage(arguments: tuple[str, ...]) -> None:
    assert "Usage: package.py zip" in package(*arguments, allowed=1)
