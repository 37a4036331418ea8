//! Which of Hive's SerDes reads a format in Athena, and what it has to be told.

use crate::delimited::Delimited;
use crate::format::{Format, Records};

const TEXT: &str = "org.apache.hadoop.mapred.TextInputFormat";
const TEXT_OUTPUT: &str = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

pub(crate) struct Serde {
    pub(crate) library: &'static str,
    pub(crate) input_format: &'static str,
    pub(crate) output_format: &'static str,
    pub(crate) parameters: Vec<(String, String)>,
    /// What is said of the table rather than of the SerDe.
    pub(crate) of_table: Option<(&'static str, String)>,
}

impl Format {
    /// `more` is how many columns a user has added.
    pub(crate) fn serde(&self, more: usize) -> Serde {
        match self {
            Self::Tokens(tokens) => Serde {
                library: "org.apache.hadoop.hive.serde2.RegexSerDe",
                input_format: TEXT,
                output_format: TEXT_OUTPUT,
                parameters: vec![
                    plain("serialization.format", "1"),
                    ("input.regex".to_owned(), tokens.regex(more)),
                ],
                of_table: None,
            },
            Self::Delimited(delimited) => delimited.serde(),
            Self::Json {
                records: Records::Lines,
                renamed,
                ..
            } => json_lines(renamed),
            Self::Json {
                records: Records::Array,
                ..
            } => Serde {
                library: "org.apache.hive.hcatalog.data.JsonSerDe",
                input_format: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
                output_format: TEXT_OUTPUT,
                parameters: vec![plain("serialization.format", "1")],
                of_table: None,
            },
            Self::Parquet { .. } => Serde {
                library: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                input_format: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                output_format: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                parameters: vec![plain("serialization.format", "1")],
                of_table: None,
            },
        }
    }
}

fn json_lines(renamed: &[(String, String)]) -> Serde {
    let fixed = [
        plain("serialization.format", "1"),
        // A line cut short is a row of NULLs instead of the end of the query.
        plain("ignore.malformed.json", "true"),
    ];
    Serde {
        library: "org.openx.data.jsonserde.JsonSerDe",
        input_format: TEXT,
        output_format: TEXT_OUTPUT,
        parameters: fixed
            .into_iter()
            .chain(renamed.iter().map(mapping))
            .collect(),
        of_table: None,
    }
}

fn plain(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

/// Which key of the JSON objects a column takes, as the openx SerDe is told. It knows keys in lower case.
fn mapping((column, key): &(String, String)) -> (String, String) {
    (format!("mapping.{column}"), key.to_ascii_lowercase())
}

impl Delimited {
    fn serde(&self) -> Serde {
        Serde {
            library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            input_format: TEXT,
            output_format: TEXT_OUTPUT,
            parameters: vec![
                (
                    "serialization.format".to_owned(),
                    self.separator.to_string(),
                ),
                ("field.delim".to_owned(), self.separator.to_string()),
            ],
            of_table: (self.header_lines > 0)
                .then(|| ("skip.header.line.count", self.header_lines.to_string())),
        }
    }
}
