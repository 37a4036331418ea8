"""The WSGI application: reads each call, runs hooks and moto, and writes the journal."""

from __future__ import annotations

import time
import traceback
import uuid
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from moto.core.exceptions import JsonRESTError, ServiceException
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import run_wsgi_app

from . import control, hooks, rights
from .call import Answer, AwsError, Call, Misread, read_call
from .faults import FAULTS, Fault
from .journal import JOURNAL, small
from .lock import LOCK
from .validation import check_members

# These wait for a function, which makes calls itself.
UNLOCKED = {("lambda", "Invoke"), ("lambda", "InvokeAsync")}

_moto = DomainDispatcherApplication(create_backend_app)


class Dropped(ConnectionError):
    """The connection is closed without an answer: the server does that on any ConnectionError."""


def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    """Serve one request."""
    body = _read(environ)
    if environ["PATH_INFO"].startswith("/_local/"):
        answer = control.serve(environ, body)
    else:
        answer = _serve_call(environ, body)
    start_response(f"{answer.status} -", list(answer.headers.items()))
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body]


def _serve_call(environ: dict[str, Any], body: bytes) -> Answer:
    started = time.monotonic()
    call, answer = None, None
    try:
        call = read_call(environ, body)
        fault = FAULTS.take(call)
        answer = _with_fault(call, environ, fault)
        if fault and fault.drop:
            FAULTS.strike(fault)
            raise Dropped
    except Misread as misread:
        call = misread.call
        answer = call.answer(misread.error)
    finally:
        if call:
            _write_journal(call, answer, started)
    return _complete(answer)


def _complete(answer: Answer) -> Answer:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    headers.setdefault("x-amzn-requestid", str(uuid.uuid4()))
    if answer.body:  # without a body it is the answer to HEAD, whose length is that of the object
        headers["content-length"] = str(len(answer.body))
    headers.setdefault("content-length", "0")
    return Answer(answer.status, headers, answer.body)


def _with_fault(call: Call, environ: dict[str, Any], fault: Fault | None) -> Answer:
    if fault:
        time.sleep(fault.delay_ms / 1000)
        if fault.drop != "after":
            FAULTS.strike(fault)
        if fault.drop == "before":
            raise Dropped
        if fault.refusal:
            return call.answer(fault.refusal)
    try:
        if (call.service, call.operation) in UNLOCKED:
            return _with_hooks(call, environ)
        with LOCK:
            return _with_hooks(call, environ)
    except Exception:
        traceback.print_exc()
        return call.answer(AwsError("InternalFailure", traceback.format_exc(limit=-3), 500))


def _with_hooks(call: Call, environ: dict[str, Any]) -> Answer:
    try:
        rights.check(call)
        check_members(call)
        hooks.run_before(call)
        answered = hooks.run_instead(call)
        answer = call.answer(answered) if answered is not None else _ask_moto(call, environ)
    except ServiceException as refusal:
        answer = call.answer(refusal)
    except JsonRESTError as refusal:
        answer = call.answer(AwsError(refusal.error_type, refusal.message, refusal.code))
    hooks.run_after(call, answer)
    return answer


def _ask_moto(call: Call, environ: dict[str, Any]) -> Answer:
    environ["wsgi.input"] = BytesIO(call.body)
    environ["CONTENT_LENGTH"] = str(len(call.body))
    environ["HTTP_X_MOTO_ACCOUNT_ID"] = call.account
    chunks, status, headers = run_wsgi_app(_moto, environ, buffered=True)
    return Answer(int(status.split()[0]), dict(headers), b"".join(chunks))


def _write_journal(call: Call, answer: Answer | None, started: float) -> None:
    JOURNAL.add(
        service=call.service,
        operation=call.operation,
        region=call.region,
        account=call.account,
        status=answer.status if answer else None,
        error=_error(call, answer),
        params=small(call.params),
        duration_ms=round((time.monotonic() - started) * 1000, 2),
        actor=call.actor,
        trace_id=call.trace_id,
    )


def _error(call: Call, answer: Answer | None) -> str | None:
    if answer is None:
        return "ConnectionDropped"
    if answer.status < 400:
        return None
    try:
        return call.parse(answer)["Error"]["Code"]
    except Exception:  # moto's own error pages have no shape
        return str(answer.status)


def _read(environ: dict[str, Any]) -> bytes:
    if environ.get("wsgi.input_terminated"):
        return environ["wsgi.input"].read()
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
