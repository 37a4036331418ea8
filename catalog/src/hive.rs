//! Which of Hive's SerDes reads a format in Athena, and what it has to be told.

use crate::delimited::Delimited;
use crate::format::{Format, Records};

const TEXT: &str = "org.apache.hadoop.mapred.TextInputFormat";

pub(crate) struct Serde {
    pub(crate) library: &'static str,
    pub(crate) input_format: &'static str,
    pub(crate) parameters: Vec<(&'static str, String)>,
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
                parameters: vec![
                    ("serialization.format", "1".to_owned()),
                    ("input.regex", tokens.regex(more)),
                ],
                of_table: None,
            },
            Self::Delimited(delimited) => delimited.serde(),
            Self::Json {
                records: Records::Lines,
                ..
            } => Serde {
                library: "org.openx.data.jsonserde.JsonSerDe",
                input_format: TEXT,
                parameters: vec![
                    ("serialization.format", "1".to_owned()),
                    // A line cut short is a row of NULLs instead of the end of the query.
                    ("ignore.malformed.json", "true".to_owned()),
                ],
                of_table: None,
            },
            Self::Json {
                records: Records::Array,
                ..
            } => Serde {
                library: "org.apache.hive.hcatalog.data.JsonSerDe",
                input_format: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
                parameters: vec![("serialization.format", "1".to_owned())],
                of_table: None,
            },
        }
    }
}

impl Delimited {
    fn serde(&self) -> Serde {
        Serde {
            library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            input_format: TEXT,
            parameters: vec![
                ("serialization.format", self.separator.to_string()),
                ("field.delim", self.separator.to_string()),
            ],
            of_table: Some(("skip.header.line.count", self.header_lines.to_string())),
        }
    }
}
