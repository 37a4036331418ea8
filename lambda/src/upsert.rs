//! One intent carried out: the table made, brought up to date, marked, or left as it is, whatever came before.

use std::collections::BTreeMap;

use logenabler_catalog::{Intent, Table, Wanted, marks};
use serde::Serialize;
use tracing::debug;

use crate::cloud::{Cloud, CloudError, StoredTable};

type Parameters = BTreeMap<String, String>;

/// How often a table is read again after somebody else wrote it first.
const ATTEMPTS: usize = 5;

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

/// Carries an intent out; doing so again changes nothing more.
pub(crate) async fn carry_out(cloud: &impl Cloud, intent: &Intent) -> Result<Outcome, CloudError> {
    match (&intent.wanted, intent.table()) {
        (Wanted::Table(_), Some(table)) => {
            again_if_raced(async || upsert(cloud, intent, &table).await).await
        }
        (Wanted::Disabled | Wanted::Gone, _) => {
            again_if_raced(async || mark(cloud, intent).await).await
        }
        (Wanted::NoLocation { reason }, _) => {
            // The table of where the log went before, if there is one, gets no more of it.
            again_if_raced(async || mark(cloud, intent).await).await?;
            Ok(Outcome::Skipped(reason.clone()))
        }
        (Wanted::Table(_), None) => {
            Ok(Outcome::Skipped("The destination has no table.".to_owned()))
        }
    }
}

async fn upsert(
    cloud: &impl Cloud,
    intent: &Intent,
    wanted: &Table,
) -> Result<Outcome, CloudError> {
    let region = &intent.resource.region;
    let Some(stored) = cloud.table(region, &wanted.database, &wanted.name).await? else {
        return create(cloud, intent, wanted).await;
    };
    if !is_ours(&stored) {
        return Ok(not_ours(&stored));
    }
    let updated = stored.with(wanted);
    if updated == stored {
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
    let region = &intent.resource.region;
    match cloud.create_table(region, wanted).await {
        Err(CloudError::NoDatabase(_)) => {
            cloud
                .create_database(region, &wanted.database, intent.log_type.title)
                .await?;
            cloud.create_table(region, wanted).await?;
        }
        made => made?,
    }
    Ok(Outcome::Created)
}

/// An old event about a former resource of that name must not switch off the table of the present one.
async fn mark(cloud: &impl Cloud, intent: &Intent) -> Result<Outcome, CloudError> {
    let region = &intent.resource.region;
    let Some(mut stored) = cloud
        .table(region, &intent.database(), &intent.table_name())
        .await?
    else {
        return Ok(Outcome::Skipped(
            "The log is off, and there is no table.".to_owned(),
        ));
    };
    if !is_ours(&stored) {
        return Ok(not_ours(&stored));
    }
    if !has_mark(&stored, marks::RESOURCE_ARN, &intent.resource.arn) {
        return Ok(Outcome::Skipped(
            "The table belongs to another resource of that name by now.".to_owned(),
        ));
    }
    let before = stored
        .table
        .parameters
        .insert(marks::ENABLED.to_owned(), "false".to_owned());
    if before.as_deref() == Some("false") {
        return Ok(Outcome::Unchanged);
    }
    cloud.update_table(region, &stored).await?;
    Ok(Outcome::Marked)
}

/// Somebody else was faster: what they wrote is looked at, and only what is still missing is written.
async fn again_if_raced(
    mut attempt: impl AsyncFnMut() -> Result<Outcome, CloudError>,
) -> Result<Outcome, CloudError> {
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(race @ (CloudError::Exists(_) | CloudError::Changed(_))) => {
                debug!(%race, "reading again")
            }
            answer => return answer,
        }
    }
    attempt().await
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
                parameters: overlaid(&self.table.parameters, &wanted.parameters),
                serde_parameters: overlaid(&self.table.serde_parameters, &wanted.serde_parameters),
                ..wanted.clone()
            },
            ..self.clone()
        }
    }
}

fn is_ours(stored: &StoredTable) -> bool {
    has_mark(stored, marks::MANAGED, "true")
}

fn has_mark(stored: &StoredTable, mark: &str, wanted: &str) -> bool {
    let value = stored.table.parameters.get(mark);
    value.is_some_and(|value| value == wanted)
}

fn not_ours(stored: &StoredTable) -> Outcome {
    let Table { database, name, .. } = &stored.table;
    Outcome::Skipped(format!(
        "The table {database}.{name} was made by somebody else and is left as it is. Rename or remove it to let this one be made."
    ))
}
