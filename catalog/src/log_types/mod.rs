//! The log types, one file each. To add one: its file, its sample records, and its two lines here.

mod alb_access;
mod alb_connection;
mod alb_health_check;
mod clb_access;
mod cloudfront_standard;
mod cloudfront_standard_v2;
mod cloudtrail;
mod network_firewall_alert;
mod network_firewall_flow;
mod network_firewall_tls;
mod nlb_access;
mod route53_resolver;
mod s3_access;
mod waf;

use crate::log_type::LogType;

/// Sorted by name.
pub static LOG_TYPES: &[&LogType] = &[
    &alb_access::ALB_ACCESS,
    &alb_connection::ALB_CONNECTION,
    &alb_health_check::ALB_HEALTH_CHECK,
    &clb_access::CLB_ACCESS,
    &cloudfront_standard::CLOUDFRONT_STANDARD,
    &cloudfront_standard_v2::CLOUDFRONT_STANDARD_V2,
    &cloudtrail::CLOUDTRAIL,
    &network_firewall_alert::NETWORK_FIREWALL_ALERT,
    &network_firewall_flow::NETWORK_FIREWALL_FLOW,
    &network_firewall_tls::NETWORK_FIREWALL_TLS,
    &nlb_access::NLB_ACCESS,
    &route53_resolver::ROUTE53_RESOLVER,
    &s3_access::S3_ACCESS,
    &waf::WAF,
];

pub fn log_type(name: &str) -> Option<&'static LogType> {
    LOG_TYPES
        .iter()
        .copied()
        .find(|log_type| log_type.name == name)
}
