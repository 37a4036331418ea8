"""A guide whose steps are followed as they are written: its configurations and its commands, step by step."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from terraform import ROOT, Terraform

COMMAND = ROOT / "tests/aws_command.py"


class Guide:
    """One of `docs/guides/`, beside a Terraform that is driven by hand."""

    def __init__(self, name: str, terraform: Terraform):
        self.text = (ROOT / f"docs/guides/{name}.md").read_text()
        self._terraform, self._settings = terraform, ""
        commands = terraform.folder / ".commands"
        commands.mkdir()
        (commands / "aws").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{COMMAND}" "$@"\n')
        (commands / "aws").chmod(0o755)
        path = f"{commands}{os.pathsep}{os.environ['PATH']}"
        # The commands are people's, who may do more than Terraform.
        self._environment = {**terraform.environment, "AWS_ACCESS_KEY_ID": "test", "PATH": path}

    def write(self, step: int) -> None:
        """Takes the configuration of a step, with this checkout's modules."""
        (text,) = self._blocks(step, "terraform")
        here = re.sub(r"github\.com/[^/]+/[^/]+//modules", "../../modules", text)
        Path(self._terraform.folder, "main.tf").write_text(here)

    def set(self, step: int) -> None:
        """Takes the variables that the commands of all further steps use."""
        self._settings = "\n".join(self._blocks(step, "shell"))

    def run(self, step: int, **placeholders: str) -> str:
        """Runs the commands of a step, and answers what they print; a command that fails is an error."""
        commands = "\n".join(self._blocks(step, "shell"))
        for name, text in placeholders.items():
            commands = commands.replace(f"<{name}>", text)
        done = subprocess.run(
            ["bash", "-euc", f"{self._settings}\n{commands}"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"Step {step}:\n{commands}\n{done.stdout}"
        return done.stdout

    def _blocks(self, step: int, language: str) -> list[str]:
        (section,) = re.findall(rf"(?ms)^## {step}\. .+?(?=^## |\Z)", self.text)
        blocks = re.findall(rf"(?s)```{language}\n(.+?)```", section)
        assert blocks, f"Step {step} has nothing in {language}"
        return blocks
