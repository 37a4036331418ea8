"""Lake Formation's permissions come and go one by one, as AWS has them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from local import LocalAws

TABLE = {"Table": {"DatabaseName": "logs", "Name": "web"}}
ANALYST = {"DataLakePrincipalIdentifier": "arn:aws:iam::123456789012:role/analyst"}


def held(api: Any) -> list[list[str]]:
    return [sorted(one["Permissions"]) for one in api.list_permissions()["PrincipalResourcePermissions"]]


def test_what_was_given_one_by_one_is_taken_back_one_by_one(local_aws: LocalAws) -> None:
    api = local_aws.client("lakeformation", "eu-west-1")
    for permission in ("SELECT", "DESCRIBE", "SELECT"):
        api.grant_permissions(Principal=ANALYST, Resource=TABLE, Permissions=[permission])
    assert held(api) == [["DESCRIBE", "SELECT"]]
    api.revoke_permissions(Principal=ANALYST, Resource=TABLE, Permissions=["SELECT"])
    assert held(api) == [["DESCRIBE"]]
    with pytest.raises(ClientError, match=r"InvalidInputException.*No permissions revoked"):
        api.revoke_permissions(Principal=ANALYST, Resource=TABLE, Permissions=["DESCRIBE", "SELECT"])
    api.revoke_permissions(Principal=ANALYST, Resource=TABLE, Permissions=["DESCRIBE"])
    assert held(api) == []


def test_another_account_is_not_let_in_so(local_aws: LocalAws) -> None:
    api = local_aws.client("lakeformation", "eu-west-1")
    stranger = {"DataLakePrincipalIdentifier": "arn:aws:iam::210987654321:role/analyst"}
    with pytest.raises(ClientError, match="AccessDeniedException"):
        api.grant_permissions(Principal=stranger, Resource=TABLE, Permissions=["SELECT"])
