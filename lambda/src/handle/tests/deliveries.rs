//! Vended deliveries: a load balancer's access log, which its own attributes may turn on, too.

use super::*;

const ID: &str = "a1B2c3D4e5F6g7H8";
const DELIVERY: &str = "arn:aws:logs:eu-west-1:123456789012:delivery:a1B2c3D4e5F6g7H8";

fn call(name: &str) -> String {
    let event = json!({
        "id": "e2", "account": "123456789012", "region": REGION, "source": "aws.logs",
        "detail-type": "AWS API Call via CloudTrail",
        "detail": {
            "eventName": name, "requestParameters": { "id": ID },
            "responseElements": { "delivery": { "id": ID } },
        },
    });
    event.to_string()
}

/// The delivery exists, to this bucket.
fn delivering(memory: &Memory, log_type: &str, bucket: &str) {
    let to = format!("arn:aws:logs:{REGION}:123456789012:delivery-destination:to-bucket");
    let delivery =
        json!({ "id": ID, "deliverySourceName": "from-shop", "deliveryDestinationArn": to });
    let source = json!({ "resourceArns": [ARN], "logType": log_type });
    let configuration = json!({ "destinationResourceArn": format!("arn:aws:s3:::{bucket}") });
    let destination =
        json!({ "outputFormat": "json", "deliveryDestinationConfiguration": configuration });
    let mut answers = memory.answers.lock().unwrap();
    answers.insert(ID.to_owned(), json!({ "delivery": delivery }));
    answers.insert("from-shop".to_owned(), json!({ "deliverySource": source }));
    answers.insert(
        "to-bucket".to_owned(),
        json!({ "deliveryDestination": destination }),
    );
}

fn gone(memory: &Memory) {
    memory.answers.lock().unwrap().remove(ID);
}

/// Handles the call and says what became of its one table.
async fn check_call(memory: &Memory, name: &str, outcome: &str) {
    let report = handled(memory, &call(name)).await.unwrap();
    let report = serde_json::to_value(&report).unwrap();
    assert_eq!(report["tables"][0]["outcome"], outcome, "{report}");
    assert_eq!(report["tables"].as_array().unwrap().len(), 1, "{report}");
}

/// What people query: a view, over what the delivery or what the load balancer's attributes say.
fn shown(memory: &Memory) -> StoredTable {
    let key = (REGION.to_owned(), "alb_access_logs_db.alb_shop".to_owned());
    memory.tables.lock().unwrap()[&key].clone()
}

fn mark(memory: &Memory, mark: &str) -> Option<String> {
    shown(memory).table.parameters.get(mark).cloned()
}

#[tokio::test]
async fn a_delivery_has_its_table_until_it_is_gone() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "created").await;
    check_call(&memory, "CreateDelivery", "unchanged").await;
    assert_eq!(mark(&memory, marks::DELIVERY).as_deref(), Some(DELIVERY));
    delivering(&memory, "ALB_ACCESS_LOGS", "moved");
    check_call(&memory, "UpdateDeliveryConfiguration", "updated").await;
    assert!(
        table(&memory)
            .unwrap()
            .table
            .location
            .starts_with("s3://moved/")
    );
    gone(&memory);
    check_call(&memory, "DeleteDelivery", "marked").await;
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("false"));
    check_call(&memory, "DeleteDelivery", "unchanged").await;
    delivering(&memory, "ALB_ACCESS_LOGS", "moved");
    check_call(&memory, "CreateDelivery", "updated").await;
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));
}

#[tokio::test]
async fn tables_are_read_after_the_log_is_known_and_before_its_settings_are() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "created").await;
    memory.calls.lock().unwrap().clear();
    check_call(&memory, "CreateDelivery", "unchanged").await;
    let calls = memory.calls.lock().unwrap().clone();
    assert_eq!(
        calls,
        ["look_up", "look_up", "tables", "look_up", "look_up"]
    );
}

#[tokio::test]
async fn what_was_turned_on_last_has_the_table() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "created").await;
    logging_to(&memory, None);
    handled(&memory, &event()).await.unwrap();
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));

    memory.answers.lock().unwrap().remove(ARN);
    logging_to(&memory, Some("own"));
    handled(&memory, &event()).await.unwrap();
    assert_eq!(mark(&memory, marks::DELIVERY), None);
    gone(&memory);
    let report = handled(&memory, &call("DeleteDelivery")).await.unwrap();
    assert_eq!(report, Report::Tables(Vec::new()));
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));

    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "UpdateDeliveryConfiguration", "updated").await;
    assert_eq!(mark(&memory, marks::DELIVERY).as_deref(), Some(DELIVERY));
}

#[tokio::test]
async fn a_load_balancer_that_is_gone_delivers_nothing() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "created").await;
    memory.answers.lock().unwrap().remove(ARN);
    handled(&memory, &event()).await.unwrap();
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("false"));
}

