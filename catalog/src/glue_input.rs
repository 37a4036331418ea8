//! A table as Glue is told of it: the `TableInput` of its API, as the AWS command line and CloudFormation take it.

use crate::table::{Table, TableColumn};
use serde_json::{Value, json};

impl Table {
    /// What runs a view: Trino takes none without an owner.
    pub const OWNER_OF_VIEWS: &str = "logenabler";
    /// Says to Athena that the text beside it is a view's.
    pub const EXPANDED_TEXT_OF_VIEWS: &str = "/* Presto View */";

    /// For people who make the table themselves.
    pub fn glue_input(&self) -> Value {
        let view = self.query.iter().flat_map(|query| {
            [
                ("Owner", json!(Self::OWNER_OF_VIEWS)),
                ("ViewOriginalText", json!(query)),
                ("ViewExpandedText", json!(Self::EXPANDED_TEXT_OF_VIEWS)),
            ]
        });
        let members = [
            ("Name", json!(self.name)),
            ("Description", json!(self.description)),
            ("TableType", json!(self.table_type)),
            ("Parameters", json!(self.parameters)),
            ("PartitionKeys", columns(&self.partition_keys)),
            ("StorageDescriptor", self.storage()),
        ];
        let members = members.into_iter().chain(view);
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    fn storage(&self) -> Value {
        let columns = columns(&self.columns);
        match self.query {
            Some(_) => json!({ "Columns": columns, "SerdeInfo": {} }),
            None => json!({
                "Columns": columns,
                "Location": self.location,
                "InputFormat": self.input_format,
                "OutputFormat": self.output_format,
                "SerdeInfo": {
                    "SerializationLibrary": self.serde_library,
                    "Parameters": self.serde_parameters,
                },
            }),
        }
    }
}

fn columns(columns: &[TableColumn]) -> Value {
    let column = |c: &TableColumn| json!({ "Name": c.name, "Type": c.ty, "Comment": c.comment });
    columns.iter().map(column).collect()
}
