//! One run of the function, from what started it to the tables: an event, or the order of a sweep.

use std::time::{Duration, Instant};

use logenabler_catalog::{Event, Filter, LogBucket, Samples, SavedQuery, ignored, shown, subjects};
use serde::Serialize;
use serde_json::Value as Json;
use tokio::time::timeout;

use crate::cloud::{Cloud, CloudError};
use crate::follow::{Given, follow};
use crate::ledger::Ledger;
use crate::news::tell;
use crate::readable::Buckets;
use crate::readers::Readers;
use crate::saved::save_queries;
use crate::say::Say;
use crate::schemas::Schemas;
use crate::sweep::{self, Order, Swept};
use crate::upsert::Outcome;

/// What a function was set up to do, for as long as its process lives.
pub struct Function {
    /// The users' table schemas.
    pub schemas: Schemas,
    /// Which resources get tables.
    pub filter: Filter,
    /// The hub's bus: regions that send to it are swept.
    pub event_bus_arn: Option<String>,
    /// Where people are told what was done.
    pub topic_arn: Option<String>,
    /// Who may query the tables of the function's own account, where Lake Formation is in force; and where it is to see to that.
    pub readers: Option<Readers>,
    /// The workgroup of Athena, in each region, that a table's queries are saved in.
    pub workgroup: Option<String>,
    /// Whether sweeps look into the newest files, for what their tables do not read.
    pub drift_watch: bool,
}

impl Function {
    /// In the account of a member, whoever grants there sees to them.
    pub(crate) fn readers(&self, is_members: bool) -> Option<&Readers> {
        self.readers.as_ref().filter(|_| !is_members)
    }
}

/// One run.
pub struct Run<'a> {
    /// What started it.
    pub payload: &'a str,
    /// The function's own account, where it is known; an event of any other is a member's.
    pub account: Option<&'a str>,
    /// Under which it is traced.
    pub trace_id: Option<&'a str>,
    /// When Lambda ends it.
    pub ends: Instant,
}

impl Run<'_> {
    /// What is left then is for saying what was done.
    fn gives_up(&self) -> Instant {
        let left = self.ends.saturating_duration_since(Instant::now());
        self.ends - TO_SAY.min(left / 4)
    }
}

/// What became of a run; the function's answer.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// What started it cannot be used, for this reason; trying again would not help.
    Rejected(String),
    /// The event named these tables. Empty: it concerns no log that is known.
    Tables(Vec<TableReport>),
    /// How far a sweep has come.
    Swept(Swept),
}

/// What became of one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableReport {
    pub(crate) log_type: &'static str,
    pub(crate) database: String,
    pub(crate) table: String,
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
    /// To begin with, where the table was written.
    #[serde(skip)]
    pub(crate) query: Option<String>,
    /// Where its files are, if they were not there before.
    #[serde(skip)]
    pub(crate) bucket: Option<LogBucket>,
    /// What whoever queries it needs of that bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) readers_need: Option<String>,
    /// Where the table is.
    #[serde(skip)]
    pub(crate) region: String,
    /// To be saved with it, where it is new.
    #[serde(skip)]
    pub(crate) saved_queries: Vec<SavedQuery>,
    /// In a sweep: where the table's files are.
    #[serde(skip)]
    pub(crate) samples: Option<Samples>,
}

/// Does what the run was started for. An error means that AWS did not answer as it should: Lambda tries again, and in the end keeps
/// what started it in the dead-letter queue. All that happened is in the ledger.
pub async fn handle(
    cloud: &impl Cloud,
    function: &Function,
    run: &Run<'_>,
    ledger: &Ledger,
) -> Result<Report, CloudError> {
    let say = Say::new(ledger, run.trace_id);
    let report = in_time(run.ends, TO_SAY, done(cloud, function, run, &say)).await;
    let report = report.unwrap_or_else(|| {
        let failure = out_of_time(shown(run.payload));
        say.failed(&failure);
        Err(failure)
    });
    if let Some(topic) = function.topic_arn.as_ref().filter(|_| cloud.writes()) {
        let left = run.ends.saturating_duration_since(Instant::now());
        let patience = (left / 2).clamp(TO_TELL, 5 * TO_TELL);
        let told = timeout(patience, tell(cloud, topic, ledger)).await;
        if let Err(failure) = told.unwrap_or_else(|_| Err(out_of_time(topic.clone()))) {
            say.untold(&failure);
        }
    }
    report
}

