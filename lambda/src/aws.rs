//! [`Cloud`] as AWS: a client for each service and region, made when first needed and kept for the life of the process.

mod calls;
mod glue_table;
mod lake_formation;
mod member;
mod workgroup;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::{Region, SdkConfig};
use aws_sdk_glue::error::ProvideErrorMetadata;
use aws_sdk_glue::types::{DatabaseInput, Table as GlueTable};
use aws_smithy_runtime_api::client::result::SdkError;
use logenabler_asker::{Answer, Asker, answer, ask, asker, elsewhere, object};
use logenabler_catalog::{LookUp, Table};
use serde_json::Value as Json;

use self::member::Member;
use crate::cloud::{Cloud, CloudError, Marked, StoredTable};

/// How Glue says that there is no such table, or no such database.
const ABSENT: &str = "EntityNotFoundException";

/// AWS, with the credentials of the function's role or of one that it took on.
pub struct Aws {
    sdk: SdkConfig,
    means: Means,
    /// By region.
    glue: Mutex<HashMap<String, aws_sdk_glue::Client>>,
    /// By service and region.
    askers: Mutex<HashMap<(&'static str, String), Asker>>,
    /// By account and region.
    members: Mutex<HashMap<(String, String), Member>>,
}

/// What a function does with AWS, beside its credentials.
#[derive(Debug, Clone, Default)]
pub struct Means {
    /// Its own name, to start itself by.
    pub function: Option<String>,
    /// What members' roles ask for.
    pub external_id: Option<String>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

impl Aws {
    /// AWS as this SDK configuration reaches it.
    pub fn new(sdk: SdkConfig, means: Means) -> Self {
        Self {
            sdk,
            means,
            glue: Mutex::default(),
            askers: Mutex::default(),
            members: Mutex::default(),
        }
    }

    fn glue(&self, region: &str) -> aws_sdk_glue::Client {
        let mut clients = self.glue.lock().unwrap_or_else(PoisonError::into_inner);
        let there = || {
            let sdk = self.sdk.to_builder().region(Region::new(region.to_owned()));
            aws_sdk_glue::Client::new(&sdk.build())
        };
        clients
            .entry(region.to_owned())
            .or_insert_with(there)
            .clone()
    }
}

impl Aws {
    fn asker(&self, region: &str, call: &LookUp) -> Asker {
        let mut askers = self.askers.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || asker(&self.sdk, call.api, region);
        let key = (call.api.name, region.to_owned());
        askers.entry(key).or_insert_with(new).clone()
    }

    /// A bucket may be in another region, and says so to whoever may ask.
    async fn answer(&self, region: &str, about: &LookUp) -> Result<Option<Answer>, CloudError> {
        let mut said = answer(&self.asker(region, about), about).await;
        if let Err(failure) = &said
            && let Some(there) = elsewhere(failure).filter(|there| *there != region)
        {
            said = answer(&self.asker(there, about), about).await;
        }
        said.map_err(|error| failed(&about.to_string(), object(about), &error))
    }

    fn own_region(&self) -> &str {
        self.sdk.region().map(Region::as_ref).unwrap_or_default()
    }

    /// What there is to say of all tables of a database, page by page; `None` where there is no such database.
    async fn all_tables<T>(
        &self,
        region: &str,
        database: &str,
        said: fn(GlueTable) -> Option<T>,
    ) -> Result<Option<Vec<T>>, CloudError> {
        let request = self.glue(region).get_tables().database_name(database);
        let mut pages = request.into_paginator().send();
        let mut tables = Vec::new();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => tables.extend(page.table_list.into_iter().flatten().filter_map(said)),
                Err(error) if code(&error) == Some(ABSENT) => return Ok(None),
                Err(error) => return Err(failed("glue:GetTables", database, &error)),
            }
        }
        Ok(Some(tables))
    }

