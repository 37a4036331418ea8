//! The Lambda function: its code, its settings, who may invoke it, and where its failures go.

mod change;
mod look;
mod start;

use std::collections::BTreeMap;

use super::failure::gone;
use super::{Aws, Failure, Part, Tags, client::arn, retry::until, send::send};
use crate::package::Package;
pub(crate) use start::start_function;

const RUNTIME: &str = "provided.al2023";
const HANDLER: &str = "bootstrap";
const LOG_FORMAT: &str = "JSON";
/// The least, since Lambda takes the lines that metrics are made of for messages of no weight. The function itself knows what to say.
const LOG_LEVEL: &str = "DEBUG";
/// Lambda's maxima: two more tries within six hours, then the event goes to the dead-letter queue.
const RETRIES: i32 = 2;
const EVENT_AGE_SECONDS: i32 = 21_600;

/// A Lambda function with everything that hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Function {
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) name: String,
    pub(crate) package: Package,
    pub(crate) settings: Settings,
    pub(crate) reserved_concurrency: Option<i64>,
    /// The rules that may invoke it, each by the id of its statement; statements with other ids are nobody's business.
    pub(crate) invoked_by: BTreeMap<String, String>,
    /// The queue for events that failed every time.
    pub(crate) on_failure: Option<String>,
    pub(crate) tags: Tags,
}

/// What one call changes together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) role_arn: String,
    pub(crate) memory_size: i64,
    pub(crate) timeout: i64,
    pub(crate) environment: BTreeMap<String, String>,
    runtime: String,
    handler: String,
    /// The format of its log, and the level below which Lambda keeps no line.
    log: (String, String),
}

impl Settings {
    pub(crate) fn new(
        role_arn: String,
        memory_size: i64,
        timeout: i64,
        environment: BTreeMap<String, String>,
    ) -> Self {
        Self {
            role_arn,
            memory_size,
            timeout,
            environment,
            runtime: RUNTIME.to_owned(),
            handler: HANDLER.to_owned(),
            log: (LOG_FORMAT.to_owned(), LOG_LEVEL.to_owned()),
        }
    }
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
            None => self.create(aws).await?,
            Some(function) => self.update(aws, function).await?,
        }
        if found.is_none_or(|function| function.on_failure != self.on_failure) {
            self.put_failure_queue(aws).await?;
        }
        self.put_permissions(aws, found).await?;
        let had = found.and_then(|function| function.reserved_concurrency);
        if had != self.reserved_concurrency {
            self.put_concurrency(aws).await?;
        }
        Ok(())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws
            .functions(&self.region)
            .delete_function()
            .function_name(&self.name);
        gone(send!("lambda:DeleteFunction", &self.name, request))?;
        until("lambda:DeleteFunction", &self.name, || async {
            let left = self.configuration(aws).await?;
            Ok(left.is_none().then_some(()))
        })
        .await
    }
}

impl Function {
    pub(crate) fn arn(&self) -> String {
        let resource = format!("function:{}", self.name);
        arn("lambda", &self.region, &self.account, &resource)
    }
}
