//! The users' table schemas, kept for a minute, so that a burst of events asks for them once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use logenabler_catalog::{LogType, Problem, TableSchema};
use tracing::warn;

use crate::cloud::{Cloud, CloudError};

/// How long a change may go unnoticed.
const FRESH: Duration = Duration::from_secs(60);

/// Where table schemas are, and what they were when last looked at.
pub struct Schemas {
    database: Option<String>,
    fresh: Duration,
    seen: Mutex<Option<(Instant, Arc<Known>)>>,
}

/// The table schemas as they are kept, by log type.
#[derive(Debug, Default)]
pub(crate) struct Known {
    database: String,
    texts: BTreeMap<String, String>,
}

impl Schemas {
    /// Table schemas in this Glue database; none where there is no database.
    pub fn new(database: Option<String>) -> Self {
        Self {
            database,
            fresh: FRESH,
            seen: Mutex::default(),
        }
    }

    pub(crate) async fn known(&self, cloud: &impl Cloud) -> Result<Arc<Known>, CloudError> {
        let Some(database) = &self.database else {
            return Ok(Arc::default());
        };
        if let Some(known) = self.seen() {
            return Ok(known);
        }
        let known = Arc::new(Known {
            database: database.clone(),
            texts: read(cloud, database).await?,
        });
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), Arc::clone(&known)));
        Ok(known)
    }

    fn seen(&self) -> Option<Arc<Known>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = seen.as_ref().filter(|(at, _)| at.elapsed() < self.fresh);
        fresh.map(|(_, known)| Arc::clone(known))
    }
}

/// Whoever removed the database has no table schemas; most never had one. That is no reason to make no tables.
async fn read(cloud: &impl Cloud, database: &str) -> Result<BTreeMap<String, String>, CloudError> {
    let texts = cloud.table_schemas(database).await?;
    if texts.is_none() {
        warn!(
            database,
            "the database of the table schemas is gone; run terraform apply for the hub to have it made again"
        );
    }
    Ok(texts.unwrap_or_default())
}

impl Known {
    /// The changes to this log type's tables. Those that cannot be made stop its tables: to make others instead would
    /// leave the user with tables that nobody asked for.
    pub(crate) fn of(&self, log_type: &LogType) -> Result<TableSchema, CloudError> {
        let Some(text) = self.texts.get(log_type.name) else {
            return Ok(TableSchema::default());
        };
        let schema = TableSchema::parse(text).map_err(|error| self.unusable(log_type, &error))?;
        if schema.database_name.as_ref() == Some(&self.database) {
            return Err(self.unusable(log_type, "It puts tables among the table schemas"));
        }
        match schema.problems(log_type).first() {
            None => Ok(schema),
            Some(Problem { reason, .. }) => Err(self.unusable(log_type, reason)),
        }
    }

    fn unusable(&self, log_type: &LogType, reason: &str) -> CloudError {
        CloudError::Failed {
            operation: "reading the table schema".to_owned(),
            object: format!("{}.{}", self.database, log_type.name),
            message: format!(
                "{}. Run terraform apply for this logenabler_table_schema, to have it written anew",
                reason.trim_end_matches('.')
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;

    /// Asks for the schemas as often as that; answers how often AWS was asked.
    async fn check(database: Option<&str>, fresh: Duration, times: usize) -> usize {
        let memory = Memory::default();
        let schemas = Schemas {
            fresh,
            ..Schemas::new(database.map(str::to_owned))
        };
        for _ in 0..times {
            schemas.known(&memory).await.unwrap();
        }
        memory.calls.lock().unwrap().len()
    }

    #[tokio::test]
    async fn schemas_are_read_once_a_minute_and_only_where_there_are_any() {
        assert_eq!(check(Some("schemas"), FRESH, 5).await, 1);
        assert_eq!(check(Some("schemas"), Duration::ZERO, 5).await, 5);
        assert_eq!(check(None, FRESH, 5).await, 0);
    }
}
