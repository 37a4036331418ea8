//! What Lambda holds of the function.

use aws_sdk_lambda::{
    operation::{
        get_function::GetFunctionOutput, get_function_configuration::GetFunctionConfigurationOutput,
    },
    types::{Architecture, FunctionConfiguration},
};
use serde_json::Value as Json;

use super::{Function, RETRIES, STATEMENT};
use crate::aws::failure::{Named, found};
use crate::aws::{Aws, Failure, tags};
use crate::package::Package;

impl Function {
    pub(super) async fn look_at_all(&self, aws: &Aws) -> Result<Option<Self>, Failure> {
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

    pub(super) async fn configuration(
        &self,
        aws: &Aws,
    ) -> Result<Option<GetFunctionConfigurationOutput>, Failure> {
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
