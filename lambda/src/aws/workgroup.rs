//! [`Workgroups`] as AWS: Athena's queries, and Glue's tables without what queries do not depend on.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_glue::error::ProvideErrorMetadata;
use aws_sdk_glue::types::{Column, Table as GlueTable};
use logenabler_asker::{Failure, ask};
use logenabler_catalog::{Api, Endpoint, LookUp, Request, SavedQuery, Table, TableColumn, marks};
use serde_json::{Value as Json, json};

use super::{Aws, failed, glue_table, odd};
use crate::cloud::{Cloud, CloudError};
use crate::workgroup::{Page, Workgroups};

static ATHENA: Api = Api {
    name: "athena",
    endpoint: Endpoint::Regional,
    absent: &[],
};
/// At once, in lists and in what is read by id.
const MOST: usize = 50;

impl Workgroups for Aws {
    async fn saved_queries(
        &self,
        region: &str,
        workgroup: &str,
        page: Option<&str>,
    ) -> Result<Option<Page>, CloudError> {
        let mut asked = json!({ "WorkGroup": workgroup, "MaxResults": MOST });
        if let (Some(page), Some(fields)) = (page, asked.as_object_mut()) {
            fields.insert("NextToken".to_owned(), page.into());
        }
        let call = call("ListNamedQueries", "AmazonAthena.ListNamedQueries", &asked);
        let Some(list) = self.in_workgroup(region, workgroup, &call).await? else {
            return Ok(None);
        };
        let next = list.get("NextToken").and_then(Json::as_str);
        Ok(Some(Page {
            queries: self.named_queries(region, workgroup, &list).await?,
            next: next.filter(|next| !next.is_empty()).map(str::to_owned),
        }))
    }

    /// The token has AWS make one query, should an answer be lost and the call be sent again. How long AWS remembers tokens it does
    /// not say: with the time in it, a query that was removed can be saved again.
    async fn save_query(
        &self,
        region: &str,
        workgroup: &str,
        query: &SavedQuery,
    ) -> Result<Option<()>, CloudError> {
        if !self.writes() {
            return Ok(Some(()));
        }
        let asked = json!({
            "WorkGroup": workgroup,
            "Database": query.database,
            "Name": query.name,
            "Description": query.description,
            "QueryString": query.text,
            "ClientRequestToken": format!("{}-{}", query.fingerprint(), now()),
        });
        let call = call("CreateNamedQuery", "AmazonAthena.CreateNamedQuery", &asked);
        let answer = self.in_workgroup(region, workgroup, &call).await?;
        Ok(answer.map(|_| ()))
    }

    async fn replace_query(
        &self,
        region: &str,
        id: &str,
        query: &SavedQuery,
    ) -> Result<(), CloudError> {
        let asked = json!({
            "NamedQueryId": id,
            "Name": query.name,
            "Description": query.description,
            "QueryString": query.text,
        });
        let call = call("UpdateNamedQuery", "AmazonAthena.UpdateNamedQuery", &asked);
        self.write_query(region, &query.name, &call).await
    }

    async fn remove_query(&self, region: &str, id: &str) -> Result<(), CloudError> {
        let asked = json!({ "NamedQueryId": id });
        let call = call("DeleteNamedQuery", "AmazonAthena.DeleteNamedQuery", &asked);
        self.write_query(region, id, &call).await
    }

    async fn asked_tables(&self, region: &str, database: &str) -> Result<Vec<Table>, CloudError> {
        let tables = self.all_tables(region, database, asked_table).await?;
        let named = |table| Table {
            database: database.to_owned(),
            ..table
        };
        Ok(tables.unwrap_or_default().into_iter().map(named).collect())
    }
}

impl Aws {
    async fn in_workgroup(
        &self,
        region: &str,
        workgroup: &str,
        call: &LookUp,
    ) -> Result<Option<Json>, CloudError> {
        match ask(&self.asker(region, call), call).await {
            Err(failure) if is_no_workgroup(&failure) => Ok(None),
            answer => answer.map_err(|failure| failed(&call.to_string(), workgroup, &failure)),
        }
    }

