//! A table between the catalogue's shape and Glue's.

use aws_sdk_glue::{
    error::BuildError,
    types::{Column, SerDeInfo, StorageDescriptor, Table as GlueTable, TableInput},
};
use logenabler_catalog::{Table, TableColumn, marks};
use serde_json::Value as Json;

use crate::cloud::{Marked, StoredTable};

const VIEW: &str = "VIRTUAL_VIEW";

/// The tables of an answer, each with its marks.
pub(super) fn marked(page: &Json) -> Vec<Marked> {
    let tables = page.get("TableList").and_then(Json::as_array);
    let marked = |table: &Json| {
        let name = table.get("Name")?.as_str()?.to_owned();
        let parameters = table.get("Parameters").and_then(Json::as_object);
        let text = |(key, value): (&String, &Json)| Some((key.clone(), value.as_str()?.to_owned()));
        let texts = parameters.into_iter().flatten().filter_map(text);
        Some(Marked::new(name, texts))
    };
    tables.into_iter().flatten().filter_map(marked).collect()
}

/// What Glue is given to hold: what it held, with what is ours over it.
pub(super) fn input(stored: &StoredTable) -> Result<TableInput, BuildError> {
    let table = &stored.table;
    let mut input = match &stored.rest {
        Some(rest) => rest.clone(),
        None => TableInput::builder().name(&table.name).build()?,
    };
    let held = input.storage_descriptor.unwrap_or_else(no_storage);
    input.storage_descriptor = Some(match &table.query {
        None => {
            if input.table_type.as_deref() == Some(VIEW) {
                (input.view_original_text, input.view_expanded_text) = (None, None);
            }
            files(held, table)?
        }
        Some(query) => {
            input.view_original_text = Some(query.clone());
            input.view_expanded_text = Some(Table::EXPANDED_TEXT_OF_VIEWS.to_owned());
            // Trino runs a view as its owner, and none that has none.
            input.owner.get_or_insert(Table::OWNER_OF_VIEWS.to_owned());
            view(held, table)?
        }
    });
    input.description = Some(table.description.clone());
    // Athena wants the list even when it is empty.
    input.partition_keys = Some(overlaid(input.partition_keys, &table.partition_keys)?);
    input.table_type = Some(table.table_type.clone());
    input.parameters = Some(table.parameters.clone().into_iter().collect());
    Ok(input)
}

fn files(held: StorageDescriptor, table: &Table) -> Result<StorageDescriptor, BuildError> {
    let mut storage = held;
    let mut serde = storage.serde_info.unwrap_or_else(no_serde);
    serde.serialization_library = Some(table.serde_library.clone());
    serde.parameters = Some(table.serde_parameters.clone().into_iter().collect());
    storage.columns = Some(overlaid(storage.columns, &table.columns)?);
    storage.location = Some(table.location.clone());
    storage.input_format = Some(table.input_format.clone());
    storage.output_format = Some(table.output_format.clone());
    storage.serde_info = Some(serde);
    Ok(storage)
}

/// Columns and nothing else, also where files were read before.
fn view(held: StorageDescriptor, table: &Table) -> Result<StorageDescriptor, BuildError> {
    Ok(StorageDescriptor::builder()
        .set_columns(Some(overlaid(held.columns, &table.columns)?))
        .serde_info(no_serde())
        .build())
}

/// A table schema, by its log type, as the text it is kept as; nothing if the table is something else.
pub(super) fn schema(template: GlueTable) -> Option<(String, String)> {
    let text = template.parameters?.remove(marks::TABLE_SCHEMA)?;
    Some((template.name, text))
}

/// Whether it is one of Athena's.
pub(super) fn is_view(glue: &GlueTable) -> bool {
    glue.table_type.as_deref() == Some(VIEW)
}

/// What Glue holds.
pub(super) fn stored(database: &str, glue: GlueTable) -> Result<StoredTable, BuildError> {
    let rest = rest(glue.clone())?;
    let is_view = is_view(&glue);
    let storage = glue.storage_descriptor.unwrap_or_else(no_storage);
    let serde = storage.serde_info.unwrap_or_else(no_serde);
    let table = Table {
        database: database.to_owned(),
        name: glue.name,
        description: glue.description.unwrap_or_default(),
        query: glue.view_original_text.filter(|_| is_view),
        table_type: glue.table_type.unwrap_or_default(),
        columns: table_columns(storage.columns.unwrap_or_default()),
        partition_keys: table_columns(glue.partition_keys.unwrap_or_default()),
        location: storage.location.unwrap_or_default(),
        input_format: storage.input_format.unwrap_or_default(),
        output_format: storage.output_format.unwrap_or_default(),
        serde_library: serde.serialization_library.unwrap_or_default(),
        serde_parameters: serde.parameters.unwrap_or_default().into_iter().collect(),
        parameters: glue.parameters.unwrap_or_default().into_iter().collect(),
    };
    Ok(StoredTable {
        table,
        version: glue.version_id,
        rest: Some(rest),
    })
}

