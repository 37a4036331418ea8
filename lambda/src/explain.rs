//! An event explained to a person, from the event alone: what would be looked at, and the table that would follow.

use std::fmt::Write;

use logenabler_catalog::{Answers, Event, Intent, Log, Subject, Wanted, logs, subjects};
use serde_json::Value as Json;

/// Subjects, intents and DDL of an event; no AWS call is made.
pub fn explain(event: &Json) -> String {
    let event = match Event::parse(event) {
        Ok(event) => event,
        Err(reject) => return format!("Rejected: {reject}\n"),
    };
    let mut text = format!(
        "Event    {} of {} in {} of account {}\n",
        event.id, event.event_name, event.region, event.account
    );
    if let Some(failure) = event.failure() {
        return text + &format!("Ignored  {failure}\n");
    }
    let subjects = subjects(&event);
    if subjects.is_empty() {
        text += "Ignored  It concerns no log that is known.\n";
    }
    for subject in &subjects {
        text += &explain_subject(&event, subject);
    }
    text
}

fn explain_subject(event: &Event, subject: &Subject) -> String {
    let mut text = format!("Subject  {subject}\n");
    let claimed = |log: &Log| log.claimed(event);
    // What has to be looked up first, the event does not tell.
    let logs = logs(subject, &Answers::default()).unwrap_or_default();
    let intents: Vec<_> = logs.known.iter().filter_map(claimed).collect();
    text += match intents.as_slice() {
        [] => "         The event does not tell its settings; the function looks them up.\n",
        _ => "         Settings as the event tells them; the function looks them up instead.\n",
    };
    for intent in &intents {
        text += &explain_intent(intent);
    }
    text
}

fn explain_intent(intent: &Intent) -> String {
    let wanted = match &intent.wanted {
        Wanted::Table(_) => "make it so".to_owned(),
        Wanted::Disabled => "the log is off: mark the table, if there is one".to_owned(),
        Wanted::Gone => "its resource is gone: mark the table, if there is one".to_owned(),
        Wanted::NoLocation { reason } => format!("no table: {reason}"),
    };
    let mut text = format!(
        "Intent   {} -> {}.{} in {}: {wanted}\n",
        intent.log.log_type.name,
        intent.log.database(),
        intent.log.table_name(),
        intent.log.resource.region
    );
    if let Some(tables) = intent.tables() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n{}\n", tables.ddl());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(event: &Json, expected: &[&str]) {
        let text = explain(event);
        for part in expected {
            assert!(text.contains(part), "{text}\nlacks {part:?}");
        }
    }

    fn event(detail: &Json) -> Json {
        json!({
            "id": "e1", "account": "123456789012", "region": "eu-west-1", "source": "aws.elasticloadbalancing",
            "detail-type": "AWS API Call via CloudTrail", "detail": detail,
        })
    }

    #[test]
    fn tells_a_person_what_would_happen() {
        let arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
        let attributes = json!([
            { "key": "access_logs.s3.enabled", "value": "true" },
            { "key": "access_logs.s3.bucket", "value": "shop-logs" },
        ]);
        let call = |attributes: &Json| {
            event(&json!({
                "eventName": "ModifyLoadBalancerAttributes",
                "requestParameters": { "loadBalancerArn": arn, "attributes": attributes },
            }))
        };
        check(
            &call(&attributes),
            &[
                arn,
                "alb_access_logs_db.alb_shop in eu-west-1",
                "CREATE EXTERNAL TABLE",
                "s3://shop-logs/",
            ],
        );
        check(
            &call(&json!([{ "key": "access_logs.s3.enabled", "value": "false" }])),
            &["the log is off"],
        );
        check(&call(&json!(null)), &["does not tell its settings"]);
    }

    #[test]
    fn tells_why_nothing_would_happen() {
        check(&json!({}), &["Rejected: "]);
        check(
            &event(&json!({ "eventName": "CreateLoadBalancer" })),
            &["concerns no log"],
        );
        let denied =
            json!({ "eventName": "ModifyLoadBalancerAttributes", "errorCode": "AccessDenied" });
        check(&event(&denied), &["Ignored", "AccessDenied"]);
    }
}
