//! What people are told who asked to be: each table that was made or changed, and what failed, all of a run in one message.

use crate::cloud::{Cloud, CloudError};
use crate::handle::TableReport;
use crate::ledger::Ledger;

/// A mail of more than that nobody reads.
const MOST: usize = 100;
/// SNS takes 256 KiB.
const LONGEST: usize = 200_000;

/// One thing to tell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct News {
    /// Such as `created`.
    outcome: &'static str,
    paragraph: String,
}

/// What it is about, as far as that is known.
pub(crate) struct Place<'a> {
    pub(crate) region: Option<&'a str>,
    pub(crate) account: Option<&'a str>,
    pub(crate) resource: Option<&'a str>,
}

impl News {
    pub(crate) fn of_table(place: &Place<'_>, report: &TableReport) -> Self {
        let outcome = report.outcome.name();
        let (database, table) = (&report.database, &report.table);
        let mut paragraph = format!("{database}.{table}: {}\n", meaning(outcome));
        paragraph += &about(place);
        paragraph += &line("log type", report.log_type);
        if let Some(needs) = &report.readers_need {
            paragraph += &line("before you query", needs);
        }
        if let Some(query) = &report.query {
            paragraph += &format!("\n{query}\n");
        }
        Self { outcome, paragraph }
    }

    pub(crate) fn of_failure(
        place: &Place<'_>,
        failure: &CloudError,
        is_tried_again: bool,
    ) -> Self {
        let what = match is_tried_again {
            true => {
                "What was to be done failed. It is tried again, and in the end waits in the dead-letter queue."
            }
            false => "A sweep could not look at this. The next sweep looks again.",
        };
        let reason = line("reason", &failure.to_string());
        Self {
            outcome: "failed",
            paragraph: format!("{what}\n{}{reason}", about(place)),
        }
    }
}

/// Tells all that there is to tell, if anything.
pub(crate) async fn tell(
    cloud: &impl Cloud,
    topic: &str,
    ledger: &Ledger,
) -> Result<(), CloudError> {
    let news = ledger.all_news();
    if news.is_empty() {
        return Ok(());
    }
    cloud.publish(topic, &subject(&news), &message(&news)).await
}

/// Such as `logenabler: 2 created, 1 failed`: ASCII and short, as SNS wants it.
fn subject(news: &[News]) -> String {
    let count = |outcome| news.iter().filter(|it| it.outcome == outcome).count();
    let counts = ["created", "updated", "marked", "failed"].map(|it| (count(it), it));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts.map(|(count, it)| format!("{count} {it}")).collect();
    format!("logenabler: {}", counts.join(", "))
}

fn message(news: &[News]) -> String {
    let mut text = String::new();
    for (told, one) in news.iter().enumerate() {
        if told == MOST || text.len() + one.paragraph.len() > LONGEST {
            let left = news.len() - told;
            return text + &format!("And {left} more: the function's log has them all.\n");
        }
        text = text + &one.paragraph + "\n";
    }
    text
}

fn meaning(outcome: &str) -> &'static str {
    match outcome {
        "created" => "the table is new.",
        "updated" => {
            "the table was brought up to date: with the settings of its log, its table schema, its readers or a newer logenabler."
        }
        _ => {
            "its log is off or gone, or goes where no table can point. The table stays readable, and is marked."
        }
    }
}

fn about(place: &Place<'_>) -> String {
    let lines = [
        ("region", place.region),
        ("account", place.account),
        ("resource", place.resource),
    ];
    let known = |(name, value): (_, Option<&str>)| value.map(|value| line(name, value));
    lines.into_iter().filter_map(known).collect()
}

fn line(name: &str, value: &str) -> String {
    format!("    {name}: {value}\n")
}