/// All that an update could change.
fn rest(glue: GlueTable) -> Result<TableInput, BuildError> {
    TableInput::builder()
        .name(glue.name)
        .set_description(glue.description)
        .set_owner(glue.owner)
        .set_last_access_time(glue.last_access_time)
        .set_last_analyzed_time(glue.last_analyzed_time)
        .retention(glue.retention)
        .set_storage_descriptor(glue.storage_descriptor)
        .set_partition_keys(glue.partition_keys)
        .set_view_original_text(glue.view_original_text)
        .set_view_expanded_text(glue.view_expanded_text)
        .set_table_type(glue.table_type)
        .set_parameters(glue.parameters)
        .set_target_table(glue.target_table)
        .build()
}

fn no_storage() -> StorageDescriptor {
    StorageDescriptor::builder().build()
}

fn no_serde() -> SerDeInfo {
    SerDeInfo::builder().build()
}

/// Columns that are as wanted keep what others set on them.
fn overlaid(held: Option<Vec<Column>>, wanted: &[TableColumn]) -> Result<Vec<Column>, BuildError> {
    match held {
        Some(held) if table_columns(held.clone()) == wanted => Ok(held),
        _ => columns(wanted),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_set_is_written_back() {
        let held = GlueTable::builder()
            .name("t")
            .owner("them")
            .retention(7)
            .view_original_text("SELECT 1")
            .storage_descriptor(
                StorageDescriptor::builder()
                    .columns(
                        Column::builder()
                            .name("c")
                            .parameters("k", "theirs")
                            .build()
                            .unwrap(),
                    )
                    .location("s3://old/")
                    .number_of_buckets(3)
                    .parameters("k", "theirs")
                    .serde_info(SerDeInfo::builder().name("theirs").build())
                    .build(),
            );
        let held = held.build().unwrap();
        let mut stored = stored("d", held.clone()).unwrap();
        stored.table.location = "s3://new/".to_owned();
        let written = input(&stored).unwrap();
        let mut expected = held.storage_descriptor.unwrap();
        expected.location = Some("s3://new/".to_owned());
        let storage = written.storage_descriptor.unwrap();
        assert_eq!(storage.columns, expected.columns);
        assert_eq!(storage.location, expected.location);
        assert_eq!(storage.parameters, expected.parameters);
        assert_eq!(storage.number_of_buckets, 3);
        assert_eq!(storage.serde_info.unwrap().name.as_deref(), Some("theirs"));
        assert_eq!(written.owner.as_deref(), Some("them"));
        assert_eq!(written.retention, 7);
        assert_eq!(written.view_original_text.as_deref(), Some("SELECT 1"));
    }

    /// Athena takes a table for a view by these alone.
    #[test]
    fn a_table_becomes_a_view_and_back() {
        let held = GlueTable::builder()
            .name("t")
            .owner("them")
            .table_type("EXTERNAL_TABLE")
            .storage_descriptor(StorageDescriptor::builder().location("s3://old/").build());
        let mut table = stored("d", held.build().unwrap()).unwrap();
        table.table.table_type = VIEW.to_owned();
        table.table.query = Some("/* Presto View: e30= */".to_owned());
        let view = input(&table).unwrap();
        assert_eq!(view.table_type.as_deref(), Some("VIRTUAL_VIEW"));
        let texts = [&view.view_original_text, &view.view_expanded_text];
        let expected = ["/* Presto View: e30= */", "/* Presto View */"];
        assert_eq!(texts.map(|text| text.as_deref().unwrap()), expected);
        assert_eq!(view.owner.as_deref(), Some("them"));
        let storage = view.storage_descriptor.clone().unwrap();
        assert_eq!((storage.location, storage.input_format), (None, None));

        table.rest = Some(view);
        table.table.table_type = "EXTERNAL_TABLE".to_owned();
        table.table.query = None;
        table.table.location = "s3://new/".to_owned();
        let back = input(&table).unwrap();
        assert_eq!(
            (back.view_original_text, back.view_expanded_text),
            (None, None)
        );
        let location = back.storage_descriptor.unwrap().location;
        assert_eq!(location.as_deref(), Some("s3://new/"));
    }
}
