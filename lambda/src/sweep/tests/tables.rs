//! What a sweep does to tables that are there already.

use logenabler_catalog::{TableColumn, marks};

use super::*;

#[tokio::test]
async fn what_was_turned_off_or_removed_unheard_is_marked() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    swept(&memory).await;
    logging(&memory, "on-a", false);
    memory.answers.lock().unwrap().remove(&arn("on-b"));
    load_balancers_without_settings(&memory, &["off-c", "on-d"]);
    let report = swept(&memory).await;
    assert_eq!(report["alb_access"]["marked"], 2, "{report}");
    let enabled = |name: &str| {
        let table = memory
            .get(REGION, &format!("alb_access_logs_db.alb_{name}"))
            .unwrap();
        table.table.parameters[marks::ENABLED].clone()
    };
    assert_eq!(
        ["on_a", "on_b", "on_d"].map(enabled),
        ["false", "false", "true"]
    );
}

fn load_balancers_without_settings(memory: &Memory, names: &[&str]) {
    let list: Vec<_> = names
        .iter()
        .map(|name| json!({ "LoadBalancerArn": arn(name) }))
        .collect();
    let asked = r#"2015-12-01", fields: [("PageSize", "2")]"#;
    say(
        memory,
        asked,
        json!({ "DescribeLoadBalancersResult": { "LoadBalancers": list } }),
    );
}

#[tokio::test]
async fn a_table_of_somebody_else_is_in_the_way_of_a_sweep_as_of_an_event() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    swept(&memory).await;
    let mut theirs = memory.get(REGION, "alb_access_logs_db.alb_on_a").unwrap();
    theirs.table.parameters.clear();
    memory
        .tables
        .lock()
        .unwrap()
        .retain(|(_, name), _| !name.contains("alb_on_a"));
    memory.put(REGION, theirs);
    let report = swept(&memory).await;
    assert_eq!(report["alb_access"]["skipped"]["not_ours"], 1, "{report}");
    assert!(!tables(&memory).contains(&"alb_access_logs_db.alb_on_a_raw".to_owned()));
}

/// A table as another version of this product made it, and as somebody has written to it since.
fn of_another_version(memory: &Memory, version: &str, change: impl Fn(&mut Vec<TableColumn>)) {
    let name = "alb_access_logs_db.alb_on_a_raw";
    let mut stored = memory.get(REGION, name).unwrap();
    change(&mut stored.table.columns);
    let parameters = &mut stored.table.parameters;
    parameters.insert(marks::SCHEMA_VERSION.to_owned(), version.to_owned());
    parameters.insert("owner".to_owned(), "somebody".to_owned());
    memory.put(REGION, stored);
}

#[tokio::test]
async fn a_sweep_brings_tables_of_an_earlier_version_up_to_date_and_those_of_a_later_one_back() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    swept(&memory).await;
    let table = || {
        memory
            .get(REGION, "alb_access_logs_db.alb_on_a_raw")
            .unwrap()
            .table
    };
    let known = table();
    let earlier = |columns: &mut Vec<TableColumn>| columns.truncate(30);
    let later = |columns: &mut Vec<TableColumn>| columns.extend(columns.first().cloned());
    for (version, change) in [
        ("0", &earlier as &dyn Fn(&mut Vec<TableColumn>)),
        ("2", &later),
    ] {
        of_another_version(&memory, version, change);
        assert_ne!(table().columns, known.columns);
        let report = swept(&memory).await;
        assert_eq!(report["alb_access"]["updated"], 1, "{report}");
        assert_eq!(table().columns, known.columns);
        let mut parameters = table().parameters;
        assert_eq!(parameters.remove("owner").as_deref(), Some("somebody"));
        assert_eq!(parameters, known.parameters);
    }
}

fn refusal() -> CloudError {
    CloudError::Failed {
        operation: "glue:GetTables".to_owned(),
        object: "alb_access_logs_db".to_owned(),
        message: "AccessDeniedException: Insufficient Lake Formation permission(s)".to_owned(),
    }
}

/// The first database is that of web ACLs.
#[tokio::test]
async fn a_database_that_may_not_be_read_leaves_the_others_their_turn() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    memory.failing.lock().unwrap().push(("marked", refusal()));
    let minute = Duration::from_secs(60);
    let report = run(&function(), &memory, ONE_REGION, minute).await.unwrap();
    let swept = &report["swept"]["region"];
    assert_eq!(swept["waf"]["failed"], 1, "{report}");
    assert_eq!(swept["alb_access"]["created"], 3, "{report}");
    assert_eq!(swept["alb_connection"]["skipped"]["off"], 4, "{report}");
    assert_eq!(tables(&memory), THEIR_TABLES);
}

#[tokio::test]
async fn where_no_database_may_be_read_the_sweep_fails() {
    let memory = source_region();
    let all = (0..100).map(|_| ("marked", refusal()));
    memory.failing.lock().unwrap().extend(all);
    let minute = Duration::from_secs(60);
    let failure = run(&function(), &memory, ONE_REGION, minute).await;
    assert_eq!(failure, Err(refusal()));
}

#[tokio::test]
async fn tables_that_take_all_of_the_time_are_a_failure_that_says_what_helps() {
    let memory = source_region();
    load_balancers(&memory, FOUR);
    *memory.slow.lock().unwrap() = Some(("marked", Duration::from_millis(200)));
    let time = Duration::from_secs(2);
    let failure = run(&function(), &memory, ONE_REGION, time).await;
    let told = failure.unwrap_err().to_string();
    assert!(
        told.contains("tables of eu-west-1") && told.contains("memory_size"),
        "{told}"
    );
    assert_eq!(
        calls(&memory, "start"),
        0,
        "another run would not come further"
    );
}
