//! How records are written. The SerDe that reads them in Athena, and the native reader, follow from it.

use std::borrow::Cow;

use crate::column::Column;
use crate::delimited::Delimited;
use crate::tokens::Tokens;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    Tokens(Tokens),
    Delimited(Delimited),
    /// JSON objects, whose keys are the columns' names, but for their case.
    Json {
        records: Records,
        columns: Cow<'static, [Column]>,
        /// The columns whose names are not the keys', and those keys.
        renamed: Vec<(String, String)>,
    },
    /// Parquet files, whose columns go by their names.
    Parquet {
        columns: Cow<'static, [Column]>,
    },
}

/// How JSON records lie in their file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// One a line.
    Lines,
    /// All in one object, under `Records`: as CloudTrail writes, for which Athena has a reader of its own.
    Array,
}

impl Format {
    /// JSON whose keys are the columns' names.
    pub(crate) const fn json(records: Records, columns: &'static [Column]) -> Self {
        Self::Json {
            records,
            columns: Cow::Borrowed(columns),
            renamed: Vec::new(),
        }
    }

    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        let (tokens, columns) = match self {
            Self::Tokens(tokens) => (Some(tokens), None),
            Self::Delimited(Delimited { columns, .. })
            | Self::Json { columns, .. }
            | Self::Parquet { columns } => (None, Some(columns.as_ref())),
        };
        let of_tokens = tokens.into_iter().flat_map(Tokens::columns);
        of_tokens.chain(columns.into_iter().flatten())
    }
}
