//! Table schemas: followed from the next event on, by new tables and by those that are there.

use logenabler_catalog::Table;

use super::*;

const SCHEMA: &str = r#"{
    "database_name": "security",
    "table_name": "lb_{resource_name}",
    "projection_start": "2024-01-31",
    "parameters": { "classification": "alb", "owner": "us" },
    "columns": [{ "name": "elb_status_code", "type": "int" }, { "name": "brand_new", "type": "string" }]
}"#;

fn use_schema(memory: &Memory, schema: Option<&str>) {
    let schemas = schema.map(|text| ("alb_access".to_owned(), text.to_owned()));
    *memory.schemas.lock().unwrap() = Some(schemas.into_iter().collect());
}

/// By a function that knows nothing yet, or not for a minute.
async fn follow(memory: &Memory) -> Result<Report, CloudError> {
    let schemas = Schemas::new(Some("schemas".to_owned()));
    handled_by(&function(schemas), memory, &event()).await
}

fn named(memory: &Memory, name: &str) -> Option<Table> {
    let key = (REGION.to_owned(), name.to_owned());
    let tables = memory.tables.lock().unwrap();
    tables.get(&key).map(|stored| stored.table.clone())
}

#[tokio::test]
async fn a_new_table_is_as_the_schema_says() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    use_schema(&memory, Some(SCHEMA));
    follow(&memory).await.unwrap();
    let table = named(&memory, "security.lb_shop_raw").unwrap();
    assert_eq!(table.parameters["projection.day.range"], "2024/01/31,NOW");
    assert_eq!(table.parameters["owner"], "us");
    let ty = |name: &str| &table.columns.iter().find(|c| c.name == name).unwrap().ty;
    assert_eq!(
        (ty("elb_status_code").as_str(), ty("brand_new").as_str()),
        ("int", "string")
    );
    assert_eq!(named(&memory, TABLE), None);
}

#[tokio::test]
async fn an_existing_table_follows_at_its_next_event_and_back() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    use_schema(&memory, None);
    follow(&memory).await.unwrap();
    let built_in = named(&memory, TABLE).unwrap();
    let mut theirs = table(&memory).unwrap();
    theirs
        .table
        .parameters
        .insert("crawler".to_owned(), "theirs".to_owned());
    memory.put(REGION, theirs);

    use_schema(
        &memory,
        Some(
            r#"{"parameters": {"owner": "us"}, "columns": [{"name": "elb", "type": "varchar(9)"}]}"#,
        ),
    );
    follow(&memory).await.unwrap();
    let changed = named(&memory, TABLE).unwrap();
    assert_eq!(
        (
            changed.parameters["owner"].as_str(),
            changed.parameters["crawler"].as_str()
        ),
        ("us", "theirs")
    );
    assert!(
        changed
            .columns
            .iter()
            .any(|column| column.ty == "varchar(9)")
    );

    use_schema(&memory, None);
    follow(&memory).await.unwrap();
    let mut back = named(&memory, TABLE).unwrap();
    assert_eq!(back.parameters.remove("crawler").as_deref(), Some("theirs"));
    assert_eq!(back, built_in);
}

/// Decided: the table of the former name stays readable as it is, and the log has a new one.
#[tokio::test]
async fn where_the_database_changes_the_former_table_stays_as_it_is() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    use_schema(&memory, None);
    follow(&memory).await.unwrap();
    let former = named(&memory, TABLE);
    use_schema(&memory, Some(r#"{"database_name": "security"}"#));
    logging_to(&memory, Some("moved"));
    follow(&memory).await.unwrap();
    assert_eq!(named(&memory, TABLE), former);
    let location = named(&memory, "security.alb_shop_raw").unwrap().location;
    assert!(location.starts_with("s3://moved/"), "{location}");
}

#[tokio::test]
async fn a_schema_that_cannot_be_used_stops_its_tables_and_no_others() {
    for broken in [
        "",
        "7",
        "[]",
        r#"{"of_tomorrow": 1}"#,
        r#"{"database_name": "schemas"}"#,
        "{\"columns\": 1}",
        r#"{"table_name": "alb"}"#,
        r#"{"columns": [{"name": "a; DROP", "type": "x"}]}"#,
    ] {
        let memory = Memory::default();
        logging_to(&memory, Some("bucket"));
        attributes(
            &memory,
            "connection_logs",
            &[("enabled", "true"), ("bucket", "bucket")],
        );
        use_schema(&memory, Some(broken));
        let failure = follow(&memory).await.unwrap_err().to_string();
        assert!(
            failure.contains("schemas.alb_access") && failure.contains("terraform apply"),
            "{failure}"
        );
        assert_eq!(named(&memory, TABLE), None, "{broken}");
        assert!(
            named(&memory, "alb_connection_logs_db.alb_connection_shop").is_some(),
            "{broken}"
        );
    }
}

/// A user may give two logs of one resource one name: the first has it, the other says so.
#[tokio::test]
async fn two_logs_never_share_a_table() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    use_schema(&memory, None);
    follow(&memory).await.unwrap();
    let mut other = table(&memory).unwrap();
    other
        .table
        .parameters
        .insert(marks::LOG_TYPE.to_owned(), "alb_connection".to_owned());
    memory.put(REGION, other);
    let before = table(&memory);
    let report = serde_json::to_string(&follow(&memory).await.unwrap()).unwrap();
    assert!(report.contains("holds alb_connection"), "{report}");
    logging_to(&memory, None);
    follow(&memory).await.unwrap();
    assert_eq!(table(&memory), before);
}

/// Most users have no table schema, and a lost database is for Terraform to make again.
#[tokio::test]
async fn without_a_schema_database_tables_are_the_log_types_own() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    *memory.schemas.lock().unwrap() = None;
    follow(&memory).await.unwrap();
    assert!(named(&memory, TABLE).is_some());
}

/// In one event, too, the one that comes too late is told why it has no table.
#[tokio::test]
async fn of_two_logs_with_one_name_the_second_has_a_reason_at_once() {
    let memory = Memory::default();
    let same = r#"{"database_name": "sec", "table_name": "lb_{resource_name}"}"#;
    let schemas = ["alb_access", "alb_connection"].map(|name| (name.to_owned(), same.to_owned()));
    *memory.schemas.lock().unwrap() = Some(schemas.into());
    logging_to(&memory, Some("bucket"));
    let settings = [("enabled", "true"), ("bucket", "bucket"), ("prefix", "")];
    attributes(&memory, "connection_logs", &settings);
    let report = serde_json::to_value(follow(&memory).await.unwrap()).unwrap();
    let tables = report["tables"].as_array().unwrap();
    let second = tables.iter().find(|it| it["log_type"] == "alb_connection");
    let second = second.unwrap_or_else(|| panic!("{report}")).to_string();
    assert!(second.contains("holds alb_access"), "{second}");
}
