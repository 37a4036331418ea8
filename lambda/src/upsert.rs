//! One intent carried out: the table made, brought up to date, marked, or left as it is, whatever came before.

use std::collections::BTreeMap;

use logenabler_catalog::{Intent, Table, Tables, Wanted, marks, shown};
use serde::Serialize;

use crate::cloud::{Cloud, CloudError, StoredTable};
use crate::readers::{Readers, let_in};

type Parameters = BTreeMap<String, String>;

/// What became of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// The table is new.
    Created,
    /// The table was ours and is now as wanted.
    Updated,
    /// The table was as wanted; nothing was written.
    Unchanged,
    /// The log is off or its resource gone; our table is marked and stays readable.
    Marked,
    /// There is nothing to do.
    Skipped {
        /// To count by.
        why: Why,
        /// For people.
        reason: String,
    },
}

/// The kinds of reasons for which there is nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The log is off, and there is no table.
    Off,
    /// The log goes where no table can point.
    NoLocation,
    /// A table of that name is somebody else's.
    NotOurs,
    /// The table is of another resource, delivery or setting by now.
    Elsewhere,
    /// The hub's filter leaves the resource out.
    Excluded,
}

impl Why {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NoLocation => "no_location",
            Self::NotOurs => "not_ours",
            Self::Elsewhere => "elsewhere",
            Self::Excluded => "excluded",
        }
    }

    /// Nothing to do, and why.
    pub(crate) fn because(self, reason: impl Into<String>) -> Outcome {
        Outcome::Skipped {
            why: self,
            reason: reason.into(),
        }
    }
}

impl Outcome {
    /// As in reports.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Marked => "marked",
            Self::Skipped { .. } => "skipped",
        }
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Skipped { reason, .. } => Some(reason),
            _ => None,
        }
    }

    pub(crate) fn is_write(&self) -> bool {
        matches!(self, Self::Created | Self::Updated | Self::Marked)
    }
}

/// Carries an intent out, given the log's tables as they were before the service was looked at; doing so again changes
/// nothing more.
pub(crate) async fn carry_out(
    cloud: &impl Cloud,
    intent: &Intent,
    readers: Option<&Readers>,
    stored: Vec<StoredTable>,
) -> Result<Outcome, CloudError> {
    let tables = readers.map(|_| stored.clone()).unwrap_or_default();
    let outcome = settle(cloud, intent, stored).await?;
    if outcome.is_write() {
        return Ok(outcome);
    }
    // Who may read them comes after all else: what was written is looked at again. Each has its turn, also after another failed.
    let mut answer = Ok(outcome);
    let its_own = |table: &&StoredTable| not_its_table(table, intent).is_none();
    for table in tables.iter().filter(its_own) {
        match let_in(cloud, &intent.log.resource.region, readers, table).await {
            Ok(Outcome::Unchanged) => {}
            news if answer.is_ok() => answer = news,
            _ => {}
        }
    }
    answer
}

/// What the settings of the log ask for.
async fn settle(
    cloud: &impl Cloud,
    intent: &Intent,
    stored: Vec<StoredTable>,
) -> Result<Outcome, CloudError> {
    match (intent.tables(), &intent.wanted) {
        (Some(wanted), _) => make(cloud, intent, &wanted, stored).await,
        (None, Wanted::NoLocation { reason }) => {
            // The table of where the log went before, if there is one, gets no more of it.
            match mark_all(cloud, intent, stored).await? {
                Outcome::Marked => Ok(Outcome::Marked),
                _ => Ok(Why::NoLocation.because(reason)),
            }
        }
        (None, _) => mark_all(cloud, intent, stored).await,
    }
}

