//! What the guide calls everything: by the names that nobody chose otherwise, and mostly in any region.

use crate::aws::arn;
use crate::forwarder::names::Names as ForwarderNames;
use crate::hub::names::Names as HubNames;

pub(super) const ACCOUNT: &str = "123456789012";
pub(super) const ANY: &str = "*";

pub(super) fn hub(region: &str) -> HubNames {
    HubNames {
        account: ACCOUNT.to_owned(),
        region: region.to_owned(),
        bus: "log-enablement-bus".to_owned(),
        function: "EventDrivenLogEnabler".to_owned(),
    }
}

/// The forwarders that send to the hub of this region.
pub(super) fn forwarder(hub_region: &str, region: &str) -> ForwarderNames {
    ForwarderNames {
        account: ACCOUNT.to_owned(),
        region: region.to_owned(),
        rule: format!("ForwardLoggingEvents-to-{hub_region}"),
        hub_region: Some(hub_region.to_owned()),
    }
}

/// Of any region.
pub(super) fn any(service: &str, resource: &str) -> String {
    arn(service, ANY, ACCOUNT, resource)
}

pub(super) fn bus() -> String {
    hub(ANY).bus_arn()
}

pub(super) fn hub_rule() -> String {
    hub(ANY).rule_arn()
}

pub(super) fn sweep_rule() -> String {
    hub(ANY).sweep_arn()
}

pub(super) fn topic() -> String {
    hub(ANY).topic_arn()
}

pub(super) fn alarms() -> String {
    hub(ANY).alarm_arn(ANY)
}

pub(super) fn dashboard() -> String {
    hub(ANY).dashboard_arn()
}

pub(super) fn hub_role() -> String {
    hub(ANY).role_arn()
}

pub(super) fn hub_queue() -> String {
    hub(ANY).queue_arn()
}

pub(super) fn function() -> String {
    hub(ANY).function_arn()
}

pub(super) fn log_group() -> String {
    log_group_in(ANY)
}

pub(super) fn log_group_in(region: &str) -> String {
    let name = hub(region).log_group();
    arn("logs", region, ACCOUNT, &format!("log-group:{name}"))
}

pub(super) fn database() -> String {
    hub(ANY).schema_database()
}

/// What Glue asks for with every call about a table.
pub(super) fn schemas() -> Vec<String> {
    let database = database();
    vec![
        any("glue", "catalog"),
        any("glue", &format!("database/{database}")),
        any("glue", &format!("table/{database}/*")),
    ]
}

pub(super) fn forwarder_rule() -> String {
    forwarder(ANY, ANY).rule_arn(0)
}

pub(super) fn forwarder_role() -> String {
    forwarder(ANY, ANY).role_arn()
}

pub(super) fn forwarder_queue() -> String {
    forwarder(ANY, ANY).queue_arn()
}

pub(super) fn workgroup() -> String {
    any("athena", &format!("workgroup/{}", hub(ANY).bus))
}

pub(super) fn catalog_role() -> String {
    let role = forwarder(ANY, ANY).catalog_role_arn();
    role.unwrap()
}
