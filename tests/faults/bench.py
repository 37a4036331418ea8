"""Runs cells: brings Terraform to the call, lets the fault strike, and asks whether all is well after it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired

from end_to_end.everything import script
from end_to_end.left_over import left_over
from faults.cells import Cell, Row, rows
from faults.kinds import PATIENT
from faults.scenes import OPERATIONS, Scene
from local import LocalAws, until
from terraform import Terraform, TerraformFailed

CONVERGED = "converged"
# What no user can do anything about must not slow a thousand cells down.
PROMPT = {"role_looks": 0, "pending_reads": 0, "update_reads": 0}
ENDLESS = 300
IMPORT = re.compile(r"terraform import (\S+)\.<name> (\S+)")


class Astray(Exception):
    """A cell does not converge, and why."""


class Bench:
    """A Terraform and a local AWS, used again for each round."""

    def __init__(self, folder: Path, local_aws: LocalAws):
        self.local_aws = local_aws
        self.terraform = Terraform(folder, local_aws.url)
        for package in ("one", "two"):  # Small ones: a crowd of functions is to be made soon.
            (self.terraform.folder / f"{package}.zip").write_bytes(script(f"# {package}\n"))
        self.terraform.write("")
        self.terraform.init()

    def rows(self, scene: Scene) -> list[Row]:
        """The calls of a life without a fault."""
        regions, found = scene.regions[:1], []
        self._empty()
        scene.surroundings(self.local_aws, regions)
        for operation in OPERATIONS:
            self._plan(scene, operation, regions, PATIENT)
            self.local_aws.clear_journal()
            self.terraform.run(*command(operation, regions))
            found += rows(scene, operation, self.local_aws)
        return found

    def outcomes(self, cells: Sequence[Cell]) -> dict[Cell, str]:
        """What becomes of each. Where not all of a round converge, each is run again by itself."""
        outcome = self._outcome(cells)
        if outcome == CONVERGED or len(cells) == 1:
            return dict.fromkeys(cells, outcome)
        alone = {cell: self._outcome([cell]) for cell in cells}
        return dict.fromkeys(cells, outcome) if {*alone.values()} == {CONVERGED} else alone

    def _outcome(self, cells: Sequence[Cell]) -> str:
        row, kind = cells[0].row, cells[0].kind
        where = dict(zip(row.scene.regions, cells))
        try:
            before = self._prepare(row, [*where], kind.limit + len(cells))
            self._strike(where)
            row.scene.surroundings(self.local_aws, [*where])
            self._recover(cells)
            if orphans := left_over(self.local_aws) - before:
                raise Astray(f"The destroy left {sorted(orphans)}")
        except (Astray, TerraformFailed, TimeoutExpired) as astray:
            return str(astray)
        return CONVERGED

    def _prepare(self, row: Row, regions: Sequence[str], limit: int) -> set[tuple[str, str, str]]:
        """Everything up to the operation, and what is there that is not Terraform's."""
        self._empty()
        row.scene.surroundings(self.local_aws, regions)
        before = left_over(self.local_aws)
        if row.operation != "create":
            self._plan(row.scene, "create", regions, limit)
            self.terraform.run(*command("create", regions))
        self._plan(row.scene, row.operation, regions, limit)
        return before

    def _empty(self) -> None:
        self.local_aws.reset()
        self.local_aws.settings(**PROMPT)
        for state in self.terraform.folder.glob("terraform.tfstate*"):
            state.unlink()

    def _plan(self, scene: Scene, operation: str, regions: Sequence[str], limit: int) -> None:
        self.terraform.write(scene.configuration(operation, regions, limit))
        if operation != "read":
            destroy = ["-destroy"] if operation == "delete" else []
            self.terraform.run("plan", "-out=planned", "-input=false", parallel(regions), *destroy)

    def _strike(self, where: dict[str, Cell]) -> None:
        """Runs the operation, in which each cell meets its fault."""
        row, kind = next((cell.row, cell.kind) for cell in where.values())
        shared = len(row.scene.regions) > 1
        self.local_aws.faults(
            [cell.kind.at(cell.row.call, region if shared else "") for region, cell in where.items()]
        )
        code, output = self._run(*command(row.operation, where), killed=kind.kills)
        struck = self.local_aws.struck()
        self.local_aws.clear_faults()
        for cell, times in zip(where.values(), struck):
            if not times:
                raise Astray(f"The fault did not strike {cell.row.call}: {output}")
            if not kind.survived and not said(cell, output):
                raise Astray(f"Nobody says that {cell.row.call} failed: {output}")
        if (code == 0) != kind.survived:
            raise Astray(f"It ended with {code}: {output}")

    def _run(self, *arguments: str, killed: bool) -> tuple[int, str]:
        running = self.terraform.start(*arguments)
        try:
            if killed:
                self._kill_once_struck()
            output, _ = running.communicate(timeout=ENDLESS)
        finally:
            running.kill()
        return running.returncode, " ".join(output.replace("│", " ").split())

    def _kill_once_struck(self) -> None:
        """Every provider of the round dies at once, when all its resources are at their call."""
        with suppress(TimeoutError):
            until(lambda: all(self.local_aws.struck()), 60)
        for provider in self.terraform.providers():
            os.kill(provider, signal.SIGKILL)

    def _recover(self, cells: Sequence[Cell]) -> None:
        """What a user does: apply again and, where that names imports, those; then nothing is left to do."""
        again = ("apply", "-auto-approve", "-input=false", "-no-color", parallel(cells))
        tried = self.terraform.run(*again, allowed=(0, 1))
        if tried.code:
            imports = IMPORT.findall(tried.output)
            if not imports or not cells[0].kind.kills:
                raise Astray(f"The next apply failed: {tried.output}")
            for resource, identity in imports:
                address = f"{resource}.{identity.split('/')[0]}"
                self.terraform.run("import", "-input=false", "-no-color", address, identity)
            self.terraform.run(*again)
        if plan := self.terraform.plan():
            raise Astray(f"A second plan is not empty: {plan}")
        self.terraform.destroy()


def said(cell: Cell, output: str) -> bool:
    """Whether the output names the call, or the limit where there was no answer."""
    if cell.kind.kills:
        return "GRPCProvider" in output  # Terraform has more than one sentence for it.
    return f"{cell.row.call} " in output or f"{cell.row.call}: " in output or "took longer than" in output


def command(operation: str, regions: Collection[str]) -> tuple[str, ...]:
    """A plan reads; all else was planned before, so that the apply does that alone."""
    return ("plan", parallel(regions)) if operation == "read" else ("apply", parallel(regions), "planned")


def parallel(crowd: Collection[object]) -> str:
    return f"-parallelism={len(crowd)}"
