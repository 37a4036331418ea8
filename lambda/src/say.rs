//! What is logged, and counted: one line for each event that leads nowhere, and one for each table. A sweep says only what it had to
//! write, and in the end how much it saw.

use std::time::{Instant, SystemTime};

use aws_smithy_types::date_time::{DateTime, Format};
use logenabler_catalog::{Event, Newest, Sample, Samples, Source, Subject};
use tracing::{debug, error, info, warn};

use crate::cloud::CloudError;
use crate::handle::TableReport;
use crate::ledger::{Ledger, Metric, milliseconds};
use crate::news::{News, Place};
use crate::sweep::{Counts, Kept};

/// Says what becomes of one event or sweep and, once it is known, of one subject of it.
#[derive(Clone, Copy)]
pub(crate) struct Say<'a> {
    ledger: &'a Ledger,
    trace_id: Option<&'a str>,
    event_id: Option<&'a str>,
    source: Option<&'a Source>,
    subject: Option<&'a Subject>,
    called_at: Option<SystemTime>,
    is_sweep: bool,
    started: Instant,
}

impl<'a> Say<'a> {
    pub(crate) fn new(ledger: &'a Ledger, trace_id: Option<&'a str>) -> Self {
        Self {
            ledger,
            trace_id,
            event_id: None,
            source: None,
            subject: None,
            called_at: None,
            is_sweep: false,
            started: Instant::now(),
        }
    }

    pub(crate) fn of_event(&self, event_id: Option<&'a str>) -> Self {
        self.ledger.count(Metric::Events);
        Self { event_id, ..*self }
    }

    pub(crate) fn of_sweep(&self) -> Self {
        Self {
            is_sweep: true,
            ..*self
        }
    }

    /// Of an account's region.
    pub(crate) fn of_source(&self, source: &'a Source) -> Self {
        Self {
            source: Some(source),
            ..*self
        }
    }

    /// Of a subject and, where an event told of it, when the call was made.
    pub(crate) fn about(&self, subject: &'a Subject, called_at: Option<&str>) -> Self {
        let time = |text| DateTime::from_str(text, Format::DateTime).ok();
        let time = called_at.and_then(time);
        Self {
            subject: Some(subject),
            called_at: time.and_then(|time| SystemTime::try_from(time).ok()),
            ..*self
        }
    }

    pub(crate) fn rejected(&self, reason: &str) {
        self.ledger.count(Metric::Rejected);
        warn!(
            event_id = self.event_id,
            trace_id = self.trace_id,
            outcome = "rejected",
            reason,
            duration_ms = self.milliseconds(),
            "event rejected"
        );
    }