/// Both the table and the view over it, in this order: nobody finds a view over nothing.
async fn make(
    cloud: &impl Cloud,
    intent: &Intent,
    wanted: &Tables,
    mut stored: Vec<StoredTable>,
) -> Result<Outcome, CloudError> {
    let in_the_way = |stored: &StoredTable| {
        let needed = wanted.all().any(|table| table.name == stored.table.name);
        needed.then(|| not_its_table(stored, intent)).flatten()
    };
    if let Some(reason) = stored.iter().find_map(in_the_way) {
        return Ok(Why::NotOurs.because(reason));
    }
    let mut outcomes = Vec::new();
    for table in wanted.all() {
        let same = |stored: &StoredTable| stored.table.name == table.name;
        let there = stored.iter().position(same).map(|at| stored.remove(at));
        outcomes.push(match there {
            Some(there) => update(cloud, intent, &there, table).await?,
            None => create(cloud, intent, table).await?,
        });
    }
    // Where a log has a folder of its own again, the table below its former view gets no more records.
    for left in stored {
        if not_its_table(&left, intent).is_none() {
            mark(cloud, intent, left).await?;
        }
    }
    Ok(of_both(outcomes))
}

/// What became of what people query; where that was as wanted, what became of the table below it.
fn of_both(outcomes: Vec<Outcome>) -> Outcome {
    let below_was_written = outcomes.iter().any(Outcome::is_write);
    match outcomes.into_iter().next_back() {
        Some(Outcome::Unchanged) if below_was_written => Outcome::Updated,
        shown => shown.unwrap_or(Outcome::Unchanged),
    }
}

async fn update(
    cloud: &impl Cloud,
    intent: &Intent,
    stored: &StoredTable,
    wanted: &Table,
) -> Result<Outcome, CloudError> {
    let region = &intent.log.resource.region;
    let updated = stored.with(wanted);
    if updated == *stored {
        return Ok(Outcome::Unchanged);
    }
    cloud.update_table(region, &updated).await?;
    Ok(Outcome::Updated)
}

/// The database is there nearly always, so it is only made when Glue misses it.
async fn create(
    cloud: &impl Cloud,
    intent: &Intent,
    wanted: &Table,
) -> Result<Outcome, CloudError> {
    let region = &intent.log.resource.region;
    match cloud.create_table(region, wanted).await {
        Err(CloudError::NoDatabase(_)) => {
            cloud
                .create_database(region, &wanted.database, intent.log.log_type.title)
                .await?;
            cloud.create_table(region, wanted).await?;
        }
        made => made?,
    }
    Ok(Outcome::Created)
}

async fn mark_all(
    cloud: &impl Cloud,
    intent: &Intent,
    stored: Vec<StoredTable>,
) -> Result<Outcome, CloudError> {
    let none = Why::Off.because("The log is off, and there is no table.");
    let mut outcomes = Vec::new();
    for table in stored {
        outcomes.push(match not_to_mark(&table, intent) {
            None => mark(cloud, intent, table).await?,
            Some(skipped) => skipped,
        });
    }
    let marked = outcomes.contains(&Outcome::Marked);
    let last = outcomes.pop().unwrap_or(none);
    Ok(if marked { Outcome::Marked } else { last })
}

/// An old event about a former resource of that name must not switch off the table of the present one.
async fn mark(
    cloud: &impl Cloud,
    intent: &Intent,
    mut stored: StoredTable,
) -> Result<Outcome, CloudError> {
    if !has_mark(&stored, marks::RESOURCE_ARN, &intent.log.resource.arn) {
        let reason = "The table belongs to another resource of that name by now.";
        return Ok(Why::Elsewhere.because(reason));
    }
    let before = stored
        .table
        .parameters
        .insert(marks::ENABLED.to_owned(), "false".to_owned());
    let region = &intent.log.resource.region;
    if before.as_deref() == Some("false") {
        return Ok(Outcome::Unchanged);
    }
    cloud.update_table(region, &stored).await?;
    Ok(Outcome::Marked)
}

