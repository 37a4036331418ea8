//! A Glue table: everything that `CreateTable` is told, and nothing else.

use crate::column::Column;
use crate::format::Format;
use crate::intent::Delivery;
use crate::layout::Layout;
use crate::log::Resource;
use crate::log_type::LogType;
use crate::region::Partition;
use crate::table_schema::TableSchema;
use crate::{marks, naming};
use serde::Serialize;
use sha2::{Digest, Sha256};
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
    pub fn table(&self, resource: &Resource, delivery: &Delivery, schema: &TableSchema) -> Table {
        let layout = delivery.layout.as_ref().unwrap_or(&self.layout);
        self.table_at(
            Place {
                layout,
                format: delivery.format.as_ref().unwrap_or(&self.format),
                partition: resource.partition,
                database: self.database_of(resource, schema),
                name: naming::table_name(self, resource, schema),
                resource_name: &resource.name,
                resource_arn: &resource.arn,
                location: delivery.destination.url(&layout.folder_of(resource)),
            },
            schema,
        )
    }

    /// The table of any resource's log, with placeholders in braces for what only the resource knows.
    pub fn template(&self, schema: &TableSchema) -> Table {
        let folder = self.layout.folder.replace("{name}", naming::RESOURCE_NAME);
        let name = schema.table_name.clone();
        self.table_at(
            Place {
                layout: &self.layout,
                format: &self.format,
                partition: Partition::default(),
                database: schema
                    .database_name
                    .as_deref()
                    .unwrap_or(self.database)
                    .to_owned(),
                name: name.unwrap_or_else(|| naming::template(self)),
                resource_name: naming::RESOURCE_NAME,
                resource_arn: "{resource_arn}",
                location: format!("s3://{{bucket}}/{{prefix}}/{folder}"),
            },
            schema,
        )
    }

    fn table_at(&self, place: Place, schema: &TableSchema) -> Table {
        let columns = table_columns(place.format, schema);
        let serde = place
            .format
            .serde(columns.len() - place.format.columns().count());
        let parameters = owned(serde.of_table)
            .into_iter()
            .chain(self.parameters(&place, schema));
        Table {
            description: self.description(place.resource_name),
            table_type: "EXTERNAL_TABLE",
            columns,
            partition_keys: place
                .layout
                .partition_keys()
                .map(TableColumn::from)
                .collect(),
            input_format: serde.input_format.to_owned(),
            output_format: serde.output_format.to_owned(),
            serde_library: serde.library.to_owned(),
            serde_parameters: serde.parameters.into_iter().collect(),
            parameters: parameters.chain(schema.parameters.clone()).collect(),
            database: place.database,
            name: place.name,
            location: place.location,
        }
    }

    /// Within Glue's limits, whatever the resource calls itself.
    fn description(&self, resource_name: &str) -> String {
        let text = format!("{} of {resource_name}", self.title);
        text.chars()
            .filter(|c| !c.is_control())
            .take(MAX_DESCRIPTION)
            .collect()
    }

    fn parameters(&self, place: &Place, schema: &TableSchema) -> BTreeMap<String, String> {
        let fixed = [
            ("EXTERNAL", "TRUE"),
            (marks::MANAGED, "true"),
            (marks::ENABLED, "true"),
            (marks::LOG_TYPE, self.name),
            (marks::RESOURCE_ARN, place.resource_arn),
            (marks::SCHEMA_VERSION, self.schema_version),
        ];
        let fixed = fixed.map(|(key, value)| (key, value.to_owned()));
        let start = schema.projection_start.as_deref();
        let dated = place
            .layout
            .parameters(&place.location, place.partition, start);
        owned(fixed)
            .into_iter()
            .chain(schema.parameters_mark())
            .chain(dated)
            .collect()
    }
}

/// The columns of the records with the types of the schema, and those that it adds.
fn table_columns(format: &Format, schema: &TableSchema) -> Vec<TableColumn> {
    let mut columns: Vec<_> = format.columns().map(TableColumn::from).collect();
    for changed in &schema.columns {
        let comment = changed.comment.clone();
        match columns.iter_mut().find(|known| known.name == changed.name) {
            Some(known) => {
                known.ty.clone_from(&changed.ty);
                known.comment = comment.unwrap_or_else(|| known.comment.clone());
            }
            None => columns.push(TableColumn {
                name: changed.name.clone(),
                ty: changed.ty.clone(),
                comment: comment.unwrap_or_default(),
            }),
        }
    }
    columns
}

impl Table {
    /// Of everything in it: changes whenever the table does.
    pub fn fingerprint(&self) -> String {
        let everything = serde_json::to_vec(self).unwrap_or_default();
        let hex = |byte: u8| format!("{byte:02x}");
        Sha256::digest(everything).into_iter().map(hex).collect()
    }
}

/// What tells one table of a log type from another.
struct Place<'a> {
    database: String,
    name: String,
    resource_name: &'a str,
    resource_arn: &'a str,
    location: String,
    layout: &'a Layout,
    format: &'a Format,
    partition: Partition,
}

fn owned(pairs: impl IntoIterator<Item = (&'static str, String)>) -> BTreeMap<String, String> {
    let owned = |(key, value): (&str, String)| (key.to_owned(), value);
    pairs.into_iter().map(owned).collect()
}

impl From<&Column> for TableColumn {
    fn from(column: &Column) -> Self {
        Self {
            name: column.name.clone().into_owned(),
            ty: column.ty.to_string(),
            comment: column.doc.to_owned(),
        }
    }
}
