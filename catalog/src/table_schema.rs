//! A table schema: a user's changes to the tables of a log type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::log_type::LogType;
use crate::{marks, naming};

/// What is not said stays as the log type says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TableSchema {
    /// The Glue database. Where tables of CloudFront's resources need one of their own, it is this with `_global`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_name: Option<String>,
    /// The name of each table, with `{resource_name}` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_name: Option<String>,
    /// The first time whose folders are looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projection_start: Option<String>,
    /// Parameters of the table, over the log type's own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Columns with another type or comment than the log type's, and columns that it lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<SchemaColumn>,
}

/// A column of that name gets this type; one that is new is the next field of the record or, in JSON, the key of its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaColumn {
    pub name: String,
    /// A Hive type.
    #[serde(rename = "type")]
    pub ty: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl TableSchema {
    /// Reads what it is kept as: an object of JSON. A setting that this version does not know is an error: the tables would
    /// not be what somebody asked for.
    pub fn parse(text: &str) -> Result<Self, String> {
        let object: Map<String, Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        serde_json::from_value(object.into()).map_err(|error| error.to_string())
    }

    /// What it is kept as.
    pub fn text(&self) -> String {
        // Texts, maps of texts and lists of them: nothing that could fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a later version needs to know, to take away what this one set.
    pub(crate) fn parameters_mark(&self) -> Option<(String, String)> {
        let keys: Vec<_> = self.parameters.keys().collect();
        let list = serde_json::to_string(&keys).ok()?;
        (!keys.is_empty()).then(|| (marks::PARAMETERS.to_owned(), list))
    }
}

impl LogType {
    /// The template of this log type's table names where no table schema says otherwise.
    pub fn table_name_template(&self) -> String {
        naming::template(self)
    }
}
