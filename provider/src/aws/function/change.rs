//! Changes to the function, each after the one before has settled.

use std::collections::BTreeMap;

use aws_sdk_lambda::{
    primitives::Blob,
    types::{Architecture, DestinationConfig, Environment, FunctionCode, OnFailure, Runtime},
};

use super::{Function, RETRIES, STATEMENT};
use crate::aws::failure::{Named, gone, made};
use crate::aws::{Aws, Failure, Tags, retry::settle, tags};

impl Function {
    pub(super) async fn create(&self, aws: &Aws) -> Result<(), Failure> {
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
    pub(super) async fn update(&self, aws: &Aws, had: &Self) -> Result<(), Failure> {
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
    pub(super) async fn put_permission(&self, aws: &Aws) -> Result<(), Failure> {
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

    pub(super) async fn put_failure_queue(&self, aws: &Aws) -> Result<(), Failure> {
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

    pub(super) async fn put_concurrency(&self, aws: &Aws) -> Result<(), Failure> {
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
