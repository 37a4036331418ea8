//! The function behind the hub: an event comes in, the service it names is looked at, and the tables follow.
//!
//! [`handle`] is the whole flow; [`Cloud`] is all it asks of AWS, so that tests bring their own.

mod aws;
mod cloud;
mod config;
mod explain;
mod find;
mod follow;
mod handle;
#[cfg(test)]
mod memory;
mod say;
mod schemas;
mod upsert;

pub use aws::Aws;
pub use cloud::{Cloud, CloudError, StoredTable};
pub use config::{Config, ConfigError};
pub use explain::explain;
pub use handle::{Report, handle};
pub use schemas::Schemas;
pub use upsert::Outcome;
