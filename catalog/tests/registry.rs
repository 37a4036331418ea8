//! What holds for every log type, checked by looping over the list.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use logenabler_catalog::{
    Destination, EventName, LOG_TYPES, LogType, MAX_PATTERN_LENGTH, Partition, Resource,
    TableSchema, Tables,
};
use logenabler_catalog::{did_you_mean, event_patterns, log_type};
use serde_json::json;
use std::collections::BTreeSet;

/// Glue's limits.
const MAX_COMMENT: usize = 255;
const MAX_NAME: usize = 255;

fn resource(name: &str) -> Resource {
    let region = "eu-west-1".to_owned();
    let partition = Partition::of_region(&region);
    Resource {
        arn: format!("arn:{name}"),
        name: name.to_owned(),
        account: "123456789012".to_owned(),
        region,
        partition,
        global: false,
    }
}

fn named(log_type: &LogType, name: &str, prefix: &str) -> Tables {
    let at = Destination::new("logs", prefix).unwrap().into();
    log_type.tables(&resource(name), &at, &TableSchema::default())
}

#[test]
fn the_list_is_sorted_and_its_names_are_found() {
    assert!(
        LOG_TYPES.is_sorted_by(|a, b| a.name < b.name),
        "sort LOG_TYPES by name, each name once"
    );
    for known in LOG_TYPES {
        assert!(
            known
                .name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{}",
            known.name
        );
        assert_eq!(
            log_type(known.name).map(|found| found.name),
            Some(known.name)
        );
        assert_eq!(did_you_mean(known.name), Some(known.name));
    }
    assert!(log_type("alb").is_none());
}

#[test]
fn everything_is_documented_within_glues_limits() {
    for log_type in LOG_TYPES {
        assert!(
            log_type
                .reference
                .starts_with("https://docs.aws.amazon.com/"),
            "{}",
            log_type.name
        );
        assert!(
            log_type.doc.ends_with('.') && !log_type.title.is_empty(),
            "{}",
            log_type.name
        );
        assert!(
            log_type.sample.lines().count() >= 8,
            "{} needs eight samples",
            log_type.name
        );
        let mut names = BTreeSet::new();
        for column in log_type.columns().chain(log_type.partition_keys()) {
            assert!(
                names.insert(column.name.as_ref()),
                "{} is there twice",
                column.name
            );
            assert!(
                column
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            );
            assert!(
                column.doc.ends_with('.') && column.doc.chars().count() <= MAX_COMMENT,
                "{}",
                column.name
            );
            assert!(!column.doc.contains(char::is_control), "{}", column.name);
        }
    }
}

#[test]
fn every_log_type_has_calls_to_listen_to_and_its_regions() {
    for log_type in LOG_TYPES {
        let patterns = event_patterns(&[log_type]).concat();
        for rule in log_type.events() {
            assert!(rule.source.starts_with("aws.") && patterns.contains(rule.source));
            for name in rule.names {
                let (EventName::Exact(name) | EventName::Versioned(name)) = name;
                assert!(patterns.contains(name), "{name} is in no pattern");
            }
        }
        assert!(
            log_type.events().next().is_some() && log_type.in_region("us-east-1"),
            "{}",
            log_type.name
        );
    }
    let all = event_patterns(LOG_TYPES);
    assert!(
        all.iter()
            .all(|pattern| pattern.chars().count() <= MAX_PATTERN_LENGTH)
    );
    assert_eq!(
        all,
        event_patterns(&LOG_TYPES.iter().rev().copied().collect::<Vec<_>>())
    );
}

/// Row 1 of the original's faults: locations ended in two slashes.
#[test]
fn locations_end_in_one_slash_and_days_lie_below() {
    for log_type in LOG_TYPES {
        for prefix in ["", "/", "web/", "//a b'; DROP TABLE x/"] {
            let table = named(log_type, "shop", prefix).files;
            let path = table.location.strip_prefix("s3://").unwrap();
            assert!(path.ends_with('/') && !path.contains("//"), "{path}");
            let template = table.parameters.get("storage.location.template");
            assert_eq!(template.is_some(), !table.partition_keys.is_empty());
            let Some(below) = template.map(|t| t.strip_prefix(&table.location).unwrap()) else {
                continue;
            };
            let places: Vec<_> = table
                .partition_keys
                .iter()
                .map(|key| below.find(&format!("${{{}}}", key.name)).unwrap())
                .collect();
            assert!(places.is_sorted(), "{below}");
            assert_eq!(below.matches("${").count(), places.len());
        }
    }
}

const AWKWARD_NAMES: [&str; 11] = [
    "my-alb",
    "My_ALB",
    "my_alb",
    "MY-ALB",
    "my alb",
    "ü",
    "日",
    // The one that needs no suffix, and no resource has.
    "",
    "'; DROP",
    // What a view stands on has `_raw` behind its name.
    "my-alb-raw",
    "my-alb-raw-raw",
];

/// Row 16 of the original's faults: `my-alb` and `My_ALB` shared a table.
#[test]
fn names_are_lower_case_and_never_shared() {
    let long = ["x".repeat(300), "x".repeat(301)];
    let names = || AWKWARD_NAMES.into_iter().chain(long.iter().map(|x| &**x));
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    for log_type in LOG_TYPES {
        let tables: Vec<_> = names().map(|name| named(log_type, name, "")).collect();
        let all = || tables.iter().flat_map(Tables::all).map(|table| &table.name);
        for name in all() {
            assert!(name.len() <= MAX_NAME && name.chars().all(fine), "{name}");
        }
        let different: BTreeSet<_> = all().collect();
        assert_eq!(different.len(), all().count(), "{different:?}");
        let usual = format!("{}my_alb", log_type.table_prefix);
        assert_eq!(named(log_type, "my-alb", "").shown().name, usual);
    }
}

/// Where a log has a view it has two tables, also one that has it in some places only.
#[test]
fn no_template_gives_the_table_below_a_view_to_another_resource() {
    for (template, one, other) in [
        ("{resource_name}", "abc", "abc-raw"),
        ("{resource_name}_raw", "abc", "abc-raw"),
        ("{resource_name}raw", "abc", "abcraw-"),
        ("t_{resource_name}w", "abc", "abcw-ra"),
    ] {
        let schema = TableSchema::parse(&json!({ "table_name": template }).to_string()).unwrap();
        for log_type in ["alb_access", "waf", "network_firewall_flow"].map(log_type) {
            let names = |name| {
                let at = Destination::new("logs", "").unwrap().into();
                let tables = log_type.unwrap().tables(&resource(name), &at, &schema);
                let view = tables.shown().name.clone();
                [format!("{view}_raw"), view]
            };
            let (one, other) = (names(one), names(other));
            assert!(
                !other.iter().any(|name| one.contains(name)),
                "{one:?} {other:?}"
            );
        }
    }
}

#[test]
fn the_same_odd_name_in_two_accounts_gives_two_tables() {
    for log_type in LOG_TYPES {
        let (here, mut there) = (resource("My_ALB"), resource("My_ALB"));
        there.account = "210987654321".to_owned();
        let at = Destination::new("logs", "").unwrap().into();
        let of = |resource| log_type.tables(resource, &at, &TableSchema::default());
        assert_ne!(of(&here).files.name, of(&there).files.name);
    }
}
