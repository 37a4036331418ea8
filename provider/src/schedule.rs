//! Schedules as EventBridge takes them.

use crate::validate::{Verdict, holds};

/// A schedule, or none.
pub(crate) fn sweep_schedule(text: &str) -> Verdict {
    let within = |name: &str| text.strip_prefix(name)?.strip_suffix(')');
    let valid = text == "never"
        || within("rate(").is_some_and(is_rate)
        || within("cron(").is_some_and(is_cron);
    holds(
        valid,
        text,
        "is not a schedule. EventBridge takes rate(...), such as rate(1 day) or rate(12 hours), and cron(...) with six fields of \
         which one of the two for days is ?, such as cron(0 3 * * ? *). Write never for no sweeps.",
    )
}

/// Whether it starts something on every day; no such schedule is mistaken for one.
pub(crate) fn is_daily(schedule: &str) -> bool {
    const HOURS_OF_DAY: u32 = 24;
    let within = |name: &str| schedule.strip_prefix(name)?.strip_suffix(')');
    if let Some((number, unit)) = within("rate(").and_then(|rate| rate.split_once(' ')) {
        let most = match unit.trim_end_matches('s') {
            "minute" => HOURS_OF_DAY * 60,
            "hour" => HOURS_OF_DAY,
            _ => 1,
        };
        return number.parse::<u32>().is_ok_and(|number| number <= most);
    }
    let cron = within("cron(").map(|cron| cron.split(' ').collect::<Vec<_>>());
    let days = cron.as_deref().and_then(|fields| fields.get(2..));
    days.is_some_and(|fields| fields.iter().all(|field| ["*", "?"].contains(field)))
}

/// One of a unit is singular, more are plural.
fn is_rate(text: &str) -> bool {
    let Some((number, unit)) = text.split_once(' ') else {
        return false;
    };
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let many = number.parse::<u32>().unwrap_or_default();
    let units = if many == 1 {
        ["minute", "hour", "day"]
    } else {
        ["minutes", "hours", "days"]
    };
    digits && many > 0 && units.contains(&unit)
}

/// Minutes, hours, day of the month, month, day of the week, year.
fn is_cron(text: &str) -> bool {
    let fields: Vec<_> = text.split(' ').collect();
    let known = |c: char| c.is_ascii_alphanumeric() || ",-*/#?".contains(c);
    let filled = |field: &&str| !field.is_empty() && field.chars().all(known);
    let [minutes, hours, day, month, weekday, year] = fields[..] else {
        return false;
    };
    let others = [minutes, hours, month, year];
    fields.iter().all(filled)
        && (day == "?") != (weekday == "?")
        && !others.iter().any(|field| field.contains('?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], valid: bool) {
        for text in texts {
            assert_eq!(sweep_schedule(text).is_ok(), valid, "{text}");
        }
    }

    #[test]
    fn tells_what_starts_on_every_day() {
        let daily = [
            "rate(1 day)",
            "rate(24 hours)",
            "rate(1440 minutes)",
            "cron(0 3 * * ? *)",
            "cron(0/15 * ? * * *)",
        ];
        let rarer = [
            "never",
            "rate(2 days)",
            "rate(25 hours)",
            "rate(1441 minutes)",
            "cron(0 3 1 * ? *)",
            "cron(0 3 ? * MON-FRI *)",
            "cron(0 3 * JAN ? *)",
            "cron(0 3 * * ? 2030)",
        ];
        assert!(daily.into_iter().all(is_daily));
        assert!(!rarer.into_iter().any(is_daily));
    }

    #[test]
    fn takes_what_eventbridge_takes() {
        check(&["never", "rate(1 day)", "rate(12 hours)"], true);
        check(
            &["cron(0 3 * * ? *)", "cron(0/15 3-5 ? JAN MON#1,L 2030)"],
            true,
        );
        check(&["", "1 day", "NEVER", "Rate(1 day)", "rate(1 day"], false);
        check(&["rate(1 days)", "rate(2 day)", "rate(0 days)"], false);
        check(&["rate(+2 days)", "rate(1 week)"], false);
        check(&["cron(0 3 * * * *)", "cron(0 3 ? * ? *)"], false);
        check(&["cron(0 3 * * ?)", "cron(? 3 * * ? *)"], false);
    }
}
