//! A table between the catalogue's shape and Glue's.

use aws_sdk_glue::{
    error::BuildError,
    types::{Column, SerDeInfo, StorageDescriptor, Table as GlueTable, TableInput},
};
use logenabler_catalog::{Table, TableColumn};

use crate::cloud::StoredTable;

/// What Glue is given to hold.
pub(super) fn input(stored: &StoredTable) -> Result<TableInput, BuildError> {
    let table = &stored.table;
    let serde = SerDeInfo::builder()
        .serialization_library(&table.serde_library)
        .set_parameters(Some(table.serde_parameters.clone().into_iter().collect()));
    let storage = StorageDescriptor::builder()
        .set_columns(Some(columns(&table.columns)?))
        .location(&table.location)
        .input_format(&table.input_format)
        .output_format(&table.output_format)
        .serde_info(serde.build());
    TableInput::builder()
        .name(&table.name)
        .description(&table.description)
        .set_owner(stored.owner.clone())
        .retention(stored.retention)
        .storage_descriptor(storage.build())
        // Athena wants the list even when it is empty.
        .set_partition_keys(Some(columns(&table.partition_keys)?))
        .table_type(table.table_type)
        .set_parameters(Some(table.parameters.clone().into_iter().collect()))
        .build()
}

/// What Glue holds.
pub(super) fn stored(database: &str, glue: GlueTable) -> StoredTable {
    let storage = glue
        .storage_descriptor
        .unwrap_or_else(|| StorageDescriptor::builder().build());
    let serde = storage
        .serde_info
        .unwrap_or_else(|| SerDeInfo::builder().build());
    StoredTable {
        table: Table {
            database: database.to_owned(),
            name: glue.name,
            description: glue.description.unwrap_or_default(),
            table_type: "EXTERNAL_TABLE",
            columns: table_columns(storage.columns.unwrap_or_default()),
            partition_keys: table_columns(glue.partition_keys.unwrap_or_default()),
            location: storage.location.unwrap_or_default(),
            input_format: storage.input_format.unwrap_or_default(),
            output_format: storage.output_format.unwrap_or_default(),
            serde_library: serde.serialization_library.unwrap_or_default(),
            serde_parameters: serde.parameters.unwrap_or_default().into_iter().collect(),
            parameters: glue.parameters.unwrap_or_default().into_iter().collect(),
        },
        version: glue.version_id,
        owner: glue.owner,
        retention: glue.retention,
    }
}

fn columns(columns: &[TableColumn]) -> Result<Vec<Column>, BuildError> {
    let column = |c: &TableColumn| {
        Column::builder()
            .name(&c.name)
            .r#type(&c.ty)
            .comment(&c.comment)
            .build()
    };
    columns.iter().map(column).collect()
}

fn table_columns(columns: Vec<Column>) -> Vec<TableColumn> {
    let column = |c: Column| TableColumn {
        name: c.name,
        ty: c.r#type.unwrap_or_default(),
        comment: c.comment.unwrap_or_default(),
    };
    columns.into_iter().map(column).collect()
}
