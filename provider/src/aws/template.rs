//! A table schema as it is kept: a table in the hub's schema database, named after its log type, that nobody queries.

use aws_sdk_glue::types::{Column, SerDeInfo, StorageDescriptor, Table, TableInput};
use logenabler_catalog::{TableColumn, TableSchema, marks};

use super::failure::{found, gone, made};
use super::{Aws, Failure, OWNER_TAG, Part, SchemaDatabase, Tags, send::send};

const DESCRIPTION: &str =
    "A table schema: what the tables of this log type are to be. Change it with Terraform only.";

/// The changes as text for the function, and the outcome as a table for people.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Template {
    pub(crate) region: String,
    /// The hub's event bus.
    pub(crate) bus: String,
    pub(crate) database: String,
    pub(crate) log_type: String,
    /// The error says why what AWS holds cannot be read.
    pub(crate) schema: Result<TableSchema, String>,
    /// Whether AWS holds a table schema at all, and not a table that somebody put in its place.
    pub(crate) is_schema: bool,
    pub(crate) serde: String,
    pub(crate) columns: Vec<TableColumn>,
    pub(crate) fingerprint: String,
    pub(crate) tags: Tags,
}

impl Template {
    /// The hub's database, in which it is.
    pub(crate) fn database(&self) -> SchemaDatabase {
        let hub = format!("hub/{}/{}", self.region, self.bus);
        SchemaDatabase {
            region: self.region.clone(),
            name: self.database.clone(),
            tags: Tags::from([(OWNER_TAG.to_owned(), hub)]),
        }
    }

    /// Whether AWS holds a table that belongs to somebody else: to another hub, or to nobody of ours.
    pub(crate) fn is_strangers(&self, found: &Self) -> bool {
        match found.tags.get(OWNER_TAG) {
            None => !found.is_schema,
            owner => owner != self.tags.get(OWNER_TAG),
        }
    }

    fn name(&self) -> String {
        format!("{}.{}", self.database, self.log_type)
    }

    fn held(&self, table: Table) -> Self {
        let storage = table.storage_descriptor.as_ref();
        let serde = storage.and_then(|storage| storage.serde_info.as_ref());
        let columns = storage.map(StorageDescriptor::columns).unwrap_or_default();
        let columns = columns.iter().map(|column| TableColumn {
            name: column.name.clone(),
            ty: column.r#type.clone().unwrap_or_default(),
            comment: column.comment.clone().unwrap_or_default(),
        });
        let mut parameters = table.parameters.clone().unwrap_or_default();
        let schema = parameters.remove(marks::TABLE_SCHEMA);
        let owner = parameters.remove(OWNER_TAG);
        Self {
            is_schema: schema.is_some(),
            schema: TableSchema::parse(&schema.unwrap_or_default()),
            serde: serde
                .and_then(|serde| serde.serialization_library.clone())
                .unwrap_or_default(),
            columns: columns.collect(),
            fingerprint: parameters.remove(marks::FINGERPRINT).unwrap_or_default(),
            tags: owner
                .into_iter()
                .map(|owner| (OWNER_TAG.to_owned(), owner))
                .collect(),
            ..self.clone()
        }
    }

    fn input(&self) -> Result<TableInput, Failure> {
        let odd = |error: String| Failure::odd("glue:CreateTable", &self.name(), error);
        let column = |column: &TableColumn| {
            let TableColumn { name, ty, comment } = column;
            Column::builder()
                .name(name)
                .r#type(ty)
                .comment(comment)
                .build()
        };
        let columns: Result<_, _> = self.columns.iter().map(column).collect();
        let columns: Vec<Column> = columns.map_err(|error| odd(error.to_string()))?;
        let schema = self.schema.as_ref().map_err(|error| odd(error.clone()))?;
        let serde = SerDeInfo::builder()
            .serialization_library(&self.serde)
            .build();
        let storage = StorageDescriptor::builder()
            .set_columns(Some(columns))
            .serde_info(serde);
        let mut input = TableInput::builder()
            .name(&self.log_type)
            .description(DESCRIPTION)
            .table_type("EXTERNAL_TABLE")
            .storage_descriptor(storage.build())
            .set_partition_keys(Some(Vec::new()))
            .parameters(marks::TABLE_SCHEMA, schema.text())
            .parameters(marks::FINGERPRINT, &self.fingerprint);
        for (key, value) in &self.tags {
            input = input.parameters(key, value);
        }
        input.build().map_err(|error| odd(error.to_string()))
    }
}

/// Its marks are Glue parameters.
impl Part for Template {
    fn label(&self) -> String {
        format!("table schema {} in {}", self.name(), self.region)
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn tagged(&self, tags: Tags) -> Self {
        Self {
            tags,
            ..self.clone()
        }
    }

    async fn look(&self, aws: &Aws) -> Result<Option<Self>, Failure> {
        let request = aws.glue(&self.region).get_table();
        let request = request.database_name(&self.database).name(&self.log_type);
        let answer = found(send!("glue:GetTable", &self.name(), request))?;
        Ok(answer
            .and_then(|answer| answer.table)
            .map(|table| self.held(table)))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        let (glue, input) = (aws.glue(&self.region), self.input()?);
        if found.is_none() {
            let request = glue
                .create_table()
                .database_name(&self.database)
                .table_input(input);
            return made(send!("glue:CreateTable", &self.name(), request));
        }
        let request = glue
            .update_table()
            .database_name(&self.database)
            .table_input(input);
        send!("glue:UpdateTable", &self.name(), request).map(|_| ())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws.glue(&self.region).delete_table();
        let request = request.database_name(&self.database).name(&self.log_type);
        gone(send!("glue:DeleteTable", &self.name(), request))
    }
}
