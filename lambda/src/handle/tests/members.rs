//! Events of other accounts: observed and written there, or nowhere.

use std::sync::Arc;

use super::*;

const MEMBER: &str = "210987654321";

fn theirs() -> String {
    event().replace("123456789012", MEMBER)
}

/// What became of an event of a member whose forwarder of this region made a role.
async fn check(region: &str, event: &str) -> (Memory, Arc<Memory>, Result<Report, CloudError>) {
    let (hub, member) = (Memory::default(), Arc::new(Memory::default()));
    logging_to(&hub, Some("ours"));
    let answers = hub.answers.lock().unwrap().clone();
    let answers = answers
        .into_iter()
        .map(|(arn, answer)| (arn.replace("123456789012", MEMBER), answer));
    *member.answers.lock().unwrap() = answers.collect();
    let place = (MEMBER.to_owned(), region.to_owned());
    hub.members
        .lock()
        .unwrap()
        .insert(place, Arc::clone(&member));
    let report = handled(&hub, event).await;
    (hub, member, report)
}

fn tables(memory: &Memory) -> usize {
    memory.tables.lock().unwrap().len()
}

/// Names of classic load balancers, for example, are an account's own.
#[tokio::test]
async fn a_log_of_a_member_has_its_table_there_and_nothing_happens_here() {
    let (hub, member, report) = check(REGION, &theirs()).await;
    assert!(report.is_ok() && tables(&member) == 2, "{report:?}");
    assert_eq!(
        (tables(&hub), &*hub.calls.lock().unwrap()),
        (0, &vec!["member"])
    );
}

#[tokio::test]
async fn a_member_that_does_not_let_us_in_is_a_failure_and_not_our_own_account() {
    let (hub, member, report) = check("us-east-1", &theirs()).await;
    assert!(report.is_err(), "{report:?}");
    assert_eq!((tables(&hub), tables(&member)), (0, 0));
}

/// The envelope is EventBridge's; all that a member could write is in `detail`.
#[tokio::test]
async fn a_member_makes_no_table_for_another_account_or_region_whatever_it_writes() {
    for forged in [
        theirs().replace(
            &format!(":{MEMBER}:loadbalancer"),
            ":123456789012:loadbalancer",
        ),
        theirs().replace("loadbalancing:eu-west-1", "loadbalancing:us-east-1"),
    ] {
        let mut forged: Json = serde_json::from_str(&forged).unwrap();
        forged["detail"]["recipientAccountId"] = json!("123456789012");
        forged["detail"]["awsRegion"] = json!("us-east-1");
        let (hub, member, _) = check(REGION, &forged.to_string()).await;
        assert_eq!((tables(&hub), tables(&member)), (0, 0), "{forged}");
    }
}
