//! Load balancers, as Elastic Load Balancing describes them now.

use aws_sdk_elasticloadbalancingv2::Client;
use logenabler_catalog::Observed;

use super::{code, failed};
use crate::cloud::CloudError;

/// The attributes of one load balancer, where it still exists.
pub(super) async fn observe(client: &Client, arn: &str) -> Result<Observed, CloudError> {
    match client
        .describe_load_balancer_attributes()
        .load_balancer_arn(arn)
        .send()
        .await
    {
        Ok(answer) => {
            let pairs = answer
                .attributes()
                .iter()
                .filter_map(|a| Some((a.key()?.to_owned(), a.value()?.to_owned())));
            Ok(Observed::Attributes(pairs.collect()))
        }
        Err(error)
            if matches!(
                code(&error),
                // Where the ARN cannot be one, nothing has it, and asking again would not help.
                Some("LoadBalancerNotFound" | "LoadBalancerNotFoundException" | "ValidationError")
            ) =>
        {
            Ok(Observed::Gone)
        }
        Err(error) => Err(failed(
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            arn,
            &error,
        )),
    }
}
