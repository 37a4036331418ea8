//! What happened in one run, counted: CloudWatch makes metrics of the lines that come of it, in its embedded metric format.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value as Json, json};

use crate::news::News;
use crate::upsert::Outcome;

const NAMESPACE: &str = "Logenabler";

/// What happened so far.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    counts: BTreeMap<Metric, u64>,
    skipped: BTreeMap<&'static str, u64>,
    /// In milliseconds.
    latencies: Vec<u64>,
    news: Vec<News>,
}

/// What is counted, as CloudWatch shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Metric {
    /// Events that were handled, whatever they led to.
    Events,
    /// Those that concern no log.
    Ignored,
    /// Those, and orders of sweeps, that cannot be used.
    Rejected,
    /// Logs that were looked at.
    Intents,
    Created,
    Updated,
    Unchanged,
    Marked,
    Skipped,
    Failed,
    /// Tables that a sweep had to write: no event had led to them.
    MissedEvents,
    /// Source regions, at each sweep, where a trail tells EventBridge of calls.
    RegionsWithTrail,
    /// Records in the newest files that their tables cannot read.
    DriftRejects,
    /// Fields there that their tables do not know.
    DriftUnknownFields,
}

impl Metric {
    /// The one for what became of an intent.
    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Created => Self::Created,
            Outcome::Updated => Self::Updated,
            Outcome::Unchanged => Self::Unchanged,
            Outcome::Marked => Self::Marked,
            Outcome::Skipped { .. } => Self::Skipped,
        }
    }
}

impl Ledger {
    pub(crate) fn count(&self, metric: Metric) {
        self.add(metric, 1);
    }

    pub(crate) fn add(&self, metric: Metric, count: u64) {
        *self.entries().counts.entry(metric).or_default() += count;
    }

    pub(crate) fn outcome(&self, outcome: &Outcome) {
        self.count(Metric::Intents);
        self.count(Metric::of(outcome));
        if let Outcome::Skipped { why, .. } = outcome {
            *self.entries().skipped.entry(why.name()).or_default() += 1;
        }
    }

    /// How long after the call a table was written.
    pub(crate) fn latency(&self, since: SystemTime) {
        let latency = SystemTime::now().duration_since(since).unwrap_or_default();
        self.entries().latencies.push(milliseconds(latency));
    }

    pub(crate) fn news(&self, news: News) {
        self.entries().news.push(news);
    }

    /// All that people are to be told, in the order in which it happened.
    pub(crate) fn all_news(&self) -> Vec<News> {
        self.entries().news.clone()
    }

    /// Lines for the function's log; none if nothing happened.
    pub fn lines(&self, function: &str) -> Vec<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let line = |names: &[&str], values: Map<String, Json>| {
            let metric = |name: &String| json!({ "Name": name, "Unit": unit(name) });
            let metrics: Vec<_> = values.keys().map(metric).collect();
            let about = json!({
                "Timestamp": milliseconds(now.clone().unwrap_or_default()),
                "CloudWatchMetrics": [{ "Namespace": NAMESPACE, "Dimensions": [names], "Metrics": metrics }],
            });
            let head = [
                ("_aws".to_owned(), about),
                (FUNCTION.to_owned(), function.into()),
            ];
            Map::from_iter(head.into_iter().chain(values))
        };
        let entries = self.entries();
        let all = Some(entries.values()).filter(|values| !values.is_empty());
        let all = all.map(|values| line(&[FUNCTION], values));
        let by_reason = entries.skipped.iter().map(|(why, count)| {
            let count = Map::from_iter([("Skipped".to_owned(), Json::from(*count))]);
            let mut line = line(&[FUNCTION, REASON], count);
            line.insert(REASON.to_owned(), (*why).into());
            line
        });
        // CloudWatch takes a hundred values at once.
        let further = entries.latencies.chunks(MOST_VALUES).skip(1).map(|values| {
            let values = Map::from_iter([(LATENCY.to_owned(), Json::from(values.to_vec()))]);
            line(&[FUNCTION], values)
        });
        let lines = all.into_iter().chain(by_reason).chain(further);
        lines.map(|line| Json::from(line).to_string()).collect()
    }

    fn entries(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const MOST_VALUES: usize = 100;
const FUNCTION: &str = "FunctionName";
const REASON: &str = "Reason";
const LATENCY: &str = "Latency";

impl Entries {
    fn values(&self) -> Map<String, Json> {
        let counts = self.counts.iter();
        let counts = counts.map(|(metric, count)| (format!("{metric:?}"), Json::from(*count)));
        let latencies = self.latencies.chunks(MOST_VALUES).next();
        let latencies = latencies.map(|values| (LATENCY.to_owned(), Json::from(values.to_vec())));
        counts.chain(latencies).collect()
    }
}

fn unit(name: &str) -> &'static str {
    match name {
        LATENCY => "Milliseconds",
        _ => "Count",
    }
}

