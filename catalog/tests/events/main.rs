//! From an event to what should be in the Glue catalogue, over hand-written events and what strangers make of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

mod bucket;
mod classic_load_balancer;
mod delivery;
mod distribution;
mod firewall;
mod load_balancer;
mod query_log;
mod trail;
mod web_acl;

use logenabler_catalog::{Answers, Event, Intent, Log, Subject, logs, subjects};
use serde_json::{Value, json};

const ALB: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081";

const ALB_MODIFY: &str = include_str!("../../samples/events/alb_modify.json");
const ALB_DENIED: &str = include_str!("../../samples/events/alb_denied.json");
const CLB_MODIFY: &str = include_str!("../../samples/events/clb_modify.json");
const FIREWALL_UPDATE: &str = include_str!("../../samples/events/firewall_update_logging.json");
const WEB_ACL_PUT: &str = include_str!("../../samples/events/web_acl_put_logging.json");
const BUCKET_PUT_LOGGING: &str = include_str!("../../samples/events/bucket_put_logging.json");
const QUERY_LOG_ASSOCIATE: &str = include_str!("../../samples/events/query_log_associate.json");
const TRAIL_UPDATE: &str = include_str!("../../samples/events/trail_update.json");
const DELIVERY_CREATE: &str = include_str!("../../samples/events/delivery_create.json");
const DISTRIBUTION_CREATE: &str = include_str!("../../samples/events/distribution_create.json");

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The event with one value changed; the pointer is JSON's, as in `/detail/eventName`.
fn with(text: &str, pointer: &str, value: Value) -> Value {
    let mut event = parsed(text);
    *event.pointer_mut(pointer).unwrap() = value;
    event
}

/// The intents that the event leads to, if every look-up says this; `None`: there is no such thing.
fn found(envelope: &Value, answer: Option<&Value>) -> Vec<Intent> {
    let event = Event::parse(envelope).unwrap();
    let mut answers = Answers::default();
    known(&subjects(&event)[0])
        .iter()
        .map(|log| intent(log, &mut answers, answer))
        .collect()
}

/// The logs of a subject that names them itself.
fn known(subject: &Subject) -> Vec<Log> {
    logs(subject, &Answers::default()).unwrap().known
}

/// Those of one that has to be asked for them, if every look-up says this.
fn all_known(subject: &Subject, answer: Option<&Value>) -> Vec<Log> {
    let mut answers = Answers::default();
    for _ in 0..9 {
        match logs(subject, &answers) {
            Ok(logs) => return logs.known,
            Err(look_up) => answers.insert(look_up, answer.cloned()),
        }
    }
    panic!("{subject} asks without end")
}

fn intent(log: &Log, answers: &mut Answers, answer: Option<&Value>) -> Intent {
    for _ in 0..9 {
        match log.intent(answers) {
            Ok(intent) => return intent,
            Err(look_up) => answers.insert(look_up, answer.cloned()),
        }
    }
    panic!("{} asks without end", log.log_type.name)
}

/// What is looked up, or why the event is rejected.
fn check(envelope: &Value, expected: Result<&[&str], &str>) {
    let found = Event::parse(envelope).map(|event| {
        subjects(&event)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    });
    match (found, expected) {
        (Ok(found), Ok(expected)) => assert_eq!(found, expected),
        (Err(reject), Err(part)) => assert!(reject.to_string().contains(part), "{reject}"),
        (found, _) => panic!("{found:?} is not {expected:?}"),
    }
}

/// Row 7 of the original's faults: denied calls made tables.
#[test]
fn failed_calls_changed_nothing_and_say_so() {
    check(&parsed(ALB_DENIED), Ok(&[]));
    let failure = Event::parse(&parsed(ALB_DENIED)).unwrap().failure();
    assert_eq!(
        failure.as_deref(),
        Some("ModifyLoadBalancerAttributes failed with AccessDenied, so it changed nothing.")
    );
    let mut failed = parsed(ALB_MODIFY);
    failed["detail"]["errorCode"] = json!({ "odd": true });
    check(&failed, Ok(&[]));
}

