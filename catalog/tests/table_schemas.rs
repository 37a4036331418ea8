//! Table schemas: what they may say, and the tables that follow.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use logenabler_catalog::{
    Destination, Format, LOG_TYPES, LogType, Partition, Resource, SchemaColumn, Setting, Table,
    TableSchema, log_type, marks,
};
use std::collections::BTreeMap;

fn schema(json: serde_json::Value) -> TableSchema {
    serde_json::from_value(json).unwrap()
}

fn table(log_type: &LogType, schema: &TableSchema, global: bool) -> Table {
    let region = "us-east-1".to_owned();
    let resource = Resource {
        arn: "arn:it".to_owned(),
        name: "My-Shop".to_owned(),
        account: "123456789012".to_owned(),
        partition: Partition::of_region(&region),
        region,
        global,
    };
    let at = Destination::new("logs", "web").unwrap();
    log_type.table(&resource, &at, schema)
}

#[test]
fn an_empty_schema_changes_nothing_and_has_no_problem() {
    for log_type in LOG_TYPES {
        let empty = TableSchema::default();
        assert_eq!(empty.problems(log_type), []);
        let said_anyway = TableSchema {
            database_name: Some(log_type.database.to_owned()),
            table_name: Some(log_type.table_name_template()),
            projection_start: log_type
                .layout
                .projection
                .map(|dated| dated.since.to_owned()),
            ..TableSchema::default()
        };
        assert_eq!(said_anyway.problems(log_type), []);
        for global in [false, true] {
            let built_in = table(log_type, &empty, global);
            assert_eq!(table(log_type, &said_anyway, global), built_in);
        }
        assert_eq!(log_type.template(&said_anyway), log_type.template(&empty));
    }
}

