//! Look-ups carried out: signed, sent, tried again, and answered as JSON, whatever protocol the service speaks.
//!
//! The SDK's own runtime does all of that; what is left out is a crate of generated types for each service, which would take
//! minutes to build and only say again what the catalogue says of the one call it needs. Of the SDK's settings for
//! endpoints only the one URL for all services is followed, neither FIPS nor dual-stack.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::retries::classifiers::{AwsErrorCodeClassifier, TRANSIENT_ERRORS};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::SigningName;
use aws_types::region::{Region, SigningRegion};
use logenabler_catalog::{Api, Endpoint, LookUp, Partition, is_region};
use serde_json::Value as Json;

mod wire;

pub use wire::{Answer, Refusal, object};

/// Asks one service in one region; a clone shares its connections.
pub type Asker = Operation<LookUp, Answer, Refusal>;

/// Why there is no answer.
pub type Failure = SdkError<Refusal, HttpResponse>;

/// A run of a function that another run starts has a trace of its own: in one trace Lambda stops the seventeenth of a chain. All
/// other calls carry the caller's.
const STARTS_A_TRACE: &str = "lambda";

/// A key may have any number of slashes, and is encoded once.
const TAKES_PATHS_AS_THEY_ARE: &str = "s3";

/// Lake Formation's answer to grants that come quickly: it did nothing, and is to be asked again in a short while.
const TOO_QUICK: &str = "ConcurrentModificationException";

/// What the service says; `None` where it says that there is no such thing.
pub async fn ask(asker: &Asker, about: &LookUp) -> Result<Option<Json>, Failure> {
    Ok(answer(asker, about).await?.and_then(Answer::said))
}

/// Where the bucket is that was asked for in another region.
pub fn elsewhere(failure: &Failure) -> Option<&str> {
    let region = failure.as_service_error()?.region.as_deref();
    region.filter(|region| is_region(region))
}

/// What it answers, be it a file; `None` where it says that there is no such thing.
pub async fn answer(asker: &Asker, about: &LookUp) -> Result<Option<Answer>, Failure> {
    let is_absent = |code: &str| about.api.absent.contains(&code);
    match asker.invoke(about.clone()).await {
        Ok(Answer::Done) if is_question(about) => Err(Failure::construction_failure(NO_ANSWER)),
        Ok(answer) => Ok(Some(answer)),
        Err(refused) if refused.code().is_some_and(is_absent) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// What answers with nothing was to do something, and did.
fn is_question(about: &LookUp) -> bool {
    let asks = ["BatchGet", "Describe", "Get", "List"];
    asks.iter().any(|verb| about.operation.starts_with(verb))
}

const NO_ANSWER: &str = "the service answered with nothing";

/// With these credentials, retries, timeouts and this endpoint.
pub fn asker(sdk: &SdkConfig, api: &Api, region: &str) -> Asker {
    let partition = Partition::of_region(region);
    let home = match api.endpoint {
        Endpoint::Regional => None,
        Endpoint::Organizations => partition.home_of_organizations(),
        Endpoint::Global => partition.home_of_global(),
    };
    let region = home.unwrap_or(region);
    let endpoint = sdk
        .endpoint_url()
        .map_or_else(|| endpoint(api, region, partition), str::to_owned);
    let builder = Operation::builder();
    let builder = match api.name {
        STARTS_A_TRACE => builder,
        _ => builder.interceptor(RecursionDetectionInterceptor::new()),
    };
    builder
        .service_name(api.name)
        .operation_name("LookUp")
        .behavior_version(BehaviorVersion::latest())
        .with_connection_poisoning()
        .endpoint_url(&endpoint)
        .standard_retry(
            &sdk.retry_config()
                .cloned()
                .unwrap_or_else(aws_config::retry::RetryConfig::standard),
        )
        .timeout_config(
            sdk.timeout_config()
                .cloned()
                .unwrap_or_else(aws_config::timeout::TimeoutConfig::disabled),
        )
        .retry_classifier(TransientErrorClassifier::<Refusal>::new())
        .retry_classifier(passing())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .runtime_plugin(signing(sdk, api, region))
        .serializer(|about: LookUp| wire::request(&about))
        .deserializer(wire::answer)
        .build()
}

/// By its code: what the SDK knows to pass by itself, and what it does not.
fn passing() -> AwsErrorCodeClassifier<Refusal> {
    let codes = [TRANSIENT_ERRORS, &[TOO_QUICK]].concat();
    AwsErrorCodeClassifier::builder()
        .transient_errors(codes)
        .build()
}

/// CloudFront's endpoint names no region where it has been from the beginning.
fn endpoint(api: &Api, region: &str, partition: Partition) -> String {
    let Partition { name, dns_suffix } = partition;
    if api.endpoint == Endpoint::Global && name == "aws" {
        return format!("https://{}.{dns_suffix}", api.name);
    }
    format!("https://{}.{region}.{dns_suffix}", api.name)
}

/// Signature version 4, with the credentials of the configuration.
fn signing(sdk: &SdkConfig, api: &Api, region: &str) -> StaticRuntimePlugin {
    let mut config = Layer::new("signing");
    let region = Region::new(region.to_owned());
    config.store_put(AuthSchemeOptionResolverParams::new(()));
    let mut options = SigningOptions::default();
    options.content_sha256_header = true;
    options.double_uri_encode = api.name != TAKES_PATHS_AS_THEY_ARE;
    options.normalize_uri_path = api.name != TAKES_PATHS_AS_THEY_ARE;
    config.store_put(SigV4OperationSigningConfig {
        region: Some(SigningRegion::from(region)),
        name: Some(SigningName::from(api.name)),
        signing_options: options,
        ..SigV4OperationSigningConfig::default()
    });
    let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
    let mut components = RuntimeComponentsBuilder::new("signing")
        .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)))
        .with_identity_cache(sdk.identity_cache());
    if let Some(credentials) = sdk.credentials_provider() {
        components =
            components.with_identity_resolver(SCHEME_ID, SharedIdentityResolver::new(credentials));
    }
    StaticRuntimePlugin::new()
        .with_config(config.freeze())
        .with_runtime_components(components)
}