    async fn table(
        &self,
        region: &str,
        database: &str,
        name: &str,
    ) -> Result<Option<GlueTable>, CloudError> {
        let request = self.glue(region).get_table();
        let request = request.database_name(database).name(name);
        match request.send().await {
            Ok(answer) => Ok(answer.table),
            Err(error) if code(&error) == Some(ABSENT) => Ok(None),
            Err(error) => {
                let name = format!("{database}.{name}");
                Err(failed("glue:GetTable", &name, &error))
            }
        }
    }
}

impl Cloud for Aws {
    async fn member(&self, account: &str, region: &str) -> Result<Arc<Self>, CloudError> {
        self.of_member(account, region).await
    }

    async fn look_up(&self, region: &str, look_up: &LookUp) -> Result<Option<Json>, CloudError> {
        let answer = self.answer(region, look_up).await?;
        Ok(answer.and_then(Answer::said))
    }

    async fn read(&self, region: &str, look_up: &LookUp) -> Result<Option<Vec<u8>>, CloudError> {
        let answer = self.answer(region, look_up).await?;
        Ok(answer.and_then(Answer::bytes))
    }

    async fn table_schemas(
        &self,
        database: &str,
    ) -> Result<Option<BTreeMap<String, String>>, CloudError> {
        let region = self.own_region();
        let schemas = self
            .all_tables(region, database, glue_table::schema)
            .await?;
        Ok(schemas.map(|schemas| schemas.into_iter().collect()))
    }

    async fn marked(&self, region: &str, database: &str) -> Result<Vec<Marked>, CloudError> {
        let (mut tables, mut next) = (Vec::new(), None);
        loop {
            let call = calls::tables(database, next.as_deref());
            let page = ask(&self.asker(region, &call), &call).await;
            let page = page.map_err(|error| failed(&call.to_string(), database, &error))?;
            let Some(page) = page else {
                return Ok(Vec::new());
            };
            tables.extend(glue_table::marked(&page));
            let token = page.get("NextToken").and_then(Json::as_str);
            let Some(token) = token.filter(|it| !it.is_empty()) else {
                return Ok(tables);
            };
            next = Some(token.to_owned());
        }
    }

    /// In one call, unless the database has more tables than Glue looks through at once: what that leaves open is asked for
    /// by name. Names have nothing in them that means more in an expression.
    async fn tables(
        &self,
        region: &str,
        database: &str,
        names: &[String],
    ) -> Result<Vec<StoredTable>, CloudError> {
        let stored = |table| glue_table::stored(database, table);
        let odd = |error| odd("glue:GetTable", database, &error);
        if let [name] = names {
            let table = self.table(region, database, name).await?;
            let tables = table.into_iter().map(stored).collect::<Result<_, _>>();
            return tables.map_err(odd);
        }
        let request = self.glue(region).get_tables().database_name(database);
        let page = match request.expression(names.join("|")).send().await {
            Ok(page) => page,
            Err(error) if code(&error) == Some(ABSENT) => return Ok(Vec::new()),
            Err(error) => return Err(failed("glue:GetTables", database, &error)),
        };
        let listed = page.table_list.unwrap_or_default();
        let mut tables = Vec::new();
        for name in names {
            match listed.iter().find(|table| table.name == *name) {
                Some(table) => tables.push(table.clone()),
                None if page.next_token.is_none() => {}
                None => tables.extend(self.table(region, database, name).await?),
            }
        }
        let tables = tables.into_iter().map(stored).collect::<Result<_, _>>();
        tables.map_err(odd)
    }

    async fn create_database(
        &self,
        region: &str,
        name: &str,
        description: &str,
    ) -> Result<(), CloudError> {
        if !self.writes() {
            return Ok(());
        }
        let input = DatabaseInput::builder()
            .name(name)
            .description(description)
            .build();
        let input = input.map_err(|error| odd("glue:CreateDatabase", name, &error))?;
        match self
            .glue(region)
            .create_database()
            .database_input(input)
            .send()
            .await
        {
            Err(error) if code(&error) != Some("AlreadyExistsException") => {
                Err(failed("glue:CreateDatabase", name, &error))
            }
            _ => Ok(()),
        }
    }

