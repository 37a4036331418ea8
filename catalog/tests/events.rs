//! From an event to what should be in the Glue catalogue, over hand-written events and what strangers make of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use logenabler_catalog::{Event, Intent, Observed, Partition, Wanted, intents, marks, subjects};
use serde_json::{Value, json};

const ALB: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081";

const ALB_MODIFY: &str = include_str!("../samples/events/alb_modify.json");
const ALB_DELETE: &str = include_str!("../samples/events/alb_delete.json");
const ALB_DENIED: &str = include_str!("../samples/events/alb_denied.json");
const NLB_MODIFY: &str = include_str!("../samples/events/nlb_modify.json");
const CLB_MODIFY: &str = include_str!("../samples/events/clb_modify.json");

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The event with one value changed; the pointer is JSON's, as in `/detail/eventName`.
fn with(text: &str, pointer: &str, value: Value) -> Value {
    let mut event = json(text);
    *event.pointer_mut(pointer).unwrap() = value;
    event
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

#[test]
fn an_application_load_balancers_calls_lead_to_its_settings() {
    check(&json(ALB_MODIFY), Ok(&[ALB]));
    check(&json(ALB_DELETE), Ok(&[ALB]));
    check(
        &with(
            ALB_MODIFY,
            "/detail/requestParameters",
            json!({ "LoadBalancerArn": ALB }),
        ),
        Ok(&[ALB]),
    );
}

#[test]
fn other_calls_lead_nowhere() {
    check(&json(NLB_MODIFY), Ok(&[]));
    check(&json(CLB_MODIFY), Ok(&[]));
    check(
        &with(
            ALB_MODIFY,
            "/detail/eventName",
            json!("DescribeLoadBalancers"),
        ),
        Ok(&[]),
    );
    check(&with(ALB_MODIFY, "/source", json!("aws.wafv2")), Ok(&[]));
}

#[test]
fn failed_calls_changed_nothing_and_say_so() {
    check(&json(ALB_DENIED), Ok(&[]));
    let failure = Event::parse(&json(ALB_DENIED)).unwrap().failure();
    assert_eq!(
        failure.as_deref(),
        Some("ModifyLoadBalancerAttributes failed with AccessDenied, so it changed nothing.")
    );
    let mut failed = json(ALB_MODIFY);
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
    let event = json(ALB_MODIFY);
    for pointer in pointers(&event) {
        for odd in [
            json!(null),
            json!(true),
            json!(-1.5e300),
            json!(""),
            json!("\0é🦀"),
            json!([[]]),
            json!({ "": {} }),
        ] {
            let odd = with(ALB_MODIFY, &pointer, odd);
            let _ = Event::parse(&odd).map(|event| subjects(&event));
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

/// The intents that an event on the load balancer leads to, when its settings are these: one for each of its logs.
fn all_intents(envelope: &Value, settings: &[(&str, &str)]) -> Vec<Intent> {
    let event = Event::parse(envelope).unwrap();
    let attributes = settings
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    intents(&subjects(&event)[0], &Observed::Attributes(attributes))
}

/// The one about the access log.
fn intent(envelope: &Value, settings: &[(&str, &str)]) -> Intent {
    let mut found = all_intents(envelope, settings).into_iter();
    found.find(|i| i.log_type.name == "alb_access").unwrap()
}

const ENABLED: (&str, &str) = ("access_logs.s3.enabled", "true");
const BUCKET: (&str, &str) = ("access_logs.s3.bucket", "example-logs");

#[test]
fn an_enabled_log_wants_a_marked_table_where_it_is_delivered() {
    let intent = intent(
        &json(ALB_MODIFY),
        &[ENABLED, BUCKET, ("access_logs.s3.prefix", "web")],
    );
    let table = intent.table().unwrap();
    assert_eq!(
        (intent.database(), intent.table_name()),
        ("alb_access_logs_db".to_owned(), "alb_shop".to_owned())
    );
    assert_eq!(
        (table.database.as_str(), table.name.as_str()),
        ("alb_access_logs_db", "alb_shop")
    );
    assert_eq!(
        table.location,
        "s3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/"
    );
    assert_eq!(table.parameters[marks::RESOURCE_ARN], ALB);
    assert_eq!(
        (
            table.parameters[marks::MANAGED].as_str(),
            table.parameters[marks::ENABLED].as_str()
        ),
        ("true", "true")
    );
}

#[test]
fn other_partitions_have_other_arns_and_the_same_urls() {
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")] {
        let text = ALB_MODIFY
            .replace("eu-west-1", region)
            .replace("arn:aws:", &format!("arn:{partition}:"));
        let intent = intent(&json(&text), &[ENABLED, BUCKET]);
        assert_eq!(intent.resource.partition, Partition::of_region(region));
        let location =
            format!("s3://example-logs/AWSLogs/123456789012/elasticloadbalancing/{region}/");
        assert_eq!(intent.table().unwrap().location, location);
        check(&json(&ALB_MODIFY.replace("eu-west-1", region)), Ok(&[]));
    }
}

/// Row 4 of the original's faults: connection and health check tables pointed at the access log's bucket.
#[test]
fn one_call_enables_three_logs_each_in_its_own_place() {
    let settings = [
        ENABLED,
        BUCKET,
        ("connection_logs.s3.enabled", "true"),
        ("connection_logs.s3.bucket", "example-connections"),
        ("connection_logs.s3.prefix", "c"),
        ("health_check_logs.s3.enabled", "true"),
        ("health_check_logs.s3.bucket", "example-health"),
    ];
    let tables = all_intents(&json(ALB_MODIFY), &settings)
        .iter()
        .map(|intent| intent.table().unwrap())
        .map(|table| {
            let bucket = table.location.split_once("/AWSLogs/").unwrap().0.to_owned();
            (table.database, table.name, bucket)
        })
        .collect::<Vec<_>>();
    let expected = [
        ("alb_access_logs_db", "alb_shop", "s3://example-logs"),
        (
            "alb_connection_logs_db",
            "alb_connection_shop",
            "s3://example-connections/c",
        ),
        (
            "alb_health_logs_db",
            "alb_health_shop",
            "s3://example-health",
        ),
    ];
    assert_eq!(
        tables,
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
}

#[test]
fn a_log_that_is_off_or_goes_nowhere_wants_no_table() {
    let wanted = |settings: &[(&str, &str)]| {
        let intent = intent(&json(ALB_MODIFY), settings);
        assert_eq!(intent.table(), None);
        intent.wanted
    };
    assert_eq!(wanted(&[]), Wanted::Disabled);
    assert_eq!(
        wanted(&[("access_logs.s3.enabled", "false"), BUCKET]),
        Wanted::Disabled
    );
    assert_eq!(
        wanted(&[("connection_logs.s3.enabled", "true"), BUCKET]),
        Wanted::Disabled
    );
    for settings in [
        &[ENABLED][..],
        &[ENABLED, BUCKET, ("access_logs.s3.prefix", "a${day}")],
    ] {
        assert!(matches!(wanted(settings), Wanted::NoLocation { reason } if reason.ends_with('.')));
    }
}

#[test]
fn a_deleted_load_balancer_is_gone() {
    let event = Event::parse(&json(ALB_DELETE)).unwrap();
    let found = intents(&subjects(&event)[0], &Observed::Gone);
    assert_eq!(
        found
            .iter()
            .map(|intent| intent.wanted.clone())
            .collect::<Vec<_>>(),
        [Wanted::Gone, Wanted::Gone, Wanted::Gone]
    );
}

/// Hive's literals end at a quote without a backslash before it.
#[test]
fn a_hostile_prefix_stays_inside_its_literal() {
    let prefix = "'; DROP TABLE x; --\\\" `$(id)`";
    let table = intent(
        &json(ALB_MODIFY),
        &[ENABLED, BUCKET, ("access_logs.s3.prefix", prefix)],
    )
    .table()
    .unwrap();
    assert!(table.location.contains(prefix));
    let (before, after) = table
        .ddl()
        .split_once("LOCATION ")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert!(!before.contains("DROP"));
    let mut escaped = false;
    let end = after.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '\'' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let (_, rest) = after.split_at(end.unwrap().0);
    assert!(rest.starts_with("'\nTBLPROPERTIES"), "{rest}");
}
