//! A member: another account than the hub's, whose forwarder makes a role for the hub's function.

/// The name of that role, which may observe and write in this region. The function may take on no role of another name.
pub fn catalog_role(hub_region: &str, region: &str) -> String {
    format!("LogEnablerCatalog-{hub_region}-{region}")
}
