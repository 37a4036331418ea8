//! The Glue database that holds a hub's schema templates. Removed only when it is ours and empty.

use aws_sdk_glue::types::DatabaseInput;
use logenabler_catalog::marks;

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

    /// While table schemas are in it, it stays: a hub that is replaced finds it, and the last of them takes it along.
    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let contents = self.contents(aws).await?;
        if contents.schemas > 0 || !contents.strangers.is_empty() {
            return Ok(());
        }
        let request = aws.glue(&self.region).delete_database().name(&self.name);
        gone(send!("glue:DeleteDatabase", &self.name, request))
    }
}

/// What is in the database.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) schemas: usize,
    /// The names of tables that are no table schemas.
    pub(crate) strangers: Vec<String>,
}

impl SchemaDatabase {
    pub(crate) async fn contents(&self, aws: &Aws) -> Result<Contents, Failure> {
        let mut contents = Contents::default();
        let mut next = None;
        loop {
            let request = aws
                .glue(&self.region)
                .get_tables()
                .database_name(&self.name)
                .set_next_token(next);
            let Some(page) = found(send!("glue:GetTables", &self.name, request))? else {
                return Ok(contents);
            };
            for table in page.table_list() {
                let parameters = table.parameters();
                if parameters.is_some_and(|held| held.contains_key(marks::TABLE_SCHEMA)) {
                    contents.schemas += 1;
                } else {
                    contents.strangers.push(table.name().to_owned());
                }
            }
            match page.next_token {
                Some(token) => next = Some(token),
                None => return Ok(contents),
            }
        }
    }
}
