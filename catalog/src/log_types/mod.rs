//! The log types, one file each. To add one: its file, its sample records, and its two lines here.

mod alb_access;
mod alb_connection;
mod alb_health_check;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "its settings are still to come")
)]
mod clb_access;
mod cloudfront_standard;
mod network_firewall_alert;
mod network_firewall_flow;
mod network_firewall_tls;
mod nlb_access;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "its settings are still to come")
)]
mod s3_access;
mod waf;

use crate::log_type::LogType;

/// Sorted by name.
pub static LOG_TYPES: &[&LogType] = &[
    &alb_access::ALB_ACCESS,
    &alb_connection::ALB_CONNECTION,
    &alb_health_check::ALB_HEALTH_CHECK,
    &cloudfront_standard::CLOUDFRONT_STANDARD,
    &network_firewall_alert::NETWORK_FIREWALL_ALERT,
    &network_firewall_flow::NETWORK_FIREWALL_FLOW,
    &network_firewall_tls::NETWORK_FIREWALL_TLS,
    &nlb_access::NLB_ACCESS,
    &waf::WAF,
];

pub fn log_type(name: &str) -> Option<&'static LogType> {
    LOG_TYPES
        .iter()
        .copied()
        .find(|log_type| log_type.name == name)
}
