//! Sweeps of an AWS in memory, run by run, as Lambda would run them.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use logenabler_catalog::{Filter, LOG_TYPES, event_patterns};
use serde_json::{Value as Json, json};

use crate::cloud::CloudError;
use crate::handle::{Function, Report, Run, handle};
use crate::ledger::Ledger;
use crate::memory::Memory;
use crate::schemas::Schemas;

mod saved_queries;
mod sources;
mod tables;
mod watch;

const OWN: &str = "123456789012";
const REGION: &str = "eu-west-1";
const BUS: &str = "arn:aws:events:eu-west-1:123456789012:event-bus/log-enablement-bus";
const ONE_REGION: &str = r#"{"sweep":{"region":"eu-west-1","page_size":2}}"#;
/// The names of the rules that send to the hub, and what each hears of.
const RULES: usize = 2;
/// Once more: which trails there are.
const ASKED_FIRST: usize = RULES + 1;
/// Of all that may write a log in a region; that of load balancers takes as many pages as there are.
const OTHER_LISTS: usize = 8;

fn arn(name: &str) -> String {
    format!("arn:aws:elasticloadbalancing:{REGION}:{OWN}:loadbalancer/app/{name}/50dc6c495c0c9188")
}

fn function() -> Function {
    Function {
        schemas: Schemas::new(None),
        filter: Filter::default(),
        event_bus_arn: Some(BUS.to_owned()),
        topic_arn: None,
        readers: None,
        workgroup: None,
        drift_watch: false,
    }
}

/// A region whose forwarder hears of everything.
fn source_region() -> Memory {
    let memory = Memory::default();
    say(
        &memory,
        &format!("{REGION} events:ListRuleNamesByTarget"),
        json!({ "RuleNames": ["r"] }),
    );
    let pattern = event_patterns(LOG_TYPES).remove(0);
    say(
        &memory,
        "events:DescribeRule",
        json!({ "State": "ENABLED", "EventPattern": pattern }),
    );
    for list in [
        r#"2012-06-01", fields: [("PageSize""#,
        "cloudtrail:DescribeTrails",
        "ec2:DescribeFlowLogs",
        "logs:DescribeDeliveries",
        "network-firewall:ListFirewalls",
        "route53resolver:ListResolverQueryLogConfigs",
        "s3:ListBuckets",
        "wafv2:ListLoggingConfigurations",
    ] {
        say(&memory, list, json!({}));
    }
    memory
}

fn say(memory: &Memory, about: &str, answer: Json) {
    memory
        .answers
        .lock()
        .unwrap()
        .insert(about.to_owned(), answer);
}

