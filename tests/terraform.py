"""A real Terraform in a folder of its own, with this checkout's provider, against the local AWS."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROVIDER = ROOT / "target/release/terraform-provider-logenabler"
TERRAFORM = ROOT / "target/terraform"
REGISTRIES = ("registry.terraform.io", "registry.opentofu.org")
# Whose key this is may do what the guide of permissions says, and nothing else.
KEY = "AKIALOCALTERRAFORM"
VERSION = re.search(r'(?m)^version = "(.+)"', (ROOT / "Cargo.toml").read_text()).group(1)


@dataclass
class Result:
    """What one command said."""

    code: int
    output: str


class TerraformFailed(Exception):
    """A command that should have succeeded did not; the text is all it printed."""


class Terraform:
    """One configuration and its state."""

    def __init__(
        self,
        folder: Path,
        endpoint: str,
        command: Path = TERRAFORM,
        access_key: str = KEY,
        settle: Callable[[], None] = lambda: None,
    ):
        """`settle` waits for what an apply has started, such as first sweeps."""
        self._settle = settle
        # As deep as an example, so that an example's way to the modules is the way here as well.
        self.folder = folder / "examples/this"
        self.folder.mkdir(parents=True)
        (folder / "modules").symlink_to(ROOT / "modules")
        self._mirror = self.folder / ".mirror"
        self.command = command
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))},
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": access_key,
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "ap-southeast-2",
            "AWS_EC2_METADATA_DISABLED": "true",
            "TF_CLI_CONFIG_FILE": str(self._cli_config()),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
        }

    def write(self, configuration: str) -> None:
        """Makes `configuration` the whole configuration, of this provider."""
        self.write_all(REQUIRED_PROVIDERS + configuration)

    def write_all(self, configuration: str) -> None:
        """Makes `configuration` the whole configuration, of whatever providers it names."""
        (self.folder / "main.tf").write_text(configuration)

    def copy(self, example: str) -> None:
        """Takes an example of the project as it is."""
        shutil.copytree(ROOT / "examples" / example, self.folder, dirs_exist_ok=True)

    def init(self) -> None:
        self.run("init", "-input=false", "-no-color")

    def apply(self, *arguments: str) -> str:
        output = self.run("apply", "-auto-approve", "-input=false", "-no-color", *arguments).output
        self._settle()
        return output

    def destroy(self) -> str:
        return self.run("destroy", "-auto-approve", "-input=false", "-no-color").output

    def plan(self) -> str:
        """What `plan` would change, or nothing."""
        result = self.run("plan", "-detailed-exitcode", "-input=false", "-no-color", allowed=(0, 2))
        return result.output if result.code == 2 else ""

    def changes(self) -> dict[str, set[str]]:
        """The attributes that the next apply would change, by address."""
        self.run("plan", "-input=false", "-no-color", "-out=planned")
        plan = json.loads(self.run("show", "-json", "planned").output)
        changed = {}
        for resource in plan["resource_changes"]:
            before, after = (resource["change"][side] or {} for side in ("before", "after"))
            unknown = resource["change"]["after_unknown"] or {}
            names = {
                n
                for n in before.keys() | after.keys() | unknown.keys()
                if before.get(n) != after.get(n) or _any(unknown.get(n))
            }
            if resource["change"]["actions"] != ["no-op"]:
                changed[resource["address"]] = names
        return changed

    def refused(self, *arguments: str) -> str:
        """Runs a command that must fail, and says how it did, without the frame and its line breaks."""
        output = self.run(*arguments, "-no-color", allowed=(1,)).output
        return " ".join(output.replace("│", " ").split())

    def state(self) -> dict[str, dict[str, Any]]:
        """The attributes of every resource, by address; a module's begin with `module.<name>.`."""
        shown = json.loads(self.run("show", "-json").output)
        return {
            resource["address"]: resource["values"]
            for module in modules(shown.get("values", {}).get("root_module", {}))
            for resource in module.get("resources", [])
        }

    def outputs(self) -> dict[str, Any]:
        """The values of the outputs, by name."""
        shown = json.loads(self.run("output", "-json").output)
        return {name: output["value"] for name, output in shown.items()}

    def schema(self) -> dict[str, Any]:
        """The provider's schema, as Terraform prints it."""
        schemas = json.loads(self.run("providers", "schema", "-json").output)["provider_schemas"]
        return next(iter(schemas.values()))

    def attributes(self, *kinds: str) -> set[str]:
        """The attributes and blocks of every resource, or those of these kinds, as `<resource>.<name>`."""
        return {
            f"{resource}.{name}"
            for resource, schema in self.schema()["resource_schemas"].items()
            for name, shape in (
                schema["block"].get("attributes", {}) | schema["block"].get("block_types", {})
            ).items()
            if not kinds or "block" in shape or any(shape.get(kind) for kind in kinds)
        }

    def run(self, *arguments: str, allowed: Sequence[int] = (0,), timeout: float = 300) -> Result:
        done = subprocess.run(
            [str(self.command), *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )
        if done.returncode not in allowed:
            raise TerraformFailed(
                f"terraform {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}"
            )
        return Result(done.returncode, done.stdout)

    def start(self, command: str, *arguments: str) -> subprocess.Popen[str]:
        """Starts a command in a process group of its own, as in a shell."""
        return subprocess.Popen(
            [str(self.command), command, "-input=false", "-no-color", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def offer(self, address: str, version: str, binary: Path) -> None:
        """Puts a provider into the mirror, for `init` to find."""
        machine = "arm64" if os.uname().machine == "aarch64" else "amd64"
        for registry in REGISTRIES:
            folder = self._mirror / registry / address / version / f"linux_{machine}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{binary.name}_v{version}").symlink_to(binary)

    def providers(self) -> list[int]:
        """The processes of this provider that were started in this folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # It may end while it is looked at.
                here = os.readlink(process / "cwd") == str(self.folder)
                if here and PROVIDER.name in (process / "cmdline").read_text():
                    found.append(int(process.name))
        return found

    def _cli_config(self) -> Path:
        """The provider in a mirror, as `terraform init` finds it for people without network."""
        self.offer("logenabler/logenabler", VERSION, PROVIDER)
        config = self._mirror / "terraform.tfrc"
        config.write_text(
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{self._mirror}"\n  }}\n}}\n'
        )
        return config


def modules(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A module and all that it calls."""
    yield module
    for child in module.get("child_modules", []):
        yield from modules(child)


def _any(unknown: Any) -> bool:
    """Whether anything in a value is unknown: `after_unknown` tells it for each element."""
    if isinstance(unknown, dict):
        return any(map(_any, unknown.values()))
    return any(map(_any, unknown)) if isinstance(unknown, list) else bool(unknown)


REQUIRED_PROVIDERS = """
terraform {
  required_providers {
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}
"""
