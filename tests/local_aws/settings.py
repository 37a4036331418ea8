"""How slow and how strict the stand-in is. Tests change it with POST /_local/settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass
class Settings:
    role_looks: int = 2  # how often Lambda fails to assume a role that was just made
    event_role_looks: int = 0  # the same for EventBridge
    pending_reads: int = 2  # reads that show a new function as Pending
    update_reads: int = 2  # reads that show an update as InProgress
    queue_deleted_seconds: float = 0  # AWS: 60
    glue_page: int = 3  # AWS: 100
    account_concurrency: int = 1000
    function_processes: int = 1  # of one function, that run at once; AWS: account_concurrency
    retry_seconds: float = 0  # before a failed event is tried again, and twice as long the next time; AWS: 60
    hold_events: int = 0  # 1: what CloudTrail tells waits in /_local/held, as with AWS it does for minutes
    seed: int = 0  # of the dice that decide which calls a fault strikes that has a share

    def change(self, values: dict[str, Any]) -> None:
        known = {item.name: item for item in fields(self)}
        if unknown := values.keys() - known.keys():
            raise ValueError(
                f"There is no setting {', '.join(sorted(unknown))}; there are {', '.join(known)}."
            )
        for name, value in values.items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
                raise ValueError(f"The setting {name} must be a number from 0, not {value!r}.")
            setattr(self, name, value)

    def reset(self) -> None:
        self.change(asdict(Settings()))


SETTINGS = Settings()
