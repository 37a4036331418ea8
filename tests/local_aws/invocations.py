"""Lambda's data plane: synchronous and asynchronous invocations, retries and destinations."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timezone
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends

from . import queues, rights, unpacked
from .actions import Right
from .function_processes import FunctionProcesses
from .in_flight import IN_FLIGHT
from .journal import JOURNAL
from .lock import LOCK
from .runtime_api import Invocation
from .settings import SETTINGS

DEFAULT_RETRIES = 2

_endpoint = ""
_epoch = 0  # what was queued in an earlier one is not run any more
_stopping = threading.Event()
_processes: dict[str, FunctionProcesses] = {}  # by the function's ARN


def start(endpoint: str) -> None:
    """From now on functions can run; `endpoint` is where they find AWS."""
    global _endpoint
    _endpoint = endpoint


def find(arn_or_name: str, account: str = "", region: str = "") -> LambdaFunction | None:
    """The function, or None."""
    if arn_or_name.startswith("arn:"):
        _, _, _, region, account, _, arn_or_name = arn_or_name.split(":", 6)
    try:
        return lambda_backends[account][region].get_function(arn_or_name.partition(":")[0])
    except Exception:  # moto has one exception for each way in which a function may be missing
        return None


def invoke(function: LambdaFunction, payload: bytes) -> Invocation:
    """Run the function now, or as soon as no more of it run at once than may."""
    return _of(function.function_arn).invoke(function, payload, _endpoint)


def invoke_later(function: LambdaFunction, payload: bytes) -> None:
    """Queue an asynchronous invocation."""
    IN_FLIGHT.start(_invoke_asynchronously, function, payload, _epoch)


def stop_later(arn: str) -> None:
    """End the function's processes, if any, when what they run has ended; the caller may hold the lock."""
    IN_FLIGHT.start(_stop, arn)


def stop_all() -> None:
    """End every process, in the middle of an invocation too, and forget the retries."""
    global _epoch
    _epoch += 1
    _stopping.set()
    _kill_all()
    while not IN_FLIGHT.wait(0.05):  # an invocation may just be starting its process
        _kill_all()
    for arn in list(_processes):
        _stop(arn)
    unpacked.forget()
    _stopping.clear()


def kill_one(number: int) -> bool:
    """Kill a process in the middle of an invocation, if there is one: as Lambda's own machines may fail."""
    return any(processes.kill_one(number) for processes in list(_processes.values()))


def pids() -> list[int]:
    """Every process of every function."""
    return [pid for processes in list(_processes.values()) for pid in processes.pids()]


def _of(arn: str) -> FunctionProcesses:
    return _processes.setdefault(arn, FunctionProcesses())


def _kill_all() -> None:
    for processes in list(_processes.values()):
        processes.kill_all()


def _stop(arn: str) -> None:
    if processes := _processes.get(arn):
        processes.stop()


def _invoke_asynchronously(function: LambdaFunction, payload: bytes, epoch: int) -> None:
    config = function.event_invoke_config[0].config if function.event_invoke_config else {}
    attempts = 1 + config.get("MaximumRetryAttempts", DEFAULT_RETRIES)
    for attempt in range(1, attempts + 1):
        _stopping.wait(SETTINGS.retry_seconds * (attempt - 1))
        if epoch != _epoch:
            return
        invocation = invoke(function, payload)
        _journal(function, invocation, attempt)
        if not invocation.failed:
            break
    _to_destination(function, invocation, attempt, config.get("DestinationConfig") or {})


def _to_destination(
    function: LambdaFunction, invocation: Invocation, attempts: int, config: dict[str, Any]
) -> None:
    kind = "OnFailure" if invocation.failed else "OnSuccess"
    arn = (config.get(kind) or {}).get("Destination")
    if not arn:
        return
    try:
        with LOCK:
            if not rights.may(function.role, right := Right("sqs:SendMessage", arn)):
                raise queues.Undelivered("AccessDenied", rights.refusal(function.role, right))
            queues.send(arn, _record(invocation, attempts))
    except Exception as lost:
        JOURNAL.note(
            "lambda", "Destination", function.region, function.account_id, str(lost), destination=arn
        )


def _record(invocation: Invocation, attempts: int) -> dict[str, Any]:
    response = {"statusCode": 200, "executedVersion": "$LATEST"}
    if invocation.failed:
        response["functionError"] = "Unhandled"
    return {
        "version": "1.0",
        "timestamp": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": invocation.id,
            "functionArn": f"{invocation.function_arn}:$LATEST",
            "condition": "RetriesExhausted" if invocation.failed else "Success",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(invocation.payload),
        "responseContext": response,
        "responsePayload": _json_or_text(invocation.result),
    }


def _json_or_text(result: bytes) -> Any:
    try:
        return json.loads(result)
    except ValueError:
        return result.decode("utf-8", "replace")


def _journal(function: LambdaFunction, invocation: Invocation, attempt: int) -> None:
    error = _json_or_text(invocation.result) if invocation.failed else None
    text = error.get("errorMessage") or error.get("errorType") if isinstance(error, dict) else error
    JOURNAL.note(
        "lambda",
        "AsynchronousInvocation",
        function.region,
        function.account_id,
        text,
        function=function.function_arn,
        attempt=attempt,
        event=_event_id(invocation.payload),
    )


def _event_id(payload: bytes) -> str | None:
    event = json.loads(payload)
    return event.get("id") if isinstance(event, dict) else None


def _invoked_by_moto(self: LambdaFunction, event: Any = None) -> tuple[str, bool, str]:
    """Instead of moto's Docker run, for other services that invoke: S3, SNS, SQS, log subscriptions."""
    invoke_later(self, json.dumps(event).encode())
    return "{}", False, ""


LambdaFunction._invoke_lambda = _invoked_by_moto
