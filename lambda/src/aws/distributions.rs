//! Distributions, as CloudFront has them configured now.

use aws_sdk_cloudfront::Client;
use logenabler_catalog::Observed;

use super::{code, failed};
use crate::cloud::CloudError;

/// How one distribution logs, where it still exists.
pub(super) async fn observe(client: &Client, id: &str) -> Result<Observed, CloudError> {
    match client.get_distribution_config().id(id).send().await {
        Ok(answer) => {
            let logging = answer
                .distribution_config
                .and_then(|configuration| configuration.logging);
            let off = Observed::Logging {
                enabled: false,
                bucket_host: String::new(),
                prefix: String::new(),
            };
            Ok(logging.map_or(off, |logging| Observed::Logging {
                enabled: logging.enabled,
                bucket_host: logging.bucket,
                prefix: logging.prefix,
            }))
        }
        Err(error) if code(&error) == Some("NoSuchDistribution") => Ok(Observed::Gone),
        Err(error) => Err(failed("cloudfront:GetDistributionConfig", id, &error)),
    }
}
