//! What the function asks of Athena: the queries saved in a workgroup, and the tables that queries are saved for.

use logenabler_catalog::{SavedQuery, Table};

use crate::cloud::CloudError;

/// The part of [`crate::Cloud`] that only hubs with saved queries need.
pub trait Workgroups: Sync {
    /// A page of the queries that are saved in a workgroup, whosever they are; `None` where there is no such workgroup.
    fn saved_queries(
        &self,
        region: &str,
        workgroup: &str,
        page: Option<&str>,
    ) -> impl Future<Output = Result<Option<Page>, CloudError>> + Send;

    /// Saves one more; `None` where there is no such workgroup.
    fn save_query(
        &self,
        region: &str,
        workgroup: &str,
        query: &SavedQuery,
    ) -> impl Future<Output = Result<Option<()>, CloudError>> + Send;

    /// Puts another in the place of the one with this id, under the same name.
    fn replace_query(
        &self,
        region: &str,
        id: &str,
        query: &SavedQuery,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Removes the one with this id.
    fn remove_query(
        &self,
        region: &str,
        id: &str,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// The tables of a database that are ours, as far as queries depend on them: names, columns and parameters. None where it does
    /// not exist.
    fn asked_tables(
        &self,
        region: &str,
        database: &str,
    ) -> impl Future<Output = Result<Vec<Table>, CloudError>> + Send;
}

/// Some of a workgroup's queries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Each with its id.
    pub queries: Vec<(String, SavedQuery)>,
    /// What to ask for the next page with.
    pub next: Option<String>,
}
