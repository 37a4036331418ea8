//! What should be in the Glue catalogue, given what was observed. Carrying it out, again and again, does no harm.

use crate::destination::Destination;
use crate::log_type::LogType;
use crate::log_types::LOG_TYPES;
use crate::naming;
use crate::region::Partition;
use crate::subject::{Observed, Subject};
use crate::table::Table;

/// One log of one resource, and what should become of its table.
#[derive(Debug, Clone)]
pub struct Intent {
    pub log_type: &'static LogType,
    pub resource: Resource,
    pub wanted: Wanted,
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Table(Destination),
    /// The log is off. A table that it had stays, marked.
    Disabled,
    /// The resource does not exist, or no longer. A table that it had stays, marked.
    Gone,
    /// The log is on, but goes where no table can point: a sentence says why.
    NoLocation {
        reason: String,
    },
}

/// The error is the sentence that says why no table can point there.
impl From<Result<Destination, String>> for Wanted {
    fn from(destination: Result<Destination, String>) -> Self {
        match destination {
            Ok(destination) => Self::Table(destination),
            Err(reason) => Self::NoLocation { reason },
        }
    }
}

/// One intent for each log that the subject can write.
pub fn intents(subject: &Subject, observed: &Observed) -> Vec<Intent> {
    let intent = |log_type: &&'static LogType| {
        let resource = log_type.settings.resource(subject)?;
        Some(Intent {
            log_type,
            resource,
            wanted: log_type.settings.wanted(observed),
        })
    };
    LOG_TYPES.iter().filter_map(intent).collect()
}

impl Intent {
    pub fn database(&self) -> String {
        self.log_type.database_of(&self.resource).to_owned()
    }

    pub fn table_name(&self) -> String {
        naming::table_name(self.log_type, &self.resource)
    }

    /// The table with its marks, if there should be one that is up to date.
    pub fn table(&self) -> Option<Table> {
        match &self.wanted {
            Wanted::Table(destination) => Some(self.log_type.table(&self.resource, destination)),
            _ => None,
        }
    }
}
