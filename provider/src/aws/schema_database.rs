//! The Glue database that holds a hub's schema templates. Removed only when it is ours and empty.

use aws_sdk_glue::types::DatabaseInput;

use super::failure::{Named, found, gone, made};
use super::{Aws, Failure, Part, Tags};

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
        let request = aws
            .glue(&self.region)
            .get_database()
            .name(&self.name)
            .send();
        let answer = found(request.await.named("glue:GetDatabase", &self.name))?;
        let database = answer.and_then(|a| a.database);
        Ok(database.map(|d| Self {
            tags: d.parameters.unwrap_or_default().into_iter().collect(),
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_some() {
            return Ok(());
        }
        let parameters = self.tags.clone().into_iter().collect();
        let input = DatabaseInput::builder()
            .name(&self.name)
            .description(DESCRIPTION)
            .set_parameters(Some(parameters))
            .build()
            .map_err(|error| Failure::odd("glue:CreateDatabase", &self.name, error.to_string()))?;
        let request = aws
            .glue(&self.region)
            .create_database()
            .database_input(input)
            .send();
        made(request.await.named("glue:CreateDatabase", &self.name))
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let glue = aws.glue(&self.region);
        match self.look(aws).await? {
            Some(database) if database.tags == self.tags => {}
            _ => return Ok(()),
        }
        let request = glue.get_tables().database_name(&self.name).send();
        let tables = request.await.named("glue:GetTables", &self.name)?;
        if let Some(table) = tables.table_list().first() {
            let message = format!(
                "It still holds the template {}: remove that table schema first.",
                table.name()
            );
            return Err(Failure::odd("glue:DeleteDatabase", &self.name, message));
        }
        gone(
            glue.delete_database()
                .name(&self.name)
                .send()
                .await
                .named("glue:DeleteDatabase", &self.name),
        )
    }
}