    async fn write_query(
        &self,
        region: &str,
        object: &str,
        call: &LookUp,
    ) -> Result<(), CloudError> {
        if !self.writes() {
            return Ok(());
        }
        let answer = ask(&self.asker(region, call), call).await;
        answer.map_err(|failure| failed(&call.to_string(), object, &failure))?;
        Ok(())
    }

    /// A list has ids only.
    async fn named_queries(
        &self,
        region: &str,
        workgroup: &str,
        list: &Json,
    ) -> Result<Vec<(String, SavedQuery)>, CloudError> {
        let ids = items(list, "NamedQueryIds");
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let asked = json!({ "NamedQueryIds": ids });
        let call = call(
            "BatchGetNamedQuery",
            "AmazonAthena.BatchGetNamedQuery",
            &asked,
        );
        let answer = ask(&self.asker(region, &call), &call).await;
        let answer = answer.map_err(|failure| failed(&call.to_string(), workgroup, &failure))?;
        let answer = answer.unwrap_or_default();
        // One that goes unread would be saved once more.
        if !items(&answer, "UnprocessedNamedQueryIds").is_empty() {
            let some = std::io::Error::other("Athena did not tell of some of the queries");
            return Err(odd(&call.to_string(), workgroup, &some));
        }
        let queries = items(&answer, "NamedQueries");
        Ok(queries.iter().map(named_query).collect())
    }
}

fn call(operation: &'static str, target: &'static str, asked: &Json) -> LookUp {
    LookUp {
        api: &ATHENA,
        operation,
        request: Request::Json {
            version: "1.1",
            target,
            body: asked.to_string(),
        },
    }
}

/// The code is the same for whatever Athena finds wrong.
fn is_no_workgroup(failure: &Failure) -> bool {
    let says = |words| failure.message().is_some_and(|it| it.contains(words));
    failure.code() == Some("InvalidRequestException") && says("WorkGroup") && says("not found")
}

/// In nanoseconds.
fn now() -> u128 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default().as_nanos()
}

fn items<'a>(answer: &'a Json, name: &str) -> &'a [Json] {
    let items = answer.get(name).and_then(Json::as_array);
    items.map(Vec::as_slice).unwrap_or_default()
}

fn named_query(answer: &Json) -> (String, SavedQuery) {
    let text = |name: &str| {
        let text = answer.get(name).and_then(Json::as_str);
        text.unwrap_or_default().to_owned()
    };
    let query = SavedQuery {
        name: text("Name"),
        description: text("Description"),
        database: text("Database"),
        text: text("QueryString"),
    };
    (text("NamedQueryId"), query)
}

/// Thousands of them are held at once. That a view has a query is known then, but not which.
fn asked_table(glue: GlueTable) -> Option<Table> {
    let is_view = glue_table::is_view(&glue);
    let parameters = glue.parameters.unwrap_or_default();
    let is_ours = parameters
        .get(marks::MANAGED)
        .is_some_and(|it| it == "true");
    let columns = glue.storage_descriptor.and_then(|it| it.columns);
    is_ours.then(|| Table {
        database: String::new(),
        name: glue.name,
        description: String::new(),
        table_type: String::new(),
        columns: asked_columns(columns),
        partition_keys: asked_columns(glue.partition_keys),
        location: String::new(),
        input_format: String::new(),
        output_format: String::new(),
        serde_library: String::new(),
        serde_parameters: Default::default(),
        parameters: parameters.into_iter().collect(),
        query: is_view.then(String::new),
    })
}

fn asked_columns(columns: Option<Vec<Column>>) -> Vec<TableColumn> {
    let column = |column: Column| TableColumn {
        name: column.name,
        ty: column.r#type.unwrap_or_default(),
        comment: String::new(),
    };
    columns
        .unwrap_or_default()
        .into_iter()
        .map(column)
        .collect()
}