/// So long before the end, or a quarter of what is left: what was done by then is still to be said. A run without time is a test's.
pub(crate) async fn in_time<T>(
    ends: Instant,
    before: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let left = ends.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Some(work.await);
    }
    timeout(left - before.min(left / 4), work).await.ok()
}

pub(crate) fn out_of_time(object: String) -> CloudError {
    CloudError::Failed {
        operation: "what was begun".to_owned(),
        object,
        message: "its time is over; AWS answered too slowly, or the hub's timeout is too short"
            .to_owned(),
    }
}

/// What is left of a run's time when it stops working.
const TO_SAY: Duration = Duration::from_millis(1_500);
/// At least so long is waited for a message to be taken.
const TO_TELL: Duration = Duration::from_secs(1);

async fn done(
    cloud: &impl Cloud,
    function: &Function,
    run: &Run<'_>,
    say: &Say<'_>,
) -> Result<Report, CloudError> {
    let json: Json = match serde_json::from_str(run.payload) {
        Ok(json) => json,
        Err(error) => {
            let reason = format!("The event cannot be read as JSON: {error}.");
            return Ok(rejected(say, reason));
        }
    };
    match Order::parse(&json) {
        Some(Ok(order)) => {
            return Box::pin(sweep::sweep(cloud, function, run, order, say)).await;
        }
        Some(Err(reason)) => return Ok(rejected(say, reason)),
        None => {}
    }
    let say = say.of_event(json.get("id").and_then(Json::as_str));
    match Event::parse(&json) {
        Ok(event) => follow_all(cloud, function, run, &event, &say).await,
        Err(reject) => Ok(rejected(&say, reject.to_string())),
    }
}

pub(crate) fn rejected(say: &Say, reason: String) -> Report {
    say.rejected(&reason);
    Report::Rejected(reason)
}

/// Every subject gets its turn, also after another failed; then the first failure is the answer.
async fn follow_all(
    cloud: &impl Cloud,
    function: &Function,
    run: &Run<'_>,
    event: &Event,
    say: &Say<'_>,
) -> Result<Report, CloudError> {
    let subjects = subjects(event);
    if subjects.is_empty() {
        say.ignored(event, &ignored(event));
        return Ok(Report::Tables(Vec::new()));
    }
    let is_members = run.account.is_some_and(|own| own != event.account);
    let prepared = async {
        let schemas = function.schemas.known(cloud).await?;
        let member = match is_members {
            true => Some(Box::pin(cloud.member(&event.account, &event.region)).await?),
            false => None,
        };
        Ok((schemas, member))
    };
    let prepared = prepared.await;
    let (schemas, member) = prepared.inspect_err(|failure| say.failed(failure))?;
    let cloud = member.as_deref().unwrap_or(cloud);
    let given = Given {
        schemas: &schemas,
        filter: &function.filter,
        inventory: None,
        buckets: &Buckets::default(),
        readers: function.readers(is_members),
        ends: run.gives_up(),
    };
    let mut answers = Vec::new();
    for subject in &subjects {
        let say = say.about(subject, event.event_time.as_deref());
        // In a box: the SDK's futures lie so deep in each other that the compiler gives up on one more layer.
        answers.extend(Box::pin(follow(cloud, &given, subject, &say)).await);
    }
    if let Some(workgroup) = &function.workgroup {
        let tables = answers.iter().filter_map(|answer| answer.as_ref().ok());
        Box::pin(save_queries(cloud, workgroup, tables, run.ends, say)).await;
    }
    let tables: Result<_, _> = answers.into_iter().collect();
    tables.map(Report::Tables)
}

#[cfg(test)]
mod tests;
