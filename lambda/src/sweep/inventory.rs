//! The tables of a source region as a sweep finds them: what they were made of is looked at as well as what services list, since
//! a log that was turned off, or a resource that is gone, is on no list.

use std::collections::{BTreeMap, BTreeSet};

use logenabler_catalog::{LogType, Source, Subject, marks};

use crate::cloud::{Cloud, CloudError, Marked};
use crate::schemas::Known;

/// By database: their names, and what they were made of.
#[derive(Default)]
pub(crate) struct Inventory {
    names: BTreeSet<(String, String)>,
    subjects: BTreeSet<Subject>,
    drifts: BTreeMap<(String, String), String>,
}

impl Inventory {
    /// Of the databases of these log types.
    pub(super) async fn read(
        cloud: &impl Cloud,
        source: &Source,
        types: &[&'static LogType],
        schemas: &Known,
    ) -> Result<Self, CloudError> {
        let mut found = Self::default();
        for (database, types) in databases(source, types, schemas) {
            for mut table in cloud.marked(&source.region, &database).await? {
                found.subjects.extend(made_of(source, &table, &types));
                let name = (database.clone(), table.name);
                let drift = table.marks.remove(marks::DRIFT);
                found
                    .drifts
                    .extend(drift.map(|drift| (name.clone(), drift)));
                found.names.insert(name);
            }
        }
        Ok(found)
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

/// The databases that tables of these log types may be in, each with those.
pub(super) fn databases(
    source: &Source,
    types: &[&'static LogType],
    schemas: &Known,
) -> BTreeMap<String, Vec<&'static str>> {
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
