//! One intent carried out: the table made, brought up to date, marked, or left as it is, whatever came before.

use std::collections::BTreeMap;

use logenabler_catalog::{Intent, Table, Wanted, marks};
use serde::Serialize;

use crate::cloud::{Cloud, CloudError, StoredTable};

type Parameters = BTreeMap<String, String>;

/// What became of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "reason")]
pub enum Outcome {
    /// The table is new.
    Created,
    /// The table was ours and is now as wanted.
    Updated,
    /// The table was as wanted; nothing was written.
    Unchanged,
    /// The log is off or its resource gone; our table is marked and stays readable.
    Marked,
    /// There is nothing to do, for this reason.
    Skipped(String),
}

impl Outcome {
    pub(crate) fn is_write(&self) -> bool {
        matches!(self, Self::Created | Self::Updated | Self::Marked)
    }
}

/// Carries an intent out, given the table as it was before the service was looked at; doing so again changes nothing more.
pub(crate) async fn carry_out(
    cloud: &impl Cloud,
    intent: &Intent,
    stored: Option<StoredTable>,
) -> Result<Outcome, CloudError> {
    if let Some(reason) = stored
        .as_ref()
        .and_then(|table| not_its_table(table, intent))
    {
        return Ok(Outcome::Skipped(reason));
    }
    match (&intent.wanted, intent.table(), stored) {
        (Wanted::Table(_), Some(wanted), None) => create(cloud, intent, &wanted).await,
        (Wanted::Table(_), Some(wanted), Some(stored)) => {
            update(cloud, intent, &stored, &wanted).await
        }
        (Wanted::NoLocation { reason }, _, stored) => {
            // The table of where the log went before, if there is one, gets no more of it.
            match mark(cloud, intent, stored).await? {
                Outcome::Marked => Ok(Outcome::Marked),
                _ => Ok(Outcome::Skipped(reason.clone())),
            }
        }
        (_, _, stored) => mark(cloud, intent, stored).await,
    }
}

async fn update(
    cloud: &impl Cloud,
    intent: &Intent,
    stored: &StoredTable,
    wanted: &Table,
) -> Result<Outcome, CloudError> {
    let updated = stored.with(wanted);
    if updated == *stored {
        return Ok(Outcome::Unchanged);
    }
    cloud
        .update_table(&intent.log.resource.region, &updated)
        .await?;
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

/// An old event about a former resource of that name must not switch off the table of the present one.
async fn mark(
    cloud: &impl Cloud,
    intent: &Intent,
    stored: Option<StoredTable>,
) -> Result<Outcome, CloudError> {
    let skipped = |reason: &str| Ok(Outcome::Skipped(reason.to_owned()));
    let Some(mut stored) = stored else {
        return skipped("The log is off, and there is no table.");
    };
    if !has_mark(&stored, marks::RESOURCE_ARN, &intent.log.resource.arn) {
        return skipped("The table belongs to another resource of that name by now.");
    }
    if !told_of_it(&stored, intent) {
        return skipped("The log is off here, and the table is of another delivery or setting.");
    }
    let before = stored
        .table
        .parameters
        .insert(marks::ENABLED.to_owned(), "false".to_owned());
    if before.as_deref() == Some("false") {
        return Ok(Outcome::Unchanged);
    }
    cloud
        .update_table(&intent.log.resource.region, &stored)
        .await?;
    Ok(Outcome::Marked)
}

impl StoredTable {
    /// This table as wanted; what others keep in its parameters stays.
    fn with(&self, wanted: &Table) -> Self {
        let overlaid = |theirs: &Parameters, ours: &Parameters| {
            let both = theirs.iter().chain(ours);
            both.map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        Self {
            table: Table {
                parameters: overlaid(&self.foreign_parameters(), &wanted.parameters),
                serde_parameters: overlaid(&self.table.serde_parameters, &wanted.serde_parameters),
                ..wanted.clone()
            },
            ..self.clone()
        }
    }

    /// The parameters that are not ours: neither marks nor what a table schema once set, nor where the files are, which may
    /// have changed with the log's settings.
    fn foreign_parameters(&self) -> Parameters {
        let parameters = &self.table.parameters;
        let list = parameters.get(marks::PARAMETERS).map(String::as_str);
        let set: Vec<String> = serde_json::from_str(list.unwrap_or("[]")).unwrap_or_default();
        let ours = [marks::PREFIX, "projection.", "storage.location.template"];
        let theirs =
            |key: &String| !ours.iter().any(|prefix| key.starts_with(prefix)) && !set.contains(key);
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

/// Why the table is not this log's to write: somebody else made it, or two table schemas give two logs the same name.
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
    let other = |holds: &&String| *holds != intent.log.log_type.name;
    let holds = parameters.get(marks::LOG_TYPE).filter(other)?;
    Some(format!(
        "The table {database}.{name} holds {holds}. Give one of the two log types another database_name or table_name in its logenabler_table_schema."
    ))
}
