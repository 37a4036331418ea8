//! Events against an AWS in memory: what a user finds in Glue, and what it cost.

use std::time::Instant;

use logenabler_catalog::{Filter, marks};
use serde_json::{Value as Json, json};

use super::{Function, Report, Run, handle};
use crate::cloud::{CloudError, StoredTable};
use crate::ledger::Ledger;
use crate::memory::Memory;
use crate::readers::Readers;
use crate::schemas::Schemas;

const REGION: &str = "eu-west-1";
const ARN: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
/// Below the view that people query.
const TABLE: &str = "alb_access_logs_db.alb_shop_raw";
const VIEW: &str = "alb_access_logs_db.alb_shop";
const LOOK: &[&str] = &["tables", "tables", "tables", "look_up"];
/// After a write everything is looked at once more: the settings may have changed back meanwhile.
const AGAIN: [&str; 2] = ["tables", "look_up"];
/// And so is, at last, the bucket of a table that is new or was moved.
const AND_ITS_BUCKET: [&str; 3] = ["tables", "look_up", "look_up"];
/// After a race so is each table.
const BY_NAME: [&str; 3] = ["tables", "tables", "look_up"];

fn event() -> String {
    let event = json!({
        "id": "e1", "account": "123456789012", "region": REGION, "source": "aws.elasticloadbalancing",
        "detail-type": "AWS API Call via CloudTrail",
        "detail": { "eventName": "ModifyLoadBalancerAttributes", "requestParameters": { "loadBalancerArn": ARN } },
    });
    event.to_string()
}

fn logging_to(memory: &Memory, bucket: Option<&str>) {
    let enabled = bucket.is_some().to_string();
    let settings = [
        ("enabled", enabled.as_str()),
        ("bucket", bucket.unwrap_or_default()),
        ("prefix", ""),
    ];
    attributes(memory, "access_logs", &settings);
}

/// What the load balancer's attributes are, besides those that were said before.
fn attributes(memory: &Memory, log: &str, settings: &[(&str, &str)]) {
    let attribute =
        |(name, value): &(&str, &str)| json!({ "Key": format!("{log}.s3.{name}"), "Value": value });
    let mut answers = memory.answers.lock().unwrap();
    let empty = json!({ "DescribeLoadBalancerAttributesResult": { "Attributes": [] } });
    let answer = answers.entry(ARN.to_owned()).or_insert(empty);
    let all = answer["DescribeLoadBalancerAttributesResult"]["Attributes"]
        .as_array_mut()
        .unwrap();
    all.extend(settings.iter().map(attribute));
}

/// By a process that has handled nothing before, of a hub without table schemas.
async fn handled(memory: &Memory, event: &str) -> Result<Report, CloudError> {
    handled_by(&function(Schemas::new(None)), memory, event).await
}

fn function(schemas: Schemas) -> Function {
    Function {
        schemas,
        filter: Filter::default(),
        event_bus_arn: None,
        topic_arn: None,
        readers: None,
        workgroup: None,
        drift_watch: false,
    }
}

async fn handled_by(
    function: &Function,
    memory: &Memory,
    event: &str,
) -> Result<Report, CloudError> {
    let run = Run {
        payload: event,
        account: Some("123456789012"),
        trace_id: None,
        ends: Instant::now(),
    };
    handle(memory, function, &run, &Ledger::default()).await
}

fn view(memory: &Memory) -> Option<StoredTable> {
    let key = (REGION.to_owned(), VIEW.to_owned());
    memory.tables.lock().unwrap().get(&key).cloned()
}

fn table(memory: &Memory) -> Option<StoredTable> {
    memory
        .tables
        .lock()
        .unwrap()
        .get(&(REGION.to_owned(), TABLE.to_owned()))
        .cloned()
}

/// Handles the event and says what became of the table, and by which calls behind the first look: at the tables of the load
/// balancer's three logs, then at its settings. The two other logs are off.
async fn check(memory: &Memory, outcome: &str, calls: &[&str]) {
    memory.calls.lock().unwrap().clear();
    let report = handled(memory, &event()).await.unwrap();
    let report = serde_json::to_value(&report).unwrap();
    let outcomes: Vec<_> = report
        .pointer("/tables")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|t| &t["outcome"])
        .collect();
    assert!(outcomes.contains(&&json!(outcome)), "{report}");
    let calls = [LOOK, calls].concat();
    assert_eq!(*memory.calls.lock().unwrap(), calls, "{report}");
}

