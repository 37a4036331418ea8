"""Network Firewall: one destination changes at a time, and a firewall that logs is not deleted."""

from __future__ import annotations

from typing import Any

from moto.networkfirewall.models import NetworkFirewallModel, networkfirewall_backends

from .call import AwsError, Call
from .hooks import before, instead

SERVICE = "network-firewall"


@before(SERVICE, "DescribeLoggingConfiguration", "UpdateLoggingConfiguration", "DescribeFirewall")
def _check_firewall(call: Call) -> None:
    _firewall(call)


@before(SERVICE, "UpdateLoggingConfiguration")
def _check_changes(call: Call) -> None:
    """The second sentence is what people report, whether they add, change or remove two."""
    wanted = _configs(call.params.get("LoggingConfiguration"))
    if len({config.get("LogType") for config in wanted}) < len(wanted):
        raise _invalid("Given logging configuration is unsupported.")
    known = _configs(_firewall(call).logging_configs)
    changes = [config for config in wanted if config not in known]
    changed = {config["LogType"] for config in changes}
    removed = [config for config in known if config not in wanted and config["LogType"] not in changed]
    if len(changes) + len(removed) > 1:
        raise _invalid(
            "Given logging configuration attempts to create/modify multiple log destination configs"
        )
    for config in changes:
        _check_type(config, known)
        _check_destination(config)


def _check_type(config: dict[str, Any], known: list[dict[str, Any]]) -> None:
    """To send a log to another service, it has to be removed first."""
    same = [old for old in known if old["LogType"] == config["LogType"]]
    if any(old["LogDestinationType"] != config["LogDestinationType"] for old in same):
        raise _invalid("Given logging configuration is unsupported.")


def _check_destination(config: dict[str, Any]) -> None:
    needed = {"S3": "bucketName", "CloudWatchLogs": "logGroup", "KinesisDataFirehose": "deliveryStream"}
    key = needed.get(config.get("LogDestinationType", ""))
    if config.get("LogType") not in ("ALERT", "FLOW", "TLS") or not key:
        raise _invalid("Given logging configuration is unsupported.")
    place = config.get("LogDestination", {})
    if not place.get(key) or not all(place.values()):
        raise _invalid("Given logging configuration is unsupported.")


@instead(SERVICE, "DeleteFirewall")
def _delete(call: Call) -> dict[str, Any]:
    """Not in moto. AWS takes some minutes for it, and says DELETING meanwhile; here it is gone at once."""
    firewall = _firewall(call)
    if firewall.delete_protection:
        raise AwsError("InvalidOperationException", f"Firewall {firewall.firewall_name} is protected", 400)
    if _configs(firewall.logging_configs):
        raise AwsError("InvalidOperationException", "Remove the logging configuration first", 400)
    del networkfirewall_backends[call.account][call.region].firewalls[firewall.arn]
    return {
        "Firewall": {"FirewallName": firewall.firewall_name, "FirewallArn": firewall.arn},
        "FirewallStatus": {"Status": "DELETING"},
    }


def _firewall(call: Call) -> NetworkFirewallModel:
    """By ARN, by name or by both; moto has another status for what is not there."""
    arn, name = call.params.get("FirewallArn"), call.params.get("FirewallName")
    if not arn and not name:
        raise _invalid("Either the ARN or the name of the firewall must be specified")
    firewalls = networkfirewall_backends[call.account][call.region].firewalls.values()
    for firewall in firewalls:
        if arn in (None, firewall.arn) and name in (None, firewall.firewall_name):
            return firewall
    raise AwsError("ResourceNotFoundException", f"Firewall {arn or name} does not exist", 400)


def _configs(configuration: dict[str, Any] | None) -> list[dict[str, Any]]:
    return (configuration or {}).get("LogDestinationConfigs") or []


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidRequestException", message, 400)
