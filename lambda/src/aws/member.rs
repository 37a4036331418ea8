//! The account of a member: AWS with the credentials of the role that the member's forwarder made for us.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

use aws_config::Region;
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use logenabler_catalog::{Partition, catalog_role};

use super::{Aws, failed, odd};
use crate::cloud::CloudError;

const OPERATION: &str = "sts:AssumeRole";
const SESSION: &str = "logenabler";
/// Longer than any run of the function, so that credentials never end in the middle of one.
const LEFT: Duration = Duration::from_secs(15 * 60);

/// A member's account in one region, for as long as its credentials last.
pub(super) struct Member {
    aws: Arc<Aws>,
    expires: SystemTime,
}

impl Member {
    fn is_fresh(&self) -> bool {
        self.expires > SystemTime::now() + LEFT
    }
}

impl Aws {
    pub(super) async fn of_member(
        &self,
        account: &str,
        region: &str,
    ) -> Result<Arc<Self>, CloudError> {
        let key = (account.to_owned(), region.to_owned());
        let known = {
            let members = self.members.lock().unwrap_or_else(PoisonError::into_inner);
            let fresh = members.get(&key).filter(|member| member.is_fresh());
            fresh.map(|member| Arc::clone(&member.aws))
        };
        if let Some(aws) = known {
            return Ok(aws);
        }
        let member = self.take_on(account, region).await?;
        let aws = Arc::clone(&member.aws);
        let mut members = self.members.lock().unwrap_or_else(PoisonError::into_inner);
        members.retain(|_, member| member.is_fresh());
        members.insert(key, member);
        Ok(aws)
    }

    async fn take_on(&self, account: &str, region: &str) -> Result<Member, CloudError> {
        let hub_region = self.sdk.region().map(Region::as_ref).unwrap_or_default();
        let name = catalog_role(hub_region, region);
        let partition = Partition::of_region(region).name;
        let role = format!("arn:{partition}:iam::{account}:role/{name}");
        let request = aws_sdk_sts::Client::new(&self.sdk).assume_role();
        let request = request
            .role_arn(&role)
            .role_session_name(SESSION)
            .set_external_id(self.means.external_id.clone());
        let answer = request.send().await;
        let answer = answer.map_err(|error| advised(failed(OPERATION, &role, &error), region))?;
        let Some(given) = answer.credentials else {
            return Err(odd(OPERATION, &role, &std::fmt::Error));
        };
        let expires = SystemTime::try_from(given.expiration)
            .map_err(|error| odd(OPERATION, &role, &error))?;
        let credentials = Credentials::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            Some(expires),
            "catalog role",
        );
        let provider = SharedCredentialsProvider::new(credentials);
        let sdk = self.sdk.to_builder().credentials_provider(provider);
        let aws = Arc::new(Self::new(sdk.build(), self.means.clone()));
        Ok(Member { aws, expires })
    }
}

/// What makes the role is far from here, in another account.
fn advised(failure: CloudError, region: &str) -> CloudError {
    let CloudError::Failed {
        operation,
        object,
        message,
    } = failure
    else {
        return failure;
    };
    let next = format!(
        "Set create_catalog_role in that account's forwarder of {region}, with the hub's function_role_arn and external_id"
    );
    CloudError::Failed {
        operation,
        object,
        message: format!("{message}. {next}"),
    }
}
