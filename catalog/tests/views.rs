//! Views over tables whose folder others share: they show one log's rows, and agree with themselves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use logenabler_catalog::{
    Delivery, Destination, LOG_TYPES, Layout, LogType, Partition, Resource, Shared, Table,
    TableSchema, Tables, log_type,
};
use serde_json::{Value, json};

const ALB: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d";

fn tables(log_type: &LogType, arn: &str, name: &str, at: Destination, schema: &Value) -> Tables {
    of(log_type, arn, name, &at.into(), schema)
}

fn of(log_type: &LogType, arn: &str, name: &str, delivery: &Delivery, schema: &Value) -> Tables {
    let resource = Resource {
        arn: arn.to_owned(),
        name: name.to_owned(),
        account: "123456789012".to_owned(),
        region: "eu-west-1".to_owned(),
        partition: Partition::of_region("eu-west-1"),
        global: false,
    };
    let schema = TableSchema::parse(&schema.to_string()).unwrap();
    log_type.tables(&resource, delivery, &schema)
}

fn named(name: &str, arn: &str, resource: &str, prefix: &str) -> Tables {
    let at = Destination::new("logs", prefix).unwrap();
    tables(log_type(name).unwrap(), arn, resource, at, &json!({}))
}

/// What Athena reads in Glue's text.
fn definition(view: &Table) -> Value {
    let kept = view.query.as_deref().unwrap();
    let base64 = kept.strip_prefix("/* Presto View: ").unwrap();
    let json = BASE64_STANDARD.decode(base64.strip_suffix(" */").unwrap());
    serde_json::from_slice(&json.unwrap()).unwrap()
}

fn check_conditions(tables: &Tables, expected: &[&str]) {
    let sql = definition(tables.view.as_ref().unwrap())["originalSql"].clone();
    let (_, conditions) = sql.as_str().unwrap().split_once("WHERE ").unwrap();
    let conditions: Vec<_> = conditions.split("\n  AND ").collect();
    assert_eq!(conditions, expected);
}

#[test]
fn a_view_shows_the_rows_of_its_own_log_only() {
    let file = "123456789012_elasticloadbalancing_eu-west-1_app";
    check_conditions(
        &named("alb_access", ALB, "shop", "web"),
        &[&format!(
            r#"regexp_like("$path", '/{file}\.shop\.1a2b3c4d_[^/]*$')"#
        )],
    );
    check_conditions(
        &named("alb_connection", ALB, "shop", ""),
        &[&format!(
            r#"regexp_like("$path", '/conn_log_{file}\.shop\.1a2b3c4d_[^/]*$')"#
        )],
    );
    let distribution = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE";
    check_conditions(
        &named("cloudfront_standard", distribution, "e2example", "a.b"),
        &[
            r#"starts_with("$path", 's3://logs/a.b/E2EXAMPLE.')"#,
            r#"regexp_like("$path", '^s3://logs/a\.b/E2EXAMPLE\.[^/]*$')"#,
        ],
    );
}

/// A name is a stranger's text: in a pattern and in SQL it stands for itself.
#[test]
fn hostile_names_stay_inside_their_literals() {
    let arn =
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a.*' OR 1=1 --/1";
    let tables = named("alb_access", arn, "a.*' OR 1=1 --", "");
    let file = "/123456789012_elasticloadbalancing_eu-west-1_app";
    check_conditions(
        &tables,
        &[&format!(
            r#"regexp_like("$path", '{file}\.a\.\*\'' OR 1=1 --\.1_[^/]*$')"#
        )],
    );
    for place in ["{account}", "{id}", "{name}"] {
        named("alb_access", ALB, place, place);
    }
}

/// The names of the columns in a view's query.
fn selected(sql: &str) -> Vec<String> {
    let (columns, _) = sql.split_once("\nFROM ").unwrap();
    let columns = columns.lines().skip(1);
    let name = |line: &str| {
        let (_, name) = line.rsplit_once(" AS \"").unwrap();
        name.trim_end_matches(',').trim_end_matches('"').to_owned()
    };
    columns.map(name).collect()
}

/// In some of its places every log may have a view.
fn in_shared_folder(log_type: &LogType, schema: &Value) -> Tables {
    let shared = Shared {
        files: "",
        rest: "[^/]*",
        columns: &[],
    };
    let layout = Layout {
        shared: Some(shared),
        ..log_type.layout.clone()
    };
    let delivery = Delivery {
        layout: Some(layout),
        ..Destination::new("logs", "web").unwrap().into()
    };
    of(log_type, ALB, "shop", &delivery, schema)
}