#[test]
fn what_a_schema_says_is_in_the_table() {
    for log_type in LOG_TYPES {
        let first = log_type.columns().next().unwrap();
        let start = log_type.layout.projection.map(|_| "2024-02-29");
        let schema = schema(serde_json::json!({
            "database_name": "security",
            "table_name": "logs_of_{resource_name}_x",
            "projection_start": start,
            "parameters": { "owner": "it's us" },
            "columns": [
                { "name": first.name, "type": "varchar(9)" },
                { "name": "brand_new", "type": "bigint", "comment": "What AWS added." },
            ],
        }));
        assert_eq!(schema.problems(log_type), []);
        let table = table(log_type, &schema, false);
        assert_eq!(table.database, "security");
        // `My-Shop` has a capital, hence a suffix.
        let suffix = table.name.strip_prefix("logs_of_my_shop_x_").unwrap();
        assert_eq!(suffix.len(), 6);
        assert_eq!(table.parameters["owner"], "it's us");
        assert_eq!(table.parameters[marks::PARAMETERS], r#"["owner"]"#);
        let range = table
            .partition_keys
            .first()
            .map(|key| &table.parameters[&format!("projection.{}.range", key.name)]);
        assert!(
            range.is_none_or(|range| range.starts_with("2024/02/29") && range.ends_with(",NOW"))
        );
        assert_eq!(table.columns[0].ty, "varchar(9)");
        assert_eq!(table.columns[0].comment, first.doc);
        assert_eq!(table.columns.len(), log_type.columns().count() + 1);
        assert_eq!(table.columns.last().unwrap().comment, "What AWS added.");
    }
}

/// A load balancer's and a distribution's web ACL may share a name.
#[test]
fn tables_of_cloudfronts_web_acls_keep_a_database_of_their_own() {
    let waf = log_type("waf").unwrap();
    let schema = schema(serde_json::json!({ "database_name": "security" }));
    assert_eq!(table(waf, &schema, false).database, "security");
    assert_eq!(table(waf, &schema, true).database, "security_global");
}

/// One group per column is what RegexSerDe asks for; the new ones hold the fields that stand behind the known ones.
#[test]
fn a_new_column_reads_the_next_field_of_the_record() {
    for log_type in LOG_TYPES {
        let Format::Tokens(tokens) = log_type.format else {
            continue;
        };
        let read = |more, line: &str| {
            let regex = format!(r"\A(?:{})\z", tokens.regex(more));
            let groups = fancy_regex::Regex::new(&regex).unwrap();
            let groups = groups.captures(line).unwrap()?;
            let text = |group: Option<fancy_regex::Match>| group.map(|g| g.as_str().to_owned());
            Some(groups.iter().skip(1).map(text).collect::<Vec<_>>())
        };
        let known = log_type.columns().count();
        for line in log_type.sample.lines() {
            let Some(row) = read(0, line) else {
                assert_eq!(read(2, line), None, "{line}");
                continue;
            };
            assert_eq!(read(2, line).unwrap()[..known], row, "{line}");
        }
        let complete = |line: &&str| {
            let row = log_type.read(line.as_bytes()).unwrap();
            row.is_ok_and(|row| row.unknown_trailing == 0 && row.values.last().unwrap().is_some())
        };
        let line = log_type.sample.lines().find(complete).unwrap();
        let row = read(2, &format!("{line} \"two words\" one")).unwrap();
        let news: Vec<_> = row[known..].iter().map(Option::as_deref).collect();
        assert_eq!(news, [Some("two words"), Some("one")], "{line}");
    }
}

#[test]
fn what_cannot_be_is_said_where_it_was_said() {
    let check = |name: &str, json: serde_json::Value, setting: Setting, part: &str| {
        let problems = schema(json.clone()).problems(log_type(name).unwrap());
        let [problem] = problems.as_slice() else {
            panic!("{json}: {problems:?}")
        };
        assert_eq!(problem.setting, setting, "{json}");
        assert!(problem.reason.contains(part), "{}", problem.reason);
    };
    let json = |text: &str| serde_json::from_str(text).unwrap();
    let alb = "alb_access";
    for database in ["", "Logs", "a-b", "a`b", "é", &"x".repeat(129)] {
        let said = serde_json::json!({ "database_name": database });
        check(alb, said, Setting::DatabaseName, "name for a Glue database");
    }
    for template in [
        "",
        "alb",
        "{resource_name}{resource_name}",
        "ALB_{resource_name}",
        "{name}",
        "a.{resource_name}",
        "'; --{resource_name}",
    ] {
        let said = serde_json::json!({ "table_name": template });
        check(alb, said, Setting::TableName, "once");
    }
    let start = json(r#"{"projection_start": "last week"}"#);
    check(alb, start, Setting::ProjectionStart, "NOW-90DAYS");
    let start = json(r#"{"projection_start": "2024/01/01"}"#);
    check(
        "cloudfront_standard",
        start,
        Setting::ProjectionStart,
        "dated folders",
    );
    for key in [
        "logenabler.managed",
        "EXTERNAL",
        "storage.location.template",
    ] {
        let said = serde_json::json!({ "parameters": { key: "x" } });
        check(
            alb,
            said,
            Setting::Parameter(key.to_owned()),
            "by logenabler itself",
        );
    }
    let said = json(r#"{"parameters": {"a\nb": "x"}}"#);
    check(alb, said, Setting::Parameter("a\nb".to_owned()), "one line");
    let column = |name: &str, ty: &str, comment: Option<&str>| serde_json::json!({ "columns": [{ "name": name, "type": ty, "comment": comment }] });
    check(
        alb,
        column("Type", "int", None),
        Setting::Column(0, "name"),
        "no capitals",
    );
    check(
        alb,
        column("day", "int", None),
        Setting::Column(0, "name"),
        "partition key",
    );
    check(
        alb,
        column("a", "text", None),
        Setting::Column(0, "type"),
        "is not a Hive type",
    );
    check(
        alb,
        column("a", "array<string>", None),
        Setting::Column(0, "type"),
        "plain text",
    );
    check(
        alb,
        column("a", "int", Some("a\nb")),
        Setting::Column(0, "comment"),
        "one line",
    );
    let twice =
        json(r#"{"columns": [{"name": "a", "type": "int"}, {"name": "a", "type": "int"}]}"#);
    check(alb, twice, Setting::Column(1, "name"), "twice");
    assert_eq!(
        schema(column("a", "array<string>", None)).problems(log_type("waf").unwrap()),
        []
    );
}

/// It is kept as JSON in Glue.
#[test]
fn a_schema_reads_back_as_it_was_written() {
    let schema = TableSchema {
        table_name: Some("x_{resource_name}".to_owned()),
        parameters: BTreeMap::from([("k".to_owned(), "\"'`\n".to_owned())]),
        columns: vec![SchemaColumn {
            name: "c".to_owned(),
            ty: "int".to_owned(),
            comment: None,
        }],
        ..TableSchema::default()
    };
    let text = serde_json::to_string(&schema).unwrap();
    assert_eq!(serde_json::from_str::<TableSchema>(&text).unwrap(), schema);
    assert_eq!(
        serde_json::from_str::<TableSchema>("{}").unwrap(),
        TableSchema::default()
    );
}

#[test]
fn a_fingerprint_changes_with_the_table_and_only_then() {
    for log_type in LOG_TYPES {
        let of = |schema: &TableSchema| log_type.template(schema).fingerprint();
        let empty = TableSchema::default();
        assert_eq!(of(&empty), of(&empty));
        assert_eq!(of(&empty).len(), 64);
        assert_ne!(
            of(&empty),
            of(&schema(serde_json::json!({ "parameters": { "a": "b" } })))
        );
    }
}
