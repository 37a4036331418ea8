"""1,000 forwarders in 17 regions against the local AWS: what people have, twenty times over."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import row, title
from bench.life import OPERATIONS, operate
from bench.peer import Peer
from bench.regions import PROMPT, configuration
from local import running
from terraform import PROVIDER, Terraform

INSTANCES = 1000


def measure(_: Peer | None) -> None:
    taken, calls = {}, {}
    with TemporaryDirectory() as folder, running() as local_aws:
        local_aws.settings(**PROMPT)
        terraform = Terraform(Path(folder), local_aws.url)
        terraform.write(configuration(INSTANCES))
        terraform.init()
        for name, (command, *arguments) in OPERATIONS.items():
            local_aws.clear_journal()
            taken[name] = operate(terraform, PROVIDER, command, *arguments)
            calls[name] = len(local_aws.journal())
    title(f"{INSTANCES:,} forwarders in 17 regions, local AWS", *OPERATIONS)
    row("all of it, s", *(one.seconds for one in taken.values()))
    row("of that the provider's processor time, s", *(one.cpu_seconds for one in taken.values()))
    row("calls to AWS, for each forwarder", *(count / INSTANCES for count in calls.values()))
    row("the provider's peak memory, MB", *(one.peak_mb for one in taken.values()))
