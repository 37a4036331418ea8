//! `logenabler_log_types`: the catalogue of log types, for configurations that loop over it.

use logenabler_catalog::{EventName, EventRule, LOG_TYPES, LogType, TableSchema};
use serde::{Deserialize, Serialize};
use tfplugin::{Attribute, Call, DataSource, Diagnostics, Nesting, Schema, Type, Value};

use crate::aws::Aws;
use crate::table_schema::{Column, shown_columns};
use crate::validate;

/// The data source.
pub(crate) struct LogTypes;

#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Model {
    region: Value<String>,
    names: Value<Vec<String>>,
    log_types: Value<Vec<Shown>>,
}

/// A log type, as configurations see it.
#[derive(Clone, Serialize, Deserialize)]
struct Shown {
    name: String,
    title: String,
    description: String,
    reference: String,
    database_name: String,
    table_name: String,
    location: String,
    partition_keys: Value<Vec<Value<Column>>>,
    columns: Value<Vec<Value<Column>>>,
    events: Vec<Calls>,
}

/// API calls of one service.
#[derive(Clone, Serialize, Deserialize)]
struct Calls {
    source: String,
    names: Vec<String>,
}

const DOC: &str = "The log types that get tables: their columns, the folders in a bucket that they are delivered to, and the \
API calls that turn them on or off. It asks AWS nothing.";

impl DataSource<Aws> for LogTypes {
    type Model = Model;
    const NAME: &str = "log_types";

    fn schema() -> Schema {
        Schema::new(DOC)
            .attribute(
                Attribute::string(
                    "region",
                    "Only those that exist in this AWS region. Default: all.",
                )
                .optional()
                .validate(validate::region),
            )
            .attribute(
                Attribute::list("names", Type::String, "Names of the log types, in order.")
                    .computed(),
            )
            .attribute(
                Attribute::nested(
                    "log_types",
                    Nesting::List,
                    shown(),
                    "The log types, in the same order.",
                )
                .computed(),
            )
    }

    async fn read(_: &Call<Aws, Model>, config: Model) -> Result<Model, Diagnostics> {
        let region = config.region.as_str();
        let here = |log_type: &&&LogType| region.is_none_or(|region| log_type.in_region(region));
        let log_types: Vec<_> = LOG_TYPES.iter().filter(here).collect();
        let names = log_types.iter().map(|log_type| log_type.name.to_owned());
        let shown = log_types.iter().map(|log_type| Shown::from(**log_type));
        Ok(Model {
            names: Value::Known(names.collect()),
            log_types: Value::Known(shown.collect()),
            ..config
        })
    }
}

fn shown() -> Vec<Attribute> {
    let text = |name: &str, doc: &str| Attribute::string(name, doc).computed();
    vec![
        text("name", "Name, as `log_types` of a forwarder takes it."),
        text("title", "Title, for people."),
        text("description", "What it records."),
        text("reference", "AWS's page about it."),
        text("database_name", "Glue database of its tables."),
        text(
            "table_name",
            "Name of each table, with `{resource_name}` in it.",
        ),
        text(
            "location",
            "Folder of a table, with placeholders in braces for what only a resource knows.",
        ),
        Attribute::nested(
            "partition_keys",
            Nesting::List,
            column(),
            "Partition keys of its tables, in the order of their folders.",
        )
        .computed(),
        Attribute::nested(
            "columns",
            Nesting::List,
            column(),
            "Columns of its tables over the files.",
        )
        .computed(),
        Attribute::nested(
            "events",
            Nesting::List,
            calls(),
            "API calls that may turn it on, change it or turn it off.",
        )
        .computed(),
    ]
}

fn column() -> Vec<Attribute> {
    vec![
        Attribute::string("name", "Name of the column.").computed(),
        Attribute::string("type", "Hive type.").computed(),
        Attribute::string("comment", "What it holds.").computed(),
    ]
}

fn calls() -> Vec<Attribute> {
    vec![
        Attribute::string("source", "Source of their events, such as `aws.wafv2`.").computed(),
        Attribute::list(
            "names",
            Type::String,
            "Names of the calls, without an API's version behind them.",
        )
        .computed(),
    ]
}

impl From<&'static LogType> for Shown {
    fn from(log_type: &'static LogType) -> Self {
        let table = log_type.templates(&TableSchema::default()).files;
        Self {
            name: log_type.name.to_owned(),
            title: log_type.title.to_owned(),
            description: log_type.doc.to_owned(),
            reference: log_type.reference.to_owned(),
            database_name: table.database,
            table_name: log_type.table_name_template(),
            location: table.location,
            partition_keys: shown_columns(table.partition_keys),
            columns: shown_columns(table.columns),
            events: log_type.events().map(Calls::from).collect(),
        }
    }
}

impl From<&'static EventRule> for Calls {
    fn from(rule: &'static EventRule) -> Self {
        let name = |name: &EventName| match name {
            EventName::Exact(name) | EventName::Versioned(name) => (*name).to_owned(),
        };
        Self {
            source: rule.source.to_owned(),
            names: rule.names.iter().map(name).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_and_the_model_name_the_same_attributes() {
        crate::model::check_names::<Model>(&LogTypes::schema());
    }
}
