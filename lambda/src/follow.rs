//! One subject: its tables are brought in line with what its service says now.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use logenabler_catalog::{Answers, Filter, Intent, Log, Subject, Tables, Wanted};
use tracing::debug;

use crate::ask::ask;
use crate::cloud::{Cloud, CloudError, StoredTable};
use crate::find::find;
use crate::handle::{TableReport, in_time, out_of_time};
use crate::readable::Buckets;
use crate::readers::Readers;
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
    pub(crate) buckets: &'a Buckets,
    /// Who is let in to read tables.
    pub(crate) readers: Option<&'a Readers>,
    /// When the run is given up.
    pub(crate) ends: Instant,
}

/// Before that, what was written is told of, however slowly AWS answers.
const TO_TELL_OF_IT: Duration = Duration::from_secs(2);

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
        let tables = try_all(cloud, given, &tried, attempt);
        let tables = in_time(given.ends, TO_TELL_OF_IT, tables).await;
        match tables.unwrap_or_else(|| Err(out_of_time(subject.arn.clone()))) {
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
    for answer in &mut answers {
        if let Ok(report) = answer
            && let Some(bucket) = &report.bucket
        {
            let needs = given.buckets.needs(cloud, &subject.region, bucket, say);
            let needs = in_time(given.ends, TO_TELL_OF_IT, needs).await;
            report.readers_need = needs.flatten();
        }
        say.answer(answer);
    }
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
                open.push((log, Some(first_of(written, report))));
            }
            Ok(report) if report.outcome == Outcome::Unchanged => {
                answers.push(Ok(written.unwrap_or(report)));
            }
            answer => {
                let made = written.filter(|_| answer.is_err());
                answers.extend(made.map(Ok));
                answers.push(answer);
            }
        }
    }
    open
}

/// A table that is new is that to people, also where it was written once more.
fn first_of(written: Option<TableReport>, report: TableReport) -> TableReport {
    match (written, &report.outcome) {
        (Some(made), Outcome::Updated) if made.outcome == Outcome::Created => made,
        _ => report,
    }
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
            Ok(stored) => carry_out(cloud, &intent, given.readers, stored).await,
            Err(failure) => Err(failure),
        };
        answers.push(outcome.map(|outcome| report(given, &intent, outcome)));
    }
    Ok(answers)
}

fn report(given: &Given<'_>, intent: &Intent, outcome: Outcome) -> TableReport {
    let log = &intent.log;
    let is_skipped = matches!(outcome, Outcome::Skipped { .. });
    let in_sweep = given.inventory.filter(|_| !is_skipped);
    let tables = outcome.is_write().then(|| intent.tables()).flatten();
    let new = tables.as_ref().filter(|_| outcome == Outcome::Created);
    TableReport {
        log_type: log.log_type.name,
        database: log.database(),
        table: log.table_name(),
        region: log.resource.region.clone(),
        saved_queries: new.map(Tables::saved_queries).unwrap_or_default(),
        outcome,
        query: tables.as_ref().map(Tables::example_query),
        bucket: tables.as_ref().and_then(Tables::bucket),
        readers_need: None,
        samples: in_sweep.and_then(|_| intent.samples()),
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
