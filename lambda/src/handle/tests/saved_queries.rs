//! The queries that are saved with a new table.

use std::time::Duration;

use super::*;

fn saving() -> Function {
    Function {
        workgroup: Some("log-enablement-bus".to_owned()),
        ..function(Schemas::new(None))
    }
}

fn with_workgroup() -> Memory {
    let memory = Memory::default();
    *memory.workgroup.lock().unwrap() = Some(Vec::new());
    logging_to(&memory, Some("logs"));
    memory
}

fn names(memory: &Memory) -> Vec<String> {
    let workgroup = memory.workgroup.lock().unwrap();
    let name = |(_, query): &(String, logenabler_catalog::SavedQuery)| query.name.clone();
    workgroup.iter().flatten().map(name).collect()
}

const THE_FOUR: [&str; 4] = [
    "alb_access_logs_db.alb_shop: Top clients",
    "alb_access_logs_db.alb_shop: Errors by hour",
    "alb_access_logs_db.alb_shop: Slowest targets",
    "alb_access_logs_db.alb_shop: Refused requests by URL",
];

#[tokio::test]
async fn a_new_table_has_its_queries_and_the_same_event_again_saves_none() {
    let memory = with_workgroup();
    handled_by(&saving(), &memory, &event()).await.unwrap();
    assert_eq!(names(&memory), THE_FOUR);
    memory.calls.lock().unwrap().clear();
    handled_by(&saving(), &memory, &event()).await.unwrap();
    assert_eq!(*memory.calls.lock().unwrap(), LOOK);
    assert_eq!(names(&memory), THE_FOUR);
}

#[tokio::test]
async fn a_hub_without_saved_queries_saves_none() {
    let memory = with_workgroup();
    handled(&memory, &event()).await.unwrap();
    assert!(memory.get(REGION, VIEW).is_some());
    assert_eq!(names(&memory), [""; 0]);
}

#[tokio::test]
async fn a_dry_run_saves_none() {
    let memory = Memory {
        is_dry_run: true,
        ..with_workgroup()
    };
    handled_by(&saving(), &memory, &event()).await.unwrap();
    assert_eq!(names(&memory), [""; 0]);
}

/// The table is what matters.
#[tokio::test]
async fn neither_a_refusal_nor_a_missing_workgroup_fails_the_event() {
    let memory = with_workgroup();
    let refused = CloudError::Failed {
        operation: "athena:CreateNamedQuery".to_owned(),
        object: "log-enablement-bus".to_owned(),
        message: "TooManyRequestsException".to_owned(),
    };
    memory.failing.lock().unwrap().push(("save_query", refused));
    let refused = handled_by(&saving(), &memory, &event()).await;
    *memory.workgroup.lock().unwrap() = None;
    memory.tables.lock().unwrap().clear();
    let nowhere = handled_by(&saving(), &memory, &event()).await;
    for report in [refused, nowhere] {
        let Report::Tables(tables) = report.unwrap() else {
            panic!("no table");
        };
        let mut outcomes = tables.iter().map(|table| table.outcome.name());
        assert!(outcomes.any(|outcome| outcome == "created"), "{tables:?}");
    }
}

/// Nor does an answer that never comes.
#[tokio::test]
async fn an_athena_that_does_not_answer_takes_half_of_the_time() {
    let memory = with_workgroup();
    handled(&memory, &event()).await.unwrap();
    let calls = memory.calls.lock().unwrap().len();
    memory.tables.lock().unwrap().clear();
    memory.calls.lock().unwrap().clear();
    memory.databases.lock().unwrap().clear();
    memory
        .kill_at
        .store(calls + 1, std::sync::atomic::Ordering::Relaxed);
    let event = event();
    let run = Run {
        payload: &event,
        account: None,
        trace_id: None,
        ends: Instant::now() + Duration::from_secs(4),
    };
    let report = handle(&memory, &saving(), &run, &Ledger::default()).await;
    assert_eq!(*memory.calls.lock().unwrap().last().unwrap(), "save_query");
    assert!(matches!(report, Ok(Report::Tables(_))), "{report:?}");
}
