"""Which organization an account is in."""

from __future__ import annotations

from moto.core.exceptions import JsonRESTError, ServiceException
from moto.organizations.models import organizations_backends


def organization_of(account: str, partition: str) -> str | None:
    """The organization's id, or None."""
    try:
        return organizations_backends[account][partition].describe_organization()["Organization"]["Id"]
    except (JsonRESTError, ServiceException):
        return None