/// A second delivery of the same log, to where no table can point, leaves the first one's table alone.
#[tokio::test]
async fn deliveries_to_two_places_do_not_disturb_each_other() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "created").await;
    let mut stored = shown(&memory);
    let other = DELIVERY.replace(ID, "other");
    stored
        .table
        .parameters
        .insert(marks::DELIVERY.to_owned(), other);
    memory.put(REGION, stored);
    delivering(&memory, "ALB_ACCESS_LOGS", "NO BUCKET");
    check_call(&memory, "CreateDelivery", "skipped").await;
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));
}

#[tokio::test]
async fn a_log_that_nobody_knows_has_no_table_and_is_no_failure() {
    let memory = Memory::default();
    delivering(&memory, "TRACES", "delivered");
    let report = handled(&memory, &call("CreateDelivery")).await.unwrap();
    assert_eq!(report, Report::Tables(Vec::new()));
}

/// The service is the truth: the log is still on, where the load balancer itself puts it.
#[tokio::test]
async fn when_a_delivery_is_gone_the_table_follows_the_load_balancers_own_settings() {
    let memory = Memory::default();
    logging_to(&memory, Some("own"));
    handled(&memory, &event()).await.unwrap();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "updated").await;
    gone(&memory);
    check_call(&memory, "DeleteDelivery", "updated").await;
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));
    assert_eq!(mark(&memory, marks::DELIVERY), None);
    let location = table(&memory).unwrap().table.location;
    assert!(location.starts_with("s3://own/"), "{location}");
    memory.calls.lock().unwrap().clear();
    handled(&memory, &event()).await.unwrap();
    assert_eq!(*memory.calls.lock().unwrap(), LOOK, "nothing is left to do");

    logging_to(&memory, None);
    handled(&memory, &event()).await.unwrap();
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("false"));
}

/// An event of what they have in common does not hand the table from one to the other.
#[tokio::test]
async fn of_two_deliveries_of_one_source_the_one_that_has_the_table_keeps_it() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    deliver_too(&memory, &["SECOND"]);
    check_call(&memory, "CreateDelivery", "created").await;
    for _ in 0..3 {
        check_source(&memory, "unchanged").await;
        assert_eq!(mark(&memory, marks::DELIVERY).as_deref(), Some(DELIVERY));
    }
}

/// However many there are, nobody has to try again.
#[tokio::test]
async fn of_many_deliveries_of_which_none_has_the_table_the_first_gets_it() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    let others = ["A", "B", "C", "D", "E", "F"].map(|letter| format!("OTHER-{letter}"));
    deliver_too(&memory, &others.each_ref().map(String::as_str));
    for outcome in ["created", "unchanged"] {
        check_source(&memory, outcome).await;
        assert_eq!(mark(&memory, marks::DELIVERY).as_deref(), Some(DELIVERY));
    }
    let mut off = shown(&memory);
    let marked = (marks::ENABLED.to_owned(), "false".to_owned());
    off.table.parameters.extend([marked]);
    memory.put(REGION, off);
    check_source(&memory, "updated").await;
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));
}

/// The one that is gone marks the table, and that does not keep the others from it.
#[tokio::test]
async fn of_two_deliveries_the_one_that_is_left_gets_the_table_of_the_other() {
    let memory = Memory::default();
    delivering(&memory, "ALB_ACCESS_LOGS", "delivered");
    check_call(&memory, "CreateDelivery", "created").await;
    deliver_too(&memory, &["SECOND"]);
    gone(&memory);
    check_source(&memory, "updated").await;
    let second = DELIVERY.replace(ID, "SECOND");
    assert_eq!(mark(&memory, marks::DELIVERY), Some(second));
    assert_eq!(mark(&memory, marks::ENABLED).as_deref(), Some("true"));
}

/// Beside the first delivery, those of these ids, to a bucket each.
fn deliver_too(memory: &Memory, ids: &[&str]) {
    let mut answers = memory.answers.lock().unwrap();
    let first = answers[ID]["delivery"].clone();
    let destination = answers["to-bucket"].to_string();
    let mut all = vec![first.clone()];
    for id in ids {
        let to = format!("to-{}", id.to_lowercase());
        let arn = format!("arn:aws:logs:{REGION}:123456789012:delivery-destination:{to}");
        let mut delivery = first.clone();
        delivery["id"] = json!(id);
        delivery["deliveryDestinationArn"] = json!(arn);
        let other = destination.replace("delivered", &to);
        answers.insert(to, serde_json::from_str(&other).unwrap());
        answers.insert((*id).to_owned(), json!({ "delivery": delivery }));
        all.push(delivery);
    }
    answers.insert(
        "DescribeDeliveries".to_owned(),
        json!({ "deliveries": all }),
    );
}

/// Handles a call about the source of all deliveries and says what became of its one table.
async fn check_source(memory: &Memory, outcome: &str) {
    let mut source: Json = serde_json::from_str(&call("PutDeliverySource")).unwrap();
    source["detail"]["requestParameters"] = json!({ "name": "from-shop" });
    let report = handled(memory, &source.to_string()).await.unwrap();
    let report = serde_json::to_value(&report).unwrap();
    assert_eq!(report["tables"].as_array().unwrap().len(), 1, "{report}");
    assert_eq!(report["tables"][0]["outcome"], outcome, "{report}");
}
