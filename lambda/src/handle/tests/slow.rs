//! An AWS that stops answering.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::*;

/// Lambda tries again and finds nothing to do, so who is not told now never is.
#[tokio::test]
async fn a_table_is_told_of_also_where_the_time_ends_before_it_is_looked_at_again() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    let creates = [
        "create_table",
        "create_database",
        "create_table",
        "create_table",
    ];
    let again = LOOK.len() + creates.len() + 1;
    memory.kill_at.store(again, Ordering::Relaxed);
    let function = Function {
        topic_arn: Some("arn:aws:sns:eu-west-1:123456789012:people".to_owned()),
        ..function(Schemas::new(None))
    };
    let event = event();
    let run = Run {
        payload: &event,
        account: None,
        trace_id: None,
        ends: Instant::now() + Duration::from_secs(2),
    };
    let report = handle(&memory, &function, &run, &Ledger::default()).await;
    let failure = report.unwrap_err().to_string();
    assert!(
        failure.contains(ARN) && failure.contains("time is over"),
        "{failure}"
    );
    let mails = memory.published.lock().unwrap();
    assert_eq!(mails[0].0, "logenabler: 1 created, 1 failed");
}
