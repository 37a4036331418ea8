//! What became of all that a sweep looked at, by log type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::order::is_default;
use crate::handle::TableReport;
use crate::upsert::Outcome;

/// Counts for each log type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tally(BTreeMap<String, Counts>);

/// Of logs, whether on or off; `failed` of resources that could not be looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counts {
    pub(crate) seen: u64,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) marked: u64,
    pub(crate) unchanged: u64,
    pub(crate) failed: u64,
    /// By reason.
    pub(crate) skipped: BTreeMap<String, u64>,
    /// Whose newest file the drift watch looked into,
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) sampled: u64,
    /// and found something new in;
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) drifted: u64,
    /// or could not look into, or mark its table.
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) unsampled: u64,
}

impl Tally {
    pub(crate) fn report(&mut self, report: &TableReport) {
        let counts = self.0.entry(report.log_type.to_owned()).or_default();
        counts.seen += 1;
        *match &report.outcome {
            Outcome::Created => &mut counts.created,
            Outcome::Updated => &mut counts.updated,
            Outcome::Marked => &mut counts.marked,
            Outcome::Unchanged => &mut counts.unchanged,
            Outcome::Skipped { why, .. } => {
                counts.skipped.entry(why.name().to_owned()).or_default()
            }
        } += 1;
    }

    pub(crate) fn failed(&mut self, log_type: &str) {
        self.0.entry(log_type.to_owned()).or_default().failed += 1;
    }

    pub(crate) fn of(&mut self, log_type: &str) -> &mut Counts {
        self.0.entry(log_type.to_owned()).or_default()
    }

    pub(crate) fn by_log_type(&self) -> impl Iterator<Item = (&String, &Counts)> {
        self.0.iter()
    }
}
