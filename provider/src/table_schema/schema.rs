//! What can be said about a table schema, and what it answers.

use tfplugin::{Attribute, Nesting, Schema, Type};

use crate::{timeouts, validate};

const DOC: &str = "Changes to the tables of one log type: database, name, first day, parameters, columns. The hub's function \
follows them from the next event on, within a minute; a table that it made before follows at the next event of its log.\n\n\
The schema is kept as a table named after the log type in the hub's schema database, so it is made with credentials of the \
hub's account. A changed `database_name` or `table_name` moves no table: the log gets a new one under the new name at its \
next event, and the one under the former name stays as it is, readable, with the marks that it had, until somebody drops it. \
Destroying the schema \
brings back the log type's own database, names and columns in the same way.";

pub(super) fn schema() -> Schema {
    let attributes = identity().into_iter().chain(changes()).chain(answers());
    attributes
        .fold(Schema::new(DOC), Schema::attribute)
        .block(timeouts::block())
}

fn identity() -> Vec<Attribute> {
    vec![
        Attribute::string("id", "`<region>/<event bus name>/<log type>`; what an import takes.").computed(),
        Attribute::string("region", "AWS region: always the hub's, as its bus says. Changing it replaces.")
            .optional()
            .computed()
            .replaces()
            .validate(validate::region),
        Attribute::string("event_bus_arn", "ARN of the hub's event bus: `logenabler_hub.<name>.event_bus_arn`. Changing it replaces.")
            .required()
            .replaces()
            .identifies()
            .validate(validate::bus_arn),
        Attribute::string("log_type", "Log type whose tables change; each has one schema in a hub at most. Changing it replaces.")
            .required()
            .replaces()
            .identifies()
            .validate(validate::log_type),
    ]
}

fn changes() -> Vec<Attribute> {
    vec![
        Attribute::string("database_name", "Glue database of the tables. Default: the log type's. Tables of CloudFront's web ACLs go to this one with `_global`, since a web ACL of a region may have the same name.")
            .optional()
            .computed(),
        Attribute::string("table_name", "Name of each table, with `{resource_name}` in it once. Default: the log type's, such as `alb_{resource_name}`. Where other logs may share the folder it is the name of a view, and the table below it has `_raw` behind it.")
            .optional()
            .computed(),
        Attribute::string("projection_start", "First day whose folders are looked into, such as `2024/01/31`, or how far to go back, such as `NOW-90DAYS`. Default: the log type's.")
            .optional()
            .computed(),
        Attribute::map("parameters", Type::String, "Table parameters, on top of the log type's. Those that begin with `logenabler.` are not for you to set.")
            .optional(),
        Attribute::nested("columns", Nesting::List, columns(), "Columns with another type or comment than the log type's, and new ones: of JSON records, the key of that name; of others, the next field behind those that are known.")
            .optional(),
    ]
}

fn columns() -> Vec<Attribute> {
    vec![
        Attribute::string("name", "Name of the column, in lower case.").required(),
        Attribute::string("type", "Hive type, such as `string`, `bigint` or `double`.").required(),
        Attribute::string(
            "comment",
            "What it holds, in up to 255 characters. Default: the log type's.",
        )
        .optional(),
    ]
}

fn answers() -> Vec<Attribute> {
    vec![
        Attribute::string("ddl", "The statement that would create such a table in Athena, and the one for the view over it where there is one, with placeholders in braces for what only a resource knows. Nobody has to run it.").computed(),
        Attribute::string("serde", "Hive SerDe that reads the records.").computed(),
        Attribute::nested("effective_columns", Nesting::List, effective_columns(), "Every column of the tables over the files. A view over such a table shows moments as timestamps, and `-` as NULL.").computed(),
        Attribute::string("fingerprint", "SHA-256 of the whole table, in hexadecimal; changes whenever the tables do, also when a new version of this provider knows more columns.").computed(),
    ]
}

fn effective_columns() -> Vec<Attribute> {
    vec![
        Attribute::string("name", "Name of the column.").computed(),
        Attribute::string("type", "Hive type.").computed(),
        Attribute::string("comment", "What it holds.").computed(),
    ]
}