/// Load balancers in pages of two; those whose names begin with `on` write to a bucket of that name.
fn load_balancers(memory: &Memory, names: &[&str]) {
    for name in names {
        logging(memory, name, name.starts_with("on"));
    }
    let pages: Vec<_> = names.chunks(2).collect();
    for (number, page) in pages.iter().enumerate() {
        let list: Vec<_> = page
            .iter()
            .map(|name| json!({ "LoadBalancerArn": arn(name) }))
            .collect();
        let next = (number + 1 < pages.len()).then(|| format!("page{}", number + 1));
        let asked = match number {
            0 => r#"2015-12-01", fields: [("PageSize", "2")]"#.to_owned(),
            _ => format!(r#"("Marker", "page{number}")"#),
        };
        let answer = json!({ "LoadBalancers": list, "NextMarker": next });
        say(
            memory,
            &asked,
            json!({ "DescribeLoadBalancersResult": answer }),
        );
    }
}

fn logging(memory: &Memory, name: &str, enabled: bool) {
    let attribute = |name: &str, value: &str| json!({ "Key": format!("access_logs.s3.{name}"), "Value": value });
    let attributes = [
        attribute("enabled", &enabled.to_string()),
        attribute("bucket", &format!("bucket-{name}")),
    ];
    say(
        memory,
        &arn(name),
        json!({ "DescribeLoadBalancerAttributesResult": { "Attributes": attributes } }),
    );
}

/// One run, with so much time.
async fn run(
    function: &Function,
    memory: &Memory,
    payload: &str,
    time: Duration,
) -> Result<Json, CloudError> {
    let run = Run {
        payload,
        account: Some(OWN),
        trace_id: None,
        ends: Instant::now() + time,
    };
    let report: Report = handle(memory, function, &run, &Ledger::default()).await?;
    Ok(serde_json::to_value(&report).unwrap())
}

/// That run and all that follow from it; what the last one says. Each that is killed is run once more, as Lambda does.
async fn to_the_end(function: &Function, memory: &Memory, payload: &str, time: Duration) -> Json {
    memory.started.lock().unwrap().push_back(payload.to_owned());
    let mut last = Json::Null;
    loop {
        let Some(payload) = memory.started.lock().unwrap().pop_front() else {
            return last;
        };
        last = tokio::select! {
            report = run(function, memory, &payload, time) => report.unwrap(),
            () = memory.killed.notified() => run(function, memory, &payload, time).await.unwrap(),
        };
    }
}

async fn swept(memory: &Memory) -> Json {
    memory.calls.lock().unwrap().clear();
    let mut report = to_the_end(&function(), memory, ONE_REGION, Duration::ZERO).await;
    report["swept"]["region"].take()
}

fn calls(memory: &Memory, name: &str) -> usize {
    memory
        .calls
        .lock()
        .unwrap()
        .iter()
        .filter(|call| **call == name)
        .count()
}

fn tables(memory: &Memory) -> Vec<String> {
    memory
        .tables
        .lock()
        .unwrap()
        .keys()
        .map(|(_, name)| name.clone())
        .collect()
}

const FOUR: &[&str] = &["on-a", "on-b", "off-c", "on-d"];
const THEIR_TABLES: &[&str] = &[
    "alb_access_logs_db.alb_on_a",
    "alb_access_logs_db.alb_on_a_raw",
    "alb_access_logs_db.alb_on_b",
    "alb_access_logs_db.alb_on_b_raw",
    "alb_access_logs_db.alb_on_d",
    "alb_access_logs_db.alb_on_d_raw",
];

/// Without any time each run looks at one resource and leaves the rest to the next.
#[tokio::test]
async fn a_sweep_goes_on_run_by_run_until_all_is_looked_at() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    let report = swept(&memory).await;
    assert_eq!(tables(&memory), THEIR_TABLES);
    let access = json!({
        "seen": 4, "created": 3, "updated": 0, "marked": 0, "unchanged": 0, "failed": 0, "skipped": { "off": 1 },
    });
    assert_eq!(report["alb_access"], access, "{report}");
    assert_eq!(report["alb_connection"]["skipped"]["off"], 4, "{report}");
    assert_eq!(
        calls(&memory, "start"),
        3,
        "a run for each of the four, the first of which was asked for"
    );
}

#[tokio::test]
async fn a_sweep_that_takes_several_runs_counts_each_log_once() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    swept(&memory).await;
    let report = swept(&memory).await;
    let access = json!({
        "seen": 4, "created": 0, "updated": 0, "marked": 0, "unchanged": 3, "failed": 0, "skipped": { "off": 1 },
    });
    assert_eq!(report["alb_access"], access, "{report}");
}

#[tokio::test]
async fn what_a_sweep_of_nothing_new_costs_is_one_look_at_each_resource_and_each_table() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    swept(&memory).await;
    memory.calls.lock().unwrap().clear();
    let all_at_once = Duration::from_secs(60);
    let report = to_the_end(&function(), &memory, ONE_REGION, all_at_once).await;
    let access = &report["swept"]["region"]["alb_access"];
    assert_eq!(
        (&access["unchanged"], &access["seen"]),
        (&json!(3), &json!(4)),
        "{report}"
    );
    assert_eq!(calls(&memory, "start") + calls(&memory, "update_table"), 0);
    assert_eq!(calls(&memory, "tables"), 3, "one for each that has some");
    let pages = 2;
    assert_eq!(
        calls(&memory, "look_up"),
        ASKED_FIRST + pages + OTHER_LISTS + FOUR.len()
    );
}

