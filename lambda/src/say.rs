//! What is logged: one line for each event that leads nowhere, and one for each table.

use std::time::Instant;

use logenabler_catalog::{Event, Subject};
use tracing::{error, info, warn};

use crate::cloud::CloudError;
use crate::handle::TableReport;
use crate::upsert::Outcome;

/// Says what becomes of one event and, once it is known, of one subject of it.
pub(crate) struct Say<'a> {
    event_id: Option<&'a str>,
    subject: Option<&'a Subject>,
    started: Instant,
}

impl<'a> Say<'a> {
    pub(crate) fn of_event(event_id: Option<&'a str>, started: Instant) -> Self {
        Self {
            event_id,
            subject: None,
            started,
        }
    }

    pub(crate) fn about(&self, subject: &'a Subject) -> Self {
        Self {
            subject: Some(subject),
            ..*self
        }
    }

    pub(crate) fn rejected(&self, reason: &str) {
        warn!(
            event_id = self.event_id,
            outcome = "rejected",
            reason,
            duration_ms = self.milliseconds(),
            "event rejected"
        );
    }

    pub(crate) fn ignored(&self, event: &Event, reason: &str) {
        info!(
            event_id = self.event_id,
            event_name = event.event_name,
            outcome = "ignored",
            reason,
            duration_ms = self.milliseconds(),
            "event ignored"
        );
    }

    /// Why the subject has no table, or none of some of its logs.
    pub(crate) fn nothing(&self, reason: &str) {
        info!(
            event_id = self.event_id,
            subject = self.subject.map(tracing::field::display),
            region = self.region(),
            outcome = "skipped",
            reason,
            duration_ms = self.milliseconds(),
            "no table"
        );
    }

    pub(crate) fn answer(&self, answer: &Result<TableReport, CloudError>) {
        match answer {
            Ok(report) => self.table(report),
            Err(failure) => self.failed(failure),
        }
    }

    fn table(&self, report: &TableReport) {
        let (outcome, reason) = match &report.outcome {
            Outcome::Created => ("created", None),
            Outcome::Updated => ("updated", None),
            Outcome::Unchanged => ("unchanged", None),
            Outcome::Marked => ("marked", None),
            Outcome::Skipped(reason) => ("skipped", Some(reason.as_str())),
        };
        info!(
            event_id = self.event_id,
            subject = self.subject.map(tracing::field::display),
            region = self.region(),
            log_type = report.log_type,
            database = report.database,
            table = report.table,
            outcome,
            reason,
            duration_ms = self.milliseconds(),
            "table {outcome}"
        );
    }

    pub(crate) fn failed(&self, failure: &CloudError) {
        error!(
            event_id = self.event_id,
            subject = self.subject.map(tracing::field::display),
            region = self.region(),
            outcome = "failed",
            reason = %failure,
            duration_ms = self.milliseconds(),
            "event failed and will be tried again"
        );
    }

    fn region(&self) -> Option<&str> {
        self.subject.map(|subject| subject.region.as_str())
    }

    fn milliseconds(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
