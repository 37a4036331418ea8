//! The queries that are saved for tables, as a sweep leaves them.

use logenabler_catalog::SavedQuery;

use super::*;

type Saved = Vec<(String, SavedQuery)>;

fn saving() -> Function {
    Function {
        workgroup: Some("log-enablement-bus".to_owned()),
        ..function()
    }
}

/// A region with a workgroup and four load balancers, three of which log.
fn with_workgroup() -> Memory {
    let memory = source_region();
    *memory.workgroup.lock().unwrap() = Some(Vec::new());
    load_balancers(&memory, FOUR);
    memory
}

async fn swept_in(memory: &Memory, time: Duration) {
    memory.calls.lock().unwrap().clear();
    to_the_end(&saving(), memory, ONE_REGION, time).await;
}

fn workgroup(memory: &Memory) -> Saved {
    memory.workgroup.lock().unwrap().clone().unwrap()
}

fn names(memory: &Memory) -> Vec<String> {
    let saved = workgroup(memory).into_iter();
    let mut names: Vec<_> = saved.map(|(_, query)| query.name).collect();
    names.sort();
    names
}

/// Those of the load balancers that log.
fn all_names() -> Vec<String> {
    let log_type = logenabler_catalog::log_type("alb_access").unwrap();
    let of = |name| {
        let questions = log_type.questions.iter();
        questions.map(move |it| format!("alb_access_logs_db.alb_on_{name}: {}", it.name))
    };
    let mut names: Vec<_> = ["a", "b", "d"].into_iter().flat_map(of).collect();
    names.sort();
    names
}

fn change(memory: &Memory, change: impl FnOnce(&mut Saved)) {
    change(memory.workgroup.lock().unwrap().as_mut().unwrap());
}

/// Of a load balancer that logs no more.
fn remove_table(memory: &Memory, name: &str) {
    let mut tables = memory.tables.lock().unwrap();
    tables.retain(|(_, table), _| !table.contains(name));
    let attributes = json!([{ "Key": "access_logs.s3.enabled", "Value": "false" }]);
    let answer = json!({ "DescribeLoadBalancerAttributesResult": { "Attributes": attributes } });
    memory.answers.lock().unwrap().insert(arn("on-a"), answer);
}

const ALL_AT_ONCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn what_is_missing_is_saved_and_the_next_sweep_writes_nothing() {
    let memory = with_workgroup();
    swept(&memory).await;
    assert_eq!(names(&memory), [""; 0], "it was off");
    swept_in(&memory, ALL_AT_ONCE).await;
    assert_eq!(names(&memory), all_names());
    let before = workgroup(&memory);
    memory.page.store(5, Ordering::Relaxed);
    swept_in(&memory, ALL_AT_ONCE).await;
    assert_eq!(workgroup(&memory), before);
    let writes = ["save_query", "replace_query", "remove_query", "start"];
    assert_eq!(writes.map(|call| calls(&memory, call)), [0; 4]);
}

/// Without any time each run writes one query and leaves the rest to the next.
#[tokio::test]
async fn a_sweep_goes_on_run_by_run_until_all_are_saved() {
    let memory = with_workgroup();
    swept_in(&memory, Duration::ZERO).await;
    assert_eq!(names(&memory), all_names());
    let runs_for_queries = calls(&memory, "saved_queries");
    assert_eq!(runs_for_queries, all_names().len() + 1);
}

/// Then nobody knows what is missing.
#[tokio::test]
async fn more_queries_than_there_is_time_to_list_are_left_as_they_are() {
    let memory = with_workgroup();
    swept_in(&memory, ALL_AT_ONCE).await;
    change(&memory, |saved| saved.truncate(9));
    memory.page.store(5, Ordering::Relaxed);
    let before = workgroup(&memory);
    swept_in(&memory, Duration::ZERO).await;
    assert_eq!(workgroup(&memory), before);
}

