//! `logenabler_replay`: gives the events that wait in a dead-letter queue to the function once more.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tfplugin::{Action, Attribute, Call, Diagnostic, Diagnostics, Progress, Schema, Value};

use crate::aws::{Aws, DeadLetter, DeadLetters, Failure};
use crate::model::{self, needed};
use crate::validate;

/// The action.
pub(crate) struct Replay;

#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Model {
    region: Value<String>,
    dead_letter_queue_url: Value<String>,
    function_arn: Value<String>,
}

const DOC: &str = "Gives each event that waits in a hub's dead-letter queue to the hub's function once more, and removes from \
the queue what succeeded. What fails again stays there. Run it after the reason is gone: \
`terraform apply -invoke=action.logenabler_replay.<name>`, with Terraform 1.14 or later.";

/// More of them help nobody.
const REASONS: usize = 5;

type ReplayCall = Call<Aws, Model>;

impl Action<Aws> for Replay {
    type Model = Model;
    const NAME: &str = "replay";

    fn schema() -> Schema {
        let url = "URL of the queue: `logenabler_hub.<name>.dead_letter_queue_url`.";
        let function = "ARN of the function: `logenabler_hub.<name>.function_arn`.";
        let region = "AWS region of the hub. Default: the provider's.";
        Schema::new(DOC)
            .attribute(Attribute::string("dead_letter_queue_url", url).required())
            .attribute(Attribute::string("function_arn", function).required())
            .attribute(
                Attribute::string("region", region)
                    .optional()
                    .validate(validate::region),
            )
    }

    async fn invoke(
        call: &ReplayCall,
        config: Model,
        progress: &Progress,
    ) -> Result<(), Diagnostics> {
        let aws = call.client();
        let region = needed(&model::region(&config.region, aws), "region")?;
        let function = needed(&config.function_arn, "function_arn")?;
        let url = needed(&config.dead_letter_queue_url, "dead_letter_queue_url")?;
        let letters = DeadLetters { region, url };
        let mut tally = Tally::default();
        let ended = tally.fill(call, &letters, &function, progress).await;
        for letter in &tally.failed {
            letters.give_back(aws, letter).await;
        }
        ended?;
        tally.outcome()
    }
}

/// How many succeeded, and which did not.
#[derive(Default)]
struct Tally {
    succeeded: usize,
    failed: Vec<DeadLetter>,
    /// Each once: a hundred events fail for the same one.
    reasons: BTreeSet<String>,
}

impl Tally {
    /// Replays until the queue is empty, or Terraform is to stop.
    async fn fill(
        &mut self,
        call: &ReplayCall,
        letters: &DeadLetters,
        function: &str,
        progress: &Progress,
    ) -> Result<(), Failure> {
        let aws = call.client();
        while !call.stopping() {
            let Some(letter) = letters.receive(aws).await? else {
                break;
            };
            if self.failed.iter().any(|failed| failed.id == letter.id) {
                // The first that failed is back: all have been tried.
                break;
            }
            match letter.replay(aws, &letters.region, function).await {
                Ok(None) => {
                    letters.remove(aws, &letter).await?;
                    self.succeeded += 1;
                }
                Ok(Some(reason)) => {
                    self.reasons.insert(reason);
                    self.failed.push(letter);
                }
                Err(failure) => {
                    self.failed.push(letter);
                    return Err(failure);
                }
            }
            progress.say(self.summary());
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let (succeeded, failed) = (self.succeeded, self.failed.len());
        format!("Events replayed: {succeeded} succeeded, {failed} failed")
    }

    fn outcome(&self) -> Result<(), Diagnostics> {
        if self.failed.is_empty() {
            return Ok(());
        }
        let reasons: Vec<_> = self
            .reasons
            .iter()
            .take(REASONS)
            .map(String::as_str)
            .collect();
        let detail = format!(
            "They wait in the queue again. Remove the reason, then run this once more:\n\n{}",
            reasons.join("\n")
        );
        let summary = self.summary();
        Err(Diagnostic::error(summary, detail).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_and_the_model_name_the_same_attributes() {
        model::check_names::<Model>(&Replay::schema());
    }
}
