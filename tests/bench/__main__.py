"""`make bench-provider`: how long Terraform waits for this provider, and for one of HashiCorp's beside it.

Usage: python -m bench [handshake | instances | forwarders | regions]...     all without a word
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from bench import forwarders, handshake, instances, regions
from bench.peer import Peer, peer
from terraform import TERRAFORM, VERSION

PARTS = {part.__name__.split(".")[-1]: part for part in (handshake, instances, forwarders, regions)}


def main(words: Sequence[str]) -> int:
    if unknown := [word for word in words if word not in PARTS]:
        print(f"There is no {unknown[0]}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    beside = peer()
    print(heading(beside), flush=True)
    for name, part in PARTS.items():
        if name in words or not words:
            part.measure(beside)
    return 0


def heading(beside: Peer | None) -> str:
    environment = os.environ | {"TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    terraform = subprocess.check_output([TERRAFORM, "version"], text=True, env=environment).splitlines()[0]
    against = f"beside {beside.title}" if beside else "WITHOUT ITS PEER"
    return f"logenabler {VERSION} {against}; {terraform}, {os.cpu_count()} processors"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
