//! Two functions at once, step by step: whoever loses looks again.

use std::sync::Arc;

use tokio::sync::Barrier;

use super::*;

/// Handles the event twice at once, both reading before either writes; answers the outcomes of the table.
async fn both(memory: &Memory) -> Vec<String> {
    *memory.read_together.lock().unwrap() = Some(Arc::new(Barrier::new(2)));
    let event = event();
    let (one, other) = tokio::join!(handled(memory, &event), handled(memory, &event));
    let outcome = |report: Report| {
        let report = serde_json::to_value(report).unwrap();
        report["tables"]
            .as_array()
            .unwrap()
            .iter()
            .find(|t| t["log_type"] == "alb_access")
            .unwrap()["outcome"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let mut outcomes = vec![outcome(one.unwrap()), outcome(other.unwrap())];
    outcomes.sort();
    outcomes
}

fn version(memory: &Memory) -> String {
    table(memory).unwrap().version.unwrap()
}

#[tokio::test]
async fn of_two_that_create_one_wins_and_the_other_finds_nothing_to_do() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    assert_eq!(both(&memory).await, ["created", "unchanged"]);
    assert_eq!(version(&memory), "0");
}

#[tokio::test]
async fn of_two_that_update_one_wins_and_the_other_finds_nothing_to_do() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    logging_to(&memory, Some("moved"));
    assert_eq!(both(&memory).await, ["unchanged", "updated"]);
    assert_eq!(version(&memory), "1");
}

#[tokio::test]
async fn of_two_that_mark_one_wins_and_the_other_finds_nothing_to_do() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    handled(&memory, &event()).await.unwrap();
    logging_to(&memory, None);
    assert_eq!(both(&memory).await, ["marked", "unchanged"]);
    assert_eq!(version(&memory), "1");
}

/// One function looks at the service, which says `seen`, then stalls; the log moves to `newest`, and another function follows
/// it; then the first one goes on.
async fn overtaken(memory: &Memory, seen: Option<&str>, newest: Option<&str>) {
    logging_to(memory, seen);
    let stalled = Arc::new(Barrier::new(2));
    *memory.stall_after_look_up.lock().unwrap() = Some(Arc::clone(&stalled));
    let newer = async {
        stalled.wait().await;
        logging_to(memory, newest);
        handled(memory, &event()).await.unwrap();
        stalled.wait().await;
    };
    let event = event();
    let (older, ()) = tokio::join!(handled(memory, &event), newer);
    older.unwrap();
}

#[tokio::test]
async fn what_was_seen_before_somebody_wrote_is_not_written_over_it() {
    let memory = Memory::default();
    logging_to(&memory, Some("first"));
    handled(&memory, &event()).await.unwrap();
    overtaken(&memory, Some("stale"), Some("newest")).await;
    let location = table(&memory).unwrap().table.location;
    assert!(location.starts_with("s3://newest/"), "{location}");
    assert_eq!(
        version(&memory),
        "1",
        "the newer one wrote, and nobody after it"
    );
}

/// The other function finds everything right, so Glue has nothing to refuse.
#[tokio::test]
async fn what_changed_back_while_nobody_wrote_is_put_right() {
    let memory = Memory::default();
    logging_to(&memory, Some("first"));
    handled(&memory, &event()).await.unwrap();
    overtaken(&memory, Some("stale"), Some("first")).await;
    let location = table(&memory).unwrap().table.location;
    assert!(location.starts_with("s3://first/"), "{location}");
    let memory = Memory::default();
    overtaken(&memory, Some("bucket"), None).await;
    let parameters = table(&memory).unwrap().table.parameters;
    assert_eq!(parameters[marks::ENABLED], "false");
}
