//! A log type: everything there is to say about one kind of log, in one value.

use crate::column::Column;
use crate::event::Event;
use crate::format::Format;
use crate::layout::{Layout, Projection};
use crate::listing::Listing;
use crate::log::Resource;
use crate::pattern::EventRule;
use crate::question::Question;
use crate::read::{Reject, Row};
use crate::region::Partition;
use crate::settings::Settings;
use crate::subject::Subject;
use crate::suffix_path;
use crate::table_schema::TableSchema;
use crate::vended::{self, Vended};

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
    pub scope: Scope,
    pub(crate) settings: &'static dyn Settings,
    /// Where CloudWatch Logs delivers it, too.
    pub vended: Option<Vended>,
    pub layout: Layout,
    pub format: Format,
    /// What people ask of it.
    pub questions: &'static [Question],
    /// Lines from the oldest known form to tomorrow's, and some that have to be rejected.
    pub sample: &'static str,
}

/// Where the resources that write the log live: in every region, or in the one from which CloudFront is managed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Regional,
    Global,
    /// Some here, some there. Two of the same name may meet in CloudFront's region, so the global ones' tables have a
    /// database of their own.
    Both {
        global_database: &'static str,
    },
}

impl LogType {
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.format.columns()
    }

    /// None where the layout has no folders to tell one time from another.
    pub fn partition_keys(&self) -> impl Iterator<Item = &Column> {
        self.layout.partition_keys()
    }

    /// Whether this log type exists in that region.
    pub fn in_region(&self, region: &str) -> bool {
        self.scope != Scope::Global || Partition::of_region(region).home_of_global() == Some(region)
    }

    /// The calls that can change the log's settings.
    pub fn events(&self) -> impl Iterator<Item = &'static EventRule> {
        let delivered = self.vended.iter().flat_map(|_| vended::EVENTS);
        self.settings.events().iter().chain(delivered)
    }

    /// Those that concern this log alone, and no vended logs in general.
    pub(crate) fn own_events(&self) -> &'static [EventRule] {
        self.settings.events()
    }

    /// The calls that name all that may write it.
    pub(crate) fn listings(&self) -> impl Iterator<Item = &'static Listing> {
        self.settings.listings().iter()
    }

    /// The IAM actions that finding what writes it, and looking the settings up, needs.
    pub fn look_up_actions(&self) -> impl Iterator<Item = &'static str> {
        let delivered = self.vended.iter().flat_map(|_| vended::LOOK_UP_ACTIONS);
        self.settings
            .look_up_actions()
            .iter()
            .chain(delivered)
            .copied()
            .chain(self.listings().map(|listing| listing.action))
    }

    /// The databases that its tables may be in, in that region.
    pub fn databases(&self, region: &str, schema: &TableSchema) -> Vec<String> {
        let has_global = Partition::of_region(region).home_of_global() == Some(region);
        let kinds = [false, true]
            .into_iter()
            .filter(|global| has_global || !global);
        kinds
            .map(|global| self.database_for(global, schema))
            .collect()
    }

    /// The columns of the fields that a log's owner may choose, where there is a choice.
    pub fn dictionary(&self) -> &'static [Column] {
        self.settings.dictionary()
    }

    /// Whether a table of this log may be one below a view.
    pub fn may_have_view(&self) -> bool {
        self.layout.shared.is_some() || self.settings.may_have_view()
    }

    /// Partition keys that only some of the log's layouts have.
    pub(crate) fn other_keys(&self) -> impl Iterator<Item = &Column> {
        let delivered = self.vended.iter().flat_map(|_| suffix_path::PARTS);
        let keys = self.settings.other_keys().iter().chain(delivered);
        keys.map(|key| &key.column)
    }

    /// Of the layouts that the log may have, one with dated folders.
    pub(crate) fn projection(&self) -> Option<&Projection> {
        let delivered = self.vended.as_ref().map(|_| &suffix_path::HOURS);
        self.layout.projection.as_ref().or(delivered)
    }

    /// Reads one line of the log, given without its line break; `None` if lines of this format are for Hive alone.
    pub fn read<'a>(&self, line: &'a [u8]) -> Option<Result<Row<'a>, Reject>> {
        self.format.read(line)
    }

    fn listens(&self, event: &Event) -> bool {
        let mut rules = self.settings.events().iter();
        self.in_region(&event.region) && rules.any(|rule| rule.matches(event))
    }

    pub(crate) fn never_in_s3(&self, event: &Event) -> Option<&'static str> {
        let listens = self.listens(event);
        listens.then(|| self.settings.never_in_s3(event)).flatten()
    }

    pub(crate) fn subjects(&self, event: &Event) -> Vec<Subject> {
        if !self.listens(event) {
            return Vec::new();
        }
        let changed = self.settings.changed(event).into_iter();
        let subjects = changed.map(|arn| event.subject(arn));
        let writes_it = |subject: &Subject| self.settings.resource(subject).is_some();
        subjects.filter(writes_it).collect()
    }

    /// The database of its tables, but for those of global resources where there are both.
    pub fn database(&self, schema: &TableSchema) -> String {
        let own = schema.database_name.as_deref().unwrap_or(self.database);
        own.to_owned()
    }

    /// The database of a resource's table. A table schema that says what is so anyway changes nothing.
    pub(crate) fn database_of(&self, resource: &Resource, schema: &TableSchema) -> String {
        self.database_for(resource.global, schema)
    }

    fn database_for(&self, global: bool, schema: &TableSchema) -> String {
        let changed = schema.database_name.as_deref();
        match (self.scope, changed.filter(|name| *name != self.database)) {
            (Scope::Both { global_database }, None) if global => global_database.to_owned(),
            (Scope::Both { .. }, Some(name)) if global => format!("{name}_global"),
            (_, name) => name.unwrap_or(self.database).to_owned(),
        }
    }
}
