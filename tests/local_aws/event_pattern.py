"""EventBridge's event patterns: whether one is valid, and whether it matches an event."""

from __future__ import annotations

import ipaddress
import json
import operator
import re
from collections.abc import Callable
from typing import Any

from .call import AwsError

ABSENT = object()
COMPARE = {"<": operator.lt, "<=": operator.le, "=": operator.eq, ">=": operator.ge, ">": operator.gt}


def validated(pattern: str) -> dict[str, Any]:
    """The pattern; AwsError when EventBridge would refuse it."""
    try:
        parsed = json.loads(pattern)
    except ValueError:
        raise _invalid("Filter is not valid JSON") from None
    if not isinstance(parsed, dict):
        raise _invalid("Filter is not an object")
    if not parsed:
        raise _invalid("Empty objects are not allowed")
    _validate(parsed, "")
    return parsed


def matches(pattern: dict[str, Any], event: Any) -> bool:
    """Whether the event has, for every key of the pattern, one of the values listed there."""
    if isinstance(event, list):  # within an array one element has to satisfy the whole nested pattern
        return any(matches(pattern, item) for item in event)
    node = event if isinstance(event, dict) else {}
    return all(_key_matches(key, wanted, node) for key, wanted in pattern.items())


def _key_matches(key: str, wanted: Any, node: dict[str, Any]) -> bool:
    if key == "$or":
        return any(matches(option, node) for option in wanted)
    if isinstance(wanted, dict):
        return matches(wanted, node.get(key))
    found = node.get(key, ABSENT)
    values = found if isinstance(found, list) and found else [found]
    return any(_value_matches(test, value) for test in wanted for value in values)


def _value_matches(test: Any, value: Any) -> bool:
    if not isinstance(test, dict):
        return _same(test, value)
    [(name, wanted)] = test.items()
    if name == "exists":
        return (value is not ABSENT) == wanted
    return value is not ABSENT and TESTS[name](value, wanted)


def _same(wanted: Any, value: Any) -> bool:
    """JSON equality: `1` is not `true`, but 1 is 1.0."""
    return isinstance(wanted, bool) == isinstance(value, bool) and wanted == value


def _text(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    def check(value: Any, wanted: Any) -> bool:
        if isinstance(wanted, dict):
            return (
                check(value.lower(), wanted["equals-ignore-case"].lower())
                if isinstance(value, str)
                else False
            )
        return isinstance(value, str) and test(value, wanted)

    return check


def _numeric(value: Any, wanted: list[Any]) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return all(COMPARE[sign](value, limit) for sign, limit in zip(wanted[::2], wanted[1::2]))


def _anything_but(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        [(name, inner)] = wanted.items()
        listed = inner if isinstance(inner, list) else [inner]
        return not any(TESTS[name](value, item) for item in listed)
    return not any(_same(item, value) for item in (wanted if isinstance(wanted, list) else [wanted]))


def _cidr(value: Any, wanted: str) -> bool:
    try:
        return ipaddress.ip_address(value) in ipaddress.ip_network(wanted)
    except ValueError:
        return False


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "exists": lambda value, wanted: (value is not ABSENT) == wanted,
    "prefix": _text(str.startswith),
    "suffix": _text(str.endswith),
    "equals-ignore-case": _text(lambda value, wanted: value.lower() == wanted.lower()),
    "wildcard": _text(
        lambda value, wanted: re.fullmatch(re.escape(wanted).replace(r"\*", ".*"), value, re.S) is not None
    ),
    "numeric": _numeric,
    "anything-but": _anything_but,
    "cidr": _cidr,
}


def _validate(pattern: dict[str, Any], path: str) -> None:
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            for option in value:
                _validate(option, path)
        elif isinstance(value, dict):
            if not value:
                raise _invalid("Empty objects are not allowed")
            _validate(value, f"{path}{key}.")
        elif not isinstance(value, list):
            raise _invalid(f'"{path}{key}" must be an object or an array')
        elif not value:
            raise _invalid("Empty arrays are not allowed")
        else:
            _validate_tests(value)


def _validate_tests(tests: list[Any]) -> None:
    for test in tests:
        if isinstance(test, list):
            raise _invalid("Match value must be String, number, true, false, or null")
        if isinstance(test, dict):
            if len(test) != 1:
                raise _invalid("Only one key allowed in match expression")
            [name] = test
            if name not in TESTS:
                raise _invalid(f"Unrecognized match type {name}")


def _invalid(reason: str) -> AwsError:
    return AwsError("InvalidEventPatternException", f"Event pattern is not valid. Reason: {reason}")
