//! Glue tables: everything that `CreateTable` is told, and nothing else.

use crate::column::Column;
use crate::format::Format;
use crate::intent::Delivery;
use crate::layout::Shared;
use crate::log::Resource;
use crate::log_type::LogType;
use crate::place::Place;
use crate::region::Partition;
use crate::table_schema::TableSchema;
use crate::view::{self, ViewColumn};
use crate::{marks, naming};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const MAX_DESCRIPTION: usize = 255;
const EXTERNAL_TABLE: &str = "EXTERNAL_TABLE";

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    pub database: String,
    pub name: String,
    pub description: String,
    /// `EXTERNAL_TABLE`, or `VIRTUAL_VIEW`.
    pub table_type: String,
    pub columns: Vec<TableColumn>,
    pub partition_keys: Vec<TableColumn>,
    /// With exactly one slash at its end. A view has none, and nothing that reads files.
    pub location: String,
    pub input_format: String,
    pub output_format: String,
    pub serde_library: String,
    pub serde_parameters: BTreeMap<String, String>,
    pub parameters: BTreeMap<String, String>,
    /// Of a view only: what it shows, as Glue keeps it for Athena.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableColumn {
    pub name: String,
    pub ty: String,
    pub comment: String,
}

/// What one log has in the Glue catalogue: a table over its files and, where others share their folder, a view over that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tables {
    pub files: Table,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<Table>,
}

impl LogType {
    /// The tables over one resource's log, as they should be.
    pub fn tables(&self, resource: &Resource, delivery: &Delivery, schema: &TableSchema) -> Tables {
        let layout = delivery.layout.as_ref().unwrap_or(&self.layout);
        let place = Place {
            layout,
            format: delivery.format.as_ref().unwrap_or(&self.format),
            resource,
            database: self.database_of(resource, schema),
            name: naming::table_name(self, resource, schema),
            location: delivery.destination.url(&layout.folder_of(resource)),
            // What the prefix ends in begins the folder's name where there is one.
            files_begin: match &*layout.folder {
                "" => delivery.destination.files_begin(),
                _ => "",
            },
            escaped: view::escaped,
        };
        self.tables_at(&place, schema)
    }

    /// The tables of any resource's log, with placeholders in braces for what only the resource knows.
    pub fn templates(&self, schema: &TableSchema) -> Tables {
        self.templates_of(&self.format, schema)
    }

    /// The same, for records that are written so.
    pub fn templates_of(&self, format: &Format, schema: &TableSchema) -> Tables {
        let resource = Resource {
            arn: "{resource_arn}".to_owned(),
            name: naming::RESOURCE_NAME.to_owned(),
            account: "{account}".to_owned(),
            region: "{region}".to_owned(),
            partition: Partition::default(),
            global: false,
        };
        let (database, name) = (&schema.database_name, &schema.table_name);
        let place = Place {
            layout: &self.layout,
            format,
            database: database.as_deref().unwrap_or(self.database).to_owned(),
            name: name.clone().unwrap_or_else(|| naming::template(self)),
            location: format!(
                "s3://{{bucket}}/{{prefix}}/{}",
                self.layout.folder_of(&resource)
            ),
            resource: &resource,
            files_begin: "",
            escaped: str::to_owned,
        };
        self.tables_at(&place, schema)
    }

    fn tables_at(&self, place: &Place, schema: &TableSchema) -> Tables {
        let table = self.table_at(place, schema);
        let Some(shared) = &place.layout.shared else {
            return Tables {
                files: table,
                view: None,
            };
        };
        let files = Table {
            name: naming::below_view(&table.name),
            ..table
        };
        Tables {
            view: Some(self.view_at(place, shared, &files)),
            files,
        }
    }

    fn table_at(&self, place: &Place, schema: &TableSchema) -> Table {
        let columns = table_columns(place.format, schema);
        let serde = place
            .format
            .serde(columns.len() - place.format.columns().count());
        let parameters = owned(serde.of_table)
            .into_iter()
            .chain([("EXTERNAL".to_owned(), "TRUE".to_owned())])
            .chain(self.marks(place.resource))
            .chain(schema.parameters_mark())
            .chain(place.dated(schema));
        Table {
            description: self.description(&place.resource.name),
            table_type: EXTERNAL_TABLE.to_owned(),
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
            database: place.database.clone(),
            name: place.name.clone(),
            location: place.location.clone(),
            query: None,
        }
    }

    fn view_at(&self, place: &Place, shared: &Shared, files: &Table) -> Table {
        let columns = view_columns(place.format, files);
        let query = view::query(&columns, files, &place.conditions(shared, &files.columns));
        Table {
            description: view::DESCRIPTION.to_owned(),
            table_type: view::TABLE_TYPE.to_owned(),
            query: Some(view::kept(&place.database, &columns, &query)),
            columns: columns.into_iter().map(|shown| shown.column).collect(),
            partition_keys: Vec::new(),
            input_format: String::new(),
            output_format: String::new(),
            serde_library: String::new(),
            serde_parameters: BTreeMap::new(),
            parameters: self
                .marks(place.resource)
                .into_iter()
                .chain(owned(
                    view::PARAMETERS.map(|(key, value)| (key, value.to_owned())),
                ))
                .collect(),
            database: place.database.clone(),
            name: place.name.clone(),
            location: String::new(),
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

    fn marks(&self, resource: &Resource) -> BTreeMap<String, String> {
        let marks = [
            (marks::MANAGED, "true"),
            (marks::ENABLED, "true"),
            (marks::LOG_TYPE, self.name),
            (marks::RESOURCE_ARN, &resource.arn),
            (marks::SCHEMA_VERSION, self.schema_version),
        ];
        owned(marks.map(|(key, value)| (key, value.to_owned())))
    }
}

/// Those of the files' table, as a view shows them, partition keys among them.
fn view_columns(format: &Format, files: &Table) -> Vec<ViewColumn> {
    let known = |name: &str| format.columns().find(|column| column.name == name);
    let of_records = files.columns.iter().map(|column| {
        // Unless a user has declared it otherwise.
        let known = known(&column.name).filter(|known| known.ty.to_string() == column.ty);
        ViewColumn::over(column, known.map(|known| known.ty))
    });
    let keys = files.partition_keys.iter();
    of_records
        .chain(keys.map(|key| ViewColumn::over(key, None)))
        .collect()
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

impl Tables {
    /// In the order in which they have to be made.
    pub fn all(&self) -> impl Iterator<Item = &Table> {
        std::iter::once(&self.files).chain(&self.view)
    }

    /// What people query.
    pub fn shown(&self) -> &Table {
        self.view.as_ref().unwrap_or(&self.files)
    }

    /// Of everything in them: changes whenever they do.
    pub fn fingerprint(&self) -> String {
        let everything = serde_json::to_vec(self).unwrap_or_default();
        let hex = |byte: u8| format!("{byte:02x}");
        Sha256::digest(everything).into_iter().map(hex).collect()
    }
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
