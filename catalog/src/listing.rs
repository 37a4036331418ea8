//! What there is: the calls that name everything of one kind in a region, page by page. A sweep follows each thing named as if an
//! event had.

use crate::delivery;
use crate::log_type::LogType;
use crate::log_types::LOG_TYPES;
use crate::look_up::{LookUp, many, text};
use crate::region::Partition;
use crate::source::Source;
use crate::subject::Subject;
use crate::vended;
use serde_json::{Map, Value};
use std::fmt;

/// One such call.
pub struct Listing {
    /// For people, and to go on with, such as `load-balancers`.
    pub name: &'static str,
    /// The IAM action that it needs.
    pub action: &'static str,
    /// Whether it is asked in the one region only that CloudFront is managed from.
    pub(crate) global: bool,
    /// The service's longest page.
    pub(crate) most: u32,
    pub(crate) ask: fn(&Source, &Page) -> LookUp,
    /// Where the answer has the things.
    pub(crate) things: &'static str,
    pub(crate) arn: fn(&Source, &Value) -> String,
    /// Where the answer says how to go on.
    pub(crate) next: &'static str,
}

/// Which page of a listing.
pub(crate) struct Page<'a> {
    pub(crate) size: u32,
    /// What the page before said; empty for the first.
    token: &'a str,
}

impl Page<'_> {
    /// The token under this name, unless it is the first page.
    pub(crate) fn token(&self, name: &'static str) -> Option<(&'static str, String)> {
        (!self.token.is_empty()).then(|| (name, self.token.to_owned()))
    }

    /// Both under these names.
    pub(crate) fn json(&self, size: &'static str, token: &'static str) -> Map<String, Value> {
        let size = (size.to_owned(), Value::from(self.size));
        let token = self.token(token);
        let token = token.map(|(name, token)| (name.to_owned(), Value::from(token)));
        std::iter::once(size).chain(token).collect()
    }
}

/// What a page names.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    pub subjects: Vec<Subject>,
    /// How to go on, unless it was the last page.
    pub next: Option<String>,
}

impl Listing {
    /// The call for a page; one without a size is as long as the service makes it.
    pub fn ask(&self, source: &Source, size: Option<u32>, token: &str) -> LookUp {
        let size = size.unwrap_or(self.most).clamp(1, self.most);
        (self.ask)(source, &Page { size, token })
    }

    /// What its answer names, as far as it may write a log.
    pub fn read(&self, source: &Source, answer: &Value) -> Listed {
        let subject = |thing| source.subject((self.arn)(source, thing));
        let subjects = many(answer, self.things).iter().map(subject);
        let next = text(answer, self.next);
        Listed {
            subjects: subjects.filter(Subject::writes_logs).collect(),
            next: (!next.is_empty()).then(|| next.to_owned()),
        }
    }
}

/// All that has to be gone through in a region whose rules have these patterns, each once and always in the same order: what
/// their events could name.
pub fn listings(patterns: &[Value], region: &str) -> Vec<&'static Listing> {
    let has_global = Partition::of_region(region).home_of_global() == Some(region);
    let deliveries = vended::EVENTS.iter().any(|rule| rule.is_heard(patterns));
    let types = heard(patterns, region);
    let all = types.iter().flat_map(|log_type| log_type.listings());
    let mut found: Vec<&Listing> = Vec::new();
    for listing in all.chain(deliveries.then_some(&delivery::LISTING)) {
        let known = found.iter().any(|it| it.name == listing.name);
        if !known && (has_global || !listing.global) {
            found.push(listing);
        }
    }
    found
}

/// Whether what the list names may write that log.
pub fn may_name(listing: &Listing, log_type: &LogType) -> bool {
    let delivered = listing.name == delivery::LISTING.name && log_type.vended.is_some();
    delivered || log_type.listings().any(|own| own.name == listing.name)
}

/// The log types of which rules with these patterns hear any call: rules of an earlier version may not know all.
pub fn heard(patterns: &[Value], region: &str) -> Vec<&'static LogType> {
    let hears = |log_type: &&LogType| {
        let mut rules = log_type.own_events().iter();
        log_type.in_region(region) && rules.any(|rule| rule.is_heard(patterns))
    };
    LOG_TYPES.iter().copied().filter(hears).collect()
}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