#[tokio::test]
async fn a_log_turned_on_gets_its_table_and_the_same_event_again_writes_nothing() {
    let memory = Memory::default();
    logging_to(&memory, Some("first-bucket"));
    let first = [
        "create_table",
        "create_database",
        "create_table",
        "create_table",
    ];
    check(&memory, "created", &[&first, &AND_ITS_BUCKET[..]].concat()).await;
    check(&memory, "unchanged", &[]).await;
    let table = table(&memory).unwrap().table;
    assert!(
        table.location.starts_with("s3://first-bucket/"),
        "{}",
        table.location
    );
    assert_eq!(table.parameters[marks::RESOURCE_ARN], ARN);
}

/// Row 12 of the original's faults: a changed bucket or prefix was not noticed.
#[tokio::test]
async fn a_moved_log_moves_its_table_and_keeps_what_others_wrote() {
    let memory = Memory::default();
    logging_to(&memory, Some("first-bucket"));
    handled(&memory, &event()).await.unwrap();
    let mut stored = table(&memory).unwrap();
    stored
        .table
        .parameters
        .insert("crawler".to_owned(), "theirs".to_owned());
    memory.put(REGION, stored);
    logging_to(&memory, Some("second-bucket"));
    check(
        &memory,
        "updated",
        &[&["update_table"], &AND_ITS_BUCKET[..]].concat(),
    )
    .await;
    let table = table(&memory).unwrap().table;
    assert!(
        table.location.starts_with("s3://second-bucket/"),
        "{}",
        table.location
    );
    assert_eq!(table.parameters["crawler"], "theirs");
}

/// Row 12 of the original's faults: tables of logs that were off looked like those of logs that were on.
#[tokio::test]
async fn a_log_turned_off_marks_its_table_once_and_back_on_unmarks_it() {
    let memory = Memory::default();
    logging_to(&memory, None);
    check(&memory, "skipped", &[]).await;
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    logging_to(&memory, None);
    let both = [&["update_table", "update_table"], &AGAIN[..]].concat();
    check(&memory, "marked", &both).await;
    check(&memory, "unchanged", &[]).await;
    assert_eq!(
        table(&memory).unwrap().table.parameters[marks::ENABLED],
        "false"
    );
    logging_to(&memory, Some("bucket"));
    let both = [&["update_table", "update_table"], &AND_ITS_BUCKET[..]].concat();
    check(&memory, "updated", &both).await;
    assert_eq!(
        table(&memory).unwrap().table.parameters[marks::ENABLED],
        "true"
    );
}

#[tokio::test]
async fn an_old_event_about_a_former_load_balancer_leaves_the_present_one_its_table() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    let ours = table(&memory);
    memory.calls.lock().unwrap().clear();
    let former = event().replace("50dc6c495c0c9188", "0000000000000000");
    handled(&memory, &former).await.unwrap();
    assert!(!memory.calls.lock().unwrap().contains(&"update_table"));
    assert_eq!(table(&memory), ours);
}

#[tokio::test]
async fn a_log_moved_where_no_table_can_point_marks_its_table_once() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    logging_to(&memory, Some("No Bucket"));
    let both = [&["update_table", "update_table"], &AGAIN[..]].concat();
    check(&memory, "skipped", &both).await;
    check(&memory, "skipped", &[]).await;
    assert_eq!(
        table(&memory).unwrap().table.parameters[marks::ENABLED],
        "false"
    );
}

#[tokio::test]
async fn a_table_of_somebody_else_is_left_as_it_is_and_the_view_over_it_is_marked() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    let mut theirs = table(&memory).unwrap();
    theirs.table.parameters.clear();
    memory.put(REGION, theirs);
    let theirs = table(&memory);
    check(&memory, "skipped", &[]).await;
    logging_to(&memory, None);
    let one = [&["update_table"], &AGAIN[..]].concat();
    check(&memory, "marked", &one).await;
    check(&memory, "unchanged", &[]).await;
    let view = view(&memory).unwrap().table;
    assert_eq!(view.parameters[marks::ENABLED], "false");
    assert_eq!(table(&memory), theirs);
}

