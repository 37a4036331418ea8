"""How the tests of refusals look: a call, and the code and message with which it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError


def refused(call: Callable[[], Any], code: str, message: str = "") -> None:
    """Assert that the call is refused, with this code and a message that holds this text."""
    with pytest.raises(ClientError) as refusal:
        call()
    error = refusal.value.response["Error"]
    assert (error["Code"], message in error["Message"]) == (code, True), error
