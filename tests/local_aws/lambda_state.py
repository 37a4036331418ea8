"""Functions take their time: Pending when made, InProgress when changed, for a number of reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from . import invocations
from .call import Answer, AwsError, Call
from .hooks import after, before
from .settings import SETTINGS

CREATING = {
    "State": "Pending",
    "StateReason": "The function is being created.",
    "StateReasonCode": "Creating",
}
UPDATING = {
    "LastUpdateStatus": "InProgress",
    "LastUpdateStatusReason": "The function is being created.",
    "LastUpdateStatusReasonCode": "Creating",
}


@dataclass
class Progress:
    """What the function still shows for a number of reads."""

    shows: dict[str, str]
    reads: int


_progress: WeakKeyDictionary[Any, Progress] = WeakKeyDictionary()


@before(
    "lambda",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
    "PublishVersion",
    "PutFunctionConcurrency",
    "Invoke",
)
def _refuse_while_busy(call: Call) -> None:
    function = _find(call)
    progress = _progress.get(function) if function else None
    if progress is None or (call.operation == "Invoke" and progress.shows is UPDATING):
        return
    if progress.shows is CREATING:
        message = (
            "The operation cannot be performed at this time. "
            "The function is currently in the following state: Pending"
        )
    else:
        message = (
            "The operation cannot be performed at this time. "
            f"An update is in progress for resource: {function.function_arn}"
        )
    raise AwsError("ResourceConflictException", message, 409)


@after("lambda", "CreateFunction")
def _created(call: Call, answer: Answer) -> None:
    _begin(call, answer, CREATING, SETTINGS.pending_reads)


@after("lambda", "UpdateFunctionCode", "UpdateFunctionConfiguration")
def _updated(call: Call, answer: Answer) -> None:
    _begin(call, answer, UPDATING, SETTINGS.update_reads)


@after("lambda", "GetFunction", "GetFunctionConfiguration")
def _read(call: Call, answer: Answer) -> None:
    function = _find(call)
    progress = _progress.get(function) if function else None
    if answer.status >= 400 or progress is None:
        return
    _show(answer, progress)
    progress.reads -= 1
    if progress.reads <= 0:
        del _progress[function]


def _begin(call: Call, answer: Answer, shows: dict[str, str], reads: int) -> None:
    if answer.status < 400 and reads > 0:
        progress = _progress[_find(call)] = Progress(shows, int(reads))
        _show(answer, progress)


def _show(answer: Answer, progress: Progress) -> None:
    body = answer.json
    body.get("Configuration", body).update(progress.shows)
    answer.json = body


def _find(call: Call) -> Any | None:
    return invocations.find(call.params["FunctionName"], call.account, call.region)
