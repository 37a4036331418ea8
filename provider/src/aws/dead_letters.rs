//! The events that wait in a dead-letter queue, and the function that they are for.

use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_sdk_lambda::{Client, primitives::Blob};
use aws_sdk_sqs::types::Message;
use serde_json::Value as Json;

use super::failure::gone;
use super::{Aws, Failure, send::send};

/// SQS asks all of its servers only if it may wait: then an empty answer says that there is nothing.
const WAIT_SECONDS: i32 = 1;
/// Longer than any function runs,
const LONGEST_RUN: Duration = Duration::from_secs(920);
/// and nobody else gets its event meanwhile.
const HELD_SECONDS: i32 = 1_000;

/// A hub's dead-letter queue.
pub(crate) struct DeadLetters {
    pub(crate) region: String,
    pub(crate) url: String,
}

/// One message of it.
pub(crate) struct DeadLetter {
    pub(crate) id: String,
    receipt: String,
    body: String,
}

impl DeadLetters {
    /// The next one; none once the queue is empty.
    pub(crate) async fn receive(&self, aws: &Aws) -> Result<Option<DeadLetter>, Failure> {
        let request = aws
            .queues(&self.region)
            .receive_message()
            .queue_url(&self.url)
            .wait_time_seconds(WAIT_SECONDS)
            .visibility_timeout(HELD_SECONDS);
        let answer = send!("sqs:ReceiveMessage", &self.url, request)?;
        let letter = |message: Message| {
            Some(DeadLetter {
                id: message.message_id?,
                receipt: message.receipt_handle?,
                body: message.body?,
            })
        };
        Ok(answer.messages.into_iter().flatten().find_map(letter))
    }

    pub(crate) async fn remove(&self, aws: &Aws, letter: &DeadLetter) -> Result<(), Failure> {
        let queues = aws.queues(&self.region);
        let request = queues.delete_message().queue_url(&self.url);
        let request = request.receipt_handle(&letter.receipt);
        gone(send!("sqs:DeleteMessage", &self.url, request))
    }

    /// Gives it back to the queue at once. What cannot be given back comes back by itself, later: no reason to fail.
    pub(crate) async fn give_back(&self, aws: &Aws, letter: &DeadLetter) {
        let queues = aws.queues(&self.region);
        let request = queues.change_message_visibility().queue_url(&self.url);
        let request = request
            .receipt_handle(&letter.receipt)
            .visibility_timeout(0);
        let _ = send!("sqs:ChangeMessageVisibility", &self.url, request);
    }
}

impl DeadLetter {
    /// The event, as EventBridge put it there or within Lambda's record of the failure.
    fn event(&self) -> Option<Json> {
        let mut body: Json = serde_json::from_str(&self.body).ok()?;
        match body.get_mut("requestPayload") {
            Some(event) => Some(event.take()),
            None => body.is_object().then_some(body),
        }
    }

    /// Gives it to the function, and waits for what becomes of it: nothing to say, or why it failed again.
    pub(crate) async fn replay(
        &self,
        aws: &Aws,
        region: &str,
        function: &str,
    ) -> Result<Option<String>, Failure> {
        let Some(event) = self.event() else {
            return Ok(Some("A message in the queue holds no event.".to_owned()));
        };
        // The function may take longer than any other call: it would be given the event again.
        let config = aws.functions(region).config().to_builder();
        let patient = TimeoutConfig::builder().operation_attempt_timeout(LONGEST_RUN);
        let functions = Client::from_conf(config.timeout_config(patient.build()).build());
        let request = functions.invoke().function_name(function);
        let request = request.payload(Blob::new(event.to_string()));
        let answer = send!("lambda:Invoke", function, request)?;
        let failed = answer.function_error().is_some();
        Ok(failed.then(|| reason(answer.payload())))
    }
}

/// What a function says that fails.
fn reason(payload: Option<&Blob>) -> String {
    let said: Option<Json> = payload.and_then(|said| serde_json::from_slice(said.as_ref()).ok());
    let message = said
        .as_ref()
        .and_then(|said| said.get("errorMessage")?.as_str());
    message
        .unwrap_or("The function failed and gave no reason.")
        .to_owned()
}
