//! What people are told who asked to be: each table that was made or changed, and what failed, all of a run in one message.

use logenabler_catalog::Subject;

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

impl News {
    pub(crate) fn of_table(subject: Option<&Subject>, report: &TableReport) -> Self {
        let outcome = report.outcome.name();
        let (database, table) = (&report.database, &report.table);
        let mut paragraph = format!("{database}.{table}: {}\n", meaning(outcome));
        paragraph += &about(subject);
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
        subject: Option<&Subject>,
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
            paragraph: format!("{what}\n{}{reason}", about(subject)),
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
        "created" => "the table is new. Its log was turned on.",
        "updated" => "the table follows the settings of its log, which changed.",
        _ => "its log is off or its resource gone. The table stays readable, and is marked.",
    }
}

fn about(subject: Option<&Subject>) -> String {
    let lines = subject.map(|subject| {
        [
            line("region", &subject.region),
            line("account", &subject.account),
            line("resource", &subject.arn),
        ]
    });
    lines.iter().flatten().map(String::as_str).collect()
}

fn line(name: &str, value: &str) -> String {
    format!("    {name}: {value}\n")
}
