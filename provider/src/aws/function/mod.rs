//! The Lambda function: its code, its settings, who may invoke it, and where its failures go.

mod change;
mod look;

use std::collections::BTreeMap;

use aws_sdk_lambda::types::{LastUpdateStatus, State};

use super::failure::{Named, gone, made};
use super::{Aws, Failure, Part, Tags, client::arn, retry};
use crate::package::Package;

const STATEMENT: &str = "logenabler-rule";
/// Lambda's maximum of retries, then the event goes to the dead-letter queue.
const RETRIES: i32 = 2;

/// A Lambda function with everything that hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Function {
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) name: String,
    pub(crate) role_arn: String,
    pub(crate) package: Package,
    pub(crate) memory_size: i64,
    pub(crate) timeout: i64,
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) reserved_concurrency: Option<i64>,
    /// The rule that may invoke it.
    pub(crate) invoked_by: Option<String>,
    /// The queue for events that failed every time.
    pub(crate) on_failure: Option<String>,
    pub(crate) tags: Tags,
}

impl Part for Function {
    fn label(&self) -> String {
        format!("function {} in {}", self.name, self.region)
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn tagged(&self, tags: Tags) -> Self {
        Self {
            tags,
            ..self.clone()
        }
    }

    async fn look(&self, aws: &Aws) -> Result<Option<Self>, Failure> {
        self.look_at_all(aws).await
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        match found {
            None => {
                made(self.create(aws).await)?;
                self.settled(aws).await?;
            }
            Some(function) => self.update(aws, function).await?,
        }
        if found.is_none_or(|function| function.on_failure != self.on_failure) {
            self.put_failure_queue(aws).await?;
        }
        if found.and_then(|function| function.invoked_by.as_ref()) != self.invoked_by.as_ref() {
            self.put_permission(aws).await?;
        }
        let had = found.and_then(|function| function.reserved_concurrency);
        if had != self.reserved_concurrency {
            self.put_concurrency(aws).await?;
        }
        Ok(())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let request = functions.delete_function().function_name(&self.name).send();
        gone(request.await.named("lambda:DeleteFunction", &self.name))?;
        retry::until("lambda:DeleteFunction", &self.name, || async {
            let left = self.configuration(aws).await?;
            Ok(left.is_none().then_some(()))
        })
        .await
    }
}

impl Function {
    pub(crate) fn arn(&self) -> String {
        arn(
            "lambda",
            &self.region,
            &self.account,
            &format!("function:{}", self.name),
        )
    }

    /// Waits until the function is active and its last update is through.
    async fn settled(&self, aws: &Aws) -> Result<(), Failure> {
        retry::until("lambda:GetFunctionConfiguration", &self.name, || async {
            let Some(config) = self.configuration(aws).await? else {
                return Ok(None);
            };
            let failed = config.state() == Some(&State::Failed)
                || config.last_update_status() == Some(&LastUpdateStatus::Failed);
            if failed {
                let reason = config.last_update_status_reason().or(config.state_reason());
                let reason = reason.unwrap_or("Lambda gave no reason.");
                return Err(Failure::odd(
                    "lambda:GetFunctionConfiguration",
                    &self.name,
                    reason,
                ));
            }
            let ready = config.state() != Some(&State::Pending)
                && config.last_update_status() != Some(&LastUpdateStatus::InProgress);
            Ok(ready.then_some(()))
        })
        .await
    }
}
