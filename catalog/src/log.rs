//! One log of one resource, whether it is on or not: what is known before anything is looked up.

use crate::event::Event;
use crate::intent::Intent;
use crate::log_type::LogType;
use crate::log_types::LOG_TYPES;
use crate::look_up::{Answers, LookUp};
use crate::naming;
use crate::region::Partition;
use crate::subject::Subject;
use crate::table_schema::TableSchema;

#[derive(Debug, Clone)]
pub struct Log {
    pub log_type: &'static LogType,
    pub resource: Resource,
    /// Where its settings are.
    pub subject: Subject,
    /// A user's changes to the tables of this log type.
    pub schema: TableSchema,
}

/// What writes the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub arn: String,
    /// As people know it; part of the table's name.
    pub name: String,
    pub account: String,
    pub region: String,
    pub partition: Partition,
    /// Whether it works for the whole world, and `region` is only where CloudFront is managed from.
    pub global: bool,
}

/// Each log that the subject can write, with the log type's own tables.
pub fn logs(subject: &Subject) -> Vec<Log> {
    let log = |log_type: &&'static LogType| {
        Some(Log {
            log_type,
            resource: log_type.settings.resource(subject)?,
            subject: subject.clone(),
            schema: TableSchema::default(),
        })
    };
    LOG_TYPES.iter().filter_map(log).collect()
}

impl Log {
    pub fn database(&self) -> String {
        self.log_type.database_of(&self.resource, &self.schema)
    }

    pub fn table_name(&self) -> String {
        naming::table_name(self.log_type, &self.resource, &self.schema)
    }

    /// All that it may have: beside the table of that name, the one below it where that is a view.
    pub fn table_names(&self) -> Vec<String> {
        let name = self.table_name();
        let below = self.log_type.layout.shared.as_ref();
        let below = below.map(|_| naming::below_view(&name));
        below.into_iter().chain([name]).collect()
    }

    /// What should become of its table, given what was looked up; the error is what has to be looked up first.
    pub fn intent(&self, answers: &Answers) -> Result<Intent, LookUp> {
        let wanted = self.log_type.settings.wanted(&self.subject, answers)?;
        Ok(Intent {
            log: self.clone(),
            wanted,
        })
    }

    /// What would become of its table if the event told the truth, for people who ask. Tables are made of what was looked
    /// up, never of this.
    pub fn claimed(&self, event: &Event) -> Option<Intent> {
        let wanted = self.log_type.settings.claimed(event)?;
        Some(Intent {
            log: self.clone(),
            wanted,
        })
    }
}
