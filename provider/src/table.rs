//! `logenabler_table`: what the function would make for a log.

use logenabler_catalog::{Home, Log, Table, Tables};
use serde::{Deserialize, Serialize};
use tfplugin::{
    Attribute, Call, DataSource, Diagnostic, Diagnostics, Nesting, Path, Schema, Value,
};

use crate::aws::Aws;
use crate::validate;

/// The data source.
pub(crate) struct TableOfLog;

#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Model {
    log_type: Value<String>,
    resource_arn: Value<String>,
    bucket: Value<String>,
    prefix: Value<String>,
    account_id: Value<String>,
    region: Value<String>,
    database_name: Value<String>,
    table_name: Value<String>,
    location: Value<String>,
    ddl: Value<String>,
    example_query: Value<String>,
    tables: Value<Vec<Shown>>,
}

/// A table or a view.
#[derive(Clone, Serialize, Deserialize)]
struct Shown {
    name: String,
    #[serde(rename = "type")]
    ty: String,
    glue_table_input: String,
}

const DOC: &str = "What the hub's function makes in Glue when this log is turned on, in the log type's usual form: for people \
who want to know first, or who make such tables where there is no hub. Where the service offers a choice of folders or fields, \
the function looks at what was chosen; this is the default, and no `logenabler_table_schema` is looked at. The inputs for Glue \
carry the marks of this product, so a hub's function takes over what is made of them. It asks AWS nothing, and makes nothing.";

impl DataSource<Aws> for TableOfLog {
    type Model = Model;
    const NAME: &str = "table";

    fn schema() -> Schema {
        let attributes = log().into_iter().chain(answers());
        attributes.fold(Schema::new(DOC), Schema::attribute)
    }

    async fn read(call: &Call<Aws, Model>, config: Model) -> Result<Model, Diagnostics> {
        let account = &call.client().account;
        let home = Home {
            account: told_or(&config.account_id, &account.id),
            region: told_or(&config.region, &account.region),
        };
        let arn = config.resource_arn.as_str().unwrap_or_default();
        let log = validate::known_log_type(config.log_type.as_str().unwrap_or_default())
            .and_then(|log_type| Log::of(log_type, arn, home))
            .map_err(|reason| unusable("resource_arn", reason))?;
        contradiction("account_id", &config.account_id, &log.resource.account)?;
        contradiction("region", &config.region, &log.resource.region)?;
        let prefix = config.prefix.as_str().unwrap_or_default();
        let tables = log.tables_at(config.bucket.as_str().unwrap_or_default(), prefix);
        let tables = tables.map_err(|reason| unusable("bucket", reason))?;
        Ok(config.answered(&log, &tables))
    }
}

impl Model {
    fn answered(self, log: &Log, tables: &Tables) -> Self {
        Self {
            account_id: log.resource.account.as_str().into(),
            region: log.resource.region.as_str().into(),
            database_name: tables.files.database.as_str().into(),
            table_name: log.table_name().into(),
            location: tables.files.location.as_str().into(),
            ddl: tables.ddl().into(),
            example_query: tables.example_query().into(),
            tables: Value::Known(tables.all().map(Shown::from).collect()),
            ..self
        }
    }
}

impl From<&Table> for Shown {
    fn from(table: &Table) -> Self {
        Self {
            name: table.name.clone(),
            ty: table.table_type.clone(),
            glue_table_input: table.glue_input().to_string(),
        }
    }
}

fn log() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "log_type",
            "Log type, such as one of the data source `logenabler_log_types`.",
        )
        .required()
        .validate(validate::log_type),
        Attribute::string(
            "resource_arn",
            "ARN of what writes the log, such as a load balancer's.",
        )
        .required(),
        Attribute::string("bucket", "S3 bucket that the log is delivered to.").required(),
        Attribute::string(
            "prefix",
            "Prefix in that bucket, as the service is told it. Default: none.",
        )
        .optional(),
        Attribute::string(
            "account_id",
            "Account of the resource, where its ARN does not say it. Default: the provider's.",
        )
        .optional()
        .computed()
        .validate(validate::account_id),
        Attribute::string(
            "region",
            "AWS region of the resource, where its ARN does not say it. Default: the provider's.",
        )
        .optional()
        .computed()
        .validate(validate::region),
    ]
}

fn answers() -> Vec<Attribute> {
    vec![
        Attribute::string("database_name", "Glue database.").computed(),
        Attribute::string(
            "table_name",
            "What to query: the name of the view where there is one, else of the table.",
        )
        .computed(),
        Attribute::string("location", "Folder of the table over the files.").computed(),
        Attribute::string(
            "ddl",
            "The statements that would create table and view in Athena.",
        )
        .computed(),
        Attribute::string("example_query", "A query of the latest records.").computed(),
        Attribute::nested(
            "tables",
            Nesting::List,
            shown(),
            "The table over the files and, where others share their folder, the view over it.",
        )
        .computed(),
    ]
}

fn shown() -> Vec<Attribute> {
    vec![
        Attribute::string("name", "Name of the table.").computed(),
        Attribute::string("type", "`EXTERNAL_TABLE` or `VIRTUAL_VIEW`.").computed(),
        Attribute::string(
            "glue_table_input",
            "JSON for `--table-input` of `aws glue create-table`, and for CloudFormation.",
        )
        .computed(),
    ]
}

fn told_or<'a>(config: &'a Value<String>, otherwise: &'a Value<String>) -> &'a str {
    config.as_str().or(otherwise.as_str()).unwrap_or_default()
}

/// What is configured, but otherwise by the ARN.
fn contradiction(attribute: &str, config: &Value<String>, told: &str) -> Result<(), Diagnostic> {
    match config.as_str() {
        Some(configured) if configured != told => {
            let reason = format!("The resource is in {told}. Leave {attribute} out.");
            Err(unusable(attribute, reason))
        }
        _ => Ok(()),
    }
}

fn unusable(attribute: &str, reason: String) -> Diagnostic {
    Diagnostic::error("There is no table of such a log", reason).at(Path::attribute(attribute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_and_the_model_name_the_same_attributes() {
        crate::model::check_names::<Model>(&TableOfLog::schema());
    }
}
