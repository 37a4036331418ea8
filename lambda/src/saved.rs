//! The queries that are saved with a new table. The table is what matters: what fails here, the next sweep makes up for.

use std::time::Instant;

use tokio::time::timeout;

use crate::cloud::{Cloud, CloudError};
use crate::handle::TableReport;
use crate::say::Say;

/// Saves those of the tables that an event led to, in half of the time that is left.
pub(crate) async fn save_queries(
    cloud: &impl Cloud,
    workgroup: &str,
    tables: impl Iterator<Item = &TableReport>,
    ends: Instant,
    say: &Say<'_>,
) {
    if !cloud.writes() {
        return;
    }
    let patience = ends.saturating_duration_since(Instant::now()) / 2;
    let all = async {
        for table in tables {
            match save(cloud, workgroup, table).await {
                Ok(true) => {}
                Ok(false) => say.note(&no_workgroup(workgroup, &table.region)),
                Err(failure) => say.without(NOT_SAVED, &failure),
            }
        }
    };
    if timeout(patience, all).await.is_err() {
        say.without(NOT_SAVED, &too_slow(workgroup));
    }
}

const NOT_SAVED: &str = "not all queries of a new table are saved; the next sweep tries again. In the account of a member its forwarder needs create_workgroup = true";

/// For people who turned saved queries on, but have no place for them there.
pub(crate) fn no_workgroup(workgroup: &str, region: &str) -> String {
    format!(
        "no query is saved in {region}, for there is no workgroup {workgroup} in Athena; create_workgroup = true on the forwarder of that \
         region makes it"
    )
}

/// Whether there is a workgroup.
async fn save(
    cloud: &impl Cloud,
    workgroup: &str,
    table: &TableReport,
) -> Result<bool, CloudError> {
    for query in &table.saved_queries {
        let saved = cloud.save_query(&table.region, workgroup, query).await?;
        if saved.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn too_slow(workgroup: &str) -> CloudError {
    CloudError::Failed {
        operation: "athena:CreateNamedQuery".to_owned(),
        object: workgroup.to_owned(),
        message: "Athena answered too slowly".to_owned(),
    }
}
