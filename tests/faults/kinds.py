"""What may go wrong at a call, and what Terraform must say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Services whose errors have names of an older fashion.
OLD = {"cloudwatch", "iam", "sns", "sts"}
PATIENT, IMPATIENT = 120, 12


@dataclass(frozen=True, eq=False)
class Kind:
    """A fault. `survived`: the command succeeds all the same; `kills`: the provider is killed at the call.

    `limit` says how many seconds an operation may take, `retries` how often a call is tried again; few where
    it would be waited for.
    """

    name: str
    fault: dict[str, Any]
    survived: bool = False
    kills: bool = False
    limit: int = PATIENT
    retries: int = 2

    def at(self, call: str, about: str) -> dict[str, Any]:
        """The fault at this call, as the local AWS takes it."""
        service, operation = call.split(":")
        fault = {"count": None, **self.fault, "message": f"{self.name} at {call}"}
        if service in OLD and "error" in fault:
            fault["error"] = fault["error"].removesuffix("Exception")
        where = {"service": service, "operation": operation, "actor": "terraform", "about": about}
        return fault | where


THROTTLED = {"error": "ThrottlingException", "status": 400}
KINDS = [
    Kind("answer-lost", {"drop": "after", "count": 1}, survived=True),
    Kind("killed-after", {"drop": "after", "hang": True}, kills=True),
    Kind("killed-before", {"drop": "before", "hang": True}, kills=True),
    Kind("denied", {"error": "AccessDeniedException", "status": 400}, limit=IMPATIENT),
    Kind("throttled-twice", {**THROTTLED, "count": 2}, survived=True),
    Kind("throttled", THROTTLED),
    Kind("500", {"error": "InternalFailure", "status": 500}),
    # A read has no limit but that of each try: a minute.
    Kind("silent", {"drop": "before", "hang": True}, limit=IMPATIENT, retries=0),
]
