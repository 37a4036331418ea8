//! Questions: each can be asked of every table that has its columns, whatever its owner chose.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::collections::BTreeSet;

use logenabler_catalog::{
    Column, Delimited, Delivery, Destination, Format, LOG_TYPES, LogType, Partition, Resource,
    SavedQuery, TableSchema, Tables, Type, log_type,
};

fn tables(log_type: &LogType, name: &str, format: Option<Format>, schema: &str) -> Tables {
    let resource = Resource {
        arn: "arn:it".to_owned(),
        name: name.to_owned(),
        account: "123456789012".to_owned(),
        region: "eu-west-1".to_owned(),
        partition: Partition::of_region("eu-west-1"),
        global: false,
    };
    let delivery = Delivery {
        format,
        ..Destination::new("logs", "web").unwrap().into()
    };
    log_type.tables(&resource, &delivery, &TableSchema::parse(schema).unwrap())
}

fn questions(tables: &Tables) -> Vec<String> {
    let name = |query: SavedQuery| query.name.rsplit_once(": ").unwrap().1.to_owned();
    tables.saved_queries().into_iter().map(name).collect()
}

fn all_of(log_type: &LogType) -> Vec<&str> {
    log_type.questions.iter().map(|it| it.name).collect()
}

#[test]
fn every_log_type_has_questions_and_its_table_every_column_that_they_name() {
    for log_type in LOG_TYPES {
        let names = all_of(log_type);
        assert!((2..=5).contains(&names.len()), "{}", log_type.name);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        let tables = tables(log_type, "shop", None, "{}");
        assert_eq!(questions(&tables), names, "{}", log_type.name);
        for question in log_type.questions {
            assert!(question.name.len() <= 40, "{}", question.name);
            assert!(!question.name.contains(": "), "{}", question.name);
            assert!(
                question.doc.len() <= 200 && question.doc.ends_with('.'),
                "{}",
                question.doc
            );
        }
    }
}

