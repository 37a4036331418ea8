//! Web ACLs, as WAF says that they log now.

use aws_sdk_wafv2::{Client, types::LogScope};
use logenabler_catalog::Observed;

use super::{code, failed};
use crate::cloud::CloudError;

/// Where a web ACL's log goes. WAF has one answer for an ACL without a logging configuration and for none of that name:
/// either way nothing is logged, and the table, if there is one, is marked so.
pub(super) async fn observe(client: &Client, arn: &str) -> Result<Observed, CloudError> {
    let request = client
        .get_logging_configuration()
        .resource_arn(arn)
        .log_scope(LogScope::Customer);
    match request.send().await {
        Ok(answer) => {
            let destinations = answer
                .logging_configuration
                .map(|configuration| configuration.log_destination_configs);
            Ok(Observed::Destinations(destinations.unwrap_or_default()))
        }
        Err(error) if code(&error) == Some("WAFNonexistentItemException") => {
            Ok(Observed::Destinations(Vec::new()))
        }
        Err(error) => Err(failed("wafv2:GetLoggingConfiguration", arn, &error)),
    }
}
