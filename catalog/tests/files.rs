//! Whole files: where a record begins and ends, what is none, and in which line.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::borrow::Cow;

use logenabler_catalog::{Column, Delimited, Format, Records, Type, Value};

const COLUMNS: &[Column] = &[column("n", Type::Int), column("text", Type::String)];

const fn column(name: &'static str, ty: Type) -> Column {
    Column {
        name: Cow::Borrowed(name),
        ty,
        doc: "A column.",
    }
}

fn delimited(header_lines: u8) -> Format {
    Format::Delimited(Delimited {
        separator: ',',
        header_lines,
        columns: Cow::Borrowed(COLUMNS),
    })
}

fn json(records: Records) -> Format {
    Format::Json {
        records,
        columns: Cow::Borrowed(COLUMNS),
        renamed: vec![("text".to_owned(), "theText".to_owned())],
    }
}

/// Each record as `n text +unknown`, or the line and the reason of its reject.
fn check(format: &Format, file: &str, expected: &[&str]) {
    let reader = format.reader().unwrap();
    let found: Vec<_> = reader
        .rows(file.as_bytes())
        .map(|read| match read {
            Ok(row) => {
                let values: Vec<_> = reader.values(&row).map(shown).collect();
                format!("{} +{}", values.join(" "), row.unknown_trailing)
            }
            Err(reject) => format!("{}: {reject}", reject.line),
        })
        .collect();
    assert_eq!(found, expected, "{file}");
}

fn shown(value: Value) -> String {
    match value {
        Value::Int(value) => value.to_string(),
        Value::Null => "NULL".to_owned(),
        other => String::from_utf8(other.text().unwrap().into_owned()).unwrap(),
    }
}

#[test]
fn lines_end_as_hadoop_cuts_them() {
    check(&delimited(0), "", &[]);
    check(&delimited(0), "1,a", &["1 a +0"]);
    check(
        &delimited(0),
        "1,a\n2,b\r\n3,c\r4,d\n",
        &["1 a +0", "2 b +0", "3 c +0", "4 d +0"],
    );
    check(&delimited(0), "\u{feff}1,a\n", &["1 a +0"]);
    check(
        &delimited(0),
        "\n\r\n1,a\n\n\n2,b,new\n\n",
        &["1 a +0", "2 b +1"],
    );
}

#[test]
fn header_lines_are_no_records_and_rejects_know_their_line() {
    let why = "column n: expected the value that every record begins with";
    let rejected = format!("4: {why}");
    check(
        &delimited(2),
        "#1\n#2\n1,a\nx,b\n2,c",
        &["1 a +0", &rejected, "2 c +0"],
    );
    check(&delimited(2), "#1", &[]);
}

#[test]
fn a_line_of_json_is_a_record() {
    let file = concat!(
        r#"{"n":1,"theText":"a"}"#,
        "\n\n",
        r#" { "N" : "2" , "THETEXT" : "\"\u00e9\"" , "new" : [{}] , "text" : 0 } "#,
        "\r\n",
        r#"{"n":1,"n":3,"theText":{"a": 1}}"#,
        "\n",
        r#"{"n":4"#,
        "\n",
        r#"{"n":5,"theText":"x"} 6"#,
        "\n",
        r#"{"n":null,"new":1}"#,
        "\n",
        r#"[1,"a"]"#,
        "\n",
    );
    check(
        &json(Records::Lines),
        file,
        &[
            "1 a +0",
            "2 \"é\" +2",
            "3 {\"a\": 1} +0",
            "5: expected a comma or the end of the record",
            "6: expected nothing behind the record",
            "7: expected a value in at least one column",
            "8: expected an object of JSON",
        ],
    );
}

#[test]
fn records_in_a_list_are_walked_one_by_one() {
    let list = json(Records::Array);
    check(&list, r#"{"Records":[]}"#, &[]);
    check(
        &list,
        r#"{"Records":[{"n":1},{"n":2}]}"#,
        &["1 NULL +0", "2 NULL +0"],
    );
    let laid_out = "{\n  \"a\": [{}],\n  \"Records\": [\n    {\"n\": 1},\n    {\"n\": 2}\n  ],\n  \"b\": 1\n}\n";
    check(&list, laid_out, &["1 NULL +0", "2 NULL +0"]);
    let several = "{\"Records\":[{\"n\":1}]}\n{\"Records\":[{\"n\":2}]}";
    check(&list, several, &["1 NULL +0", "2 NULL +0"]);
}

/// Where a list is broken, what follows it in its object cannot be told; the next line with an object can.
#[test]
fn a_broken_list_costs_its_object_and_no_other() {
    let list = json(Records::Array);
    let end = "expected a comma or the end of the list";
    check(
        &list,
        "{\"Records\":[{\"n\":1} {\"n\":2}]}\n{\"Records\":[{\"n\":3}]}\n{\"Records\":[{\"n\":",
        &[
            "1 NULL +0",
            &format!("1: {end}"),
            "3 NULL +0",
            "3: column n: the record ends within it",
        ],
    );
    let none = "expected a list of records under the key Records";
    check(&list, r#"{"n":1}"#, &[&format!("1: {none}")]);
    check(&list, r#"{"Records":{}}"#, &[&format!("1: {none}")]);
    check(&list, "\n\n  nothing", &["3: expected an object of JSON"]);
}
