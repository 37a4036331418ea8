//! The hub's alarms: what each watches, and what it says to whom it wakes.

use serde_json::{Map, Value as Json, json};

use super::super::{Model, names::Names, notifications};
use crate::aws::{Alarm, Tags};

const DEAD_LETTERS: &str = "dead-letters";
const FAILURES: &str = "failures";
const NO_EVENTS: &str = "no-events";
/// How their names end.
pub(super) const ALL: [&str; 3] = [DEAD_LETTERS, FAILURES, NO_EVENTS];

const FIVE_MINUTES: i64 = 300;
const LONGEST_RUN: i64 = 900;
const DAY: i64 = 86_400;

/// Those that there should be.
pub(super) fn wanted(model: &Model) -> Vec<&'static str> {
    let is_on = model.create_alarms.known() == Some(&true);
    let has_days = days(model) > 0;
    let wanted = |watches: &&str| is_on && (*watches != NO_EVENTS || has_days);
    ALL.into_iter().filter(wanted).collect()
}

pub(super) fn alarm(watches: &str, names: &Names, model: &Model, tags: &Tags) -> Alarm {
    let watched = match watches {
        DEAD_LETTERS => dead_letters(names),
        FAILURES => failures(names),
        _ => no_events(names, days(model)),
    };
    let topic = notifications::topic_arn(names, model);
    let mut settings = Map::from_iter([
        ("ActionsEnabled".to_owned(), true.into()),
        ("AlarmActions".to_owned(), topic.into_iter().collect()),
        (
            "ComparisonOperator".to_owned(),
            "GreaterThanThreshold".into(),
        ),
        ("Threshold".to_owned(), 0.into()),
        ("TreatMissingData".to_owned(), "notBreaching".into()),
    ]);
    settings.extend(watched.as_object().cloned().unwrap_or_default());
    let (name, arn) = (names.alarm(watches), names.alarm_arn(watches));
    Alarm::new(&names.region, name, arn, &settings, tags)
}

fn days(model: &Model) -> i64 {
    model.quiet_days.known().copied().unwrap_or_default()
}

fn dead_letters(names: &Names) -> Json {
    let queue = names.queue();
    json!({
        "AlarmDescription": format!(
            "Events wait in the queue {queue}: they could not be delivered, or the function failed at them three times. Its log says \
             why. Remove the cause, then run the action logenabler_replay."
        ),
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Dimensions": [{ "Name": "QueueName", "Value": queue }],
        "Statistic": "Maximum",
        "Period": FIVE_MINUTES,
        "EvaluationPeriods": 1,
        "DatapointsToAlarm": 1,
    })
}

/// Lambda counts runs that end badly, the function what it goes on after.
fn failures(names: &Names) -> Json {
    let expression = "FILL(errors, 0) + FILL(failed, 0)";
    json!({
        "AlarmDescription": format!(
            "The function {} failed. Its log says at what; an event is tried three times, and what a sweep fails at the next one does. \
             Where it goes on, remove the cause that the log names.",
            names.function
        ),
        "Metrics": [
            result(expression, "failures"),
            metric("errors", "AWS/Lambda", "Errors", names, FIVE_MINUTES),
            metric("failed", "Logenabler", "Failed", names, FIVE_MINUTES),
        ],
        // Lambda counts a run where it began, which may be the longest run ago.
        "EvaluationPeriods": 1 + LONGEST_RUN / FIVE_MINUTES,
        "DatapointsToAlarm": 1,
    })
}

/// Each day counts: none with an event, and none before the first sweep that found a trail. A sweep that starts a little late
/// leaves a day without one, for which the day before speaks; where that is out of sight, the alarm stays as it is.
fn no_events(names: &Names, days: i64) -> Json {
    let expression = "IF((FILL(trails, REPEAT) > 0) AND (FILL(events, 0) == 0), 1, 0)";
    json!({
        "AlarmDescription": format!(
            "The function {} has had no event for as many days as quiet_days says, though trails log management events. Where somebody \
             did turn a log on, look at the rules of the forwarders and at the event bus; the guide \"Troubleshooting\" goes through it.",
            names.function
        ),
        "Metrics": [
            result(expression, "quiet days"),
            metric("trails", "Logenabler", "RegionsWithTrail", names, DAY),
            metric("events", "Logenabler", "Events", names, DAY),
        ],
        "TreatMissingData": "ignore",
        "EvaluationPeriods": days,
        "DatapointsToAlarm": days,
    })
}

fn result(expression: &str, label: &str) -> Json {
    json!({ "Id": "result", "Expression": expression, "Label": label, "ReturnData": true })
}

fn metric(id: &str, namespace: &str, name: &str, names: &Names, period: i64) -> Json {
    json!({
        "Id": id,
        "MetricStat": {
            "Metric": {
                "Namespace": namespace,
                "MetricName": name,
                "Dimensions": [{ "Name": "FunctionName", "Value": names.function }],
            },
            "Period": period,
            "Stat": "Sum",
        },
        "ReturnData": false,
    })
}
