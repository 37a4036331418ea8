//! A log type: everything there is to say about one kind of log, in one value.

use crate::column::Column;
use crate::event::Event;
use crate::format::Format;
use crate::intent::{Resource, Wanted};
use crate::layout::Layout;
use crate::load_balancer::{self, LoadBalancerLog};
use crate::pattern::EventRule;
use crate::read::{Reject, Row};
use crate::subject::{Observed, Subject};

#[derive(Debug)]
pub struct LogType {
    /// In configuration and marks, such as `alb_access`.
    pub name: &'static str,
    /// For people, without an article.
    pub title: &'static str,
    /// AWS's own page about it.
    pub reference: &'static str,
    /// What it records, and what to know before querying it.
    pub doc: &'static str,
    /// Goes up when the columns change, so that it can be seen which tables are behind.
    pub schema_version: &'static str,
    /// The Glue database of its tables.
    pub database: &'static str,
    /// What the names of its tables begin with.
    pub table_prefix: &'static str,
    /// The only region that has it, for logs of global services.
    pub only_region: Option<&'static str>,
    pub settings: Settings,
    pub layout: Layout,
    pub format: Format,
    /// Lines from the oldest known form to tomorrow's, and some that have to be rejected.
    pub sample: &'static str,
}

/// Where the service keeps the log's settings: which calls change them, and what they mean.
#[derive(Debug, Clone, Copy)]
pub enum Settings {
    LoadBalancer(LoadBalancerLog),
}

impl LogType {
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.format.columns()
    }

    pub fn partition_keys(&self) -> impl Iterator<Item = &Column> {
        std::iter::once(&self.layout.projection.key)
    }

    /// Whether this log type exists in that region.
    pub fn in_region(&self, region: &str) -> bool {
        self.only_region.is_none_or(|only| only == region)
    }

    /// The calls that can change the log's settings.
    pub fn events(&self) -> &'static [EventRule] {
        self.settings.events()
    }

    /// Reads one line of the log, given without its line break.
    pub fn read<'a>(&self, line: &'a [u8]) -> Result<Row<'a>, Reject> {
        self.format.read(line)
    }
}

impl Settings {
    pub(crate) fn events(&self) -> &'static [EventRule] {
        let Self::LoadBalancer(_) = self;
        load_balancer::EVENTS
    }

    pub(crate) fn subject(&self, event: &Event) -> Option<Subject> {
        let listens = |rule: &&EventRule| {
            rule.source == event.source
                && rule
                    .names
                    .iter()
                    .any(|name| name.matches(&event.event_name))
        };
        self.events().iter().find(listens)?;
        let Self::LoadBalancer(log) = self;
        log.subject(event)
    }

    pub(crate) fn resource(&self, subject: &Subject) -> Option<Resource> {
        let Self::LoadBalancer(log) = self;
        log.resource(subject)
    }

    pub(crate) fn wanted(&self, observed: &Observed) -> Wanted {
        let Self::LoadBalancer(log) = self;
        log.wanted(observed)
    }
}
