"""Lake Formation: moto loses what was given one by one, and takes back what nobody has."""

from __future__ import annotations

from typing import Any

from moto.lakeformation.models import Permission, PermissionCatalog, lakeformation_backends

from .call import AwsError, Call
from .hooks import before, instead


@before("lakeformation", "GrantPermissions", "RevokePermissions")
def _of_this_account(call: Call) -> None:
    """Another account is let in by further means, which nothing here has."""
    principal = call.params["Principal"]["DataLakePrincipalIdentifier"]
    if f":{call.account}:" not in principal:
        raise AwsError("AccessDeniedException", f"No right to share with {principal}.", 400)


@instead("lakeformation", "RevokePermissions")
def _revoke(call: Call) -> dict[str, Any]:
    asked = call.params
    catalog = _catalog(call)
    held = [
        one
        for one in catalog.permissions
        if one.principal == asked["Principal"] and one.resource == asked["Resource"]
    ]
    had = {permission for one in held for permission in one.permissions}
    lacking = [permission for permission in asked["Permissions"] if permission not in had]
    if lacking:
        message = f"No permissions revoked. Grantee does not have: [{', '.join(lacking)}]"
        raise AwsError("InvalidInputException", message, 400)
    left = sorted(had - {*asked["Permissions"]})
    kept = [Permission(asked["Principal"], asked["Resource"], left, [])] if left else []
    # Their hashes are of what they were: moto changes them in their set.
    catalog.permissions = {*(one for one in catalog.permissions if one not in held), *kept}
    return {}


def _catalog(call: Call) -> PermissionCatalog:
    grants = lakeformation_backends[call.account][call.region].grants
    return grants.setdefault(call.account, PermissionCatalog())
