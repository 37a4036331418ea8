//! The Lambda function: its code, its settings, who may invoke it, and where its failures go.

use std::collections::BTreeMap;

use aws_sdk_lambda::{
    operation::get_function::GetFunctionOutput,
    primitives::Blob,
    types::{
        Architecture, DestinationConfig, Environment, FunctionCode, FunctionConfiguration,
        LastUpdateStatus, OnFailure, Runtime, State,
    },
};
use serde_json::Value as Json;

use super::failure::{Named, found, gone, made};
use super::{Aws, Failure, Part, Tags, client::arn, retry, retry::settle, tags};
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
        let request = aws
            .functions(&self.region)
            .get_function()
            .function_name(&self.name)
            .send();
        let Some(answer) = found(request.await.named("lambda:GetFunction", &self.name))? else {
            return Ok(None);
        };
        Ok(Some(Self {
            invoked_by: self.look_at_permission(aws).await?,
            on_failure: self.look_at_failure_queue(aws).await?,
            ..self.with(&answer)
        }))
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

    /// Everything GetFunction tells, in our shape.
    fn with(&self, answer: &GetFunctionOutput) -> Self {
        let empty = FunctionConfiguration::builder().build();
        let config = answer.configuration().unwrap_or(&empty);
        let environment = config.environment().and_then(|e| e.variables());
        let architecture = config.architectures().first().map(Architecture::as_str);
        Self {
            role_arn: config.role().unwrap_or_default().to_owned(),
            package: Package::deployed(
                config.code_sha256().unwrap_or_default(),
                architecture.unwrap_or_default(),
            ),
            memory_size: config.memory_size().unwrap_or_default().into(),
            timeout: config.timeout().unwrap_or_default().into(),
            environment: environment
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .collect(),
            reserved_concurrency: answer
                .concurrency()
                .and_then(|c| c.reserved_concurrent_executions())
                .map(i64::from),
            tags: tags::listed(answer.tags().cloned().unwrap_or_default()),
            ..self.clone()
        }
    }

    async fn look_at_permission(&self, aws: &Aws) -> Result<Option<String>, Failure> {
        let request = aws
            .functions(&self.region)
            .get_policy()
            .function_name(&self.name)
            .send();
        let answer = found(request.await.named("lambda:GetPolicy", &self.name))?;
        Ok(answer.and_then(|a| source_of(a.policy()?)))
    }

    async fn look_at_failure_queue(&self, aws: &Aws) -> Result<Option<String>, Failure> {
        let functions = aws.functions(&self.region);
        let request = functions
            .get_function_event_invoke_config()
            .function_name(&self.name)
            .send();
        let answer = found(
            request
                .await
                .named("lambda:GetFunctionEventInvokeConfig", &self.name),
        )?;
        let whole = answer.filter(|config| config.maximum_retry_attempts() == Some(RETRIES));
        Ok(whole.and_then(|c| {
            c.destination_config()?
                .on_failure()?
                .destination()
                .map(str::to_owned)
        }))
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let code = FunctionCode::builder()
            .zip_file(Blob::new(self.package.zip()))
            .build();
        settle(|| async {
            let request = functions
                .create_function()
                .function_name(&self.name)
                .description(
                    "Makes the Glue table of every log that is turned on. Managed by logenabler.",
                )
                .runtime(Runtime::Providedal2023)
                .handler("bootstrap")
                .role(&self.role_arn)
                .architectures(self.architecture())
                .code(code.clone())
                .set_memory_size(i32::try_from(self.memory_size).ok())
                .set_timeout(i32::try_from(self.timeout).ok())
                .environment(self.wire_environment())
                .set_tags(Some(self.tags.clone().into_iter().collect()));
            request
                .send()
                .await
                .named("lambda:CreateFunction", &self.name)
        })
        .await
        .map(|_| ())
    }

    /// Settings first, then code, then tags, each after the one before has settled: Lambda refuses two changes at once.
    async fn update(&self, aws: &Aws, had: &Self) -> Result<(), Failure> {
        if had.settings() != self.settings() {
            self.put_settings(aws).await?;
            self.settled(aws).await?;
        }
        if had.package != self.package && self.package.has_code() {
            self.put_code(aws).await?;
            self.settled(aws).await?;
        }
        self.tag(aws, &had.tags).await
    }

    fn settings(&self) -> (&str, i64, i64, &BTreeMap<String, String>) {
        (
            &self.role_arn,
            self.memory_size,
            self.timeout,
            &self.environment,
        )
    }

    async fn put_settings(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        settle(|| async {
            let request = functions
                .update_function_configuration()
                .function_name(&self.name)
                .role(&self.role_arn)
                .set_memory_size(i32::try_from(self.memory_size).ok())
                .set_timeout(i32::try_from(self.timeout).ok())
                .environment(self.wire_environment());
            request
                .send()
                .await
                .named("lambda:UpdateFunctionConfiguration", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_code(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        settle(|| async {
            let request = functions
                .update_function_code()
                .function_name(&self.name)
                .architectures(self.architecture())
                .zip_file(Blob::new(self.package.zip()));
            request
                .send()
                .await
                .named("lambda:UpdateFunctionCode", &self.name)
        })
        .await
        .map(|_| ())
    }

    /// Lambda keeps no statement twice under one id, so the old one goes first.
    async fn put_permission(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let request = functions
            .remove_permission()
            .function_name(&self.name)
            .statement_id(STATEMENT);
        gone(
            request
                .send()
                .await
                .named("lambda:RemovePermission", &self.name),
        )?;
        let answer = settle(|| async {
            let request = functions
                .add_permission()
                .function_name(&self.name)
                .statement_id(STATEMENT)
                .action("lambda:InvokeFunction")
                .principal("events.amazonaws.com")
                .set_source_arn(self.invoked_by.clone());
            request
                .send()
                .await
                .named("lambda:AddPermission", &self.name)
        })
        .await;
        made(answer)
    }

    async fn put_failure_queue(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let on_failure = OnFailure::builder()
            .set_destination(self.on_failure.clone())
            .build();
        let destination = DestinationConfig::builder().on_failure(on_failure).build();
        settle(|| async {
            let request = functions
                .put_function_event_invoke_config()
                .function_name(&self.name)
                .maximum_retry_attempts(RETRIES)
                .destination_config(destination.clone());
            request
                .send()
                .await
                .named("lambda:PutFunctionEventInvokeConfig", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_concurrency(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let Some(reserved) = self.reserved_concurrency else {
            let request = functions
                .delete_function_concurrency()
                .function_name(&self.name)
                .send();
            return gone(
                request
                    .await
                    .named("lambda:DeleteFunctionConcurrency", &self.name),
            );
        };
        let reserved = i32::try_from(reserved).ok();
        settle(|| async {
            let request = functions
                .put_function_concurrency()
                .function_name(&self.name)
                .set_reserved_concurrent_executions(reserved);
            request
                .send()
                .await
                .named("lambda:PutFunctionConcurrency", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let functions = aws.functions(&self.region);
        if !set.is_empty() {
            let request = functions
                .tag_resource()
                .resource(self.arn())
                .set_tags(Some(set.into_iter().collect()));
            request
                .send()
                .await
                .named("lambda:TagResource", &self.name)?;
        }
        if !remove.is_empty() {
            let request = functions
                .untag_resource()
                .resource(self.arn())
                .set_tag_keys(Some(remove));
            request
                .send()
                .await
                .named("lambda:UntagResource", &self.name)?;
        }
        Ok(())
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

    async fn configuration(
        &self,
        aws: &Aws,
    ) -> Result<
        Option<
            aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput,
        >,
        Failure,
    > {
        let functions = aws.functions(&self.region);
        let request = functions
            .get_function_configuration()
            .function_name(&self.name)
            .send();
        found(
            request
                .await
                .named("lambda:GetFunctionConfiguration", &self.name),
        )
    }

    fn architecture(&self) -> Architecture {
        Architecture::from(self.package.architecture())
    }

    fn wire_environment(&self) -> Environment {
        let variables = self.environment.clone().into_iter().collect();
        Environment::builder()
            .set_variables(Some(variables))
            .build()
    }
}

/// The source ARN of our statement in a function's policy, where it lets EventBridge invoke and nothing else.
fn source_of(policy: &str) -> Option<String> {
    let policy: Json = serde_json::from_str(policy).ok()?;
    let statements = policy.get("Statement")?.as_array()?;
    let ours = statements
        .iter()
        .find(|s| s.get("Sid").and_then(Json::as_str) == Some(STATEMENT))?;
    ours.pointer("/Principal/Service")
        .filter(|p| *p == "events.amazonaws.com")?;
    let source = ours
        .pointer("/Condition/ArnLike")?
        .as_object()?
        .values()
        .next()?;
    source.as_str().map(str::to_owned)
}
