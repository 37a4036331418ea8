//! A Glue table: everything that `CreateTable` is told, and nothing else.

use crate::column::Column;
use crate::destination::Destination;
use crate::intent::Resource;
use crate::log_type::LogType;
use crate::{marks, naming};
use serde::Serialize;
use std::collections::BTreeMap;

const MAX_DESCRIPTION: usize = 255;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    pub database: String,
    pub name: String,
    pub description: String,
    /// `EXTERNAL_TABLE`.
    pub table_type: &'static str,
    pub columns: Vec<TableColumn>,
    pub partition_keys: Vec<TableColumn>,
    /// With exactly one slash at its end.
    pub location: String,
    pub input_format: String,
    pub output_format: String,
    pub serde_library: String,
    pub serde_parameters: BTreeMap<String, String>,
    pub parameters: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableColumn {
    pub name: String,
    pub ty: String,
    pub comment: String,
}

impl LogType {
    /// The table over one resource's log, as it should be.
    pub fn table(&self, resource: &Resource, destination: &Destination) -> Table {
        let serde = self.format.serde();
        let location = destination.url(&self.layout.folder_of(resource));
        Table {
            database: self.database_of(resource).to_owned(),
            name: naming::table_name(self, resource),
            description: self.description(resource),
            table_type: "EXTERNAL_TABLE",
            columns: self.columns().map(TableColumn::from).collect(),
            partition_keys: self.partition_keys().map(TableColumn::from).collect(),
            input_format: "org.apache.hadoop.mapred.TextInputFormat".to_owned(),
            output_format: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat".to_owned(),
            serde_library: serde.library.to_owned(),
            serde_parameters: owned(serde.parameters),
            parameters: owned(serde.of_table)
                .into_iter()
                .chain(self.parameters(resource, &location))
                .collect(),
            location,
        }
    }

    /// Within Glue's limits, whatever the resource calls itself.
    fn description(&self, resource: &Resource) -> String {
        let text = format!("{} of {}", self.title, resource.name);
        text.chars()
            .filter(|c| !c.is_control())
            .take(MAX_DESCRIPTION)
            .collect()
    }

    fn parameters(&self, resource: &Resource, location: &str) -> BTreeMap<String, String> {
        let fixed = [
            ("EXTERNAL", "TRUE"),
            (marks::MANAGED, "true"),
            (marks::ENABLED, "true"),
            (marks::LOG_TYPE, self.name),
            (marks::RESOURCE_ARN, &resource.arn),
            (marks::SCHEMA_VERSION, self.schema_version),
        ];
        let fixed = fixed.map(|(key, value)| (key, value.to_owned()));
        let projection = self.layout.projection.iter();
        owned(fixed)
            .into_iter()
            .chain(projection.flat_map(|dated| dated.parameters(location)))
            .collect()
    }
}

fn owned(pairs: impl IntoIterator<Item = (&'static str, String)>) -> BTreeMap<String, String> {
    let owned = |(key, value): (&str, String)| (key.to_owned(), value);
    pairs.into_iter().map(owned).collect()
}

impl From<&Column> for TableColumn {
    fn from(column: &Column) -> Self {
        Self {
            name: column.name.to_owned(),
            ty: column.ty.to_string(),
            comment: column.doc.to_owned(),
        }
    }
}
