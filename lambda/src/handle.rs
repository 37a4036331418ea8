//! One event, from its envelope to the tables.

use std::time::Instant;

use logenabler_catalog::{Event, Intent, Subject, intents, subjects};
use serde::Serialize;
use serde_json::Value as Json;
use tracing::{error, info, warn};

use crate::cloud::{Cloud, CloudError};
use crate::upsert::{Outcome, carry_out};

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
    log_type: &'static str,
    database: String,
    table: String,
    #[serde(flatten)]
    outcome: Outcome,
}

/// Handles an event. An error means that AWS did not answer as it should: Lambda tries again, and in the end keeps the event
/// in the dead-letter queue.
pub async fn handle(cloud: &impl Cloud, payload: &str) -> Result<Report, CloudError> {
    let started = Instant::now();
    let event: Json = match serde_json::from_str(payload) {
        Ok(event) => event,
        Err(error) => {
            let reason = format!("The event cannot be read as JSON: {error}.");
            return Ok(rejected(None, reason, started));
        }
    };
    let parsed = match Event::parse(&event) {
        Ok(parsed) => parsed,
        Err(reject) => {
            let id = event.get("id").and_then(Json::as_str);
            return Ok(rejected(id, reject.to_string(), started));
        }
    };
    let subjects = subjects(&parsed);
    if subjects.is_empty() {
        log_ignored(&parsed, started);
    }
    follow_all(cloud, &parsed, &subjects).await
}

fn rejected(event_id: Option<&str>, reason: String, started: Instant) -> Report {
    warn!(
        event_id,
        outcome = "rejected",
        reason,
        duration_ms = milliseconds(started),
        "event rejected"
    );
    Report::Rejected(reason)
}

fn log_ignored(event: &Event, started: Instant) {
    let failure = event.failure();
    let reason = failure.unwrap_or_else(|| "It concerns no log that is known.".to_owned());
    info!(
        event_id = event.id,
        event_name = event.event_name,
        outcome = "ignored",
        reason,
        duration_ms = milliseconds(started),
        "event ignored"
    );
}

/// Every subject gets its turn, also after another failed; then the first failure is the answer.
async fn follow_all(
    cloud: &impl Cloud,
    event: &Event,
    subjects: &[Subject],
) -> Result<Report, CloudError> {
    let mut tables = Vec::new();
    let mut failure = None;
    for subject in subjects {
        let started = Instant::now();
        match cloud.observe(subject).await {
            Ok(observed) => {
                for intent in intents(subject, &observed) {
                    match follow(cloud, event, subject, &intent, started).await {
                        Ok(table) => tables.push(table),
                        Err(error) => failure = failure.or(Some(error)),
                    }
                }
            }
            Err(error) => {
                log_failure(event, subject, &error, started);
                failure = failure.or(Some(error));
            }
        }
    }
    failure.map_or(Ok(Report::Tables(tables)), Err)
}

async fn follow(
    cloud: &impl Cloud,
    event: &Event,
    subject: &Subject,
    intent: &Intent,
    started: Instant,
) -> Result<TableReport, CloudError> {
    let outcome = carry_out(cloud, intent)
        .await
        .inspect_err(|error| log_failure(event, subject, error, started))?;
    let report = TableReport {
        log_type: intent.log_type.name,
        database: intent.database(),
        table: intent.table_name(),
        outcome,
    };
    log_outcome(event, subject, &report, started);
    Ok(report)
}

fn log_outcome(event: &Event, subject: &Subject, report: &TableReport, started: Instant) {
    let (outcome, reason) = match &report.outcome {
        Outcome::Created => ("created", None),
        Outcome::Updated => ("updated", None),
        Outcome::Unchanged => ("unchanged", None),
        Outcome::Marked => ("marked", None),
        Outcome::Skipped(reason) => ("skipped", Some(reason.as_str())),
    };
    info!(
        event_id = event.id,
        subject = %subject,
        region = subject.region,
        log_type = report.log_type,
        database = report.database,
        table = report.table,
        outcome,
        reason,
        duration_ms = milliseconds(started),
        "table {outcome}"
    );
}

fn log_failure(event: &Event, subject: &Subject, failure: &CloudError, started: Instant) {
    error!(
        event_id = event.id,
        subject = %subject,
        region = subject.region,
        outcome = "failed",
        reason = %failure,
        duration_ms = milliseconds(started),
        "event failed and will be tried again"
    );
}

fn milliseconds(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
