"""What `make package` made, as users get it: Terraform installs the zips, processors run what is in them.

`make test-package` runs this. Its name keeps it out of `make test`, which builds no release.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from local import LocalAws
from terraform import PROVIDER, REGISTRIES, ROOT, VERSION, Terraform

RELEASE = ROOT / "target/package"
PREFIX = f"{PROVIDER.name}_{VERSION}"
FUNCTIONS = {machine: RELEASE / f"enabler_{VERSION}_{machine}.zip" for machine in ("arm64", "x86_64")}
PROVIDERS = {machine: RELEASE / f"{PREFIX}_linux_{machine}.zip" for machine in ("arm64", "amd64")}
ZIPS = [*FUNCTIONS.values(), *PROVIDERS.values()]
# `e_machine` of an ELF header, and what runs it here.
MACHINES = {"arm64": (0xB7, "aarch64"), "x86_64": (0x3E, "x86_64"), "amd64": (0x3E, "x86_64")}
EVENT = ROOT / "catalog/samples/events/alb_modify.json"


def machine(zip: Path) -> str:
    return zip.stem.removeprefix(f"enabler_{VERSION}_").removeprefix(f"{PREFIX}_linux_")


def content(zip: Path) -> bytes:
    with zipfile.ZipFile(zip) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def run(zip: Path, folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs what is in a zip, in an emulator where that is needed."""
    _, processor = MACHINES[machine(zip)]
    emulator: list[str] = []
    if processor != os.uname().machine:
        names = (f"qemu-{processor}", f"qemu-{processor}-static")
        emulator = [found for name in names if (found := shutil.which(name))][:1]
        if not emulator:
            pytest.skip(f"{names[0]} is missing: install qemu-user to run {zip.name} here")
    binary = folder / "binary"
    binary.write_bytes(content(zip))
    binary.chmod(0o755)
    return subprocess.run([*emulator, binary, *arguments], capture_output=True, text=True, timeout=60)


def test_the_sums_are_those_of_all_files() -> None:
    sums = RELEASE / f"{PREFIX}_SHA256SUMS"
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", sums.name], cwd=RELEASE, check=True)
    named = {line.split("  ")[1] for line in sums.read_text().splitlines()}
    assert named == {path.name for path in RELEASE.iterdir()} - {sums.name}
    assert named > {zip.name for zip in ZIPS}


@pytest.mark.parametrize("zip", ZIPS, ids=lambda zip: zip.name)
def test_a_binary_is_static_for_its_processor_and_names_no_folder_of_this_machine(zip: Path) -> None:
    binary = content(zip)
    assert binary[:4] == b"\x7fELF"
    assert int.from_bytes(binary[18:20], "little") == MACHINES[machine(zip)][0]
    folders = [ROOT, Path.home(), os.environ.get("CARGO_HOME", Path.home() / ".cargo")]
    unwanted = ["ld-linux", "ld-musl", *(f"{folder}/" for folder in folders)]
    assert not [text for text in unwanted if text.encode() in binary]


@pytest.mark.parametrize("zip", FUNCTIONS.values(), ids=lambda zip: zip.name)
def test_the_function_explains_an_event(zip: Path, tmp_path: Path) -> None:
    assert zip.stat().st_size <= 8 * 1024 * 1024
    done = run(zip, tmp_path, "explain", EVENT)
    assert done.returncode == 0, done.stderr
    intent = "Intent   alb_access -> alb_access_logs_db.alb_shop in eu-west-1: make it so"
    assert intent in done.stdout.splitlines()


@pytest.mark.parametrize("zip", PROVIDERS.values(), ids=lambda zip: zip.name)
def test_a_provider_that_is_started_by_hand_says_who_starts_it(zip: Path, tmp_path: Path) -> None:
    done = run(zip, tmp_path)
    assert done.returncode == 1 and "It is started by Terraform" in done.stderr


@pytest.fixture
def installed(tmp_path: Path, local_aws: LocalAws) -> Terraform:
    """A Terraform whose only provider is the zip, in a mirror in which `terraform init` unpacks it."""
    terraform = Terraform(tmp_path, local_aws.url)
    mirror = terraform.folder / ".mirror"
    for registry in REGISTRIES:
        home = mirror / registry / "logenabler/logenabler"
        shutil.rmtree(home / VERSION)
        for zip in PROVIDERS.values():
            shutil.copy(zip, home)
    return terraform


def test_terraform_installs_the_zip_and_both_functions_are_in_it(installed: Terraform) -> None:
    hubs = "".join(
        f'resource "logenabler_hub" "{name}" {{\n'
        f'  event_bus_name = "{name}"\n  function_name = "{name}"\n  architecture = "{name}"\n}}\n'
        for name in FUNCTIONS
    )
    installed.write(hubs)
    configuration = installed.folder / "main.tf"
    source = 'source = "logenabler/logenabler"'
    configuration.write_text(
        configuration.read_text().replace(source, f'{source}\n      version = "{VERSION}"')
    )
    installed.init()
    installed.run("validate", "-no-color")
    installed.run("plan", "-input=false", "-no-color", "-out=planned")
    plan = json.loads(installed.run("show", "-json", "planned").output)
    planned = {
        change["name"]: change["change"]["after"]["function_sha256"] for change in plan["resource_changes"]
    }
    assert planned == {
        name: base64.b64encode(hashlib.sha256(zip.read_bytes()).digest()).decode()
        for name, zip in FUNCTIONS.items()
    }


def test_the_hub_of_the_zip_applies_and_is_destroyed(installed: Terraform, local_aws: LocalAws) -> None:
    installed.write('resource "logenabler_hub" "this" {}\n')
    installed.init()
    installed.apply()
    hub = installed.state()["logenabler_hub.this"]
    assert hub["architecture"] == "arm64"
    assert installed.plan() == ""
    installed.destroy()
    assert not any(local_aws.inventory().values())
