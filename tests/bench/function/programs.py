"""The two that are compared: the function as it is released, and a handler in Python."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.function.process import Program
from terraform import ROOT

PEER = Path(__file__).parent / "peer"
HANDLER = PEER / "handler.py"
PACKAGE = ROOT / "target/lambda/enabler/bootstrap.zip"
# With a schema database, as every hub has one: reading it is part of what an event takes.
OURS = Program(
    "logenabler", [ROOT / "target/release/enabler"], {"LOGENABLER_SCHEMA_DATABASE": "logenabler_schemas"}
)
THEIRS = Program("Python, boto3", [sys.executable, PEER / "bootstrap.py"])
PROGRAMS = (OURS, THEIRS)
