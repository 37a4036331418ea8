//! One source region: first what its tables were made of, then what its services list, page by page, until all is looked at or the
//! time is short. Then the function starts itself again, from there.

use std::collections::BTreeSet;

use logenabler_catalog::{Answers, Listing, LogType, LookUp, Source, Subject};
use logenabler_catalog::{
    heard, listings, logs, logs_management_events, may_name, patterns_sent_to,
};

use serde_json::Value as Json;

use super::inventory::{Databases, databases};
use super::order::{Order, Position};
use super::saved::Keeper;
use super::tally::Tally;
use super::watch::Watch;
use super::{Clock, Inventory, Swept};
use crate::ask::ask;
use crate::cloud::{Cloud, CloudError};
use crate::follow::{Given, follow};
use crate::handle::{Function, TableReport};
use crate::ledger::Metric;
use crate::readable::Buckets;
use crate::say::Say;

pub(super) struct Region<'a> {
    pub(super) source: &'a Source,
    pub(super) bus: &'a str,
    pub(super) function: &'a Function,
    /// Whether it is in another account than the function.
    pub(super) is_members: bool,
    pub(super) clock: Clock,
}

/// What is to be looked at next, and where to go on behind it. A list that cannot be had has none, and the others their turn.
#[derive(Default)]
struct Page {
    subjects: Vec<Subject>,
    next: Option<Position>,
}

