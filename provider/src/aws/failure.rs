//! A refused or failed AWS call, in the words a person needs: which operation, on what, why, and what to do next.

use std::error::Error;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tfplugin::{Diagnostic, Diagnostics};

/// One AWS call that did not succeed.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    operation: &'static str,
    object: String,
    code: String,
    message: String,
}

const NOT_FOUND: &[&str] = &[
    "AWS.SimpleQueueService.NonExistentQueue",
    "EntityNotFoundException",
    "NoSuchEntity",
    "NoSuchEntityException",
    "QueueDoesNotExist",
    "ResourceNotFoundException",
];

const EXISTS: &[&str] = &[
    "AlreadyExistsException",
    "EntityAlreadyExists",
    "EntityAlreadyExistsException",
    "QueueAlreadyExists",
    "QueueNameExists",
    "ResourceAlreadyExistsException",
];

/// What Athena says of all that it refuses.
const ATHENA: &str = "InvalidRequestException";

const ALLOW: &str = "Allow this action for the credentials Terraform runs with, then apply again. The guide \"Permissions\" has \
     policies with all of them.";

/// What to do next, by error code.
const ADVICE: &[(&str, &str)] = &[
    ("AccessDenied", ALLOW),
    ("AuthorizationError", ALLOW),
    (
        "ExpiredToken",
        "The credentials have expired: renew them, then apply again.",
    ),
    (
        "InvalidClientTokenId",
        "The credentials are not valid here: check them, and that the region is enabled in this account.",
    ),
    (
        "UnrecognizedClientException",
        "The credentials are not valid here: check them, and that the region is enabled in this account.",
    ),
    (
        "LimitExceeded",
        "A quota of this account is used up: ask AWS to raise it or remove what is no longer needed.",
    ),
    (
        "Throttling",
        "AWS asked to slow down: apply again, or raise max_retries in the provider block.",
    ),
];

impl Failure {
    /// A failure that AWS did not report as one: an answer that lacks what it must hold.
    pub(crate) fn odd(operation: &'static str, object: &str, message: impl Into<String>) -> Self {
        Self {
            operation,
            object: object.to_owned(),
            code: String::new(),
            message: message.into(),
        }
    }

    pub(crate) fn with_code(mut self, code: &str) -> Self {
        self.code = code.to_owned();
        self
    }

    pub(crate) fn not_found(&self) -> bool {
        NOT_FOUND.contains(&self.code.as_str()) || self.is(ATHENA, "is not found")
    }

    pub(crate) fn exists(&self) -> bool {
        EXISTS.contains(&self.code.as_str())
            || self.is("ResourceConflictException", "already exist")
            || self.is(ATHENA, "already created")
    }

    /// Whether AWS answered this code with this text in its message: the same codes mean lasting errors too.
    pub(crate) fn is(&self, code: &str, text: &str) -> bool {
        self.code == code && self.message.contains(text)
    }

    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    /// What failed and why, in one line.
    pub(crate) fn sentence(&self) -> String {
        let Self {
            operation, object, ..
        } = self;
        format!("{operation} failed for {object}: {}", self.reason())
    }

    fn reason(&self) -> String {
        let Self { code, message, .. } = self;
        if code.is_empty() {
            message.clone()
        } else {
            format!("{code}: {message}")
        }
    }

    fn advice(&self) -> &'static str {
        ADVICE
            .iter()
            .find(|(code, _)| self.code.starts_with(code))
            .map_or(
                "Apply again once the cause is removed; what was made so far is in the state.",
                |(_, next)| next,
            )
    }
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Self {
        Diagnostic::error(
            format!("{} failed for {}", failure.operation, failure.object),
            format!("{}\n\n{}", failure.reason(), failure.advice()),
        )
    }
}

impl From<Failure> for Diagnostics {
    fn from(failure: Failure) -> Self {
        Diagnostic::from(failure).into()
    }
}

/// Gives an SDK result its operation and object.
pub(crate) trait Named<T> {
    fn named(self, operation: &'static str, object: &str) -> Result<T, Failure>;
}

impl<T, E, R> Named<T> for Result<T, SdkError<E, R>>
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug,
    SdkError<E, R>: Error,
{
    fn named(self, operation: &'static str, object: &str) -> Result<T, Failure> {
        self.map_err(|error| Failure {
            operation,
            object: object.to_owned(),
            code: error
                .as_service_error()
                .and_then(|e| e.code())
                .unwrap_or_default()
                .to_owned(),
            message: message(&error),
        })
    }
}

fn message<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata,
    SdkError<E, R>: Error,
{
    let said = error.as_service_error().and_then(|e| e.message());
    said.map_or_else(|| causes(error), str::to_owned)
}

/// An error and what caused it, in one line.
pub(crate) fn causes(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line += &format!(": {error}");
        cause = error.source();
    }
    line
}

/// Turns "there is no such thing" into `None`.
pub(crate) fn found<T>(result: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match result {
        Ok(thing) => Ok(Some(thing)),
        Err(failure) if failure.not_found() => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Takes "already exists" for success: the look before saw nothing, so a lost answer is being retried and the thing is ours.
pub(crate) fn made<T>(result: Result<T, Failure>) -> Result<(), Failure> {
    match result {
        Err(failure) if !failure.exists() => Err(failure),
        _ => Ok(()),
    }
}

/// Takes "there is no such thing" for success: what should go is gone.
pub(crate) fn gone<T>(result: Result<T, Failure>) -> Result<(), Failure> {
    found(result).map(|_| ())
}