#[tokio::test]
async fn what_another_version_or_somebody_wrote_over_is_put_right() {
    let memory = with_workgroup();
    swept_in(&memory, ALL_AT_ONCE).await;
    let whole = workgroup(&memory);
    change(&memory, |saved| {
        saved[0].1.text = "SELECT 1".to_owned();
        saved[1].1.description = saved[1].1.description.replace("The ", "Former ");
        let twin = saved[2].1.clone();
        saved.push(("twin".to_owned(), twin));
        let mut former = saved[3].1.clone();
        former.name = former.name.replace(": ", ": Former ");
        saved.push(("former".to_owned(), former));
    });
    swept_in(&memory, ALL_AT_ONCE).await;
    assert_eq!(names(&memory), all_names());
    let texts = |saved: Saved| {
        saved
            .into_iter()
            .map(|(_, query)| query.text)
            .collect::<Vec<_>>()
    };
    let (mut left, mut whole) = (texts(workgroup(&memory)), texts(whole));
    left.sort();
    whole.sort();
    assert_eq!(left, whole);
}

#[tokio::test]
async fn queries_go_with_their_table_and_those_of_people_stay() {
    let memory = with_workgroup();
    swept_in(&memory, ALL_AT_ONCE).await;
    let theirs = [("mine", "Mine."), ("alb_access_logs_db.alb_on_a: mine", "")];
    change(&memory, |saved| {
        for (name, description) in theirs {
            let query = SavedQuery {
                name: name.to_owned(),
                description: description.to_owned(),
                ..saved[0].1.clone()
            };
            saved.push((name.to_owned(), query));
        }
        saved.push(("elsewhere".to_owned(), of_another_database(&saved[0].1)));
    });
    let mut expected = names(&memory);
    remove_table(&memory, "alb_on_a");
    swept_in(&memory, ALL_AT_ONCE).await;
    expected.retain(|name| !name.contains("alb_on_a") || name.ends_with("mine"));
    assert_eq!(names(&memory), expected);
}

/// Of ours, in a database whose tables this sweep does not read.
fn of_another_database(query: &SavedQuery) -> SavedQuery {
    let (database, table) = query.table().unwrap();
    let ours = format!("{database}.{table}");
    let moved = SavedQuery {
        name: query.name.replace(&ours, "elsewhere.t"),
        description: query.description.replace(&ours, "elsewhere.t"),
        database: "elsewhere".to_owned(),
        ..query.clone()
    };
    assert_eq!(moved.table(), Some(("elsewhere", "t")));
    moved
}

#[tokio::test]
async fn a_sweep_that_is_killed_at_any_call_leaves_the_same_queries() {
    let whole = with_workgroup();
    swept_in(&whole, ALL_AT_ONCE).await;
    let all = whole.calls.lock().unwrap().len();
    for call in 1..=all {
        let memory = with_workgroup();
        memory.kill_at.store(call, Ordering::Relaxed);
        swept_in(&memory, ALL_AT_ONCE).await;
        assert_eq!(names(&memory), all_names(), "killed at call {call}");
    }
}

#[tokio::test]
async fn no_workgroup_and_no_right_are_no_failure() {
    for call in ["saved_queries", "asked_tables", "save_query"] {
        let memory = with_workgroup();
        let denied = CloudError::Failed {
            operation: call.to_owned(),
            object: String::new(),
            message: "AccessDenied".to_owned(),
        };
        memory.failing.lock().unwrap().push((call, denied));
        let report = to_the_end(&saving(), &memory, ONE_REGION, ALL_AT_ONCE).await;
        assert_eq!(
            report["swept"]["region"]["alb_access"]["created"], 3,
            "{report}"
        );
        swept_in(&memory, ALL_AT_ONCE).await;
        assert_eq!(names(&memory), all_names());
    }
    let memory = with_workgroup();
    *memory.workgroup.lock().unwrap() = None;
    swept_in(&memory, ALL_AT_ONCE).await;
    assert_eq!(tables(&memory), THEIR_TABLES);
    assert_eq!(calls(&memory, "saved_queries"), 1);
    assert_eq!(calls(&memory, "save_query"), 0);
}

#[tokio::test]
async fn a_dry_run_lists_and_saves_none() {
    let memory = Memory {
        is_dry_run: true,
        ..with_workgroup()
    };
    swept_in(&memory, ALL_AT_ONCE).await;
    assert_eq!(
        calls(&memory, "saved_queries") + calls(&memory, "save_query"),
        0
    );
}
