//! The last that a sweep of a source region does: the queries saved in its workgroup become those that its tables should have. What
//! people saved is left alone.

use std::collections::BTreeMap;

use logenabler_catalog::{SavedQuery, Source, Tables};

use super::Clock;
use super::order::{Order, Position};
use crate::cloud::{Cloud, CloudError};
use crate::saved::no_workgroup;
use crate::say::Say;

/// In the place of a list's name.
const SAVED_QUERIES: &str = "saved_queries";
const NOT_KEPT: &str = "saved queries are not all as they should be; the next sweep looks again";
const TOO_MANY: &str = "the workgroup has more queries than can be listed in one run, so they are left as they are; a longer timeout of the \
                        hub helps";

/// What a sweep keeps the queries of a source region with.
pub(super) struct Keeper<'a, C> {
    pub(super) there: &'a C,
    pub(super) source: &'a Source,
    pub(super) workgroup: &'a str,
    pub(super) clock: Clock,
}

/// Ours, as they were found.
#[derive(Default)]
struct Found {
    /// By name, each with its id.
    queries: BTreeMap<String, (String, SavedQuery)>,
    /// The same once more: an event and a sweep may have saved one at the same time.
    surplus: Vec<(String, SavedQuery)>,
    /// Whether the time was enough for all pages.
    is_whole: bool,
}

/// What was written.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Kept {
    pub(crate) saved: u64,
    pub(crate) replaced: u64,
    pub(crate) removed: u64,
    /// The first that there was; the others have their turn.
    failure: Option<CloudError>,
}

impl Kept {
    fn refused(&mut self, failure: CloudError) {
        self.failure.get_or_insert(failure);
    }
}

impl<C: Cloud> Keeper<'_, C> {
    /// Whether all is done; otherwise the order says to go on here.
    pub(super) async fn keep(
        &self,
        databases: &[String],
        order: &mut Order,
        say: &Say<'_>,
    ) -> bool {
        let here = Position {
            list: Some(SAVED_QUERIES.to_owned()),
            ..Position::default()
        };
        let has_a_run = order.from == here;
        order.from = here;
        if !self.there.writes() {
            return true;
        }
        if !has_a_run && self.clock.is_short() {
            return false;
        }
        let mut kept = Kept::default();
        let done = self.try_all(databases, has_a_run, &mut kept, say).await;
        say.kept(&kept);
        let done = kept.failure.take().map_or(done, Err);
        done.unwrap_or_else(|failure| {
            say.without(NOT_KEPT, &failure);
            true
        })
    }

    /// Tables are read after queries, so none is taken for gone that was only made in between.
    async fn try_all(
        &self,
        databases: &[String],
        has_a_run: bool,
        kept: &mut Kept,
        say: &Say<'_>,
    ) -> Result<bool, CloudError> {
        let Some(mut found) = self.found().await? else {
            say.note(&no_workgroup(self.workgroup, &self.source.region));
            return Ok(true);
        };
        if !found.is_whole {
            if has_a_run {
                say.note(TOO_MANY);
            }
            return Ok(has_a_run);
        }
        for database in databases {
            if !self.write(database, &mut found, kept).await? {
                return Ok(false);
            }
        }
        self.remove(databases, found, kept).await
    }

    async fn found(&self) -> Result<Option<Found>, CloudError> {
        let mut found = Found::default();
        let mut next: Option<String> = None;
        loop {
            let page = self
                .there
                .saved_queries(self.region(), self.workgroup, next.as_deref());
            let Some(page) = page.await? else {
                return Ok(None);
            };
            let ours = page
                .queries
                .into_iter()
                .filter(|(_, query)| query.table().is_some());
            for (id, query) in ours {
                let name = query.name.clone();
                found
                    .surplus
                    .extend(found.queries.insert(name, (id, query)));
            }
            next = page.next;
            found.is_whole = next.is_none();
            if found.is_whole || self.clock.is_short() {
                return Ok(Some(found));
            }
        }
    }

    /// What the tables of a database lack, or have otherwise. Whether there was time for all.
    async fn write(
        &self,
        database: &str,
        found: &mut Found,
        kept: &mut Kept,
    ) -> Result<bool, CloudError> {
        let (there, region) = (self.there, self.region());
        let tables = Tables::of(there.asked_tables(region, database).await?);
        for wanted in tables.iter().flat_map(Tables::saved_queries) {
            match found.queries.remove(&wanted.name) {
                Some((_, query)) if query == wanted => continue,
                Some((id, _)) => match there.replace_query(region, &id, &wanted).await {
                    Ok(()) => kept.replaced += 1,
                    Err(refused) => kept.refused(refused),
                },
                None => match there.save_query(region, self.workgroup, &wanted).await {
                    Ok(_) => kept.saved += 1,
                    Err(refused) => kept.refused(refused),
                },
            }
            if self.clock.is_short() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What is left: the table or the question is gone. Of databases that were not read nobody knows.
    async fn remove(
        &self,
        databases: &[String],
        found: Found,
        kept: &mut Kept,
    ) -> Result<bool, CloudError> {
        let left = found.queries.into_values().chain(found.surplus);
        for (id, _) in left.filter(|(_, query)| databases.contains(&query.database)) {
            match self.there.remove_query(self.region(), &id).await {
                Ok(()) => kept.removed += 1,
                Err(refused) => kept.refused(refused),
            }
            if self.clock.is_short() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn region(&self) -> &str {
        &self.source.region
    }
}
