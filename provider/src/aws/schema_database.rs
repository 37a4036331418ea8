//! The Glue database that holds a hub's schema templates. Removed only when it is ours and empty.

use aws_sdk_glue::types::DatabaseInput;

use super::failure::{found, gone, made};
use super::{Aws, Failure, Part, Tags, send::send};

const DESCRIPTION: &str = "Table schema templates of a logenabler hub.";

/// A Glue database; its marks are Glue parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SchemaDatabase {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) tags: Tags,
}

impl Part for SchemaDatabase {
    fn label(&self) -> String {
        format!("Glue database {} in {}", self.name, self.region)
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
        let request = aws.glue(&self.region).get_database().name(&self.name);
        let answer = found(send!("glue:GetDatabase", &self.name, request))?;
        let database = answer.and_then(|a| a.database);
        Ok(database.map(|d| self.tagged(d.parameters.unwrap_or_default().into_iter().collect())))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_some() {
            return Ok(());
        }
        let input = DatabaseInput::builder()
            .name(&self.name)
            .description(DESCRIPTION);
        let input = input
            .set_parameters(Some(self.tags.clone().into_iter().collect()))
            .build();
        let input = input
            .map_err(|error| Failure::odd("glue:CreateDatabase", &self.name, error.to_string()))?;
        let request = aws
            .glue(&self.region)
            .create_database()
            .database_input(input);
        made(send!("glue:CreateDatabase", &self.name, request))
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws
            .glue(&self.region)
            .get_tables()
            .database_name(&self.name);
        let tables = found(send!("glue:GetTables", &self.name, request))?;
        if let Some(table) = tables
            .as_ref()
            .and_then(|answer| answer.table_list().first())
        {
            let message = format!(
                "It still holds {}: remove that table first, then destroy again.",
                table.name()
            );
            return Err(Failure::odd("glue:DeleteDatabase", &self.name, message));
        }
        let request = aws.glue(&self.region).delete_database().name(&self.name);
        gone(send!("glue:DeleteDatabase", &self.name, request))
    }
}
