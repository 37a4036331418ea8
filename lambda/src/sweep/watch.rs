//! The drift watch: the newest file of each table is looked into, so that the day AWS writes something new, somebody knows. What
//! fails here is left to the next sweep.

use std::time::{Duration, SystemTime};

use aws_smithy_types::date_time::{DateTime, Format};
use logenabler_catalog::{Newest, Samples, Source, marks};
use tokio::time::timeout;

use super::{Clock, Counts, Inventory, Tally};
use crate::cloud::{Cloud, CloudError};
use crate::handle::TableReport;
use crate::say::Say;
use crate::unpack::unpack;

/// Of a file, as it is stored.
const BYTES: usize = 64 << 10;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) struct Watch<'a> {
    /// Otherwise only what it once marked loses its mark.
    pub(super) is_on: bool,
    pub(super) inventory: &'a Inventory,
    pub(super) source: &'a Source,
    pub(super) clock: Clock,
}

impl Watch<'_> {
    /// Takes half of the time that is left at most: the other half is for all else.
    pub(super) async fn tables(
        &self,
        there: &impl Cloud,
        reports: &[TableReport],
        tally: &mut Tally,
        say: &Say<'_>,
    ) {
        for report in reports {
            let Some(samples) = &report.samples else {
                continue;
            };
            let counts = tally.of(report.log_type);
            let look = Box::pin(self.table(there, samples, counts, say));
            let looked = timeout(self.clock.left() / 2, look).await;
            if let Err(failure) = looked.unwrap_or_else(|_| Err(too_slow(samples))) {
                tally.of(report.log_type).unsampled += 1;
                say.unsampled(samples, &failure);
            }
        }
    }

    async fn table(
        &self,
        there: &impl Cloud,
        samples: &Samples,
        counts: &mut Counts,
        say: &Say<'_>,
    ) -> Result<(), CloudError> {
        if !self.is_on {
            return self.mark(there, samples, None).await;
        }
        let Some(file) = self.newest(there, samples).await? else {
            return Ok(());
        };
        let beginning = samples.beginning(&file, BYTES);
        let bytes = there.read(&self.source.region, &beginning).await?;
        let (text, is_cut) = unpack(bytes.unwrap_or_default(), file.size > BYTES);
        let found = samples.read(&text, is_cut);
        if found.records == 0 {
            return Ok(());
        }
        counts.sampled += 1;
        let drift = found.drift();
        if drift.is_some() {
            counts.drifted += 1;
            say.drifted(samples, &file, &found);
        }
        self.mark(there, samples, drift).await
    }

    /// Of today, or else of yesterday.
    async fn newest(
        &self,
        there: &impl Cloud,
        samples: &Samples,
    ) -> Result<Option<Newest>, CloudError> {
        let now = SystemTime::now();
        let mut lists: Vec<_> = [now, now - DAY].map(|at| samples.list(&day(at))).into();
        // Folders may be of whole months.
        lists.dedup();
        for list in lists {
            let listed = there.look_up(&self.source.region, &list).await?;
            let newest = listed.and_then(|listed| samples.newest(&listed));
            if newest.is_some() {
                return Ok(newest);
            }
        }
        Ok(None)
    }

    /// A table that is as it was costs no call.
    async fn mark(
        &self,
        there: &impl Cloud,
        samples: &Samples,
        drift: Option<String>,
    ) -> Result<(), CloudError> {
        let Samples {
            database, table, ..
        } = samples;
        if self.inventory.drift(database, table) == drift.as_deref() {
            return Ok(());
        }
        let region = &self.source.region;
        let names = [table.clone()];
        for mut stored in there.tables(region, database, &names).await? {
            let parameters = &mut stored.table.parameters;
            if parameters.get(marks::MANAGED).map(String::as_str) != Some("true") {
                continue;
            }
            match &drift {
                Some(drift) => parameters.insert(marks::DRIFT.to_owned(), drift.clone()),
                None => parameters.remove(marks::DRIFT),
            };
            there.update_table(region, &stored).await?;
        }
        Ok(())
    }
}

/// Such as `2026-03-03`.
fn day(at: SystemTime) -> String {
    let written = DateTime::from(at).fmt(Format::DateTime).unwrap_or_default();
    written.chars().take("2026-03-03".len()).collect()
}

fn too_slow(samples: &Samples) -> CloudError {
    CloudError::Failed {
        operation: "looking into the newest file".to_owned(),
        object: samples.table.clone(),
        message: "there was no time left for it".to_owned(),
    }
}
