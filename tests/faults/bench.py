"""Runs cells: brings Terraform to the call, lets the fault strike, and asks whether all is well after it."""

from __future__ import annotations

import os
import re
import shlex
import signal
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired

from end_to_end.drift import Change
from end_to_end.everything import script
from end_to_end.left_over import left_over
from faults.cells import Cell, Row, distinct, rows
from faults.kinds import PATIENT
from faults.scenes import Scene
from local import LocalAws, until
from terraform import Terraform, TerraformFailed

CONVERGED = "converged"
# What no user can do anything about must not slow a thousand cells down.
PROMPT = {"role_looks": 0, "pending_reads": 0, "update_reads": 0}
ENDLESS = 300
# Where Terraform has just looked.
NOTHING_NEW = "-refresh=false"
# A command to run as it stands, with the resource's own name; the id begins with the region.
IMPORT = re.compile(r"terraform (import \S+\.<name> (\S+?)/\S+)")


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
        for operation in scene.operations:
            self._prepare(scene, operation, regions)
            self.local_aws.clear_journal()
            self.terraform.run(*command(operation, regions))
            found += rows(scene, operation, self.local_aws)
        return distinct(found)

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
            before = self._prepare(row.scene, row.operation, [*where], kind.limit + len(cells), kind.retries)
            self._strike(where)
            to_import = self._found_without_state(where)
            row.scene.surroundings(self.local_aws, [*where])
            self._recover(cells, to_import)
            if orphans := left_over(self.local_aws) - before:
                raise Astray(f"The destroy left {sorted(orphans)}")
        except (Astray, TerraformFailed, TimeoutExpired) as astray:
            return str(astray)
        return CONVERGED

    def _prepare(
        self, scene: Scene, operation: str, regions: Sequence[str], limit: int = PATIENT, retries: int = 2
    ) -> set[tuple[str, str, str]]:
        """Everything up to the operation, and what is there that is not Terraform's."""
        self._empty()
        scene.surroundings(self.local_aws, regions)
        before = left_over(self.local_aws)
        step, limited = scene.step(operation), f'{scene.limited(operation)} = "{limit}s"'
        self.terraform.write(scene.configuration(scene.made, regions, limited, retries))
        if operation != "create":
            self.terraform.apply(parallel(regions))
        self._change(scene, regions, step.before)
        self.terraform.write(scene.configuration(step.asked, regions, limited, retries))
        if operation != "read":
            how = ["-destroy"] if operation == "delete" else []
            how += [] if step.before else [NOTHING_NEW]
            self.terraform.run("plan", "-out=planned", "-input=false", parallel(regions), *how)
        self._change(scene, regions, step.meanwhile)
        return before

    def _change(self, scene: Scene, regions: Sequence[str], changes: Sequence[Change]) -> None:
        for region in regions:
            for change in changes:
                change(self.local_aws, scene.place(region))

    def _empty(self) -> None:
        self.local_aws.reset()
        self.local_aws.settings(**PROMPT)
        for state in self.terraform.folder.glob("terraform.tfstate*"):
            state.unlink()

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
            if not cell.survived and not said(cell, output):
                raise Astray(f"Nobody says that {cell.row.call} failed: {output}")
        if (code == 0) != cell.survived:
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

    def _found_without_state(self, where: dict[str, Cell]) -> set[str]:
        """The regions of what a killed create made and could not tell: only the user can say whose it is."""
        row, kind = next((cell.row, cell.kind) for cell in where.values())
        if row.operation != "create" or not kind.kills:
            return set()
        return {item["region"] for item in self.local_aws.inventory()[row.scene.named]} & where.keys()

    def _recover(self, cells: Sequence[Cell], to_import: set[str]) -> None:
        """What a user does: apply again and, where that names imports, run them; then all is well."""
        again = ("apply", "-auto-approve", "-input=false", "-no-color", parallel(cells))
        tried = self.terraform.run(*again, allowed=(0, 1))
        imports = {region: command for command, region in IMPORT.findall(tried.output)}
        if imports.keys() != to_import:
            raise Astray(f"It should name imports in {sorted(to_import)}: {tried.output}")
        if tried.code != bool(imports):
            raise Astray(f"The next apply ended with {tried.code}: {tried.output}")
        for region, command in imports.items():
            self.terraform.run(*shlex.split(command.replace("<name>", region)))
        if imports:
            self.terraform.run(*again)
        if plan := self.terraform.plan():
            raise Astray(f"A second plan is not empty: {plan}")
        self.terraform.run("destroy", "-auto-approve", "-input=false", NOTHING_NEW, parallel(cells))


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
