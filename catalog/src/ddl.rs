//! A table as people read it: the Athena statement that would create it, and a first query. Neither is ever run by us.

use crate::table::{Table, TableColumn, Tables};
use crate::view::{self, quoted};

/// A comparison and a time, for folders of this unit.
type Since = fn(&str) -> (&'static str, &'static str);

impl Tables {
    /// The statements that would make them, one after the other.
    pub fn ddl(&self) -> String {
        let statements: Vec<_> = self.all().map(Table::ddl).collect();
        statements.join(";\n\n")
    }

    /// The latest records, to begin with. The partition key is in it, so that Athena reads their folders only.
    pub fn example_query(&self) -> String {
        let predicates = self.predicates(|unit| match unit {
            "DAYS" => ("=", "current_date"),
            _ => (">=", "current_timestamp - interval '1' hour"),
        });
        let wheres = match predicates.as_slice() {
            [] => String::new(),
            some => format!("WHERE {}\n", some.join("\n  AND ")),
        };
        format!("SELECT *\n{}\n{wheres}LIMIT 10", self.from())
    }

    /// Where the records are asked for.
    pub(crate) fn from(&self) -> String {
        let shown = self.shown();
        format!("FROM {}.{}", quoted(&shown.database), quoted(&shown.name))
    }

    /// The folders since this time yesterday; today's, where years, months and days have a key each.
    pub(crate) fn last_day(&self) -> Vec<String> {
        self.predicates(|_| (">=", "current_timestamp - interval '1' day"))
    }

    /// What has to be done before such a query is run, if anything: Athena answers it with no rows, and with no error.
    pub(crate) fn to_fill_in(&self) -> Option<String> {
        let keys = self.files.partition_keys.iter();
        let named = keys.map(|key| &key.name);
        let named = named.filter(|key| self.files.has_to_be_named(key));
        let places =
            named.map(|key| format!("the {key} that you mean in the place of {}", place(key)));
        let places: Vec<_> = places.collect();
        let first = places.join(" and ");
        (!first.is_empty()).then(|| format!("Put {first} first: as it stands there are no rows."))
    }

    /// On the partition keys; of dated folders, since when follows from their unit.
    fn predicates(&self, since: Since) -> Vec<String> {
        let keys = self.files.partition_keys.iter();
        keys.filter_map(|key| self.files.predicate(&key.name, since))
            .collect()
    }
}

impl Table {
    /// The statement for Athena, whatever the names and values hold.
    fn ddl(&self) -> String {
        match self.query.as_deref().and_then(view::query_in) {
            Some(query) => {
                let (database, view) = (quoted(&self.database), quoted(&self.name));
                format!("CREATE OR REPLACE VIEW {database}.{view} AS\n{query}")
            }
            None => self.external_ddl(),
        }
    }

    fn external_ddl(&self) -> String {
        let partitions = match columns(&self.partition_keys) {
            none if none.is_empty() => String::new(),
            keys => format!("\nPARTITIONED BY (\n{keys}\n)"),
        };
        [
            format!(
                "CREATE EXTERNAL TABLE {}.{} (\n{}\n)",
                name(&self.database),
                name(&self.name),
                columns(&self.columns)
            ),
            format!("COMMENT {}{partitions}", text(&self.description)),
            format!("ROW FORMAT SERDE {}", text(&self.serde_library)),
            format!(
                "WITH SERDEPROPERTIES (\n{}\n)",
                properties(&self.serde_parameters)
            ),
            format!("STORED AS INPUTFORMAT {}", text(&self.input_format)),
            format!("OUTPUTFORMAT {}", text(&self.output_format)),
            format!("LOCATION {}", text(&self.location)),
            format!("TBLPROPERTIES (\n{}\n)", properties(&self.parameters)),
        ]
        .join("\n")
    }

    /// Whether Athena finds nothing unless the query names one value of the partition key.
    fn has_to_be_named(&self, key: &str) -> bool {
        let kind = self.parameters.get(&format!("projection.{key}.type"));
        kind.is_some_and(|kind| kind == "injected")
    }

