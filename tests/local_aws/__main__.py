"""`python -m local_aws --port 4566`: run the stand-in in the foreground."""

from __future__ import annotations

import argparse

from . import setup  # noqa: F401  (its import closes moto's gaps)
from .server import serve
from .settings import SETTINGS


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="local_aws", description="A local stand-in for AWS, on loopback only."
    )
    parser.add_argument("--port", type=int, default=4566, help="0 takes any free port (default: 4566)")
    parser.add_argument("--parent-pid", type=int, help="end when this process has ended")
    parser.add_argument(
        "--role-looks",
        type=int,
        default=SETTINGS.role_looks,
        help="how often Lambda refuses a new role before it can assume it (default: 2)",
    )
    options = parser.parse_args()
    SETTINGS.role_looks = options.role_looks
    serve(options.port, options.parent_pid)


if __name__ == "__main__":
    main()
