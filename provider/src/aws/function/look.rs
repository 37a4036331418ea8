//! What Lambda holds of the function.

use std::collections::BTreeMap;

use aws_sdk_lambda::{
    operation::{
        get_function::GetFunctionOutput, get_function_configuration::GetFunctionConfigurationOutput,
    },
    types::{
        ApplicationLogLevel, Architecture, FunctionConfiguration, LastUpdateStatus, LogFormat,
        LoggingConfig, Runtime, State,
    },
};
use serde_json::Value as Json;

use super::{EVENT_AGE_SECONDS, Function, RETRIES, Settings};
use crate::aws::failure::found;
use crate::aws::{Aws, Failure, retry::until, send::send, tags};
use crate::package::Package;

impl Function {
    pub(super) async fn look_at_all(&self, aws: &Aws) -> Result<Option<Self>, Failure> {
        let request = aws
            .functions(&self.region)
            .get_function()
            .function_name(&self.name);
        let Some(answer) = found(send!("lambda:GetFunction", &self.name, request))? else {
            return Ok(None);
        };
        if let Some(error) = answer.tags_error() {
            // Its owner is among the tags: without them it would be taken for somebody else's.
            let failure = Failure::odd("lambda:ListTags", &self.name, error.message());
            return Err(failure.with_code(error.error_code()));
        }
        Ok(Some(Self {
            invoked_by: self.look_at_permissions(aws).await?,
            on_failure: self.look_at_failure_queue(aws).await?,
            ..self.with(&answer)
        }))
    }

    /// Waits until the function is active and its last update is through.
    pub(super) async fn settled(&self, aws: &Aws) -> Result<(), Failure> {
        until("lambda:GetFunctionConfiguration", &self.name, || async {
            let Some(config) = self.configuration(aws).await? else {
                return Ok(None);
            };
            let update = config.last_update_status();
            if config.state() == Some(&State::Failed) || update == Some(&LastUpdateStatus::Failed) {
                let reason = config.last_update_status_reason().or(config.state_reason());
                let reason = reason.unwrap_or("Lambda gave no reason.");
                return Err(Failure::odd(
                    "lambda:GetFunctionConfiguration",
                    &self.name,
                    reason,
                ));
            }
            let ready = config.state() != Some(&State::Pending)
                && update != Some(&LastUpdateStatus::InProgress);
            Ok(ready.then_some(()))
        })
        .await
    }

    pub(super) async fn configuration(
        &self,
        aws: &Aws,
    ) -> Result<Option<GetFunctionConfigurationOutput>, Failure> {
        let request = aws
            .functions(&self.region)
            .get_function_configuration()
            .function_name(&self.name);
        found(send!(
            "lambda:GetFunctionConfiguration",
            &self.name,
            request
        ))
    }

    /// Everything GetFunction tells, in our shape.
    fn with(&self, answer: &GetFunctionOutput) -> Self {
        let empty = FunctionConfiguration::builder().build();
        let config = answer.configuration().unwrap_or(&empty);
        let architecture = config.architectures().first().map(Architecture::as_str);
        let reserved = answer
            .concurrency()
            .and_then(|c| c.reserved_concurrent_executions());
        Self {
            package: Package::deployed(
                config.code_sha256().unwrap_or_default(),
                architecture.unwrap_or_default(),
            ),
            settings: settings(config),
            reserved_concurrency: reserved.map(i64::from),
            tags: tags::listed(answer.tags().cloned().unwrap_or_default()),
            ..self.clone()
        }
    }

    async fn look_at_permissions(&self, aws: &Aws) -> Result<BTreeMap<String, String>, Failure> {
        let request = aws
            .functions(&self.region)
            .get_policy()
            .function_name(&self.name);
        let answer = found(send!("lambda:GetPolicy", &self.name, request))?;
        let mut found = answer
            .and_then(|a| sources(a.policy()?))
            .unwrap_or_default();
        found.retain(|id, _| self.invoked_by.contains_key(id));
        Ok(found)
    }

    async fn look_at_failure_queue(&self, aws: &Aws) -> Result<Option<String>, Failure> {
        let request = aws
            .functions(&self.region)
            .get_function_event_invoke_config()
            .function_name(&self.name);
        let answer = found(send!(
            "lambda:GetFunctionEventInvokeConfig",
            &self.name,
            request
        ))?;
        let whole = answer.filter(|config| {
            config.maximum_retry_attempts() == Some(RETRIES)
                && config.maximum_event_age_in_seconds() == Some(EVENT_AGE_SECONDS)
        });
        Ok(whole.and_then(|c| {
            c.destination_config()?
                .on_failure()?
                .destination()
                .map(str::to_owned)
        }))
    }
}

fn settings(config: &FunctionConfiguration) -> Settings {
    let environment = config
        .environment()
        .and_then(|e| e.variables())
        .cloned()
        .unwrap_or_default();
    Settings {
        role_arn: config.role().unwrap_or_default().to_owned(),
        memory_size: config.memory_size().unwrap_or_default().into(),
        timeout: config.timeout().unwrap_or_default().into(),
        environment: environment.into_iter().collect(),
        runtime: config
            .runtime()
            .map(Runtime::as_str)
            .unwrap_or_default()
            .to_owned(),
        handler: config.handler().unwrap_or_default().to_owned(),
        log: log(config.logging_config()),
    }
}

fn log(held: Option<&LoggingConfig>) -> (String, String) {
    let format = held.and_then(LoggingConfig::log_format);
    let level = held.and_then(LoggingConfig::application_log_level);
    let format = format.map(LogFormat::as_str).unwrap_or_default();
    let level = level.map(ApplicationLogLevel::as_str).unwrap_or_default();
    (format.to_owned(), level.to_owned())
}

/// The statements of a function's policy by their ids, and the rule that each lets in.
fn sources(policy: &str) -> Option<BTreeMap<String, String>> {
    let policy: Json = serde_json::from_str(policy).ok()?;
    let statements = policy.get("Statement")?.as_array()?.iter();
    let named = statements.filter_map(|statement| {
        let id = statement.get("Sid")?.as_str()?;
        Some((id.to_owned(), source(statement).unwrap_or_default()))
    });
    Some(named.collect())
}

/// The source ARN of a statement, where it lets EventBridge invoke and nothing else.
fn source(statement: &Json) -> Option<String> {
    statement
        .pointer("/Principal/Service")
        .filter(|p| *p == "events.amazonaws.com")?;
    let source = statement
        .pointer("/Condition/ArnLike")?
        .as_object()?
        .values()
        .next()?;
    source.as_str().map(str::to_owned)
}