impl StoredTable {
    /// This table as wanted; what others keep in its parameters stays. What was a table and is to be a view, or the other way
    /// round, or has records of another format now, keeps nothing of how its files were read.
    fn with(&self, wanted: &Table) -> Self {
        let overlaid = |theirs: &Parameters, ours: &Parameters| {
            let both = theirs.iter().chain(ours);
            both.map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        let read_by = |table: &Table| (table.table_type.clone(), table.serde_library.clone());
        let mut of_serde = self.table.serde_parameters.clone();
        let converted = read_by(&self.table) != read_by(wanted);
        of_serde.retain(|key, _| !converted && !key.starts_with("mapping."));
        Self {
            table: Table {
                parameters: overlaid(&self.foreign_parameters(), &wanted.parameters),
                serde_parameters: overlaid(&of_serde, &wanted.serde_parameters),
                ..wanted.clone()
            },
            ..self.clone()
        }
    }

    /// The parameters that are not of these settings: neither marks, but for those of readers and of drift, nor what a table schema
    /// once set, nor what the files or the view are like, which may have changed with the log's settings.
    fn foreign_parameters(&self) -> Parameters {
        let parameters = &self.table.parameters;
        let list = parameters.get(marks::PARAMETERS).map(String::as_str);
        let set: Vec<String> = serde_json::from_str(list.unwrap_or("[]")).unwrap_or_default();
        let ours = [
            marks::PREFIX,
            "projection.",
            "storage.location.template",
            "skip.header.line.count",
            "EXTERNAL",
            "presto_view",
        ];
        let theirs = |key: &String| {
            let of_view = key == "comment" && parameters.contains_key("presto_view");
            let is_kept = [marks::READERS, marks::DRIFT].contains(&key.as_str());
            let known = !is_kept && ours.iter().any(|prefix| key.starts_with(prefix));
            !known && !of_view && !set.contains(key)
        };
        let pairs = parameters.iter().filter(|(key, _)| theirs(key));
        pairs
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }
}

fn has_mark(stored: &StoredTable, mark: &str, wanted: &str) -> bool {
    let value = stored.table.parameters.get(mark);
    value.is_some_and(|value| value == wanted)
}

fn not_to_mark(stored: &StoredTable, intent: &Intent) -> Option<Outcome> {
    if let Some(reason) = not_its_table(stored, intent) {
        return Some(Why::NotOurs.because(reason));
    }
    let reason = "The log is off here; its table is of another delivery or setting.";
    (!told_of_it(stored, intent)).then(|| Why::Elsewhere.because(reason))
}

/// Whether the table was made of the same settings: of the same delivery, or of the resource's own. What is gone tells of all.
fn told_of_it(stored: &StoredTable, intent: &Intent) -> bool {
    let of = stored
        .table
        .parameters
        .get(marks::DELIVERY)
        .map(String::as_str);
    let delivery = intent.log.delivery();
    of == delivery || (delivery.is_none() && intent.wanted == Wanted::Gone)
}

/// Why the table is not this log's to write: somebody else made it, two table schemas give two logs the same name, or an
/// earlier version gave it to a resource whose name ends in `-raw`.
fn not_its_table(stored: &StoredTable, intent: &Intent) -> Option<String> {
    let Table {
        database,
        name,
        parameters,
        ..
    } = &stored.table;
    if !has_mark(stored, marks::MANAGED, "true") {
        return Some(format!(
            "The table {database}.{name} was made by somebody else and is left as it is. Rename or remove it to let this one be made."
        ));
    }
    let log_type = parameters.get(marks::LOG_TYPE);
    if let Some(holds) = log_type.filter(|holds| *holds != intent.log.log_type.name) {
        return Some(format!(
            "The table {database}.{name} holds {holds}. Give one of the two log types another database_name or table_name in its logenabler_table_schema."
        ));
    }
    let other = intent
        .log
        .other_resource(parameters.get(marks::RESOURCE_ARN)?)?;
    Some(format!(
        "The table {database}.{name} is of {}, whose tables have another name now. Remove it, and the log has its own with its next event.",
        shown(&other.name)
    ))
}