#[test]
fn account_and_region_come_from_the_envelope_alone() {
    check(
        &with(ALB_MODIFY, "/account", json!("210987654321")),
        Ok(&[]),
    );
    check(&with(ALB_MODIFY, "/region", json!("us-east-1")), Ok(&[]));
    check(
        &with(ALB_MODIFY, "/detail/awsRegion", json!("us-east-1")),
        Ok(&[ALB]),
    );
    check(
        &with(
            ALB_MODIFY,
            "/detail/recipientAccountId",
            json!("210987654321"),
        ),
        Ok(&[ALB]),
    );
}

#[test]
fn broken_envelopes_are_rejected_with_a_sentence() {
    for envelope in [
        json!(null),
        json!([]),
        json!("x"),
        json!({}),
        json!({ "detail-type": 1 }),
    ] {
        check(&envelope, Err("The event has no text \"detail-type\""));
    }
    check(
        &with(
            ALB_MODIFY,
            "/detail-type",
            json!("AWS Console Sign In via CloudTrail"),
        ),
        Err("send only"),
    );
    check(
        &with(ALB_MODIFY, "/account", json!("123")),
        Err("not a number of 12 digits"),
    );
    check(
        &with(ALB_MODIFY, "/region", json!("eu-west-1\"; DROP")),
        Err("is not a region"),
    );
    check(
        &with(ALB_MODIFY, "/detail", json!([])),
        Err("has no detail"),
    );
    check(
        &with(ALB_MODIFY, "/detail/eventName", json!(7)),
        Err("\"eventName\""),
    );
}

#[test]
fn odd_parameters_lead_nowhere() {
    let parameters = "/detail/requestParameters";
    for odd in [
        json!(null),
        json!("x"),
        json!([ALB]),
        json!({ "loadBalancerArn": [ALB] }),
        json!({ "loadBalancerArn": "arn:aws" }),
    ] {
        check(&with(ALB_MODIFY, parameters, odd), Ok(&[]));
    }
    let endless = json!({ "loadBalancerArn": format!("{ALB}{}", "/x".repeat(100_000)) });
    check(&with(ALB_MODIFY, parameters, endless), Ok(&[]));
}

#[test]
fn no_value_in_an_event_makes_it_panic() {
    let answering = delivery::answering().to_string();
    for text in [
        ALB_MODIFY,
        CLB_MODIFY,
        FIREWALL_UPDATE,
        WEB_ACL_PUT,
        DISTRIBUTION_CREATE,
        BUCKET_PUT_LOGGING,
        QUERY_LOG_ASSOCIATE,
        TRAIL_UPDATE,
        DELIVERY_CREATE,
        &answering,
    ] {
        for pointer in pointers(&parsed(text)) {
            for odd in [
                json!(null),
                json!(true),
                json!(-1.5e300),
                json!(""),
                json!("\0é🦀"),
                json!([[]]),
                json!({ "": {} }),
            ] {
                follow(&with(text, &pointer, odd));
            }
        }
    }
}

/// The whole way of an event, believed; and with the event for an answer of the service, which is as odd as can be.
fn follow(envelope: &Value) {
    let Ok(event) = Event::parse(envelope) else {
        return;
    };
    for answer in [None, Some(&event.detail)] {
        let found = |subject| all_known(subject, answer);
        for log in subjects(&event).iter().flat_map(found) {
            let claimed = log.claimed(&event);
            let looked_up = intent(&log, &mut Answers::default(), answer);
            for intent in claimed.iter().chain([&looked_up]) {
                let _ = intent.tables().map(|tables| tables.ddl());
            }
        }
    }
}

fn pointers(value: &Value) -> Vec<String> {
    let below = |(key, value): (String, &Value)| {
        pointers(value)
            .into_iter()
            .map(move |rest| format!("/{key}{rest}"))
            .collect::<Vec<_>>()
    };
    let children: Vec<String> = match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .flat_map(below)
            .collect(),
        Value::Array(array) => array
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .flat_map(below)
            .collect(),
        _ => Vec::new(),
    };
    std::iter::once(String::new()).chain(children).collect()
}
