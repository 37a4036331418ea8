//! Which accounts and regions are swept.

use super::*;

/// What the function started itself with, one after the other, each carried out.
async fn started(function: &Function, memory: &Memory, order: &str, time: Duration) -> Vec<String> {
    let mut payloads = vec![order.to_owned()];
    let mut next = 0;
    while let Some(payload) = payloads.get(next).cloned() {
        if !payload.contains("region") {
            run(function, memory, &payload, time).await.unwrap();
        }
        payloads.extend(memory.started.lock().unwrap().drain(..));
        next += 1;
    }
    payloads.split_off(1)
}

#[tokio::test]
async fn everything_is_each_account_and_each_region_that_sends_to_the_hub() {
    for time in [Duration::ZERO, Duration::from_secs(60)] {
        let memory = source_region();
        let member = std::sync::Arc::new(Memory::default());
        memory
            .members
            .lock()
            .unwrap()
            .insert(("210987654321".to_owned(), REGION.to_owned()), member);
        say(
            &memory,
            "us-east-1 events:ListRuleNamesByTarget",
            json!({ "RuleNames": ["r"] }),
        );
        let order = r#"{"sweep":{"accounts":["210987654321","123456789012"]}}"#;
        let mut orders = started(&function(), &memory, order, time).await;
        orders.retain(|order| !order.contains("after"));
        orders.sort();
        let expected = [
            r#"{"sweep":{"account":"123456789012","region":"eu-west-1"}}"#,
            r#"{"sweep":{"account":"123456789012","region":"us-east-1"}}"#,
            r#"{"sweep":{"account":"123456789012"}}"#,
            r#"{"sweep":{"account":"210987654321"}}"#,
        ];
        assert_eq!(orders, expected, "{time:?}");
    }
}

#[tokio::test]
async fn the_accounts_of_an_organization_are_swept_in_either_form_of_the_answer() {
    for state in ["State", "Status"] {
        let memory = source_region();
        let account = |id: &str, is: &str| json!({ "Id": id, state: is });
        let accounts = [
            account("210987654321", "ACTIVE"),
            account("310987654321", "SUSPENDED"),
        ];
        say(
            &memory,
            "organizations:ListAccounts",
            json!({ "Accounts": accounts }),
        );
        let order = r#"{"sweep":{"organization_id":"o-a1b2c3d4e5"}}"#;
        let report = run(&function(), &memory, order, Duration::from_secs(60))
            .await
            .unwrap();
        assert_eq!(
            report["swept"]["started"],
            json!(["123456789012", "210987654321"]),
            "{state}"
        );
    }
}

#[tokio::test]
async fn a_region_that_is_closed_is_no_source_but_all_of_them_being_so_is_a_failure() {
    let memory = source_region();
    let order = r#"{"sweep":{"account":"123456789012"}}"#;
    *memory.denied.lock().unwrap() = Some("us-east-1 events:ListRuleNamesByTarget".to_owned());
    let report = run(&function(), &memory, order, Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(
        report["swept"]["started"],
        json!(["123456789012/eu-west-1"])
    );
    *memory.denied.lock().unwrap() = Some("events:ListRuleNamesByTarget".to_owned());
    run(&function(), &memory, order, Duration::ZERO)
        .await
        .unwrap_err();
}

#[tokio::test]
async fn a_member_is_swept_with_whatever_catalog_role_it_has() {
    let (hub, member) = (Memory::default(), std::sync::Arc::new(source_region()));
    let key = ("210987654321".to_owned(), "us-west-2".to_owned());
    hub.members.lock().unwrap().insert(key, member);
    let order = r#"{"sweep":{"account":"210987654321"}}"#;
    let report = run(&function(), &hub, order, Duration::ZERO).await.unwrap();
    assert_eq!(
        report["swept"]["started"],
        json!(["210987654321/eu-west-1"])
    );
}