pub(crate) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upsert::Why;

    /// The lines without their times, parsed.
    fn check(ledger: &Ledger, expected: &[Json]) {
        let lines = ledger.lines("f");
        let mut lines: Vec<Json> = lines
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for line in &mut lines {
            let time = line["_aws"].as_object_mut().unwrap().remove("Timestamp");
            assert!(time.unwrap().as_u64().unwrap() > 1_700_000_000_000);
        }
        assert_eq!(lines, expected);
    }

    fn metrics(dimensions: &[&str], metrics: &[(&str, &str)]) -> Json {
        let metric = |(name, unit): &(&str, &str)| json!({ "Name": name, "Unit": unit });
        let metrics: Vec<_> = metrics.iter().map(metric).collect();
        json!({ "CloudWatchMetrics": [{ "Namespace": "Logenabler", "Dimensions": [dimensions], "Metrics": metrics }] })
    }

    #[test]
    fn nothing_is_no_line() {
        check(&Ledger::default(), &[]);
    }

    #[test]
    fn every_metric_is_named_with_its_value_and_reasons_are_counted_apart() {
        let ledger = Ledger::default();
        ledger.count(Metric::Events);
        ledger.outcome(&Outcome::Created);
        ledger.outcome(&Why::Off.because("x"));
        ledger.outcome(&Why::Off.because("y"));
        let named = [
            ("Events", "Count"),
            ("Intents", "Count"),
            ("Created", "Count"),
            ("Skipped", "Count"),
        ];
        check(
            &ledger,
            &[
                json!({
                    "_aws": metrics(&["FunctionName"], &named), "FunctionName": "f",
                    "Events": 1, "Intents": 3, "Created": 1, "Skipped": 2,
                }),
                json!({
                    "_aws": metrics(&["FunctionName", "Reason"], &[("Skipped", "Count")]),
                    "FunctionName": "f", "Skipped": 2, "Reason": "off",
                }),
            ],
        );
    }

    #[test]
    fn no_line_has_more_values_than_cloudwatch_takes() {
        let ledger = Ledger::default();
        (0..250).for_each(|_| ledger.latency(SystemTime::now()));
        let lines = ledger.lines("f");
        let values = lines.iter().map(|line| {
            let line: Json = serde_json::from_str(line).unwrap();
            line["Latency"].as_array().unwrap().len()
        });
        assert_eq!(values.collect::<Vec<_>>(), [100, 100, 50]);
    }

    #[test]
    fn a_latency_is_a_time() {
        let ledger = Ledger::default();
        ledger.latency(SystemTime::now() - Duration::from_secs(9));
        let line: Json = serde_json::from_str(&ledger.lines("f")[0]).unwrap();
        assert!(line["Latency"][0].as_u64().unwrap() >= 9_000, "{line}");
        assert_eq!(
            line["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Unit"],
            "Milliseconds"
        );
    }
}
