//! All the function asks of AWS, as a trait of our own: one implementation speaks to AWS, one is a map in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_sdk_glue::types::TableInput;
use logenabler_catalog::{LookUp, Table, marks};
use serde_json::Value as Json;

use crate::workgroup::Workgroups;

/// What the function needs of AWS. Regions are those of the service, not of the function.
pub trait Cloud: Workgroups {
    /// All that is asked below, of a member's account, as far as its forwarder of this region lets us.
    fn member(
        &self,
        account: &str,
        region: &str,
    ) -> impl Future<Output = Result<Arc<Self>, CloudError>> + Send;

    /// What a service says now; `None` where it says that there is no such thing.
    fn look_up(
        &self,
        region: &str,
        look_up: &LookUp,
    ) -> impl Future<Output = Result<Option<Json>, CloudError>> + Send;

    /// The bytes of a file that are asked for; `None` where there is none.
    fn read(
        &self,
        region: &str,
        look_up: &LookUp,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, CloudError>> + Send;

    /// The table schemas in this database, in the function's own region, by log type, each as its text; `None` where
    /// there is no such database.
    fn table_schemas(
        &self,
        database: &str,
    ) -> impl Future<Output = Result<Option<BTreeMap<String, String>>, CloudError>> + Send;

    /// Every table of a database, with the marks it may have; none where it does not exist.
    fn marked(
        &self,
        region: &str,
        database: &str,
    ) -> impl Future<Output = Result<Vec<Marked>, CloudError>> + Send;

    /// Those of the tables of these names that exist, in the order of the names; none where the database does not exist.
    fn tables(
        &self,
        region: &str,
        database: &str,
        names: &[String],
    ) -> impl Future<Output = Result<Vec<StoredTable>, CloudError>> + Send;

    /// Makes a database; one that exists is success.
    fn create_database(
        &self,
        region: &str,
        name: &str,
        description: &str,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Makes a table that does not exist yet.
    fn create_table(
        &self,
        region: &str,
        table: &Table,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Replaces a table, provided nobody changed it since it was read.
    fn update_table(
        &self,
        region: &str,
        stored: &StoredTable,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Has Lake Formation let a principal read a table, or no more; either may be so already.
    fn permit(
        &self,
        region: &str,
        table: &Table,
        principal: &str,
        may_read: bool,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Starts this very function once more, with this payload and its own time; Lambda sees to it that it happens.
    fn start(&self, payload: &str) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Tells those who have subscribed to the topic.
    fn publish(
        &self,
        topic: &str,
        subject: &str,
        message: &str,
    ) -> impl Future<Output = Result<(), CloudError>> + Send;

    /// Whether what is written is written. Otherwise every write succeeds, and does nothing.
    fn writes(&self) -> bool;
}

/// A table by its marks; one that is not ours has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// Its name, without its database.
    pub name: String,
    /// Those of its parameters that are marks.
    pub marks: BTreeMap<String, String>,
}

impl Marked {
    /// A table of that name with these parameters.
    pub(crate) fn new(
        name: String,
        parameters: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let is_mark = |(key, _): &(String, String)| key.starts_with(marks::PREFIX);
        let marks = parameters.into_iter().filter(is_mark).collect();
        Self { name, marks }
    }
}

/// A table as Glue holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTable {
    /// The table, with every parameter that anybody set.
    pub table: Table,
    /// What Glue compares on update, so that no writer overwrites another.
    pub version: Option<String>,
    /// All of it as an update would write it back, so that what others set is kept; `None` before Glue holds it.
    pub(crate) rest: Option<TableInput>,
}

impl StoredTable {
    /// A table that Glue does not hold yet.
    pub fn new(table: Table) -> Self {
        Self {
            table,
            version: None,
            rest: None,
        }
    }
}

/// An AWS call that did not succeed, by what a caller can do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CloudError {
    /// Somebody made it in the meantime: read again.
    #[error(
        "{0} exists already, and cannot be seen. Where Lake Formation is in force, grant the function's role DESCRIBE and ALTER on it"
    )]
    Exists(String),
    /// Somebody changed it in the meantime: read again.
    #[error("{0} was changed by somebody else at the same time")]
    Changed(String),
    /// The database is not there: make it first.
    #[error("the database of {0} does not exist")]
    NoDatabase(String),
    /// Anything else: the whole event is tried again, and in the end waits in the dead-letter queue.
    #[error("{operation} failed for {object}: {message}")]
    Failed {
        /// The call, such as `glue:CreateTable`.
        operation: String,
        /// What it was about.
        object: String,
        /// AWS's code and words.
        message: String,
    },
}
