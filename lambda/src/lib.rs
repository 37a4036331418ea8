//! The function behind the hub: an event comes in, the service it names is looked at, and the tables follow. A sweep does the same
//! for everything there is.
//!
//! [`handle`] is the whole flow; [`Cloud`] is all it asks of AWS, so that tests bring their own.

mod ask;
mod aws;
mod cloud;
mod config;
mod explain;
mod find;
mod follow;
mod handle;
mod ledger;
#[cfg(test)]
mod memory;
mod news;
mod readable;
mod readers;
mod saved;
mod say;
mod schemas;
mod sweep;
mod unpack;
mod upsert;
mod workgroup;

pub use aws::{Aws, Means};
pub use cloud::{Cloud, CloudError, Marked, StoredTable};
pub use config::{Config, ConfigError};
pub use explain::explain;
pub use handle::{Function, Report, Run, handle};
pub use ledger::Ledger;
pub use readers::Readers;
pub use schemas::Schemas;
pub use sweep::{Counts, Swept, Tally};
pub use upsert::{Outcome, Why};
pub use workgroup::{Page, Workgroups};
