//! One configured AWS account: who we are, where, and a client for each service and region.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::{Region, SdkConfig};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority,
};
use logenabler_asker::{Failure as AskFailure, ask, asker};
use logenabler_catalog::{LookUp, Partition};
use serde_json::Value as Json;
use tfplugin::Value;
use tokio::sync::OwnedMutexGuard;

use super::Tags;

/// Who is calling, as STS answered; the account is unknown while the provider's own configuration is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) id: Value<String>,
    pub(crate) region: Value<String>,
}

/// AWS, configured.
#[derive(Debug)]
pub(crate) struct Aws {
    sdk: SdkConfig,
    pub(crate) account: Account,
    pub(crate) default_tags: Value<Tags>,
    pub(crate) skip_trail_check: bool,
    creating: Mutex<HashMap<String, Arc<Turn>>>,
}

/// Held by the one create that runs in a region.
type Turn = tokio::sync::Mutex<()>;

macro_rules! clients {
    ($($(#[$doc:meta])* $name:ident: $sdk:ident;)*) => {
        impl Aws {
            $($(#[$doc])* pub(super) fn $name(&self, region: &str) -> $sdk::Client {
                let config = $sdk::config::Builder::from(&self.sdk)
                    .region(Region::new(region.to_owned()))
                    .retry_classifier(Quota);
                $sdk::Client::from_conf(config.build())
            })*
        }
    };
}

clients! {
    events: aws_sdk_eventbridge;
    functions: aws_sdk_lambda;
    glue: aws_sdk_glue;
    iam: aws_sdk_iam;
    logs: aws_sdk_cloudwatchlogs;
    queues: aws_sdk_sqs;
}

impl Aws {
    pub(crate) fn new(sdk: SdkConfig, account: Account, default_tags: Value<Tags>) -> Self {
        Self {
            sdk,
            account,
            default_tags,
            skip_trail_check: false,
            creating: Mutex::default(),
        }
    }

    /// What a service of no client says; `None` where it says that there is no such thing.
    pub(crate) async fn look_up(
        &self,
        region: &str,
        about: &LookUp,
    ) -> Result<Option<Json>, AskFailure> {
        ask(&asker(&self.sdk, about.api, region), about).await
    }

    /// One create at a time in a region: what one looked for and found absent, another must not make meanwhile.
    pub(crate) async fn turn_in(&self, region: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.creating.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(region.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}

/// `arn:<partition>:<service>:<region>:<account>:<resource>`
pub(crate) fn arn(service: &str, region: &str, account: &str, resource: &str) -> String {
    let partition = Partition::of_region(region).name;
    // IAM is global: its ARNs name no region.
    let region = if service == "iam" { "" } else { region };
    format!("arn:{partition}:{service}:{region}:{account}:{resource}")
}

/// A quota that is used up stays so, though the SDK takes its code for throttling.
#[derive(Debug)]
struct Quota;

impl ClassifyRetry for Quota {
    /// The error's type is the operation's own by now, so the code is looked for where AWS wrote it.
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let failed = context
            .output_or_error()
            .is_some_and(|result| result.is_err());
        let body = context
            .response()
            .and_then(|response| response.body().bytes())
            .unwrap_or_default();
        if failed && String::from_utf8_lossy(body).contains("LimitExceededException") {
            RetryAction::RetryForbidden
        } else {
            RetryAction::NoActionIndicated
        }
    }

    fn name(&self) -> &'static str {
        "quota"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}
