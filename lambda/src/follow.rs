//! One subject: its tables are brought in line with what its service says now.

use std::collections::BTreeSet;

use logenabler_catalog::{Answers, Filter, Intent, Log, Subject, Wanted};
use tracing::debug;

use crate::ask::ask;
use crate::cloud::{Cloud, CloudError, StoredTable};
use crate::find::find;
use crate::handle::TableReport;
use crate::say::Say;
use crate::schemas::Known;
use crate::sweep::Inventory;
use crate::upsert::{Outcome, Why, carry_out};

type Answer = Result<TableReport, CloudError>;

/// A log to look at, and what was written for it when it was looked at before.
type Open = (Log, Option<TableReport>);

const EXCLUDED: &str = "The hub's include and exclude settings leave this resource out.";

/// How often everything is looked at again after somebody else wrote a table first.
const ATTEMPTS: usize = 5;

/// What is known before anything is looked at.
pub(crate) struct Given<'a> {
    pub(crate) schemas: &'a Known,
    /// Which resources get tables.
    pub(crate) filter: &'a Filter,
    /// The tables that a sweep found; others are not asked for at first.
    pub(crate) inventory: Option<&'a Inventory>,
}

/// What became of each of the subject's tables. Every one gets its turn, also after another failed.
pub(crate) async fn follow(
    cloud: &impl Cloud,
    given: &Given<'_>,
    subject: &Subject,
    say: &Say<'_>,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut open = Vec::new();
    for log in found(cloud, given.schemas, subject, say).await {
        match log {
            Ok(log) => open.push((log, None)),
            Err(failure) => answers.push(Err(failure)),
        }
    }
    // What was not written does not have to be looked at again.
    let attempts = if cloud.writes() { ATTEMPTS } else { 1 };
    for attempt in 1..=attempts {
        let tried = std::mem::take(&mut open);
        match try_all(cloud, given, &tried, attempt).await {
            Ok(tables) => {
                let tried = tried.into_iter().zip(tables);
                open = settle(tried, attempt == attempts, &mut answers);
            }
            Err(failure) => {
                answers.extend(tried.into_iter().filter_map(|(_, written)| written.map(Ok)));
                answers.push(Err(failure));
            }
        }
    }
    answers.iter().for_each(|answer| say.answer(answer));
    answers
}

/// What has to be looked at again; all else has its answer, the last time whatever it is.
fn settle(
    tried: impl Iterator<Item = (Open, Answer)>,
    is_last: bool,
    answers: &mut Vec<Answer>,
) -> Vec<Open> {
    let mut open = Vec::new();
    let mut taken = BTreeSet::new();
    for ((log, written), answer) in tried {
        let place = (log.log_type.name, log.database(), log.table_name());
        match answer {
            // Another delivery of this log has just got the table, and keeps it.
            Err(race) if is_race(&race) && taken.contains(&place) => debug!(%race, "left alone"),
            Err(race) if is_race(&race) && !is_last => {
                debug!(%race, "looking again");
                open.push((log, written));
            }
            // What changed back while we wrote left others nothing to write, and Glue nothing to refuse.
            Ok(report) if report.outcome.is_write() && !is_last => {
                if report.outcome != Outcome::Marked {
                    taken.insert(place);
                }
                open.push((log, Some(report)));
            }
            Ok(report) if report.outcome == Outcome::Unchanged => {
                answers.push(Ok(written.unwrap_or(report)));
            }
            answer => answers.push(answer),
        }
    }
    open
}

async fn found(
    cloud: &impl Cloud,
    schemas: &Known,
    subject: &Subject,
    say: &Say<'_>,
) -> Vec<Result<Log, CloudError>> {
    let logs = find(cloud, schemas, subject, say).await;
    logs.unwrap_or_else(|failure| vec![Err(failure)])
}

/// The tables are read before the service is looked at: a table that somebody writes in between was made of other, perhaps
/// newer settings. Glue then refuses our write, and everything is looked at again.
async fn try_all(
    cloud: &impl Cloud,
    given: &Given<'_>,
    logs: &[Open],
    attempt: usize,
) -> Result<Vec<Answer>, CloudError> {
    if logs.is_empty() {
        return Ok(Vec::new());
    }
    let mut tables = Vec::new();
    for (log, written) in logs {
        tables.push(match attempt {
            1 => first_seen(cloud, given.inventory, log).await,
            _ => stored(cloud, log, &log.table_names(), written.is_none()).await,
        });
    }
    let mut said = Answers::default();
    let mut answers = Vec::new();
    for ((log, _), stored) in logs.iter().zip(tables) {
        let region = &log.subject.region;
        let intent = ask(cloud, region, &mut said, |said| log.intent(said)).await?;
        let taken = takes(cloud, given.filter, &intent, &mut said).await?;
        let outcome = match stored {
            Ok(_) if !taken => Ok(Why::Excluded.because(EXCLUDED)),
            Ok(stored) => carry_out(cloud, &intent, stored).await,
            Err(failure) => Err(failure),
        };
        answers.push(outcome.map(|outcome| report(&intent, outcome)));
    }
    Ok(answers)
}

fn report(intent: &Intent, outcome: Outcome) -> TableReport {
    let log = &intent.log;
    let tables = outcome.is_write().then(|| intent.tables()).flatten();
    TableReport {
        log_type: log.log_type.name,
        database: log.database(),
        table: log.table_name(),
        outcome,
        query: tables.map(|tables| tables.example_query()),
    }
}

/// The tables that the log has, as far as a sweep's inventory, which is older, has them.
async fn first_seen(
    cloud: &impl Cloud,
    inventory: Option<&Inventory>,
    log: &Log,
) -> Result<Vec<StoredTable>, CloudError> {
    let mut names = log.table_names();
    if let Some(inventory) = inventory {
        let database = log.database();
        names.retain(|name| inventory.has(&database, name));
    }
    stored(cloud, log, &names, false).await
}

/// Those of the tables that the log has, perhaps a view among them. After a race each is asked for by name: then there is one
/// that a list may hide from us.
async fn stored(
    cloud: &impl Cloud,
    log: &Log,
    names: &[String],
    raced: bool,
) -> Result<Vec<StoredTable>, CloudError> {
    let (region, database) = (&log.subject.region, log.database());
    let at_once = if raced { 1 } else { names.len() };
    let mut tables = Vec::new();
    for names in names.chunks(at_once.max(1)) {
        tables.extend(cloud.tables(region, &database, names).await?);
    }
    Ok(tables)
}

/// Whether the resource is to have the table. What is off or gone is marked whatever it is.
async fn takes(
    cloud: &impl Cloud,
    filter: &Filter,
    intent: &Intent,
    said: &mut Answers,
) -> Result<bool, CloudError> {
    if !matches!(intent.wanted, Wanted::Table(_)) {
        return Ok(true);
    }
    let resource = &intent.log.resource;
    let region = &intent.log.subject.region;
    ask(cloud, region, said, |said| filter.takes(resource, said)).await
}

fn is_race(failure: &CloudError) -> bool {
    matches!(failure, CloudError::Exists(_) | CloudError::Changed(_))
}