    /// On a projected partition key: the dated folders since then; a place to fill in, where one value has to be named.
    fn predicate(&self, key: &str, since: Since) -> Option<String> {
        let setting = |name: &str| self.parameters.get(&format!("projection.{key}.{name}"));
        if self.has_to_be_named(key) {
            return Some(format!("{} = '{}'", quoted(key), place(key)));
        }
        if setting("type").is_some_and(|kind| kind == "integer") {
            let part = ["year", "month", "day"]
                .into_iter()
                .find(|part| key.starts_with(part))?;
            return Some(format!("{} = {part}(current_date)", quoted(key)));
        }
        let (is, time) = since(setting("interval.unit")?);
        let parts = [
            ("yyyy", "%Y"),
            ("MM", "%m"),
            ("dd", "%d"),
            ("HH", "%H"),
            ("mm", "%i"),
        ];
        let format = parts
            .iter()
            .fold(setting("format")?.clone(), |format, (java, sql)| {
                format.replace(java, sql)
            });
        let key = quoted(key);
        Some(format!("{key} {is} date_format({time}, '{format}')"))
    }
}

/// To be filled in by people.
fn place(key: &str) -> String {
    format!("<{key}>")
}

fn columns(columns: &[TableColumn]) -> String {
    let column = |column: &TableColumn| {
        format!(
            "  {} {} COMMENT {}",
            name(&column.name),
            members_named(&column.ty),
            text(&column.comment)
        )
    };
    columns.iter().map(column).collect::<Vec<_>>().join(",\n")
}

fn properties<'a>(properties: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let property = |(key, value): (&String, &String)| format!("  {} = {}", text(key), text(value));
    properties
        .into_iter()
        .map(property)
        .collect::<Vec<_>>()
        .join(",\n")
}

/// An identifier: Athena's DDL quotes them with backticks.
fn name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A type, the members of its structs quoted: `end` and `timestamp` are reserved words there too.
fn members_named(ty: &str) -> String {
    let mut pieces: Vec<&str> = ty.split(':').collect();
    let last = pieces.pop().unwrap_or_default();
    let member = |piece: &str| {
        let start = piece.rfind(['<', ',']).map_or(0, |at| at + 1);
        let (before, member) = piece.split_at(start);
        format!("{before}{}:", name(member))
    };
    pieces.into_iter().map(member).collect::<String>() + last
}

/// A string literal: Athena's DDL is Hive's, where the backslash escapes (`''` would be two literals in a row).
fn text(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\'', "\\'");
    let text = text.replace('\n', "\\n").replace('\r', "\\r");
    format!("'{}'", text.replace('\t', "\\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, literal: &str) {
        assert_eq!(text(value), literal);
    }

    /// Rows 3 and 13 of the original's faults: reserved words stood there bare, and prefixes as they came.
    #[test]
    fn nothing_leaves_its_literal() {
        check("plain", "'plain'");
        check("'; DROP TABLE x; --", r"'\'; DROP TABLE x; --'");
        check(r"[0-9]\.\'", r"'[0-9]\\.\\\''");
        check("a\nb\tc", r"'a\nb\tc'");
        assert_eq!(name("timestamp"), "`timestamp`");
        assert_eq!(name("a`b"), "`a``b`");
    }

    #[test]
    fn members_of_structs_may_be_reserved_words() {
        for (ty, written) in [
            ("bigint", "bigint"),
            ("map<string,decimal(9,2)>", "map<string,decimal(9,2)>"),
            ("struct<end:string>", "struct<`end`:string>"),
            (
                "array<struct<at:struct<end:decimal(9,2),start:date>,by:map<string,int>>>",
                "array<struct<`at`:struct<`end`:decimal(9,2),`start`:date>,`by`:map<string,int>>>",
            ),
        ] {
            assert_eq!(members_named(ty), written);
        }
    }
}
