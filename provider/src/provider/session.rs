//! Credentials and region, as the provider block and the environment give them, and whose they are.

use std::time::Duration;

use aws_config::{
    AppName, BehaviorVersion, ConfigLoader, Region, SdkConfig, retry::RetryConfig,
    sts::AssumeRoleProvider, timeout::TimeoutConfig,
};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use aws_sdk_sts::error::SdkError;
use aws_sdk_sts::operation::get_caller_identity::GetCallerIdentityError;
use aws_smithy_runtime_api::http::Response as HttpResponse;
use tfplugin::{Diagnostic, Diagnostics};

use super::Config;
use crate::aws::causes;

const DEFAULT_RETRIES: i64 = 10;
/// Nobody waits longer for one answer, the upload of the function's code included.
const LONGEST_CALL: Duration = Duration::from_secs(60);
const LONGEST_FIRST_CALL: Duration = Duration::from_secs(5);
const DEFAULT_SESSION: &str = "terraform-provider-logenabler";

pub(super) async fn sdk_config(config: &Config) -> Result<SdkConfig, Diagnostics> {
    let sdk = loader(config).load().await;
    let Some(role) = config.assume_role.known() else {
        return Ok(sdk);
    };
    let arn = role.role_arn.as_str().unwrap_or_default();
    let mut provider = AssumeRoleProvider::builder(arn)
        .session_name(role.session_name.as_str().unwrap_or(DEFAULT_SESSION))
        .configure(&sdk);
    if let Some(id) = role.external_id.as_str() {
        provider = provider.external_id(id);
    }
    if let Some(duration) = role
        .duration
        .as_str()
        .and_then(|text| humantime::parse_duration(text).ok())
    {
        provider = provider.session_length(duration);
    }
    let credentials = SharedCredentialsProvider::new(provider.build().await);
    Ok(sdk.into_builder().credentials_provider(credentials).build())
}

/// What the provider block says; the SDK finds the rest in the environment and the shared files.
fn loader(config: &Config) -> ConfigLoader {
    let retries = config
        .max_retries
        .known()
        .copied()
        .unwrap_or(DEFAULT_RETRIES);
    let attempts = u32::try_from(retries).unwrap_or_default().saturating_add(1);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(attempts))
        .timeout_config(longest(LONGEST_CALL));
    if let Ok(name) = AppName::new(DEFAULT_SESSION) {
        loader = loader.app_name(name);
    }
    if let Some(region) = config.region.as_str() {
        loader = loader.region(Region::new(region.to_owned()));
    }
    if let Some(profile) = config.profile.as_str() {
        loader = loader.profile_name(profile);
    }
    if let Some(url) = config.endpoint_url.as_str() {
        loader = loader.endpoint_url(url);
    }
    if let (Some(key), Some(secret)) = (config.access_key.as_str(), config.secret_key.as_str()) {
        let token = config.token.as_str().map(str::to_owned);
        loader = loader.credentials_provider(Credentials::new(
            key,
            secret,
            token,
            None,
            "provider block",
        ));
    }
    loader
}

/// An attempt without an answer in that time is given up, and made again like one that failed.
fn longest(attempt: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(attempt)
        .build()
}

/// The account that these credentials belong to.
pub(super) async fn account_of(sdk: &SdkConfig) -> Result<String, Diagnostics> {
    let sts = aws_sdk_sts::Client::new(sdk);
    // Nothing is at stake yet, so an answer comes soon rather than surely.
    let impatient = aws_sdk_sts::config::Builder::new()
        .retry_config(RetryConfig::standard())
        .timeout_config(longest(LONGEST_FIRST_CALL));
    let request = sts
        .get_caller_identity()
        .customize()
        .config_override(impatient);
    let answer = request.send().await.map_err(|error| unknown(&error))?;
    let account = answer.account().map(str::to_owned);
    account.ok_or_else(|| no_credentials("AWS did not say whose they are.").into())
}

fn unknown(error: &SdkError<GetCallerIdentityError, HttpResponse>) -> Diagnostic {
    let reason = error
        .as_service_error()
        .map_or_else(|| causes(error), |refused| refused.meta().to_string());
    match error {
        // Before the request the SDK looks for credentials; what fails there is no failure of the network.
        SdkError::DispatchFailure(failure) if failure.is_other() => {
            let reason = reason.trim_start_matches("dispatch failure: other: ");
            no_credentials(&format!("They could not be had: {reason}"))
        }
        SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) => unreachable(&reason),
        _ if reason.contains("Throttling") => unreachable(&reason),
        _ => no_credentials(&format!("sts:GetCallerIdentity answered: {reason}")),
    }
}

fn no_credentials(why: &str) -> Diagnostic {
    let next = "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws sso login.";
    Diagnostic::error("No usable AWS credentials", format!("{next}\n\n{why}"))
}

fn unreachable(reason: &str) -> Diagnostic {
    let next = "Check the network, the proxy and endpoint_url, then try again.";
    Diagnostic::error(
        "AWS cannot be reached",
        format!("{next}\n\nsts:GetCallerIdentity: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_call_waits_for_ever() {
        let config = Config {
            region: "eu-west-1".to_owned().into(),
            ..Config::default()
        };
        let sdk = loader(&config).load().await;
        let longest = sdk
            .timeout_config()
            .and_then(TimeoutConfig::operation_attempt_timeout);
        assert_eq!(longest, Some(LONGEST_CALL));
    }
}
