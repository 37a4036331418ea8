"""Route 53 Resolver: query log configurations come to an end, which moto does not know."""

from __future__ import annotations

from typing import Any

from moto.route53resolver.models import Route53ResolverBackend, route53resolver_backends

from .call import AwsError, Call
from .hooks import instead


@instead("route53resolver", "DisassociateResolverQueryLogConfig")
def _disassociate(call: Call) -> dict[str, Any]:
    backend, config = _found(call)
    associations = backend.resolver_query_log_config_associations
    for key, association in associations.items():
        of_config = association.resolver_query_log_config_id == config.id
        if of_config and association.resource_id == call.params["ResourceId"]:
            del associations[key]
            config.association_count -= 1
            answer = association.description() | {"Status": "DELETING"}
            return {"ResolverQueryLogConfigAssociation": answer}
    raise AwsError("ResourceNotFoundException", "The VPC is not associated with this configuration.", 400)


@instead("route53resolver", "DeleteResolverQueryLogConfig")
def _delete(call: Call) -> dict[str, Any]:
    backend, config = _found(call)
    if config.association_count:
        message = "The configuration still has associations: disassociate its VPCs first."
        raise AwsError("InvalidRequestException", message, 400)
    del backend.resolver_query_log_configs[config.id]
    return {"ResolverQueryLogConfig": config.description() | {"Status": "DELETING"}}


def _found(call: Call) -> tuple[Route53ResolverBackend, Any]:
    backend = route53resolver_backends[call.account][call.region]
    config = backend.resolver_query_log_configs.get(call.params["ResolverQueryLogConfigId"])
    if config is None:
        raise AwsError("ResourceNotFoundException", "There is no such query log configuration.", 400)
    return backend, config
