//! The Athena view over a table whose folder others share: this log's rows only, with the types that the values have.
//!
//! Glue keeps a view as Trino's JSON in base64, and its columns once more as Hive's: where the two do not agree in number,
//! order and type, Athena calls the view stale. So both are made of one list.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use crate::column::{Time, Type};
use crate::hive_type;
use crate::table::{Table, TableColumn};

/// Athena's name for the Glue catalogue.
const CATALOG: &str = "awsdatacatalog";

/// What Glue is told besides the query.
pub(crate) const PARAMETERS: [(&str, &str); 2] =
    [("presto_view", "true"), ("comment", DESCRIPTION)];
/// Trino takes the description for the comment, and only what has this one for a view of its own kind.
pub(crate) const DESCRIPTION: &str = "Presto View";
pub(crate) const TABLE_TYPE: &str = "VIRTUAL_VIEW";

/// A column as the view shows it.
pub(crate) struct ViewColumn {
    pub(crate) column: TableColumn,
    trino: String,
    expression: String,
}

impl ViewColumn {
    /// Over a column of the table: `ty` is what its values are, unless a user has declared it otherwise.
    pub(crate) fn over(column: &TableColumn, ty: Option<Type>) -> Self {
        let name = quoted(&column.name);
        let (hive, expression) = match ty {
            Some(ty) => (shown_type(ty), expression(ty, &name)),
            None => (column.ty.clone(), name),
        };
        Self {
            trino: hive_type::trino(&hive),
            column: TableColumn {
                ty: hive,
                ..column.clone()
            },
            expression,
        }
    }
}

/// The query of the view over that table, for the rows of which the conditions hold.
pub(crate) fn query(columns: &[ViewColumn], over: &Table, conditions: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(select_item).collect();
    let (columns, conditions) = (columns.join(",\n"), conditions.join("\n  AND "));
    let (database, table) = (quoted(&over.database), quoted(&over.name));
    format!("SELECT\n{columns}\nFROM {database}.{table}\nWHERE {conditions}")
}

fn select_item(column: &ViewColumn) -> String {
    format!("  {} AS {}", column.expression, quoted(&column.column.name))
}

/// What Glue keeps of it.
pub(crate) fn kept(database: &str, columns: &[ViewColumn], query: &str) -> String {
    let column = |column: &ViewColumn| Declared {
        name: column.column.name.clone(),
        ty: column.trino.clone(),
    };
    let definition = Definition {
        original_sql: query.to_owned(),
        catalog: CATALOG.to_owned(),
        schema: database.to_owned(),
        columns: columns.iter().map(column).collect(),
    };
    let json = serde_json::to_vec(&definition).unwrap_or_default();
    format!("{BEGIN}{}{END}", BASE64_STANDARD.encode(json))
}

/// The query in what Glue keeps, for people to read.
pub(crate) fn query_in(kept: &str) -> Option<String> {
    let base64 = kept.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let json = BASE64_STANDARD.decode(base64).ok()?;
    let definition: Definition = serde_json::from_slice(&json).ok()?;
    Some(definition.original_sql)
}

const BEGIN: &str = "/* Presto View: ";
const END: &str = " */";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    original_sql: String,
    catalog: String,
    schema: String,
    columns: Vec<Declared>,
}

#[derive(Serialize, Deserialize)]
struct Declared {
    name: String,
    #[serde(rename = "type")]
    ty: String,
}

/// The Hive type of what the view shows.
pub(crate) fn shown_type(ty: Type) -> String {
    match ty {
        Type::Text(held) => shown_type(*held),
        Type::Time(_) => "timestamp".to_owned(),
        _ => ty.to_string(),
    }
}

/// A column with its values as what they are; what cannot be that is NULL, as `-` is.
pub(crate) fn expression(ty: Type, name: &str) -> String {
    let since_1970 = |seconds: &str| {
        format!("CAST(from_unixtime({seconds}) AT TIME ZONE 'UTC' AS timestamp(3))")
    };
    match ty {
        Type::String | Type::Text(Type::String) => format!("nullif({name}, '-')"),
        Type::Time(Time::Iso) | Type::Text(Type::Time(Time::Iso)) => {
            format!("CAST(try(from_iso8601_timestamp({name})) AT TIME ZONE 'UTC' AS timestamp(3))")
        }
        Type::Time(Time::Clf) | Type::Text(Type::Time(Time::Clf)) => {
            format!("try(date_parse({name}, '%d/%b/%Y:%H:%i:%s +0000'))")
        }
        Type::Time(Time::Seconds) => since_1970(name),
        Type::Time(Time::Millis) => since_1970(&format!("{name} / 1000e0")),
        Type::Text(Type::Time(Time::Millis)) => {
            since_1970(&format!("try_cast({name} AS double) / 1000e0"))
        }
        Type::Time(Time::Epoch) | Type::Text(Type::Time(_)) => {
            since_1970(&format!("try_cast({name} AS double)"))
        }
        Type::Text(held) => {
            let ty = hive_type::trino(&held.to_string());
            format!("try_cast({name} AS {ty})")
        }
        _ => name.to_owned(),
    }
}

/// An identifier in a query, which is Trino's.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A string literal in a query: nothing but the quote is special in it.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text as a regular expression that matches it alone.
pub(crate) fn escaped(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_/:=,% ".contains(c) || !c.is_ascii();
    let escape = |c: char| match plain(c) {
        true => c.to_string(),
        false => format!("\\{c}"),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ty: Type, hive: &str, trino: &str, sql: &str) {
        let column = TableColumn {
            name: "c".to_owned(),
            ty: ty.to_string(),
            comment: String::new(),
        };
        let shown = ViewColumn::over(&column, Some(ty));
        assert_eq!(
            [&*shown.column.ty, &*shown.trino, &*shown.expression],
            [hive, trino, sql]
        );
    }

    #[test]
    fn values_are_shown_as_what_they_are() {
        check(Type::String, "string", "varchar", r#"nullif("c", '-')"#);
        check(Type::Int, "int", "integer", r#""c""#);
        check(Type::Date, "date", "date", r#""c""#);
        check(
            Type::Text(&Type::Double),
            "double",
            "double",
            r#"try_cast("c" AS double)"#,
        );
        check(
            Type::Time(Time::Iso),
            "timestamp",
            "timestamp(3)",
            r#"CAST(try(from_iso8601_timestamp("c")) AT TIME ZONE 'UTC' AS timestamp(3))"#,
        );
        check(
            Type::Text(&Type::Time(Time::Seconds)),
            "timestamp",
            "timestamp(3)",
            r#"CAST(from_unixtime(try_cast("c" AS double)) AT TIME ZONE 'UTC' AS timestamp(3))"#,
        );
        check(
            Type::Array(&Type::Struct(&[("at", Type::Bigint)])),
            "array<struct<at:bigint>>",
            r#"array(row("at" bigint))"#,
            r#""c""#,
        );
    }

    #[test]
    fn nothing_leaves_its_literal_or_its_pattern() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(literal("'; DROP TABLE x; --"), "'''; DROP TABLE x; --'");
        assert_eq!(
            escaped("a.b/(c)*[d]{2}|^$?+\\é"),
            r"a\.b/\(c\)\*\[d\]\{2\}\|\^\$\?\+\\é"
        );
    }
}