    async fn create_table(&self, region: &str, table: &Table) -> Result<(), CloudError> {
        if !self.writes() {
            return Ok(());
        }
        let name = format!("{}.{}", table.database, table.name);
        let stored = StoredTable::new(table.clone());
        let input =
            glue_table::input(&stored).map_err(|error| odd("glue:CreateTable", &name, &error))?;
        let request = self
            .glue(region)
            .create_table()
            .database_name(&table.database)
            .table_input(input);
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(match code(&error) {
                Some("AlreadyExistsException") => CloudError::Exists(name),
                Some(ABSENT) => CloudError::NoDatabase(name),
                _ => failed("glue:CreateTable", &name, &error),
            }),
        }
    }

    async fn update_table(&self, region: &str, stored: &StoredTable) -> Result<(), CloudError> {
        if !self.writes() {
            return Ok(());
        }
        let name = format!("{}.{}", stored.table.database, stored.table.name);
        let input =
            glue_table::input(stored).map_err(|error| odd("glue:UpdateTable", &name, &error))?;
        let request = self
            .glue(region)
            .update_table()
            .database_name(&stored.table.database)
            .table_input(input)
            .set_version_id(stored.version.clone());
        match request.send().await {
            Ok(_) => Ok(()),
            // Gone in the meantime is a race as well: read again, and make it anew.
            Err(error) => Err(match code(&error) {
                Some("ConcurrentModificationException" | ABSENT) => CloudError::Changed(name),
                _ => failed("glue:UpdateTable", &name, &error),
            }),
        }
    }

    async fn permit(
        &self,
        region: &str,
        table: &Table,
        principal: &str,
        may_read: bool,
    ) -> Result<(), CloudError> {
        if !self.writes() {
            return Ok(());
        }
        for permission in calls::TO_READ {
            let call = calls::permit(table, principal, permission, may_read);
            match ask(&self.asker(region, &call), &call).await {
                Err(failure) if !may_read && lake_formation::had_none(&failure) => {}
                answer => {
                    let name = format!("{}.{} for {principal}", table.database, table.name);
                    answer.map_err(|error| failed(&call.to_string(), &name, &error))?;
                }
            }
        }
        Ok(())
    }

    async fn start(&self, payload: &str) -> Result<(), CloudError> {
        let function = self.means.function.as_deref().unwrap_or_default();
        let call = calls::start(function, payload);
        let answer = ask(&self.asker(self.own_region(), &call), &call).await;
        answer.map_err(|error| failed(&call.to_string(), function, &error))?;
        Ok(())
    }

    async fn publish(&self, topic: &str, subject: &str, message: &str) -> Result<(), CloudError> {
        let call = calls::publish(topic, subject, message);
        let region = topic.split(':').nth(3).unwrap_or_default();
        let answer = ask(&self.asker(region, &call), &call).await;
        answer.map_err(|error| failed(&call.to_string(), topic, &error))?;
        Ok(())
    }

    fn writes(&self) -> bool {
        !self.means.dry_run
    }
}

fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Option<&str> {
    error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code)
}

fn failed<E, R>(operation: &str, object: &str, error: &SdkError<E, R>) -> CloudError
where
    E: ProvideErrorMetadata,
    SdkError<E, R>: Error + 'static,
{
    let Some(code) = error.code() else {
        return odd(operation, object, error);
    };
    let said = error.message().unwrap_or("AWS does not say why");
    let next = lake_formation::next_step(operation, object, said);
    CloudError::Failed {
        operation: operation.to_owned(),
        object: object.to_owned(),
        message: format!("{code}: {said}{}", next.unwrap_or_default()),
    }
}

/// A failure that AWS has no code for: the reason is at the end of the chain.
fn odd(operation: &str, object: &str, error: &(dyn Error + 'static)) -> CloudError {
    let chain = std::iter::successors(Some(error), |&error| error.source());
    let sentences: Vec<_> = chain.map(ToString::to_string).collect();
    CloudError::Failed {
        operation: operation.to_owned(),
        object: object.to_owned(),
        message: sentences.join(": "),
    }
}