impl Region<'_> {
    pub(super) async fn sweep(
        &self,
        cloud: &impl Cloud,
        order: Order,
        say: &Say<'_>,
    ) -> Result<Swept, CloudError> {
        let say = say.of_source(self.source);
        let swept = self.sweep_its_account(cloud, order, &say).await;
        swept.inspect_err(|failure| say.failed(failure))
    }

    /// `cloud` is the function's own account; a member's is asked for.
    async fn sweep_its_account(
        &self,
        cloud: &impl Cloud,
        order: Order,
        say: &Say<'_>,
    ) -> Result<Swept, CloudError> {
        let Source { account, region } = self.source;
        if !self.is_members {
            return self.sweep_there(cloud, cloud, order, say).await;
        }
        let member = Box::pin(cloud.member(account, region)).await?;
        self.sweep_there(cloud, &*member, order, say).await
    }

    async fn sweep_there<C: Cloud>(
        &self,
        cloud: &C,
        there: &C,
        mut order: Order,
        say: &Say<'_>,
    ) -> Result<Swept, CloudError> {
        let patterns = self
            .ask(there, |said| patterns_sent_to(self.bus, said))
            .await?;
        if patterns.is_empty() {
            say.sweep("no rule there sends to the hub, so nothing is swept");
            return Ok(Swept::Region(Tally::default()));
        }
        if order.from == Position::default() {
            // Alarms count what may never have happened.
            say.none(Metric::Events);
            say.none(Metric::Failed);
            self.look_for_a_trail(there, say).await;
        }
        let is_done = self
            .look_at_all(cloud, there, &patterns, &mut order, say)
            .await?;
        self.end(cloud, order, is_done, say).await
    }

    /// Whether the time was long enough for it.
    async fn look_at_all(
        &self,
        cloud: &impl Cloud,
        there: &impl Cloud,
        patterns: &[Json],
        order: &mut Order,
        say: &Say<'_>,
    ) -> Result<bool, CloudError> {
        let schemas = self.function.schemas.known(cloud).await?;
        let lists = listings(patterns, &self.source.region);
        let heard = heard(patterns, &self.source.region);
        let asked: Vec<_> = databases(self.source, &heard, &schemas)
            .into_keys()
            .collect();
        let types = left(heard, &lists, &order.from);
        let read = databases(self.source, &types, &schemas);
        let inventory = self.inventory(there, &read, &mut order.tally, say).await?;
        let walk = Walk {
            region: self,
            lists,
            given: Given {
                schemas: &schemas,
                filter: &self.function.filter,
                inventory: Some(&inventory),
                buckets: &Buckets::default(),
                readers: self.function.readers(self.is_members),
                ends: self.clock.ends,
            },
            inventory: &inventory,
            watch: Watch {
                // A member's role may not look into files.
                is_on: self.function.drift_watch && !self.is_members,
                inventory: &inventory,
                source: self.source,
                clock: self.clock,
            },
        };
        let is_done = walk.on(there, order, say).await?;
        Ok(is_done && self.keep_queries(there, asked, order, say).await)
    }

    /// What cannot be read is told and counted, and left to the next sweep.
    async fn inventory(
        &self,
        there: &impl Cloud,
        databases: &Databases,
        tally: &mut Tally,
        say: &Say<'_>,
    ) -> Result<Inventory, CloudError> {
        let inventory = Inventory::read(there, self.source, databases, self.clock).await?;
        for (types, failure) in inventory.refused() {
            say.unlisted(failure);
            types.iter().for_each(|log_type| tally.failed(log_type));
        }
        Ok(inventory)
    }

    /// Whether that is done; a hub without saved queries has none to keep.
    async fn keep_queries(
        &self,
        there: &impl Cloud,
        databases: Vec<String>,
        order: &mut Order,
        say: &Say<'_>,
    ) -> bool {
        let Some(workgroup) = &self.function.workgroup else {
            return true;
        };
        let keeper = Keeper {
            there,
            source: self.source,
            workgroup,
            clock: self.clock,
        };
        Box::pin(keeper.keep(&databases, order, say)).await
    }

    async fn end(
        &self,
        cloud: &impl Cloud,
        mut order: Order,
        is_done: bool,
        say: &Say<'_>,
    ) -> Result<Swept, CloudError> {
        if is_done {
            let tally = order.tally.by_log_type();
            tally.for_each(|(log_type, counts)| say.swept(log_type, counts));
            return Ok(Swept::Region(order.tally));
        }
        order.account = Some(self.source.account.clone());
        cloud.start(&order.payload()).await?;
        say.sweep("time is short, so another run sweeps the rest");
        Ok(Swept::Continued(order.tally))
    }

    /// Without one no event comes, however many logs are turned on.
    async fn look_for_a_trail(&self, there: &impl Cloud, say: &Say<'_>) {
        match self.ask(there, logs_management_events).await {
            Ok(true) => say.count(Metric::RegionsWithTrail),
            Ok(false) => {
                say.none(Metric::RegionsWithTrail);
                say.sweep(
                    "no trail logs management events here, so no event of this region comes; only sweeps find what changes",
                );
            }
            Err(failure) => say.without("whether a trail logs here cannot be told", &failure),
        }
    }

    async fn ask<T>(
        &self,
        there: &impl Cloud,
        answered: impl Fn(&Answers) -> Result<T, LookUp>,
    ) -> Result<T, CloudError> {
        ask(
            there,
            &self.source.region,
            &mut Answers::default(),
            answered,
        )
        .await
    }
}

impl Page {
    /// What a run before has left. Tables are in the order of their ARNs; if the last of a list's page is gone since, all of the
    /// page are looked at again.
    fn behind(&self, from: &Position) -> &[Subject] {
        let Some(after) = &from.after else {
            return &self.subjects;
        };
        let rest = match &from.list {
            None => self.subjects.partition_point(|it| it.arn <= *after),
            Some(_) => {
                let last = self.subjects.iter().position(|it| it.arn == *after);
                last.map_or(0, |last| last + 1)
            }
        };
        self.subjects.get(rest..).unwrap_or_default()
    }
}

/// What is gone through, in its order.
struct Walk<'a> {
    region: &'a Region<'a>,
    lists: Vec<&'static Listing>,
    given: Given<'a>,
    inventory: &'a Inventory,
    watch: Watch<'a>,
}

