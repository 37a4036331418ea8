//! One event, from its envelope to the tables.

use std::time::Instant;

use logenabler_catalog::{Event, ignored, subjects};
use serde::Serialize;
use serde_json::Value as Json;

use crate::cloud::{Cloud, CloudError};
use crate::follow::follow;
use crate::say::Say;
use crate::schemas::Schemas;
use crate::upsert::Outcome;

/// What became of an event; the function's answer.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// The event cannot be used, for this reason; trying again would not help.
    Rejected(String),
    /// The event named these tables. Empty: it concerns no log that is known.
    Tables(Vec<TableReport>),
}

/// What became of one table.
#[derive(Debug, PartialEq, Serialize)]
pub struct TableReport {
    pub(crate) log_type: &'static str,
    pub(crate) database: String,
    pub(crate) table: String,
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
}

/// Handles an event. An error means that AWS did not answer as it should: Lambda tries again, and in the end keeps the event
/// in the dead-letter queue.
///
/// `account` is the function's own, where it is known; an event of any other is a member's.
pub async fn handle(
    cloud: &impl Cloud,
    schemas: &Schemas,
    account: Option<&str>,
    payload: &str,
) -> Result<Report, CloudError> {
    let started = Instant::now();
    let json: Json = match serde_json::from_str(payload) {
        Ok(json) => json,
        Err(error) => {
            let reason = format!("The event cannot be read as JSON: {error}.");
            return Ok(rejected(&Say::of_event(None, started), reason));
        }
    };
    let id = json.get("id").and_then(Json::as_str);
    let say = Say::of_event(id, started);
    match Event::parse(&json) {
        Ok(event) => {
            let is_members = account.is_some_and(|own| own != event.account);
            follow_all(cloud, schemas, &event, is_members, &say).await
        }
        Err(reject) => Ok(rejected(&say, reject.to_string())),
    }
}

fn rejected(say: &Say, reason: String) -> Report {
    say.rejected(&reason);
    Report::Rejected(reason)
}

/// Every subject gets its turn, also after another failed; then the first failure is the answer.
async fn follow_all(
    cloud: &impl Cloud,
    schemas: &Schemas,
    event: &Event,
    is_members: bool,
    say: &Say<'_>,
) -> Result<Report, CloudError> {
    let subjects = subjects(event);
    if subjects.is_empty() {
        say.ignored(event, &ignored(event));
        return Ok(Report::Tables(Vec::new()));
    }
    let prepared = async {
        let schemas = schemas.known(cloud).await?;
        let member = match is_members {
            true => Some(Box::pin(cloud.member(&event.account, &event.region)).await?),
            false => None,
        };
        Ok((schemas, member))
    };
    let prepared = prepared.await;
    let (schemas, member) = prepared.inspect_err(|failure| say.failed(failure))?;
    let cloud = member.as_deref().unwrap_or(cloud);
    let mut answers = Vec::new();
    for subject in &subjects {
        let say = say.about(subject);
        // In a box: the SDK's futures lie so deep in each other that the compiler gives up on one more layer.
        answers.extend(Box::pin(follow(cloud, &schemas, subject, &say)).await);
    }
    let tables: Result<_, _> = answers.into_iter().collect();
    tables.map(Report::Tables)
}

#[cfg(test)]
mod tests;
