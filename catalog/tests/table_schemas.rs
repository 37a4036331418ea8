//! Table schemas: what they may say, and the tables that follow.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use logenabler_catalog::{
    Destination, Format, LOG_TYPES, LogType, Partition, Resource, SchemaColumn, Setting, Table,
    TableSchema, log_type, marks,
};
use serde_json::json;
use std::collections::BTreeMap;

fn schema(json: serde_json::Value) -> TableSchema {
    serde_json::from_value(json).unwrap()
}

/// The files' table, under the name that people query.
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
    let tables = log_type.tables(&resource, &at.into(), schema);
    Table {
        name: tables.shown().name.clone(),
        ..tables.files
    }
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
                .as_ref()
                .map(|dated| dated.since.to_owned()),
            ..TableSchema::default()
        };
        assert_eq!(said_anyway.problems(log_type), []);
        for global in [false, true] {
            let built_in = table(log_type, &empty, global);
            assert_eq!(table(log_type, &said_anyway, global), built_in);
        }
        assert_eq!(log_type.templates(&said_anyway), log_type.templates(&empty));
    }
}

#[test]
fn what_a_schema_says_is_in_the_table() {
    for log_type in LOG_TYPES {
        let first = log_type.columns().next().unwrap();
        let start = log_type.layout.projection.as_ref().map(|_| "2024-02-29");
        let schema = schema(json!({
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
            .last()
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
    let schema = schema(json!({ "database_name": "security" }));
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
        let complete = |line: &&str| {
            let row = log_type.read(line.as_bytes()).unwrap();
            row.is_ok_and(|row| row.unknown_trailing == 0 && row.values.last().unwrap().is_some())
        };
        let newest = log_type.sample.lines().find(complete).unwrap();
        let odd = TAILS.map(|(tail, _)| format!("{newest}{tail}"));
        for line in log_type
            .sample
            .lines()
            .chain(odd.iter().map(String::as_str))
        {
            let same = read(2, line).map(|row| row[..known].to_vec());
            assert_eq!(same, read(0, line), "{line}");
        }
        for (tail, expected) in TAILS {
            let row = read(2, &format!("{newest}{tail}")).unwrap();
            let news: Vec<_> = row[known..].iter().map(Option::as_deref).collect();
            assert_eq!(news, expected, "{tail:?} of {}", log_type.name);
        }
    }
}

/// What may stand behind the known fields one day, and what two new columns make of it.
const TAILS: [(&str, [Option<&str>; 2]); 9] = [
    ("", [None, None]),
    (" one", [Some("one"), None]),
    (" \"two words\" one more", [Some("two words"), Some("one")]),
    (r#" "a\"b" 1"#, [Some(r#"a\"b"#), Some("1")]),
    (r#" one "open"#, [Some("one"), None]),
    (r#" "open"#, [None, None]),
    (r#" a"b"#, [None, None]),
    (r#" "x""y""#, [None, None]),
    ("  x", [None, None]),
];

/// One problem is found, there, and its reason says this.
fn check(log_type_name: &str, json: serde_json::Value, setting: Setting, part: &str) {
    let problems = schema(json.clone()).problems(log_type(log_type_name).unwrap());
    let [problem] = problems.as_slice() else {
        panic!("{json}: {problems:?}")
    };
    assert_eq!(problem.setting, setting, "{json}");
    assert!(problem.reason.contains(part), "{}", problem.reason);
}

const ALB: &str = "alb_access";

#[test]
fn names_that_cannot_be_are_refused() {
    for name in ["", "Logs", "a-b", "a`b", "é", &"x".repeat(129)] {
        let said = json!({ "database_name": name });
        check(ALB, said, Setting::DatabaseName, "name for a Glue database");
    }
    let twice = "{resource_name}{resource_name}";
    let templates = [
        "",
        "alb",
        twice,
        "ALB_{resource_name}",
        "{name}",
        "a.{resource_name}",
    ];
    for template in templates {
        let said = json!({ "table_name": template });
        check(ALB, said, Setting::TableName, "once");
    }
}

#[test]
fn starts_that_cannot_be_are_refused() {
    let start = |start: &str| json!({ "projection_start": start });
    let setting = Setting::ProjectionStart;
    check(ALB, start("last week"), setting.clone(), "NOW-90DAYS");
    check(
        "cloudfront_standard",
        start("2024/01/01"),
        setting,
        "dated folders",
    );
}

#[test]
fn parameters_that_cannot_be_are_refused() {
    let with = |key: &str| json!({ "parameters": { key: "x" } });
    let at = |key: &str| Setting::Parameter(key.to_owned());
    for key in [
        "logenabler.managed",
        "EXTERNAL",
        "storage.location.template",
    ] {
        check(ALB, with(key), at(key), "by logenabler itself");
    }
    check(ALB, with("a\nb"), at("a\nb"), "one line");
    let large = (0..1000).map(|n| (format!("k{n}"), "x".repeat(600)));
    let large: BTreeMap<String, String> = large.collect();
    check(
        ALB,
        json!({ "parameters": large }),
        Setting::Parameters,
        "shorter parameters",
    );
}

#[test]
fn columns_that_cannot_be_are_refused() {
    let column = |name: &str, ty: &str, comment: Option<&str>| json!({ "name": name, "type": ty, "comment": comment });
    let check = |column: serde_json::Value, member: &'static str, part: &str| {
        check(
            ALB,
            json!({ "columns": [column] }),
            Setting::Column(0, member),
            part,
        );
    };
    check(column("Type", "int", None), "name", "no capitals");
    check(column("day", "int", None), "name", "partition key");
    check(column("a", "text", None), "type", "is not a Hive type");
    check(column("a", "array<string>", None), "type", "plain text");
    check(column("a", "int", Some("a\nb")), "comment", "one line");
    let nested = schema(json!({ "columns": [column("a", "array<string>", None)] }));
    assert_eq!(nested.problems(log_type("waf").unwrap()), []);
}

#[test]
fn too_many_columns_and_the_same_one_twice_are_refused() {
    let of = |names: &[&str]| {
        let column = |name: &&str| json!({ "name": name, "type": "int" });
        json!({ "columns": names.iter().map(column).collect::<Vec<_>>() })
    };
    check(
        ALB,
        of(&["a", "b", "a"]),
        Setting::Column(2, "name"),
        "twice",
    );
    let names: Vec<_> = (0..101).map(|n| format!("c{n}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    check(ALB, of(&names), Setting::Columns, "up to 100");
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
    assert_eq!(TableSchema::parse(&schema.text()).unwrap(), schema);
    assert_eq!(TableSchema::parse("{}").unwrap(), TableSchema::default());
    for text in ["", "[]", "null", r#"["x"]"#, r#"{"of_tomorrow": 1}"#] {
        assert!(TableSchema::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_fingerprint_changes_with_the_table_and_only_then() {
    for log_type in LOG_TYPES {
        let of = |schema: &TableSchema| log_type.templates(schema).fingerprint();
        let empty = TableSchema::default();
        assert_eq!(of(&empty), of(&empty));
        assert_eq!(of(&empty).len(), 64);
        assert_ne!(
            of(&empty),
            of(&schema(json!({ "parameters": { "a": "b" } })))
        );
    }
}
