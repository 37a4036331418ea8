//! The hub's alarms and its dashboard: whether there are any, and what AWS holds of them.

mod alarms;
mod dashboard;
mod parts;

use std::collections::BTreeMap;

use logenabler_catalog::Arn;
use tfplugin::{Attribute, Diagnostic, Path, Type, Value};

use super::{Model, names::Names};
use crate::model::{TagMap, when};
use crate::schedule::is_daily;
use crate::validate;
pub(super) use parts::{Changed, Monitoring, Watched};

/// As far back as CloudWatch looks.
const MOST_DAYS: i64 = 7;

pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::bool(
            "create_alarms",
            "Whether there are alarms: on events in the dead-letter queue, on failures, and on no event at all for `quiet_days`. They \
             publish to the topic, where notifications are on.",
        )
        .default(false),
        Attribute::int(
            "quiet_days",
            "Days without any event, 1 to 7, after which the alarm goes off although some trail tells EventBridge of calls; 0 is no \
             such alarm. Sweeps look at trails, so `sweep_schedule` has to start one each day.",
        )
        .default(MOST_DAYS)
        .validate_int(validate::quiet_days),
        Attribute::map(
            "alarm_arns",
            Type::String,
            "ARNs of the alarms: `dead-letters`, `failures` and `no-events`.",
        )
        .computed(),
        Attribute::bool(
            "create_dashboard",
            "Whether there is a dashboard of all that the function counts, `<function_name>-<region>`.",
        )
        .default(false),
        Attribute::string("dashboard_arn", "ARN of the dashboard.").computed(),
    ]
}

/// What the plan shows.
pub(super) fn plan(hub: &mut Model, names: Option<&Names>) {
    hub.alarm_arns = match (&hub.create_alarms, &hub.quiet_days, names) {
        (Value::Known(true), Value::Known(_), Some(names)) => arns(&alarms::wanted(hub), names),
        (Value::Known(true), ..) | (Value::Unknown, ..) => Value::Unknown,
        _ => Value::Null,
    };
    hub.dashboard_arn = match (&hub.create_dashboard, names) {
        (Value::Known(true), Some(names)) => names.dashboard_arn().into(),
        (Value::Known(true), None) | (Value::Unknown, _) => Value::Unknown,
        _ => Value::Null,
    };
}

/// What AWS holds. Without alarms nothing tells how many days were meant.
pub(super) fn show(model: &mut Model, names: &Names, found: &Watched) {
    let watched = found.watched();
    let has_alarms = !watched.is_empty();
    model.create_alarms = has_alarms.into();
    model.quiet_days = match found.quiet_days() {
        Some(days) if validate::quiet_days(days).is_ok() => days.into(),
        None if has_alarms => 0.into(),
        _ => model.quiet_days.clone().or(MOST_DAYS),
    };
    model.alarm_arns = arns(&watched, names);
    model.create_dashboard = found.dashboard.is_some().into();
    model.dashboard_arn = when(&found.dashboard, names.dashboard_arn());
}

/// Its ARN comes back in the plan.
pub(super) fn hide(model: &mut Model, changed: &Changed) {
    match (changed.alarm, &mut model.alarm_arns) {
        (None, _) => model.dashboard_arn = Value::Null,
        (Some(alarm), Value::Known(arns)) => drop(arns.remove(alarm)),
        (Some(_), _) => {}
    }
}

/// What could not work, or would have no effect.
pub(super) fn wrong(config: &Model) -> Option<Diagnostic> {
    let is_daily = config.sweep_schedule.as_str().is_none_or(is_daily);
    match (&config.create_alarms, &config.quiet_days) {
        (Value::Known(true), Value::Known(1..) | Value::Null) if !is_daily => Some(never_off()),
        // The default is what configuration is written down with for what exists already.
        (Value::Null | Value::Known(false), Value::Known(days)) if *days != MOST_DAYS => {
            Some(without_effect())
        }
        _ => None,
    }
}

/// CloudWatch tells topics of its own region alone, and would say so in the middle of an apply.
pub(super) fn unreachable(model: &Model) -> Option<Diagnostic> {
    let topic: Arn = model.notification_topic_arn.as_str()?.parse().ok()?;
    let is_on = model.create_alarms.known() == Some(&true);
    if !is_on || topic.region == model.region.as_str()? {
        return None;
    }
    let next = "The topic that alarms publish to has to be in the hub's region. Give notification_topic_arn one there, or set \
                create_alarms to false.";
    let summary = "Alarms cannot publish to a topic in another region";
    Some(Diagnostic::error(summary, next).at(Path::attribute("notification_topic_arn")))
}

fn never_off() -> Diagnostic {
    let summary = "The alarm on no event would never go off";
    Diagnostic::error(summary, SWEEP_DAILY).at(Path::attribute("sweep_schedule"))
}

fn without_effect() -> Diagnostic {
    let attribute = "quiet_days";
    Diagnostic::error(format!("{attribute} would have no effect"), TURN_ON)
        .at(Path::attribute(attribute))
}

const SWEEP_DAILY: &str = "It asks of each day whether a sweep found a trail. Let sweep_schedule start one every day, such as \
     rate(1 day) or cron(0 3 * * ? *), or set quiet_days to 0 to do without that alarm.";
const TURN_ON: &str = "Set create_alarms to true, or leave quiet_days out.";

fn arns(watches: &[&'static str], names: &Names) -> TagMap {
    if watches.is_empty() {
        return Value::Null;
    }
    let arn = |it: &&str| ((*it).to_owned(), names.alarm_arn(it).into());
    Value::Known(watches.iter().map(arn).collect::<BTreeMap<_, _>>())
}