impl Walk<'_> {
    /// Whether all of it was looked at; otherwise the order says where to go on. Each run looks at one resource at least.
    async fn on(
        &self,
        there: &impl Cloud,
        order: &mut Order,
        say: &Say<'_>,
    ) -> Result<bool, CloudError> {
        // Of this run only: what one before looked at may have been left half done when Lambda ended it.
        let mut looked = BTreeSet::new();
        loop {
            let page = self.page(there, order, say).await;
            for subject in page.behind(&order.from) {
                if looked.contains(subject) {
                    continue;
                }
                if !looked.is_empty() && self.region.clock.is_short() {
                    return Ok(false);
                }
                let reports = self.look_at(there, subject, &mut order.tally, say).await;
                let counted = self.is_counted(subject, &order.from);
                let new = |report: &&TableReport| !counted || report.outcome.is_write();
                reports
                    .iter()
                    .filter(new)
                    .for_each(|report| order.tally.report(report));
                if !counted {
                    let say = say.about(subject, None);
                    self.watch
                        .tables(there, &reports, &mut order.tally, &say)
                        .await;
                }
                order.from.after = Some(subject.arn.clone());
                looked.insert(subject.clone());
            }
            match page.next {
                Some(next) => order.from = next,
                None => return Ok(true),
            }
        }
    }

    async fn page(&self, there: &impl Cloud, order: &mut Order, say: &Say<'_>) -> Page {
        let Some(name) = &order.from.list else {
            return Page {
                subjects: self.inventory.subjects().iter().cloned().collect(),
                next: self.lists.first().map(|list| at(list, "")),
            };
        };
        // What is not heard of any more is not gone through any more.
        let mut rest = self.lists.iter().skip_while(|list| list.name != name);
        let Some(list) = rest.next() else {
            return Page::default();
        };
        let next_list = rest.next().map(|list| at(list, ""));
        let source = self.region.source;
        let call = list.ask(source, order.page_size, &order.from.page);
        match there.look_up(&source.region, &call).await {
            Ok(Some(answer)) => {
                let listed = list.read(source, &answer);
                Page {
                    subjects: listed.subjects,
                    next: listed.next.map(|token| at(list, &token)).or(next_list),
                }
            }
            refused => {
                say.unlisted(&refused.err().unwrap_or_else(|| no_page(list)));
                order.tally.failed(list.name);
                Page {
                    next: next_list,
                    ..Page::default()
                }
            }
        }
    }

    /// What fails is told and counted, and left to the next sweep.
    async fn look_at(
        &self,
        there: &impl Cloud,
        subject: &Subject,
        tally: &mut Tally,
        say: &Say<'_>,
    ) -> Vec<TableReport> {
        let say = say.about(subject, None);
        let answers = Box::pin(follow(there, &self.given, subject, &say)).await;
        let failed = answers.iter().filter(|answer| answer.is_err());
        failed.for_each(|_| tally.failed(log_type(subject)));
        answers.into_iter().flatten().collect()
    }

    /// A run before this one has looked at what tables were made of, and counted it.
    fn is_counted(&self, subject: &Subject, from: &Position) -> bool {
        from.list.is_some() && self.inventory.subjects().contains(subject)
    }
}

/// The log types that may still be met, from there on.
fn left(
    mut types: Vec<&'static LogType>,
    lists: &[&Listing],
    from: &Position,
) -> Vec<&'static LogType> {
    if let Some(name) = &from.list {
        let rest = lists.iter().skip_while(|list| list.name != name);
        types.retain(|log_type| rest.clone().any(|list| may_name(list, log_type)));
    }
    types
}

fn at(list: &Listing, page: &str) -> Position {
    Position {
        list: Some(list.name.to_owned()),
        page: page.to_owned(),
        after: None,
    }
}

/// Such as for a token that is too old.
fn no_page(list: &Listing) -> CloudError {
    CloudError::Failed {
        operation: list.action.to_owned(),
        object: list.name.to_owned(),
        message: "the service knows no such page".to_owned(),
    }
}

/// The first of those it may write, to count by.
fn log_type(subject: &Subject) -> &'static str {
    let known = logs(subject, &Answers::default()).unwrap_or_default().known;
    known.first().map_or("delivery", |log| log.log_type.name)
}
