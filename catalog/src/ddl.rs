//! A table as people read it: the Athena statement that would create it, and a first query. Neither is ever run by us.

use crate::table::{Table, TableColumn};

impl Table {
    /// The `CREATE EXTERNAL TABLE` statement for Athena, whatever the names and values hold.
    pub fn ddl(&self) -> String {
        [
            format!(
                "CREATE EXTERNAL TABLE {}.{} (\n{}\n)",
                name(&self.database),
                name(&self.name),
                columns(&self.columns)
            ),
            format!("COMMENT {}", text(&self.description)),
            format!("PARTITIONED BY (\n{}\n)", columns(&self.partition_keys)),
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

    /// Today's records, to begin with. The partition key is in it, so that Athena reads one day's folder.
    pub fn example_query(&self) -> String {
        let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let days = self.partition_keys.iter().map(|key| {
            format!(
                "WHERE {} = date_format(current_date, '%Y/%m/%d')\n",
                quote(&key.name)
            )
        });
        let (database, table) = (quote(&self.database), quote(&self.name));
        format!(
            "SELECT *\nFROM {database}.{table}\n{}LIMIT 10",
            days.collect::<String>()
        )
    }
}

fn columns(columns: &[TableColumn]) -> String {
    let column = |column: &TableColumn| {
        format!(
            "  {} {} COMMENT {}",
            name(&column.name),
            column.ty,
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

/// A string literal: Athena's DDL is Hive's, where the backslash escapes (`''` would be two literals in a row).
fn text(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", text.replace('\n', "\\n").replace('\r', "\\r"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, literal: &str) {
        assert_eq!(text(value), literal);
    }

    #[test]
    fn nothing_leaves_its_literal() {
        check("plain", "'plain'");
        check("'; DROP TABLE x; --", r"'\'; DROP TABLE x; --'");
        check(r"[0-9]\.\'", r"'[0-9]\\.\\\''");
        check("a\nb", r"'a\nb'");
        assert_eq!(name("a`b"), "`a``b`");
    }
}
