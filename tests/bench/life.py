"""One life of a configuration: plan, apply, refresh, destroy, each with what it took."""

from __future__ import annotations

from pathlib import Path

from bench.watch import Taken, watching
from terraform import Terraform

OPERATIONS = {
    "plan": ("plan", "-out=planned"),
    "apply": ("apply", "planned"),
    "refresh": ("plan", "-detailed-exitcode"),  # A plan that looks at all there is, and finds nothing to do.
    "destroy": ("destroy", "-auto-approve"),
}


def live(terraform: Terraform, binary: Path, *more: str) -> dict[str, Taken]:
    """Each operation from `init` on; one that does not do what it should is an error, not a figure."""
    return {name: operate(terraform, binary, *arguments, *more) for name, arguments in OPERATIONS.items()}


def operate(terraform: Terraform, binary: Path, command: str, *arguments: str) -> Taken:
    if "planned" in arguments:  # The saved plan is the last word.
        arguments = (*arguments[1:], arguments[0])
    with watching(binary) as taken:
        terraform.run(command, "-input=false", "-no-color", *arguments, timeout=3600)
    return taken
