//! What should be in the Glue catalogue, given what was looked up. Carrying it out, again and again, does no harm.

use crate::destination::Destination;
use crate::format::Format;
use crate::layout::Layout;
use crate::log::Log;
use crate::marks;
use crate::table::Tables;

/// One log of one resource, and what should become of its table.
#[derive(Debug, Clone)]
pub struct Intent {
    pub log: Log,
    pub wanted: Wanted,
}

/// Where a log goes, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub destination: Destination,
    /// Where the log's owner chose another than the log type's usual one.
    pub layout: Option<Layout>,
    /// The same for how records are written.
    pub format: Option<Format>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "an event leads to a handful of them"
)]
pub enum Wanted {
    Table(Delivery),
    /// The log is off. A table that it had stays, marked.
    Disabled,
    /// The resource does not exist, or no longer. A table that it had stays, marked.
    Gone,
    /// The log is on, but goes where no table can point: a sentence says why.
    NoLocation {
        reason: String,
    },
}

/// In the log type's usual layout.
impl From<Destination> for Delivery {
    fn from(destination: Destination) -> Self {
        Self {
            destination,
            layout: None,
            format: None,
        }
    }
}

/// The error is the sentence that says why no table can point there.
impl From<Result<Destination, String>> for Wanted {
    fn from(destination: Result<Destination, String>) -> Self {
        match destination {
            Ok(destination) => Self::Table(destination.into()),
            Err(reason) => Self::NoLocation { reason },
        }
    }
}

impl Intent {
    /// The tables with their marks, if there should be some that are up to date.
    pub fn tables(&self) -> Option<Tables> {
        let Log {
            log_type,
            resource,
            schema,
            ..
        } = &self.log;
        match &self.wanted {
            Wanted::Table(delivery) => {
                let mut tables = log_type.tables(resource, delivery, schema);
                for table in std::iter::once(&mut tables.files).chain(&mut tables.view) {
                    let mark = |arn: &str| (marks::DELIVERY.to_owned(), arn.to_owned());
                    table.parameters.extend(self.log.delivery().map(mark));
                }
                Some(tables)
            }
            _ => None,
        }
    }
}
