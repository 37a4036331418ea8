//! Tables whose folder others share: a view for people, and the table that it is over.

use super::*;

fn put_one_table(memory: &Memory) -> StoredTable {
    let mut one = table(memory).unwrap();
    one.table.name = "alb_shop".to_owned();
    one.table
        .parameters
        .insert("note".to_owned(), "theirs".to_owned());
    let mut tables = memory.tables.lock().unwrap();
    tables.clear();
    tables.insert((REGION.to_owned(), VIEW.to_owned()), one.clone());
    one
}

#[tokio::test]
async fn a_log_has_a_view_and_a_table_below_it_both_ours() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    for stored in [table(&memory).unwrap(), view(&memory).unwrap()] {
        assert_eq!(stored.table.parameters[marks::RESOURCE_ARN], ARN);
        assert_eq!(stored.table.parameters[marks::ENABLED], "true");
    }
    assert!(view(&memory).unwrap().table.query.is_some());
}

/// Earlier versions made one table, under the name that the view has now.
#[tokio::test]
async fn a_table_of_an_earlier_version_becomes_the_view_in_place() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    let (below, shown) = (table(&memory).unwrap(), view(&memory).unwrap());
    put_one_table(&memory);
    let calls = ["create_table", "update_table"];
    check(&memory, "updated", &[&calls[..], &AND_ITS_BUCKET].concat()).await;
    check(&memory, "unchanged", &[]).await;
    assert_eq!(table(&memory).unwrap().table, below.table);
    let mut converted = view(&memory).unwrap().table;
    let note = converted.parameters.remove("note");
    assert_eq!(note.as_deref(), Some("theirs"));
    assert_eq!(converted, shown.table);
}

#[tokio::test]
async fn a_table_of_somebody_else_under_either_name_stops_both() {
    for theirs in [TABLE, VIEW] {
        let memory = Memory::default();
        logging_to(&memory, Some("bucket"));
        handled(&memory, &event()).await.unwrap();
        let key = (REGION.to_owned(), theirs.to_owned());
        {
            let mut tables = memory.tables.lock().unwrap();
            tables.retain(|name, _| *name == key);
            tables.get_mut(&key).unwrap().table.parameters.clear();
        }
        check(&memory, "skipped", &[]).await;
        assert_eq!(memory.tables.lock().unwrap().len(), 1, "{theirs}");
    }
}

/// Whatever stops the second write, the next try makes what is missing.
#[tokio::test]
async fn a_view_that_could_not_be_made_is_made_by_the_next_try() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    let shown = view(&memory).unwrap();
    let key = (REGION.to_owned(), VIEW.to_owned());
    memory.tables.lock().unwrap().remove(&key);
    check(
        &memory,
        "created",
        &[&["create_table"], &AND_ITS_BUCKET[..]].concat(),
    )
    .await;
    assert_eq!(view(&memory).unwrap().table, shown.table);
}

/// Earlier versions gave the load balancer `shop-raw` the table that is now below the view of `shop`.
#[tokio::test]
async fn a_table_of_a_resource_of_another_name_is_left_as_it_is() {
    for (name, outcome) in [("shop-raw", "skipped"), ("shop", "updated")] {
        let memory = Memory::default();
        logging_to(&memory, Some("bucket"));
        handled(&memory, &event()).await.unwrap();
        let mut theirs = table(&memory).unwrap();
        let former = ARN.replace("app/shop/50dc6c495c0c9188", &format!("app/{name}/1a2b"));
        let arn = marks::RESOURCE_ARN.to_owned();
        theirs.table.parameters.insert(arn, former);
        memory.put(REGION, theirs.clone());
        let report = handled(&memory, &event()).await.unwrap();
        let report = serde_json::to_string(&report).unwrap();
        assert!(report.contains(outcome), "{report}");
        let is_left = table(&memory).unwrap().table == theirs.table;
        assert_eq!(is_left, outcome == "skipped", "{name}");
        assert_eq!(
            report.contains(r#"is of \"shop-raw\""#),
            is_left,
            "{report}"
        );
    }
}

/// In a folder of its own a web ACL has no view, and needs no second name.
#[tokio::test]
async fn a_table_that_is_called_as_if_below_stops_no_log_without_a_view() {
    let arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/prod/a1b2";
    let call = json!({
        "eventName": "PutLoggingConfiguration",
        "requestParameters": { "loggingConfiguration": { "resourceArn": arn } },
    });
    let event = json!({
        "id": "e1", "account": "123456789012", "region": REGION, "source": "aws.wafv2",
        "detail-type": "AWS API Call via CloudTrail", "detail": call,
    });
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &self::event()).await.unwrap();
    let mut theirs = table(&memory).unwrap();
    theirs.table.database = "acl_traffic_logs_db".to_owned();
    theirs.table.name = "waf_prod_raw".to_owned();
    theirs.table.parameters.clear();
    memory.put(REGION, theirs.clone());
    let to = json!(["arn:aws:s3:::aws-waf-logs-x"]);
    let answer = json!({ "LoggingConfiguration": { "LogDestinationConfigs": to } });
    memory
        .answers
        .lock()
        .unwrap()
        .insert(arn.to_owned(), answer);
    for outcome in ["created", "unchanged"] {
        let report = handled(&memory, &event.to_string()).await.unwrap();
        let report = serde_json::to_value(&report).unwrap();
        assert_eq!(report["tables"][0]["outcome"], outcome, "{report}");
    }
    let left = memory.get(REGION, "acl_traffic_logs_db.waf_prod_raw");
    assert_eq!(left.unwrap().table, theirs.table);
}
