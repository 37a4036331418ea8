//! Waiting for AWS to catch up with itself: what a call meets while a role, policy or queue is not yet visible everywhere.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::failure::Failure;

/// How long propagation is waited for; IAM's slowest took well under two minutes in the field.
const PATIENCE: Duration = Duration::from_secs(120);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Answers that pass by themselves: (operation, or "" for any; error code; text in the message).
const CATCHING_UP: &[(&str, &str, &str)] = &[
    ("", "ConcurrentModification", ""),
    ("", "ConcurrentModificationException", ""),
    ("", "OperationAbortedException", ""),
    ("events:PutPermission", "ResourceNotFoundException", ""),
    ("events:PutRule", "ResourceNotFoundException", ""),
    (
        "events:PutRule",
        "ValidationException",
        "cannot be assumed by principal",
    ),
    (
        "events:PutTargets",
        "ValidationException",
        "cannot be assumed by principal",
    ),
    // The target bus checks its policy at once, and the policy may be seconds old.
    ("events:PutTargets", "AccessDeniedException", ""),
    ("events:PutTargets", "ResourceNotFoundException", "Rule"),
    ("events:DeleteRule", "ValidationException", "has targets"),
    ("events:DeleteEventBus", "ValidationException", "has rules"),
    (
        "iam:CreateRole",
        "MalformedPolicyDocument",
        "Invalid principal",
    ),
    (
        "iam:UpdateAssumeRolePolicy",
        "MalformedPolicyDocument",
        "Invalid principal",
    ),
    ("iam:PutRolePolicy", "NoSuchEntity", ""),
    ("iam:DeleteRole", "DeleteConflict", ""),
    ("lambda:", "ResourceConflictException", ""),
    // A topic that was just made, and one whose namesake was just deleted.
    ("sns:", "NotFound", ""),
    ("sns:", "ResourceNotFound", ""),
    ("sns:", "StaleTag", ""),
    ("sns:", "ConcurrentAccess", ""),
    (
        "lambda:AddPermission",
        "InvalidParameterValueException",
        "provided principal was invalid",
    ),
    ("lambda:AddPermission", "ResourceNotFoundException", ""),
    (
        "lambda:CreateFunction",
        "InvalidParameterValueException",
        "cannot be assumed by Lambda",
    ),
    (
        "lambda:CreateFunction",
        "InvalidParameterValueException",
        "does not have permissions",
    ),
    (
        "lambda:CreateFunction",
        "InvalidParameterValueException",
        "KMS key is invalid for CreateGrant",
    ),
    (
        "lambda:CreateFunction",
        "InvalidParameterValueException",
        "throttled by EC2",
    ),
    (
        "lambda:PutFunctionEventInvokeConfig",
        "InvalidParameterValueException",
        "destination ARN",
    ),
    (
        "lambda:PutFunctionEventInvokeConfig",
        "InvalidParameterValueException",
        "does not have permissions",
    ),
    (
        "lambda:PutFunctionEventInvokeConfig",
        "ResourceNotFoundException",
        "",
    ),
    (
        "lambda:UpdateFunctionConfiguration",
        "InvalidParameterValueException",
        "cannot be assumed by Lambda",
    ),
    (
        "logs:PutRetentionPolicy",
        "AccessDeniedException",
        "no identity-based policy",
    ),
    (
        "sqs:CreateQueue",
        "AWS.SimpleQueueService.QueueDeletedRecently",
        "",
    ),
    ("sqs:CreateQueue", "QueueDeletedRecently", ""),
    (
        "sqs:SetQueueAttributes",
        "AWS.SimpleQueueService.NonExistentQueue",
        "",
    ),
    ("sqs:SetQueueAttributes", "InvalidAttributeValue", "Policy"),
    ("sqs:SetQueueAttributes", "QueueDoesNotExist", ""),
];

/// Calls until AWS has caught up, or patience ends; any other failure is answered at once.
pub(super) async fn settle<T, F>(call: impl Fn() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let deadline = Instant::now() + PATIENCE;
    let mut pause = FIRST_PAUSE;
    loop {
        match call().await {
            Err(failure) if catching_up(&failure) && Instant::now() + pause < deadline => {
                sleep(pause).await
            }
            answer => return answer,
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Asks until the answer is `Some`, or says that it took too long.
pub(super) async fn until<T, F>(
    operation: &'static str,
    object: &str,
    ask: impl Fn() -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<Option<T>, Failure>>,
{
    let deadline = Instant::now() + PATIENCE;
    let mut pause = FIRST_PAUSE;
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if Instant::now() + pause >= deadline {
            let waited = PATIENCE.as_secs();
            return Err(Failure::odd(
                operation,
                object,
                format!("It was not ready after {waited} seconds."),
            ));
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn catching_up(failure: &Failure) -> bool {
    let passes = |(operation, code, text): &(&str, &str, &str)| {
        failure.operation().starts_with(operation) && failure.is(code, text)
    };
    !failure.exists() && CATCHING_UP.iter().any(passes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(operation: &'static str, code: &str, message: &str, passes: bool) {
        let failure = Failure::odd(operation, "it", message).with_code(code);
        assert_eq!(
            catching_up(&failure),
            passes,
            "{operation} {code} {message}"
        );
    }

    #[test]
    fn tells_what_passes_from_what_lasts() {
        let lambda = "lambda:CreateFunction";
        check(
            lambda,
            "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda.",
            true,
        );
        check(
            lambda,
            "InvalidParameterValueException",
            "Uploaded file must be a non-empty zip",
            false,
        );
        check(
            "events:PutTargets",
            "AccessDeniedException",
            "no policy",
            true,
        );
        check(
            "events:PutRule",
            "AccessDeniedException",
            "not authorized",
            false,
        );
        check(
            "events:PutRule",
            "LimitExceededException",
            "too many rules",
            false,
        );
        check(
            "glue:CreateDatabase",
            "ConcurrentModificationException",
            "",
            true,
        );
    }
}