    pub(crate) fn ignored(&self, event: &Event, reason: &str) {
        self.ledger.count(Metric::Ignored);
        info!(
            event_id = self.event_id,
            trace_id = self.trace_id,
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
            trace_id = self.trace_id,
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
        self.ledger.outcome(&report.outcome);
        if report.outcome.is_write() {
            self.called_at
                .iter()
                .for_each(|at| self.ledger.latency(*at));
            self.ledger.news(News::of_table(&self.place(), report));
            if self.is_sweep {
                self.ledger.count(Metric::MissedEvents);
            }
        } else if self.is_sweep {
            debug!(
                subject = self.subject.map(tracing::field::display),
                table = report.table,
                outcome = report.outcome.name(),
                "table as it was"
            );
            return;
        }
        let outcome = report.outcome.name();
        info!(
            event_id = self.event_id,
            trace_id = self.trace_id,
            sweep = self.is_sweep.then_some(true),
            subject = self.subject.map(tracing::field::display),
            region = self.region(),
            log_type = report.log_type,
            database = report.database,
            table = report.table,
            outcome,
            reason = report.outcome.reason(),
            readers_need = report.readers_need,
            duration_ms = self.milliseconds(),
            "table {outcome}"
        );
    }

    /// A resource that fails in a sweep is left to the next one; all else is tried again.
    pub(crate) fn failed(&self, failure: &CloudError) {
        self.fail(failure, !self.is_sweep || self.subject.is_none());
    }

    /// A list that a sweep cannot have is left to the next one.
    pub(crate) fn unlisted(&self, failure: &CloudError) {
        self.fail(failure, false);
    }

    fn fail(&self, failure: &CloudError, is_tried_again: bool) {
        self.ledger.count(Metric::Failed);
        self.ledger
            .news(News::of_failure(&self.place(), failure, is_tried_again));
        let what = if self.is_sweep { "sweep" } else { "event" };
        let next = match is_tried_again {
            true => " and will be tried again",
            false => " here; the next one looks again",
        };
        error!(
            event_id = self.event_id,
            trace_id = self.trace_id,
            subject = self.subject.map(tracing::field::display),
            account = self.account(),
            region = self.region(),
            outcome = "failed",
            reason = %failure,
            duration_ms = self.milliseconds(),
            "{what} failed{next}"
        );
    }

    /// How much of a log type a sweep of a source region saw.
    pub(crate) fn swept(&self, log_type: &str, counts: &Counts) {
        let some = |count: u64| (count > 0).then_some(count);
        info!(
            trace_id = self.trace_id,
            account = self.account(),
            region = self.region(),
            log_type,
            seen = counts.seen,
            created = counts.created,
            updated = counts.updated,
            marked = counts.marked,
            unchanged = counts.unchanged,
            skipped = counts.skipped.values().sum::<u64>(),
            skipped_by_reason = serde_json::to_string(&counts.skipped).unwrap_or_default(),
            failed = counts.failed,
            sampled = some(counts.sampled),
            drifted = some(counts.drifted),
            unsampled = some(counts.unsampled),
            "swept"
        );
    }

    /// What a sweep has to say beside that.
    pub(crate) fn sweep(&self, words: &str) {
        info!(
            trace_id = self.trace_id,
            account = self.account(),
            region = self.region(),
            duration_ms = self.milliseconds(),
            "{words}"
        );
    }

    /// What people may want to know, although nothing is wrong.
    pub(crate) fn note(&self, words: &str) {
        info!(
            event_id = self.event_id,
            trace_id = self.trace_id,
            account = self.account(),
            region = self.region(),
            "{words}"
        );
    }

    /// What a sweep wrote of the queries that are saved for tables, if anything.
    pub(crate) fn kept(&self, kept: &Kept) {
        if *kept == Kept::default() {
            return;
        }
        info!(
            trace_id = self.trace_id,
            account = self.account(),
            region = self.region(),
            saved = kept.saved,
            replaced = kept.replaced,
            removed = kept.removed,
            "saved queries kept"
        );
    }

    /// What is done without.
    pub(crate) fn without(&self, words: &str, failure: &CloudError) {
        warn!(
            event_id = self.event_id,
            trace_id = self.trace_id,
            account = self.account(),
            region = self.region(),
            reason = %failure,
            "{words}"
        );
    }

    /// The newest file of a log has something that its table does not read. What it says is nobody's business.
    pub(crate) fn drifted(&self, samples: &Samples, file: &Newest, found: &Sample) {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        self.ledger.add(Metric::DriftRejects, count(found.rejects));
        let fields = count(found.unknown_fields);
        self.ledger.add(Metric::DriftUnknownFields, fields);
        warn!(
            trace_id = self.trace_id,
            subject = self.subject.map(tracing::field::display),
            region = self.region(),
            database = samples.database,
            table = samples.table,
            object = samples.url(file),
            records = found.records,
            rejects = found.rejects,
            unknown_fields = found.unknown_fields,
            reason = found.reject.as_ref().map(tracing::field::display),
            "the log has something that its table does not read"
        );
    }

    /// The next sweep looks again.
    pub(crate) fn unsampled(&self, samples: &Samples, failure: &CloudError) {
        debug!(
            trace_id = self.trace_id,
            subject = self.subject.map(tracing::field::display),
            region = self.region(),
            database = samples.database,
            table = samples.table,
            reason = %failure,
            "the newest file could not be looked into"
        );
    }

    /// What was done is done, but nobody was told.
    pub(crate) fn untold(&self, failure: &CloudError) {
        self.ledger.count(Metric::Failed);
        error!(trace_id = self.trace_id, outcome = "untold", reason = %failure, "nobody was told of this");
    }

    /// That there was none is worth a data point, too.
    pub(crate) fn none(&self, metric: Metric) {
        self.ledger.add(metric, 0);
    }

    pub(crate) fn count(&self, metric: Metric) {
        self.ledger.count(metric);
    }

    fn place(&self) -> Place<'_> {
        Place {
            region: self.region(),
            account: self.account(),
            resource: self.subject.map(|subject| subject.arn.as_str()),
        }
    }

    fn account(&self) -> Option<&str> {
        let of_source = self.source.map(|source| source.account.as_str());
        let of_subject = self.subject.map(|subject| subject.account.as_str());
        of_subject.or(of_source)
    }

    fn region(&self) -> Option<&str> {
        let of_source = self.source.map(|source| source.region.as_str());
        let of_subject = self.subject.map(|subject| subject.region.as_str());
        of_subject.or(of_source)
    }

    fn milliseconds(&self) -> u64 {
        milliseconds(self.started.elapsed())
    }
}
