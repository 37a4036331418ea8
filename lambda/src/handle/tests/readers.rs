//! Who may query the tables where Lake Formation is in force.

use super::*;

const ANALYST: &str = "arn:aws:iam::123456789012:role/analyst";
const AUDITOR: &str = "arn:aws:iam::123456789012:role/auditor";

/// What became of the table, by a function that lets these read.
async fn handled_for(memory: &Memory, readers: &[&str]) -> Result<String, CloudError> {
    let function = Function {
        readers: Some(readers.iter().map(|reader| (*reader).to_owned()).collect()),
        ..function(Schemas::new(None))
    };
    let report = handled_by(&function, memory, &event()).await?;
    let report = serde_json::to_value(&report).unwrap();
    let tables = report["tables"].as_array().unwrap();
    let access = tables.iter().find(|table| table["table"] == "alb_shop");
    Ok(access.unwrap()["outcome"].as_str().unwrap().to_owned())
}

/// The view and the table below it, each with those who may read it.
fn check(memory: &Memory, readers: &[&str]) {
    let permitted = memory.permitted.lock().unwrap();
    for table in ["alb_shop", "alb_shop_raw"] {
        let of_it = permitted.iter().filter(|(name, _)| name == table);
        let may: Vec<_> = of_it.map(|(_, reader)| reader.as_str()).collect();
        assert_eq!(may, readers, "{table}");
    }
}

#[tokio::test]
async fn those_who_are_named_may_read_a_new_table_and_the_same_event_again_asks_nothing() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    assert_eq!(handled_for(&memory, &[ANALYST]).await.unwrap(), "created");
    check(&memory, &[ANALYST]);
    memory.calls.lock().unwrap().clear();
    assert_eq!(handled_for(&memory, &[ANALYST]).await.unwrap(), "unchanged");
    assert_eq!(*memory.calls.lock().unwrap(), LOOK);
}

#[tokio::test]
async fn others_follow_at_the_next_event_and_nobody_is_left_in() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled_for(&memory, &[ANALYST]).await.unwrap();
    let other = ("alb_shop".to_owned(), "somebody".to_owned());
    memory.permitted.lock().unwrap().insert(other.clone());
    assert_eq!(handled_for(&memory, &[AUDITOR]).await.unwrap(), "updated");
    assert!(
        memory.permitted.lock().unwrap().remove(&other),
        "not ours to take away"
    );
    check(&memory, &[AUDITOR]);
    assert_eq!(handled_for(&memory, &[]).await.unwrap(), "updated");
    check(&memory, &[]);
    assert!(
        !table(&memory)
            .unwrap()
            .table
            .parameters
            .contains_key(marks::READERS)
    );
}

/// Of a log that is off, too: its records are still there.
#[tokio::test]
async fn who_is_named_no_more_is_not_left_in_where_the_log_is_off_unless_nobody_sees_to_it() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled_for(&memory, &[ANALYST]).await.unwrap();
    logging_to(&memory, None);
    assert_eq!(handled_for(&memory, &[ANALYST]).await.unwrap(), "marked");
    check(&memory, &[ANALYST]);
    handled(&memory, &event()).await.unwrap();
    check(&memory, &[ANALYST]);
    handled_for(&memory, &[]).await.unwrap();
    check(&memory, &[]);
}

/// The table is there and follows its log; that nobody may read it is a failure all the same, and is tried again.
#[tokio::test]
async fn a_refused_grant_is_a_failure_that_keeps_no_table_from_its_settings() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    let refused = || CloudError::Failed {
        operation: "lakeformation:GrantPermissions".to_owned(),
        object: "alb_shop".to_owned(),
        message: "AccessDeniedException".to_owned(),
    };
    memory.failing.lock().unwrap().push(("permit", refused()));
    assert_eq!(handled_for(&memory, &[ANALYST]).await, Err(refused()));
    logging_to(&memory, Some("moved"));
    memory.failing.lock().unwrap().push(("permit", refused()));
    assert_eq!(handled_for(&memory, &[ANALYST]).await, Err(refused()));
    let location = table(&memory).unwrap().table.location;
    assert!(location.starts_with("s3://moved/"), "{location}");
    handled_for(&memory, &[ANALYST]).await.unwrap();
    check(&memory, &[ANALYST]);
}

/// The other is let in all the same, and who is to go goes.
#[tokio::test]
async fn one_who_cannot_be_let_in_keeps_out_nobody_else() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled_for(&memory, &[AUDITOR]).await.unwrap();
    let gone = "arn:aws:iam::123456789012:role/a-gone";
    *memory.denied.lock().unwrap() = Some(gone.to_owned());
    let refused = handled_for(&memory, &[gone, ANALYST]).await;
    assert!(matches!(refused, Err(CloudError::Failed { operation, .. }) if operation == gone));
    check(&memory, &[ANALYST]);
}

#[tokio::test]
async fn whoever_grants_in_the_account_of_a_member_sees_to_its_tables() {
    let (memory, member) = (Memory::default(), std::sync::Arc::new(Memory::default()));
    let there = ("210987654321".to_owned(), REGION.to_owned());
    memory
        .members
        .lock()
        .unwrap()
        .insert(there, std::sync::Arc::clone(&member));
    logging_to(&member, Some("bucket"));
    let arn = ARN.replace("123456789012", "210987654321");
    let answer = member.answers.lock().unwrap().remove(ARN).unwrap();
    member.answers.lock().unwrap().insert(arn, answer);
    let function = Function {
        readers: Some(Readers::from([ANALYST.to_owned()])),
        ..function(Schemas::new(None))
    };
    let event = event().replace("123456789012", "210987654321");
    handled_by(&function, &memory, &event).await.unwrap();
    assert!(table(&member).is_some() && member.permitted.lock().unwrap().is_empty());
}
