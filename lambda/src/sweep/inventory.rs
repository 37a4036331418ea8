//! The tables of a source region as a sweep finds them: what they were made of is looked at as well as what services list, since
//! a log that was turned off, or a resource that is gone, is on no list.

use std::collections::{BTreeMap, BTreeSet};

use logenabler_catalog::{LogType, Source, Subject, marks};

use super::Clock;
use crate::cloud::{Cloud, CloudError, Marked};
use crate::schemas::Known;

/// By database: their names, and what they were made of.
#[derive(Default)]
pub(crate) struct Inventory {
    names: BTreeSet<(String, String)>,
    subjects: BTreeSet<Subject>,
    drifts: BTreeMap<(String, String), String>,
    refused: Vec<(Vec<&'static str>, CloudError)>,
}

impl Inventory {
    /// Of these databases. One that may not be read leaves the others their turn; none at all is a failure.
    pub(super) async fn read(
        cloud: &impl Cloud,
        source: &Source,
        databases: &Databases,
        clock: Clock,
    ) -> Result<Self, CloudError> {
        let had_time = !clock.is_short();
        let mut found = Self::default();
        for (database, types) in databases {
            match cloud.marked(&source.region, database).await {
                Ok(tables) => found.take(source, database, types, tables),
                Err(failure) => found.refused.push((types.clone(), failure)),
            }
            // The next run would not come further.
            if had_time && clock.is_short() {
                return Err(found.too_many(source));
            }
        }
        match found.refused.pop() {
            Some((_, failure)) if found.refused.len() + 1 == databases.len() => Err(failure),
            last => {
                found.refused.extend(last);
                Ok(found)
            }
        }
    }

    fn take(&mut self, source: &Source, database: &str, types: &[&str], tables: Vec<Marked>) {
        for mut table in tables {
            self.subjects.extend(made_of(source, &table, types));
            let name = (database.to_owned(), table.name);
            let drift = table.marks.remove(marks::DRIFT);
            self.drifts.extend(drift.map(|drift| (name.clone(), drift)));
            self.names.insert(name);
        }
    }

    fn too_many(&self, source: &Source) -> CloudError {
        CloudError::Failed {
            operation: "glue:GetTables".to_owned(),
            object: format!("the {} tables of {}", self.names.len(), source.region),
            message: "reading them leaves no time to look at any; raise the hub's memory_size, which brings processor time, or its timeout"
                .to_owned(),
        }
    }

    /// The log types of databases that could not be read, and why.
    pub(super) fn refused(&self) -> &[(Vec<&'static str>, CloudError)] {
        &self.refused
    }

    /// Whether there was such a table, whosever it is.
    pub(crate) fn has(&self, database: &str, name: &str) -> bool {
        self.names.contains(&(database.to_owned(), name.to_owned()))
    }

    /// What the drift watch has marked it with.
    pub(super) fn drift(&self, database: &str, name: &str) -> Option<&str> {
        let drift = self.drifts.get(&(database.to_owned(), name.to_owned()));
        drift.map(String::as_str)
    }

    /// What the tables of logs that were on were made of, in order.
    pub(super) fn subjects(&self) -> &BTreeSet<Subject> {
        &self.subjects
    }
}

/// Each with the log types whose tables may be in it.
pub(super) type Databases = BTreeMap<String, Vec<&'static str>>;

/// Those of these log types.
pub(super) fn databases(source: &Source, types: &[&'static LogType], schemas: &Known) -> Databases {
    let mut databases = BTreeMap::new();
    for log_type in types {
        // One whose schema cannot be read fails log by log, and loudly.
        let schema = schemas.of(log_type).unwrap_or_default();
        for database in log_type.databases(&source.region, &schema) {
            databases
                .entry(database)
                .or_insert_with(Vec::new)
                .push(log_type.name);
        }
    }
    databases
}

fn made_of(source: &Source, table: &Marked, types: &[&str]) -> Option<Subject> {
    let mark = |key| table.marks.get(key).map(String::as_str);
    let is_on = mark(marks::ENABLED) == Some("true") && mark(marks::MANAGED) == Some("true");
    let listened = types.contains(&mark(marks::LOG_TYPE)?);
    let arn = mark(marks::DELIVERY).or(mark(marks::RESOURCE_ARN))?;
    source.subject_of(arn).filter(|_| is_on && listened)
}
