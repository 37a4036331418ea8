//! The hub's dashboard: rows of three graphs, each below a text that says what they mean.

use serde_json::{Value as Json, json};

use super::super::names::Names;
use crate::aws::{Dashboard, OWNER_TAG, Tags, mark};

/// A row of the dashboard, across its 24 columns.
struct Row {
    text: &'static str,
    graphs: [Graph; 3],
}

struct Graph {
    title: &'static str,
    unit: &'static str,
    period: i64,
    lines: &'static [Line],
}

/// A metric and how its values are put together.
enum Line {
    /// One of the function's own counts.
    Ours(&'static str, &'static str),
    /// One that Lambda has of the function.
    Lambdas(&'static str, &'static str),
    DeadLetters,
    SkippedByReason,
}

use Line::{DeadLetters, Lambdas, Ours, SkippedByReason};

const COUNT: &str = "Count";
const MILLISECONDS: &str = "Milliseconds";
const FIVE_MINUTES: i64 = 300;
const HOUR: i64 = 3_600;

const ROWS: &[Row] = &[
    Row {
        text: "## Events\n\nAPI calls that forwarders sent. Ignored ones concern no log, rejected ones cannot be used. A sweep looks at \
               everything: missed events are tables that it had to write, and without a region with a trail no event comes.",
        graphs: [
            counts(
                "Events",
                FIVE_MINUTES,
                &[
                    Ours("Events", "Sum"),
                    Ours("Ignored", "Sum"),
                    Ours("Rejected", "Sum"),
                ],
            ),
            counts(
                "Sweeps",
                HOUR,
                &[Ours("MissedEvents", "Sum"), Ours("RegionsWithTrail", "Sum")],
            ),
            times(
                "From the API call to the table",
                &[Ours("Latency", "p50"), Ours("Latency", "p99")],
            ),
        ],
    },
    Row {
        text: "## Tables\n\nCreated, updated and marked ones were written, unchanged ones were right already. A skipped log gets none, \
               for the reason shown. Drift is what records have and tables do not.",
        graphs: [
            counts(
                "Tables",
                FIVE_MINUTES,
                &[
                    Ours("Intents", "Sum"),
                    Ours("Created", "Sum"),
                    Ours("Updated", "Sum"),
                    Ours("Marked", "Sum"),
                    Ours("Unchanged", "Sum"),
                ],
            ),
            counts("Skipped, by reason", FIVE_MINUTES, &[SkippedByReason]),
            counts(
                "Drift",
                HOUR,
                &[
                    Ours("DriftRejects", "Sum"),
                    Ours("DriftUnknownFields", "Sum"),
                ],
            ),
        ],
    },
    Row {
        text: "## Trouble\n\nAll but the duration should be zero. A dead letter is an event that could not be delivered or handled: \
               remove the cause, which the log names, then run the action `logenabler_replay`.",
        graphs: [
            counts(
                "Failures and dead letters",
                FIVE_MINUTES,
                &[Ours("Failed", "Sum"), DeadLetters],
            ),
            counts(
                "Runs that failed or had to wait",
                FIVE_MINUTES,
                &[Lambdas("Errors", "Sum"), Lambdas("Throttles", "Sum")],
            ),
            times(
                "Duration of a run",
                &[Lambdas("Duration", "p50"), Lambdas("Duration", "p99")],
            ),
        ],
    },
];

const fn counts(title: &'static str, period: i64, lines: &'static [Line]) -> Graph {
    Graph {
        title,
        unit: COUNT,
        period,
        lines,
    }
}

const fn times(title: &'static str, lines: &'static [Line]) -> Graph {
    Graph {
        title,
        unit: MILLISECONDS,
        period: FIVE_MINUTES,
        lines,
    }
}

/// With the state of these alarms.
pub(super) fn dashboard(names: &Names, alarms: &[&str], tags: &Tags) -> Dashboard {
    let owner = tags.get(OWNER_TAG).map(String::as_str).unwrap_or_default();
    let mut page = Page::default();
    page.row(2, vec![("text", markdown(&head(names, owner)))]);
    if !alarms.is_empty() {
        let arns: Vec<_> = alarms.iter().map(|it| names.alarm_arn(it)).collect();
        page.row(
            2,
            vec![("alarm", json!({ "title": "Alarms", "alarms": arns }))],
        );
    }
    for row in ROWS {
        page.row(3, vec![("text", markdown(row.text))]);
        let graphs = row.graphs.iter().map(|it| ("metric", it.shown(names)));
        page.row(6, graphs.collect());
    }
    page.row(6, vec![("log", log(names))]);
    let body = json!({ "widgets": page.widgets });
    Dashboard::new(&names.region, names.dashboard(), body)
}

/// Widgets from top to bottom.
#[derive(Default)]
struct Page {
    widgets: Vec<Json>,
    below: usize,
}

impl Page {
    /// Side by side, equally wide.
    fn row(&mut self, height: usize, widgets: Vec<(&str, Json)>) {
        let width = 24 / widgets.len().max(1);
        for (at, (kind, properties)) in widgets.into_iter().enumerate() {
            self.widgets.push(json!({
                "type": kind, "x": at * width, "y": self.below, "width": width, "height": height, "properties": properties,
            }));
        }
        self.below += height;
    }
}

fn head(names: &Names, owner: &str) -> String {
    let (bus, mark) = (names.bus_arn(), mark(owner));
    format!(
        "# {}\n\nWhat the hub `{bus}` does. Terraform keeps this page, and puts back what is changed here: {mark}.",
        names.function
    )
}

fn markdown(text: &str) -> Json {
    json!({ "markdown": text })
}

impl Graph {
    fn shown(&self, names: &Names) -> Json {
        let lines = self.lines.iter();
        let lines: Vec<_> = lines.map(|line| line.shown(names, self.period)).collect();
        json!({
            "title": self.title,
            "region": names.region,
            "view": "timeSeries",
            "stacked": false,
            "period": self.period,
            "metrics": lines,
            "yAxis": { "left": { "label": self.unit, "min": 0, "showUnits": false } },
        })
    }
}

impl Line {
    fn shown(&self, names: &Names, period: i64) -> Json {
        let function = &names.function;
        let of_function = |space, metric, stat: &str| json!([space, metric, "FunctionName", function, { "stat": stat, "label": label(metric, stat) }]);
        match *self {
            Ours(metric, stat) => of_function("Logenabler", metric, stat),
            Lambdas(metric, stat) => of_function("AWS/Lambda", metric, stat),
            DeadLetters => json!([
                "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", names.queue(),
                { "stat": "Maximum", "label": "Dead letters" },
            ]),
            SkippedByReason => {
                let search = format!(
                    "SEARCH('{{Logenabler,FunctionName,Reason}} MetricName=\"Skipped\" FunctionName=\"{function}\"', 'Sum', {period})"
                );
                json!([{ "expression": search, "id": "skipped", "label": "${PROP('Dim.Reason')}" }])
            }
        }
    }
}

/// Percentiles of one metric are told apart by themselves.
fn label(metric: &str, stat: &str) -> String {
    if stat == "Sum" { metric } else { stat }.to_owned()
}

fn log(names: &Names) -> Json {
    let query = format!(
        "SOURCE '{}' | fields @timestamp, message, subject, region, reason | filter level = \"ERROR\" | sort @timestamp desc | limit 20",
        names.log_group()
    );
    json!({ "title": "The latest failures", "region": names.region, "view": "table", "query": query })
}
