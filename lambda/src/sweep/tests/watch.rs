//! Sweeps that look into the newest files.

use std::io::Write;
use std::sync::Arc;

use flate2::{Compression, write::GzEncoder};
use logenabler_catalog::{LogType, log_type, marks};

use super::*;

const TABLE: &str = "alb_access_logs_db.alb_on_a_raw";
const ONE_NEW: &str = r#"{"unknown_fields":1}"#;

fn watching() -> Function {
    Function {
        drift_watch: true,
        ..function()
    }
}

/// A line of the sample with so many new fields.
fn line(unknown: usize) -> String {
    let log_type: &LogType = log_type("alb_access").unwrap();
    let is_it = |line: &&str| {
        let row = log_type.read(line.as_bytes()).unwrap();
        row.is_ok_and(|row| row.unknown_trailing == unknown)
    };
    log_type.sample.lines().find(is_it).unwrap().to_owned() + "\n"
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A load balancer whose newest file is this one.
fn room(file: Vec<u8>) -> Memory {
    let memory = source_region();
    load_balancers(&memory, &["on-a"]);
    newest(&memory, file);
    memory
}

fn newest(memory: &Memory, file: Vec<u8>) {
    let name = format!("{OWN}_elasticloadbalancing_{REGION}_app.on-a.50dc6c495c0c9188_x.log.gz");
    let listed =
        json!({ "Contents": { "Key": name, "Size": file.len().to_string(), "LastModified": "2" } });
    say(memory, "/bucket-on-a?list-type=2", listed);
    let mut files = memory.files.lock().unwrap();
    files.insert(format!("/bucket-on-a/{name}"), file);
}

/// What the sweep counted, and what the table is marked with.
async fn sweep(function: &Function, memory: &Memory) -> (Json, Option<String>) {
    memory.calls.lock().unwrap().clear();
    let mut report = to_the_end(function, memory, ONE_REGION, Duration::from_secs(60)).await;
    let table = memory.get(REGION, TABLE).unwrap().table;
    let counts = report["swept"]["region"]["alb_access"].take();
    (counts, table.parameters.get(marks::DRIFT).cloned())
}

#[tokio::test]
async fn what_is_new_is_counted_and_marked_once_and_the_mark_goes_with_it() {
    let memory = room(packed(&line(1)));
    let (counts, mark) = sweep(&watching(), &memory).await;
    assert_eq!(
        (&counts["sampled"], &counts["drifted"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(mark.as_deref(), Some(ONE_NEW));
    let (counts, mark) = sweep(&watching(), &memory).await;
    assert_eq!(
        (&counts["drifted"], mark.as_deref()),
        (&json!(1), Some(ONE_NEW))
    );
    assert_eq!(calls(&memory, "update_table"), 0, "it is marked already");
    newest(&memory, packed(&line(0)));
    let (counts, mark) = sweep(&watching(), &memory).await;
    assert_eq!(
        (&counts["sampled"], &counts["drifted"]),
        (&json!(1), &Json::Null)
    );
    assert_eq!((mark, calls(&memory, "update_table")), (None, 1));
    sweep(&watching(), &memory).await;
    assert_eq!(calls(&memory, "update_table"), 0);
}

#[tokio::test]
async fn it_is_told_as_metrics_and_nothing_of_the_record_is_in_the_mark() {
    let memory = room(packed(&format!(
        "{}{}gone wrong: secret\n",
        line(0),
        line(2)
    )));
    let order = Run {
        payload: ONE_REGION,
        account: Some(OWN),
        trace_id: None,
        ends: Instant::now() + Duration::from_secs(60),
    };
    let ledger = Ledger::default();
    handle(&memory, &watching(), &order, &ledger).await.unwrap();
    let metrics: Json = serde_json::from_str(&ledger.lines("f")[0]).unwrap();
    let counted = ["DriftRejects", "DriftUnknownFields"].map(|name| metrics[name].clone());
    assert_eq!(counted, [json!(1), json!(2)]);
    let table = memory.get(REGION, TABLE).unwrap().table;
    let mark: Json = serde_json::from_str(&table.parameters[marks::DRIFT]).unwrap();
    assert_eq!(mark["unknown_fields"], 2);
    let reject = mark["reject"].as_str().unwrap();
    assert!(
        reject.contains("expected") && !reject.contains("secret"),
        "{reject}"
    );
}

#[tokio::test]
async fn where_nobody_watches_no_file_is_looked_into_and_old_marks_go() {
    let memory = room(packed(&line(1)));
    sweep(&watching(), &memory).await;
    let (counts, mark) = sweep(&function(), &memory).await;
    assert_eq!((&counts["sampled"], mark), (&Json::Null, None));
    let looks = calls(&memory, "look_up");
    sweep(&function(), &memory).await;
    assert_eq!(
        (calls(&memory, "read"), calls(&memory, "update_table")),
        (0, 0)
    );
    assert_eq!(calls(&memory, "look_up"), looks);
    sweep(&watching(), &memory).await;
    assert_eq!(
        (calls(&memory, "read"), calls(&memory, "look_up")),
        (1, looks + 1)
    );
}

#[tokio::test]
async fn what_cannot_be_looked_into_fails_no_sweep_and_leaves_the_mark() {
    let memory = room(packed(&line(1)));
    sweep(&watching(), &memory).await;
    *memory.denied.lock().unwrap() = Some("s3:ListBucket Get".to_owned());
    let (counts, mark) = sweep(&watching(), &memory).await;
    assert_eq!(
        (&counts["unsampled"], &counts["failed"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(mark.as_deref(), Some(ONE_NEW));
    *memory.denied.lock().unwrap() = None;
    memory
        .answers
        .lock()
        .unwrap()
        .remove("/bucket-on-a?list-type=2");
    let (counts, mark) = sweep(&watching(), &memory).await;
    assert_eq!(
        (&counts["unsampled"], &counts["sampled"]),
        (&Json::Null, &Json::Null)
    );
    assert_eq!(
        mark.as_deref(),
        Some(ONE_NEW),
        "no file says that it is over"
    );
}

#[tokio::test]
async fn an_update_leaves_the_mark() {
    let memory = room(packed(&line(1)));
    sweep(&watching(), &memory).await;
    memory
        .answers
        .lock()
        .unwrap()
        .remove("/bucket-on-a?list-type=2");
    let mut stored = memory.get(REGION, TABLE).unwrap();
    stored.table.columns.truncate(3);
    memory.put(REGION, stored);
    let (counts, mark) = sweep(&watching(), &memory).await;
    assert_eq!(
        (&counts["updated"], mark.as_deref()),
        (&json!(1), Some(ONE_NEW))
    );
}

#[tokio::test]
async fn hostile_files_harm_no_sweep() {
    let whole = packed(&(line(1) + &line(0).repeat(50)));
    let huge = "x".repeat(1 << 20);
    for (file, expected) in [
        (whole[..whole.len() - 30].to_vec(), Some(1)),
        ([packed(&line(0)), packed(&line(1))].concat(), Some(1)),
        (huge.clone().into_bytes(), None),
        (packed(&huge.repeat(64)), None),
        (b"\x1f\x8b\x08\xff\xff".to_vec(), None),
    ] {
        let memory = room(file);
        let (counts, mark) = sweep(&watching(), &memory).await;
        let drifted = expected.map_or(Json::Null, Json::from);
        assert_eq!(
            (&counts["drifted"], mark.is_some()),
            (&drifted, expected.is_some())
        );
        assert_eq!(
            (&counts["failed"], &counts["unsampled"]),
            (&json!(0), &Json::Null)
        );
    }
}

#[tokio::test]
async fn a_sweep_in_many_runs_or_killed_at_any_call_marks_the_same() {
    let whole = room(packed(&line(1)));
    to_the_end(&watching(), &whole, ONE_REGION, Duration::ZERO).await;
    let mark = |memory: &Memory| {
        let table = memory.get(REGION, TABLE).unwrap().table;
        table.parameters.get(marks::DRIFT).cloned()
    };
    assert_eq!(mark(&whole).as_deref(), Some(ONE_NEW));
    // With time: without any, a file is given up before the kill is noticed.
    let (time, whole) = (Duration::from_secs(60), room(packed(&line(1))));
    to_the_end(&watching(), &whole, ONE_REGION, time).await;
    let calls = whole.calls.lock().unwrap().len();
    for call in 1..=calls {
        let memory = room(packed(&line(1)));
        memory.kill_at.store(call, Ordering::Relaxed);
        to_the_end(&watching(), &memory, ONE_REGION, time).await;
        assert_eq!(
            mark(&memory).as_deref(),
            Some(ONE_NEW),
            "killed at call {call}"
        );
    }
}

/// Its role may not, and whoever sets up logs there must not have files of this account read.
#[tokio::test]
async fn files_of_members_are_not_looked_into() {
    let (hub, member) = (Memory::default(), Arc::new(room(packed(&line(1)))));
    let account = "222222222222".to_owned();
    let theirs = |(about, answer): (&String, &Json)| {
        let [about, answer] = [about, &answer.to_string()].map(|it| it.replace(OWN, &account));
        (about, serde_json::from_str(&answer).unwrap())
    };
    let answers = member.answers.lock().unwrap().clone();
    *member.answers.lock().unwrap() = answers.iter().map(theirs).collect();
    let key = (account.clone(), REGION.to_owned());
    hub.members.lock().unwrap().insert(key, Arc::clone(&member));
    let order =
        json!({ "sweep": { "account": account, "region": REGION, "page_size": 2 } }).to_string();
    to_the_end(&watching(), &hub, &order, Duration::from_secs(60)).await;
    assert!(member.get(REGION, TABLE).is_some());
    assert_eq!(calls(&member, "read") + calls(&hub, "read"), 0);
}