#[tokio::test]
async fn a_sweep_that_is_killed_at_any_call_goes_on_and_makes_the_same_tables() {
    let whole = source_region();
    load_balancers(&whole, FOUR);
    swept(&whole).await;
    let all = whole.calls.lock().unwrap().len();
    for call in 1..=all {
        let memory = source_region();
        load_balancers(&memory, FOUR);
        memory.kill_at.store(call, Ordering::Relaxed);
        swept(&memory).await;
        assert_eq!(tables(&memory), THEIR_TABLES, "killed at call {call}");
        let versions = |memory: &Memory| {
            let tables = memory.tables.lock().unwrap();
            tables
                .values()
                .map(|table| table.table.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(versions(&memory), versions(&whole), "killed at call {call}");
    }
}

#[tokio::test]
async fn a_resource_that_fails_is_counted_and_the_others_have_their_turn() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    let denied = CloudError::Failed {
        operation: "glue:CreateTable".to_owned(),
        object: "t".to_owned(),
        message: "AccessDenied".to_owned(),
    };
    memory
        .failing
        .lock()
        .unwrap()
        .push(("create_table", denied));
    let report = swept(&memory).await;
    assert_eq!(report["alb_access"]["failed"], 1, "{report}");
    assert_eq!(report["alb_access"]["created"], 2, "{report}");
    swept(&memory).await;
    assert_eq!(tables(&memory), THEIR_TABLES);
}

#[tokio::test]
async fn a_list_that_cannot_be_had_is_counted_and_the_others_have_their_turn() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    *memory.denied.lock().unwrap() = Some("s3:ListBuckets".to_owned());
    let function = Function {
        topic_arn: Some("arn:aws:sns:eu-west-1:123456789012:people".to_owned()),
        ..function()
    };
    let report = to_the_end(&function, &memory, ONE_REGION, Duration::ZERO).await;
    let report = &report["swept"]["region"];
    assert_eq!(report["buckets"]["failed"], 1, "{report}");
    assert_eq!(report["alb_access"]["created"], 3, "{report}");
    let mails = memory.published.lock().unwrap();
    let told = mails.iter().find(|(_, text)| text.contains("ListBuckets"));
    let (_, text) = told.unwrap();
    assert!(
        text.contains("region: eu-west-1") && text.contains(OWN),
        "{text}"
    );
}

/// A metric without a point says nothing to an alarm.
#[tokio::test]
async fn a_sweep_counts_that_no_event_came_and_nothing_failed() {
    let (memory, ledger) = (source_region(), Ledger::default());
    load_balancers(&memory, FOUR);
    let run = Run {
        payload: ONE_REGION,
        account: Some(OWN),
        trace_id: None,
        ends: Instant::now(),
    };
    handle(&memory, &function(), &run, &ledger).await.unwrap();
    let line: Json = serde_json::from_str(&ledger.lines("f")[0]).unwrap();
    assert_eq!(
        (&line["Events"], &line["Failed"]),
        (&json!(0), &json!(0)),
        "{line}"
    );
}

#[tokio::test]
async fn a_dry_run_reports_the_same_and_writes_nothing() {
    let memory = Memory {
        is_dry_run: true,
        ..source_region()
    };
    load_balancers(&memory, FOUR);
    let report = swept(&memory).await;
    assert_eq!(report["alb_access"]["created"], 3, "{report}");
    assert_eq!(tables(&memory), [""; 0]);
}

#[tokio::test]
async fn what_the_hub_excludes_gets_no_table_and_is_counted() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    let function = Function {
        filter: Filter::parse(r#"{"exclude_names":["on-*"],"include_names":["*"]}"#).unwrap(),
        ..function()
    };
    let report = to_the_end(&function, &memory, ONE_REGION, Duration::ZERO).await;
    assert_eq!(
        report["swept"]["region"]["alb_access"]["skipped"]["excluded"], 3,
        "{report}"
    );
    assert_eq!(tables(&memory), [""; 0]);
}

#[tokio::test]
async fn a_region_that_does_not_send_to_the_hub_is_not_swept() {
    let memory = Memory::default();
    load_balancers(&memory, FOUR);
    assert_eq!(swept(&memory).await, json!({}));
    assert_eq!(calls(&memory, "look_up"), 1);
}

#[tokio::test]
async fn an_order_that_cannot_be_read_is_rejected_with_the_one_to_send() {
    for order in [r#"{"sweep":{"regions":1}}"#, r#"{"sweep":[1]}"#] {
        let report = run(&function(), &Memory::default(), order, Duration::ZERO)
            .await
            .unwrap();
        assert!(
            report["rejected"]
                .as_str()
                .unwrap()
                .contains(r#"{"sweep":{}}"#),
            "{report}"
        );
    }
}

#[tokio::test]
async fn people_are_told_of_every_table_in_one_message_with_a_query_to_paste() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    let function = Function {
        topic_arn: Some("arn:aws:sns:eu-west-1:123456789012:t".to_owned()),
        ..function()
    };
    let all_at_once = Duration::from_secs(60);
    to_the_end(&function, &memory, ONE_REGION, all_at_once).await;
    to_the_end(&function, &memory, ONE_REGION, all_at_once).await;
    let published = memory.published.lock().unwrap().clone();
    let [(subject, message)] = &published[..] else {
        panic!("nothing new is no message: {published:?}");
    };
    assert_eq!(subject, "logenabler: 3 created");
    for words in [
        "alb_access_logs_db.alb_on_a: the table is new",
        &arn("on-d"),
        "FROM \"alb_access_logs_db\".\"alb_on_b\"\nWHERE ",
    ] {
        assert!(message.contains(words), "{message}\nlacks {words}");
    }
}
