//! The table parameters that mark what is ours. A table without them is never changed or dropped.

/// What every mark begins with.
pub const PREFIX: &str = "logenabler.";
/// `true` on everything that logenabler made.
pub const MANAGED: &str = "logenabler.managed";
/// The name of the log type.
pub const LOG_TYPE: &str = "logenabler.log_type";
/// The ARN of the resource that writes the log.
pub const RESOURCE_ARN: &str = "logenabler.resource_arn";
/// The ARN of the vended delivery that the table was made of; not there if the resource's own settings told.
pub const DELIVERY: &str = "logenabler.delivery";
/// The version of the log type's built-in columns.
pub const SCHEMA_VERSION: &str = "logenabler.schema_version";
/// `true` while the log is switched on, `false` once it is off: its records stay readable.
pub const ENABLED: &str = "logenabler.enabled";
/// Who was let in to read the table by Lake Formation, as a JSON list of its principals. Settings of logs do not change it.
pub const READERS: &str = "logenabler.readers";
/// On a template in a hub's schema database only: the table schema, as JSON.
pub const TABLE_SCHEMA: &str = "logenabler.table_schema";
/// Beside it: what the tables look like with it, as a hash.
pub const FINGERPRINT: &str = "logenabler.fingerprint";
/// The keys of the parameters that a table schema set, as a JSON list: when it no longer does, they go.
pub const PARAMETERS: &str = "logenabler.parameters";
/// What the newest file has that the table does not read, as JSON; not there while there is nothing of the kind.
pub const DRIFT: &str = "logenabler.drift";