#[tokio::test]
async fn a_rival_writing_at_the_same_time_loses_nothing() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    let mut theirs = table(&memory).unwrap();
    theirs
        .table
        .parameters
        .insert("note".to_owned(), "theirs".to_owned());
    *memory.rival.lock().unwrap() = Some(theirs);
    logging_to(&memory, Some("moved"));
    check(
        &memory,
        "updated",
        &[
            ["update_table"].as_slice(),
            &BY_NAME,
            &["update_table"],
            &AND_ITS_BUCKET,
        ]
        .concat(),
    )
    .await;
    let table = table(&memory).unwrap().table;
    assert_eq!(table.parameters["note"], "theirs");
    assert!(
        table.location.starts_with("s3://moved/"),
        "{}",
        table.location
    );
}

/// Row 7 of the original's faults: errors were answers like any other, so that nobody tried again.
#[tokio::test]
async fn what_aws_refuses_is_an_error_so_that_lambda_tries_again() {
    for call in ["look_up", "tables", "create_table", "create_database"] {
        let memory = Memory::default();
        logging_to(&memory, Some("bucket"));
        let failed = CloudError::Failed {
            operation: "it".to_owned(),
            object: "x".to_owned(),
            message: "throttled".to_owned(),
        };
        memory.failing.lock().unwrap().push((call, failed.clone()));
        assert_eq!(handled(&memory, &event()).await, Err(failed), "{call}");
        handled(&memory, &event()).await.unwrap();
        assert!(
            table(&memory).is_some(),
            "{call}: a second try did not make the table"
        );
    }
}

#[tokio::test]
async fn a_failed_look_up_is_said_once_and_a_failed_table_does_not_stop_the_others() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    let failed = CloudError::Failed {
        operation: "it".to_owned(),
        object: "x".to_owned(),
        message: "throttled".to_owned(),
    };
    // The second table read is that of the connection log.
    let failures = [
        ("tables", CloudError::Changed("x".to_owned())),
        ("tables", failed.clone()),
    ];
    memory.failing.lock().unwrap().extend(failures);
    assert_eq!(handled(&memory, &event()).await, Err(failed));
    assert!(
        table(&memory).is_some(),
        "the access log's table was not made"
    );
}

#[tokio::test]
async fn a_hostile_event_is_rejected_with_a_reason_and_asks_aws_nothing() {
    let memory = Memory::default();
    let hostile = [
        json!(null),
        json!([]),
        json!({}),
        json!({ "detail": 1 }),
        json!({ "account": "'; DROP TABLE x" }),
    ];
    let deep = "[".repeat(200) + &"]".repeat(200);
    let hostile = hostile.iter().map(Json::to_string).chain([deep]);
    for event in hostile {
        let report = handled(&memory, &event).await.unwrap();
        assert!(
            matches!(&report, Report::Rejected(reason) if reason.len() > 20),
            "{event}: {report:?}"
        );
    }
    assert!(memory.calls.lock().unwrap().is_empty());
}

/// A bucket may change to files side by side, and then has no partitions.
#[tokio::test]
async fn a_layout_that_changed_takes_its_projection_along() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    let made = table(&memory);
    let mut other = table(&memory).unwrap();
    let parameters = &mut other.table.parameters;
    for key in ["projection.account.type", "projection.day.digits", "theirs"] {
        parameters.insert(key.to_owned(), "x".to_owned());
    }
    memory.put(REGION, other);
    check(
        &memory,
        "updated",
        &[&["update_table"], &AND_ITS_BUCKET[..]].concat(),
    )
    .await;
    let mut parameters = table(&memory).unwrap().table.parameters;
    assert_eq!(parameters.remove("theirs").as_deref(), Some("x"));
    assert_eq!(parameters, made.unwrap().table.parameters);
}

mod deliveries;
mod members;
mod races;
mod readable;
mod readers;
mod saved_queries;
mod slow;
mod table_schemas;
mod views;
