"""The peer: a small provider of HashiCorp's, made as most are, in Go with terraform-plugin-framework."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from terraform import ROOT

VERSION = "0.14.2"
MODULE = "github.com/hashicorp/terraform-provider-time"
HOME = ROOT / "target/bench" / f"time-{VERSION}"


@dataclass(frozen=True)
class Peer:
    """Its program, and what to call it."""

    binary: Path
    address: str = "hashicorp/time"
    version: str = VERSION
    title: str = f"hashicorp/time {VERSION} (Go, terraform-plugin-framework)"


def peer() -> Peer | None:
    """Built once, by the Go on PATH. Without one there is no peer, and it is said."""
    binary = HOME / "terraform-provider-time"
    if not binary.exists():
        if not shutil.which("go"):
            print("SKIPPED: the peer, as Go is missing. Install Go to see ratios.", file=sys.stderr)
            return None
        print(f"Building the peer, {MODULE} {VERSION} ...", flush=True)
        environment = os.environ | {"GOBIN": str(HOME), "CGO_ENABLED": "0"}
        command = ["go", "install", "-trimpath", "-ldflags=-s -w", f"{MODULE}@v{VERSION}"]
        subprocess.run(command, env=environment, check=True)
    return Peer(binary)
