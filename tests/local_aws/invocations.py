"""Lambda's data plane: synchronous and asynchronous invocations, retries and destinations."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timezone
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends

from . import queues, rights
from .actions import Right
from .function_process import FunctionProcess, fingerprint
from .in_flight import IN_FLIGHT
from .journal import JOURNAL
from .lock import LOCK
from .runtime_api import Invocation

DEFAULT_RETRIES = 2

_endpoint = ""
_epoch = 0  # what was queued in an earlier one is not run any more
_processes: dict[str, FunctionProcess] = {}
_turns: dict[str, threading.Lock] = {}


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
    """Run the function now, in its warm process or in a new one; one invocation at a time."""
    arn = function.function_arn
    with _turn(arn):
        process = _processes.get(arn)
        if process is None or not process.usable or process.made_from != fingerprint(function):
            if process:
                process.stop()
            process = _processes[arn] = FunctionProcess(function, _endpoint)
        return process.invoke(payload)


def invoke_later(function: LambdaFunction, payload: bytes) -> None:
    """Queue an asynchronous invocation."""
    IN_FLIGHT.start(_invoke_asynchronously, function, payload, _epoch)


def stop_later(arn: str) -> None:
    """End the function's process, if any, when its invocation has ended; the caller may hold the lock."""
    IN_FLIGHT.start(_stop, arn)


def stop_all() -> None:
    """End every process, in the middle of an invocation too, and forget the retries."""
    global _epoch
    _epoch += 1
    _kill_all()
    while not IN_FLIGHT.wait(0.05):  # an invocation may just be starting its process
        _kill_all()
    for arn in list(_processes):
        _stop(arn)


def _turn(arn: str) -> threading.Lock:
    return _turns.setdefault(arn, threading.Lock())


def _kill_all() -> None:
    for process in list(_processes.values()):
        process.kill()


def _stop(arn: str) -> None:
    with _turn(arn):
        process = _processes.pop(arn, None)
        if process:
            process.stop()


def _invoke_asynchronously(function: LambdaFunction, payload: bytes, epoch: int) -> None:
    config = function.event_invoke_config[0].config if function.event_invoke_config else {}
    attempts = 1 + config.get("MaximumRetryAttempts", DEFAULT_RETRIES)
    for attempt in range(1, attempts + 1):
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
    )


def _invoked_by_moto(self: LambdaFunction, event: Any = None) -> tuple[str, bool, str]:
    """Instead of moto's Docker run, for other services that invoke: S3, SNS, SQS, log subscriptions."""
    invoke_later(self, json.dumps(event).encode())
    return "{}", False, ""


LambdaFunction._invoke_lambda = _invoked_by_moto
