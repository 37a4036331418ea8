"""WAF: a web ACL takes its logging configuration with it when it is deleted, which moto forgets."""

from __future__ import annotations

from moto.wafv2.models import WAFV2Backend, wafv2_backends
from moto.wafv2.utils import make_arn_for_wacl

_delete_web_acl = WAFV2Backend.delete_web_acl


def _delete_with_logging(backend: WAFV2Backend, name: str, scope: str, acl_id: str, lock_token: str) -> None:
    _delete_web_acl(backend, name, scope, acl_id, lock_token)
    arn = make_arn_for_wacl(name, backend.account_id, backend.region_name, acl_id, scope)
    region = arn.split(":")[3]
    wafv2_backends[backend.account_id][region].logging_configurations.pop(arn, None)


WAFV2Backend.delete_web_acl = _delete_with_logging
