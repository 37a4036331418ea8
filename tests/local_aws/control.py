"""The stand-in's own endpoints, below /_local/: faults, settings, journal, rights and more."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from moto.moto_api._internal import moto_api_backend

from . import cloudtrail, delivery, inventory, invocations, schedules, sqs
from .call import Answer, regions
from .faults import FAULTS
from .in_flight import IN_FLIGHT
from .journal import JOURNAL
from .lock import LOCK
from .rights import USED
from .settings import SETTINGS


def serve(environ: dict[str, Any], body: bytes) -> Answer:
    """Answer a request to /_local/...; a wrong one is told what is wrong."""
    name = (environ["REQUEST_METHOD"], environ["PATH_INFO"].removeprefix("/_local/"))
    if name not in ENDPOINTS:
        return _answer(404, {"error": f"There is no {' /_local/'.join(name)}; there is {_names()}."})
    try:
        query = {key: values[0] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        status, result = ENDPOINTS[name](query, json.loads(body) if body else None)
        return _answer(status, result)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        return _answer(400, {"error": f"{type(wrong).__name__}: {wrong}"})


def _idle(query: dict[str, str], _: Any) -> tuple[int, Any]:
    idle = IN_FLIGHT.wait(float(query.get("timeout", 30)), int(query.get("left", 0)))
    return (200 if idle else 408), {"idle": idle}


def _reset(*_: Any) -> tuple[int, Any]:
    FAULTS.clear()
    invocations.stop_all()
    with LOCK:
        moto_api_backend.reset()
        SETTINGS.reset()
        sqs.forget()
        cloudtrail.take_held()
        JOURNAL.clear()
        USED.clear()
    return 200, {}


def _event(_: dict[str, str], envelope: Any) -> tuple[int, Any]:
    """An event as EventBridge has it, id, account and region included, on the default bus of its region."""
    if missing := {"account", "region", "source", "detail-type", "detail"} - envelope.keys():
        raise ValueError(f"The envelope lacks {', '.join(sorted(missing))}.")
    if envelope["region"] not in regions():
        raise ValueError(f"There is no region {envelope['region']}.")
    with LOCK:
        delivery.publish(delivery.complete(envelope), "default")
    return 200, {}


def _fire_schedules(*_: Any) -> tuple[int, Any]:
    with LOCK:
        schedules.fire()
    return 200, {}


def _kill(query: dict[str, str], _: Any) -> tuple[int, Any]:
    return 200, {"killed": invocations.kill_one(int(query.get("number", 0)))}


def _do(action: Callable[..., Any], takes_body: bool = False) -> Callable[..., tuple[int, Any]]:
    return lambda _, body: (200, (action(body) if takes_body else action()) or {})


def _read_inventory() -> dict[str, Any]:
    with LOCK:
        return inventory.everything()


ENDPOINTS: dict[tuple[str, str], Callable[..., tuple[int, Any]]] = {
    ("GET", "faults"): _do(FAULTS.all),
    ("POST", "faults"): _do(FAULTS.add, takes_body=True),
    ("DELETE", "faults"): lambda *_: (200, FAULTS.clear()),
    ("POST", "settings"): _do(SETTINGS.change, takes_body=True),
    ("GET", "journal"): lambda *_: (200, JOURNAL.entries()),
    ("DELETE", "journal"): lambda *_: (200, JOURNAL.clear()),
    ("GET", "rights"): lambda *_: (200, USED.all()),
    ("DELETE", "rights"): _do(USED.clear),
    ("GET", "idle"): _idle,
    ("POST", "reset"): _reset,
    ("GET", "inventory"): _do(_read_inventory),
    ("POST", "event"): _event,
    ("POST", "schedules"): _fire_schedules,
    ("DELETE", "held"): lambda *_: (200, cloudtrail.take_held()),
    ("GET", "processes"): lambda *_: (200, invocations.pids()),
    ("POST", "kill"): _kill,
}


def _names() -> str:
    return ", ".join(f"{method} {name}" for method, name in ENDPOINTS)


def _answer(status: int, result: Any) -> Answer:
    body = json.dumps(result).encode()
    return Answer(status, {"Content-Type": "application/json", "Content-Length": str(len(body))}, body)
