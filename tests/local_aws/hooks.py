"""Where the gaps of moto are closed: functions that run before, instead of, or after moto."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from .call import Answer, Call

Before = Callable[[Call], None]
Instead = Callable[[Call], "dict[str, Any] | None"]
After = Callable[[Call, Answer], None]
Hook = TypeVar("Hook")

_before: dict[tuple[str, str], list[Before]] = defaultdict(list)
_instead: dict[tuple[str, str], list[Instead]] = defaultdict(list)
_after: dict[tuple[str, str], list[After]] = defaultdict(list)


def before(service: str, *operations: str) -> Callable[[Before], Before]:
    """The function may refuse (raise AwsError) or change what moto is given (`call.json`)."""
    return _register(_before, service, operations)


def instead(service: str, *operations: str) -> Callable[[Instead], Instead]:
    """The function gives the parsed answer in the place of moto, or None: then moto does."""
    return _register(_instead, service, operations)


def after(service: str, *operations: str) -> Callable[[After], After]:
    """The function sees every answer, refusals included, and may change it."""
    return _register(_after, service, operations)


def run_before(call: Call) -> None:
    for hook in _before.get((call.service, call.operation), ()):
        hook(call)


def run_instead(call: Call) -> dict[str, Any] | None:
    answers = (hook(call) for hook in _instead.get((call.service, call.operation), ()))
    return next((answer for answer in answers if answer is not None), None)


def run_after(call: Call, answer: Answer) -> None:
    for hook in _after.get((call.service, call.operation), ()):
        hook(call, answer)


def _register(
    hooks: dict[tuple[str, str], list[Hook]], service: str, operations: tuple[str, ...]
) -> Callable[[Hook], Hook]:
    def register(hook: Hook) -> Hook:
        for operation in operations:
            hooks[service, operation].append(hook)
        return hook

    return register