/// Athena calls a view stale whose three lists of columns differ.
#[test]
fn json_hive_columns_and_query_name_the_same_columns() {
    let schema =
        json!({ "columns": [{ "name": "extra", "type": "array<struct<a:int,b:string>>" }] });
    for log_type in LOG_TYPES {
        let tables = in_shared_folder(log_type, &schema);
        let view = tables.view.as_ref().unwrap();
        let definition = definition(view);
        let selected = selected(definition["originalSql"].as_str().unwrap());
        let declared = definition["columns"].as_array().unwrap();
        let declared: Vec<_> = declared
            .iter()
            .map(|column| {
                let [name, ty] = ["name", "type"].map(|member| column[member].as_str().unwrap());
                (name, ty)
            })
            .collect();
        assert_eq!(declared.len(), view.columns.len(), "{}", log_type.name);
        for (declared, column) in declared.iter().zip(&view.columns) {
            let ty = in_trino(&column.ty).unwrap_or(declared.1);
            assert_eq!(*declared, (&*column.name, ty), "{}", log_type.name);
        }
        let names: Vec<_> = declared.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, selected, "{}", log_type.name);
        let of_files = tables
            .files
            .columns
            .iter()
            .chain(&tables.files.partition_keys);
        let of_files: Vec<_> = of_files.map(|column| column.name.as_str()).collect();
        assert_eq!(names, of_files, "{}", log_type.name);
    }
}

/// Stated a second time, but for what AWS nests: that is written by the same rules as the column that the test adds.
fn in_trino(hive: &str) -> Option<&str> {
    Some(match hive {
        "string" => "varchar",
        "int" => "integer",
        "float" => "real",
        "timestamp" => "timestamp(3)",
        "array<struct<a:int,b:string>>" => r#"array(row("a" integer, "b" varchar))"#,
        "bigint" | "double" | "date" | "boolean" => hive,
        other => {
            assert!(other.ends_with('>'), "add {other}");
            return None;
        }
    })
}

#[test]
fn what_a_user_has_declared_otherwise_is_shown_as_declared() {
    let at = Destination::new("logs", "").unwrap();
    let schema = json!({ "columns": [{ "name": "time", "type": "decimal(9,2)" }] });
    let tables = tables(log_type("alb_access").unwrap(), ALB, "shop", at, &schema);
    let view = tables.view.unwrap();
    let time = |columns: &[logenabler_catalog::TableColumn]| {
        let found = columns.iter().find(|column| column.name == "time");
        found.unwrap().ty.clone()
    };
    assert_eq!(time(&tables.files.columns), "decimal(9,2)");
    assert_eq!(time(&view.columns), "decimal(9,2)");
    let sql = definition(&view)["originalSql"].to_string();
    assert!(sql.contains(r#"\"time\" AS \"time\""#), "{sql}");
}

#[test]
fn a_comment_alone_changes_no_type() {
    let at = || Destination::new("logs", "").unwrap();
    let schema = json!({ "columns": [{ "name": "time", "type": "string", "comment": "Ours." }] });
    let of = |schema: &Value| tables(log_type("alb_access").unwrap(), ALB, "shop", at(), schema);
    let (commented, usual) = (of(&schema).view.unwrap(), of(&json!({})).view.unwrap());
    assert_eq!(commented.query, usual.query);
    assert_ne!(commented.columns, usual.columns);
}

#[test]
fn a_view_has_marks_and_nothing_that_reads_files() {
    let tables = named("alb_access", ALB, "shop", "");
    let view = tables.view.unwrap();
    assert_eq!(view.table_type, "VIRTUAL_VIEW");
    assert_eq!(
        [&*view.location, &*view.serde_library, &*view.input_format],
        [""; 3]
    );
    assert!(view.partition_keys.is_empty());
    let parameters: Vec<_> = view.parameters.keys().map(String::as_str).collect();
    assert_eq!(
        parameters,
        [
            "comment",
            "logenabler.enabled",
            "logenabler.log_type",
            "logenabler.managed",
            "logenabler.resource_arn",
            "logenabler.schema_version",
            "presto_view"
        ]
    );
}