/// CloudFront's and load balancers' owners may have theirs as JSON, where every value is a text: it is read as what it is.
#[test]
fn texts_that_hold_numbers_and_moments_are_asked_as_those() {
    let cloudfront = log_type("cloudfront_standard_v2").unwrap();
    let chosen = |name: &str| {
        cloudfront
            .columns()
            .find(|it| it.name == name)
            .unwrap()
            .clone()
    };
    let text = |mut column: Column| {
        column.ty = match column.name.as_ref() {
            "sc_status" => Type::Text(&Type::Int),
            _ => Type::Text(&Type::Date),
        };
        column
    };
    let format = Format::Parquet {
        columns: vec![
            text(chosen("date")),
            chosen("time"),
            text(chosen("sc_status")),
        ]
        .into(),
    };
    let mut tables = tables(cloudfront, "e2example", Some(format), "{}");
    tables.view = None;
    assert_eq!(
        questions(&tables),
        ["Errors by hour"],
        "the others lack a column"
    );
    let text = &tables.saved_queries()[0].text;
    assert!(
        text.contains(r#"try_cast("date" AS date) AS "date","#),
        "{text}"
    );
    assert!(
        text.contains(r#"WHERE try_cast("sc_status" AS integer) >= 400"#),
        "{text}"
    );
}

#[test]
fn a_question_whose_columns_a_table_lacks_is_left_out() {
    let vpc_flow = log_type("vpc_flow").unwrap();
    let columns = vpc_flow
        .columns()
        .filter(|it| it.name != "dstport")
        .cloned();
    let format = Format::Delimited(Delimited {
        separator: ' ',
        header_lines: 1,
        columns: columns.collect(),
    });
    let tables = tables(vpc_flow, "fl-1", Some(format), "{}");
    assert_eq!(
        questions(&tables),
        ["Top talkers by bytes", "Traffic by hour"]
    );
}

#[test]
fn a_question_about_a_column_that_somebody_declared_otherwise_is_left_out() {
    let waf = log_type("waf").unwrap();
    let schema = r#"{"columns":[{"name":"action","type":"array<string>"}]}"#;
    assert_eq!(questions(&tables(waf, "shop", None, schema)), [""; 0]);
    let schema =
        r#"{"columns":[{"name":"terminatingruletype","type":"int"},{"name":"mine","type":"int"}]}"#;
    let left = questions(&tables(waf, "shop", None, schema));
    assert_eq!(left, &all_of(waf)[1..]);
}

#[test]
fn a_saved_query_knows_its_table_and_one_that_somebody_changed_or_copied_is_theirs() {
    let tables = tables(log_type("alb_access").unwrap(), "shop", None, "{}");
    let ours = tables.saved_queries().remove(0);
    assert_eq!(ours.table(), Some(("alb_access_logs_db", "alb_shop")));
    let elsewhere = |change: fn(&mut SavedQuery)| {
        let mut query = ours.clone();
        change(&mut query);
        query
            .table()
            .map(|(database, table)| format!("{database}.{table}"))
    };
    assert_eq!(elsewhere(|it| it.name = "Top clients".to_owned()), None);
    assert_eq!(elsewhere(|it| it.name.insert_str(0, "my ")), None);
    assert_eq!(elsewhere(|it| it.description = "Mine.".to_owned()), None);
    assert_eq!(elsewhere(|it| it.description.push_str(" Mine.")), None);
    assert_eq!(elsewhere(|it| it.database = "mine".to_owned()), None);
}

/// Athena says nothing of it, and nothing found would pass for nothing there.
#[test]
fn a_query_with_a_place_to_fill_in_begins_with_it() {
    let of = |name: &str| tables(log_type(name).unwrap(), "shop", None, "{}").saved_queries();
    let first =
        "Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows.";
    for query in of("route53_resolver") {
        assert!(query.text.contains(r#""vpc" = '<vpc>'"#), "{}", query.text);
        let (told, text) = (format!("{first} "), format!("-- {first}\nSELECT\n"));
        assert!(query.description.starts_with(&told), "{query:?}");
        assert!(query.text.starts_with(&text), "{query:?}");
        assert!(query.table().is_some(), "{query:?}");
    }
    for query in of("alb_access") {
        assert!(query.text.starts_with("SELECT\n"), "{query:?}");
        assert!(!query.description.starts_with("Put "), "{query:?}");
    }
}

#[test]
fn names_and_descriptions_fit_whatever_the_table_is_called() {
    for log_type in LOG_TYPES {
        let schema = format!(r#"{{"database_name":"{}"}}"#, "d".repeat(255));
        let of = |name: &str| tables(log_type, name, None, &schema).saved_queries();
        let long = "n".repeat(250);
        let [one, other] = ["a", "b"].map(|end| of(&(long.clone() + end)));
        for query in one.iter().chain(&other) {
            assert!(query.name.len() <= 128, "{}", query.name);
            assert!(query.description.len() <= 1_024, "{}", query.description);
            assert_eq!(query.table().unwrap().0, query.database);
        }
        let names: BTreeSet<_> = one.iter().chain(&other).map(|it| &it.name).collect();
        assert_eq!(names.len(), one.len() + other.len());
    }
}

/// What Glue holds is enough to know them by, in whatever order it tells.
#[test]
fn tables_and_views_find_each_other() {
    for log_type in LOG_TYPES {
        let [one, other] = ["shop", "shop-eu"].map(|name| tables(log_type, name, None, "{}"));
        let mut held: Vec<_> = one.all().chain(other.all()).cloned().collect();
        held.reverse();
        let tables = Tables::of(held);
        let mut saved: Vec<_> = tables.iter().flat_map(Tables::saved_queries).collect();
        saved.sort_by(|a, b| a.name.cmp(&b.name));
        let mut expected = [one.saved_queries(), other.saved_queries()].concat();
        expected.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(saved, expected);
    }
}

#[test]
fn the_guide_shows_a_query_as_it_is_saved() {
    let guide = include_str!("../../docs/guides/operations.md");
    let tables = tables(log_type("alb_access").unwrap(), "shop", None, "{}");
    let saved = tables.saved_queries();
    let shown = saved.iter().filter(|query| guide.contains(&query.text));
    assert_eq!(shown.count(), 1);
}
