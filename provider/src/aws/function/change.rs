//! Changes to the function, each after the one before has settled.

use std::collections::BTreeMap;

use aws_sdk_lambda::{
    primitives::Blob,
    types::{
        ApplicationLogLevel, Architecture, DestinationConfig, Environment, FunctionCode, LogFormat,
        LoggingConfig, OnFailure, Runtime,
    },
};

use super::{EVENT_AGE_SECONDS, Function, RETRIES};
use crate::aws::failure::{gone, made};
use crate::aws::{Aws, Failure, Tags, send::send, tags};

const DESCRIPTION: &str =
    "Makes the Glue table of every log that is turned on. Managed by logenabler.";

impl Function {
    pub(super) async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let code = FunctionCode::builder().zip_file(Blob::new(self.package.zip()));
        let request = aws
            .functions(&self.region)
            .create_function()
            .function_name(&self.name);
        let request = request
            .description(DESCRIPTION)
            .runtime(Runtime::from(self.settings.runtime.as_str()))
            .handler(&self.settings.handler)
            .role(&self.settings.role_arn)
            .architectures(self.architecture())
            .code(code.build())
            .set_memory_size(i32::try_from(self.settings.memory_size).ok())
            .set_timeout(i32::try_from(self.settings.timeout).ok())
            .environment(self.environment())
            .logging_config(self.log())
            .set_tags(Some(self.tags.clone().into_iter().collect()));
        made(send!("lambda:CreateFunction", &self.name, request))?;
        self.settled(aws).await
    }

    /// Settings first, then code, then tags, each after the one before has settled: Lambda refuses two changes at once.
    pub(super) async fn update(&self, aws: &Aws, had: &Self) -> Result<(), Failure> {
        if had.settings != self.settings {
            self.put_settings(aws).await?;
            self.settled(aws).await?;
        }
        if had.package != self.package && self.package.has_code() {
            self.put_code(aws).await?;
            self.settled(aws).await?;
        }
        self.tag(aws, &had.tags).await
    }

    async fn put_settings(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws.functions(&self.region).update_function_configuration();
        let request = request
            .function_name(&self.name)
            .runtime(Runtime::from(self.settings.runtime.as_str()))
            .handler(&self.settings.handler)
            .role(&self.settings.role_arn)
            .set_memory_size(i32::try_from(self.settings.memory_size).ok())
            .set_timeout(i32::try_from(self.settings.timeout).ok())
            .environment(self.environment())
            .logging_config(self.log());
        send!("lambda:UpdateFunctionConfiguration", &self.name, request).map(|_| ())
    }

    async fn put_code(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws
            .functions(&self.region)
            .update_function_code()
            .function_name(&self.name);
        let request = request
            .architectures(self.architecture())
            .zip_file(Blob::new(self.package.zip()));
        send!("lambda:UpdateFunctionCode", &self.name, request).map(|_| ())
    }

    /// Lambda keeps no statement twice under one id, so the old one goes first.
    pub(super) async fn put_permissions(
        &self,
        aws: &Aws,
        found: Option<&Self>,
    ) -> Result<(), Failure> {
        let none = BTreeMap::new();
        let had = found.map_or(&none, |function| &function.invoked_by);
        for (id, rule) in &self.invoked_by {
            let held = had.get(id);
            if held.is_some_and(|held| held != rule) {
                self.remove_permission(aws, id).await?;
            }
            if held != Some(rule) {
                self.add_permission(aws, id, rule).await?;
            }
        }
        Ok(())
    }

    async fn remove_permission(&self, aws: &Aws, id: &str) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let request = functions.remove_permission().function_name(&self.name);
        let request = request.statement_id(id);
        gone(send!("lambda:RemovePermission", &self.name, request))
    }

    async fn add_permission(&self, aws: &Aws, id: &str, rule: &str) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let request = functions.add_permission().function_name(&self.name);
        let request = request
            .statement_id(id)
            .action("lambda:InvokeFunction")
            .principal("events.amazonaws.com")
            .source_arn(rule);
        made(send!("lambda:AddPermission", &self.name, request))
    }

    pub(super) async fn put_failure_queue(&self, aws: &Aws) -> Result<(), Failure> {
        let on_failure = OnFailure::builder()
            .set_destination(self.on_failure.clone())
            .build();
        let request = aws
            .functions(&self.region)
            .put_function_event_invoke_config();
        let request = request
            .function_name(&self.name)
            .maximum_retry_attempts(RETRIES)
            .maximum_event_age_in_seconds(EVENT_AGE_SECONDS)
            .destination_config(DestinationConfig::builder().on_failure(on_failure).build());
        send!("lambda:PutFunctionEventInvokeConfig", &self.name, request).map(|_| ())
    }

    pub(super) async fn put_concurrency(&self, aws: &Aws) -> Result<(), Failure> {
        let functions = aws.functions(&self.region);
        let Some(reserved) = self.reserved_concurrency else {
            let request = functions
                .delete_function_concurrency()
                .function_name(&self.name);
            return gone(send!(
                "lambda:DeleteFunctionConcurrency",
                &self.name,
                request
            ));
        };
        let request = functions
            .put_function_concurrency()
            .function_name(&self.name);
        let request = request.set_reserved_concurrent_executions(i32::try_from(reserved).ok());
        send!("lambda:PutFunctionConcurrency", &self.name, request).map(|_| ())
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let functions = aws.functions(&self.region);
        if !set.is_empty() {
            let request = functions.tag_resource().resource(self.arn());
            let request = request.set_tags(Some(set.into_iter().collect()));
            send!("lambda:TagResource", &self.name, request)?;
        }
        if !remove.is_empty() {
            let request = functions
                .untag_resource()
                .resource(self.arn())
                .set_tag_keys(Some(remove));
            send!("lambda:UntagResource", &self.name, request)?;
        }
        Ok(())
    }

    fn architecture(&self) -> Architecture {
        Architecture::from(self.package.architecture())
    }

    fn log(&self) -> LoggingConfig {
        let (format, level) = &self.settings.log;
        LoggingConfig::builder()
            .log_format(LogFormat::from(format.as_str()))
            .application_log_level(ApplicationLogLevel::from(level.as_str()))
            .build()
    }

    fn environment(&self) -> Environment {
        let variables = self.settings.environment.clone().into_iter().collect();
        Environment::builder()
            .set_variables(Some(variables))
            .build()
    }
}
