//! What AWS service logs look like: the one place that knows. Pure: no I/O, no clock, no AWS SDK, never a panic.
//!
//! Everything loops over [`LOG_TYPES`]; one file in `log_types/` says all there is to say about one log type.
//!
//! * a file of a log: [`Format::reader`] -> [`Reader::rows`] -> [`Reader::values`], from the same columns as the table
//!   ([`Format`], [`Kind`], [`Column`]); one line of it: [`LogType::read`]
//! * an API call: [`event_patterns`] (what to listen to), then [`Event`] -> [`subjects`] -> [`logs`] -> (look up) -> [`Log::intent`]
//! * a table: [`Intent::tables`] -> [`Table`]s, with their marks, partition projection and [`Tables::ddl`]; a [`TableSchema`]
//!   changes it

mod arn;
mod asked;
mod bucket;
mod calendar;
mod chosen;
mod classic_load_balancer;
mod client;
mod column;
mod cursor;
mod ddl;
mod delimited;
mod delivered;
mod delivery;
mod destination;
mod distribution;
mod encoding;
mod event;
mod filter;
mod find;
mod firewall;
mod flow_log;
mod format;
mod glue_input;
mod hive;
mod hive_type;
mod intent;
mod json;
mod kind;
mod layout;
mod listing;
mod load_balancer;
mod log;
mod log_bucket;
mod log_type;
mod log_types;
mod look_up;
mod management_events;
pub mod marks;
mod member;
mod moment;
mod naming;
mod number;
mod pattern;
mod place;
mod problem;
mod query_log_config;
mod question;
mod read;
mod reader;
mod region;
mod samples;
mod saved_query;
mod settings;
mod shape;
mod shown;
mod source;
mod stream;
mod subject;
mod suffix_path;
mod suggest;
mod table;
mod table_schema;
mod tokens;
mod told;
mod trail;
mod value;
mod vended;
mod view;
mod web_acl;
mod workgroup;

pub use arn::{Arn, ArnError, is_account};
pub use asked::Home;
pub use column::{Column, Time, Type};
pub use delimited::Delimited;
pub use destination::Destination;
pub use event::{Event, EventReject};
pub use filter::{Filter, TAG_ACTION};
pub use format::{Format, Records};
pub use intent::{Delivery, Intent, Wanted};
pub use kind::Kind;
pub use layout::{Held, Key, Layout, Projection, Shared, Values};
pub use listing::{Listed, Listing, heard, listings, may_name};
pub use log::{Log, Logs, Resource, former_log, logs};
pub use log_bucket::{BUCKET_ACTIONS, LogBucket};
pub use log_type::{LogType, Scope};
pub use log_types::{LOG_TYPES, log_type};
pub use look_up::{Answers, Api, Endpoint, LookUp, Request};
pub use management_events::logs_management_events;
pub use member::catalog_role;
pub use pattern::{EventName, EventRule, MAX_PATTERN_LENGTH, event_patterns};
pub use problem::{Problem, Setting};
pub use question::Question;
pub use read::{Reject, Row};
pub use reader::{Reader, Rows};
pub use region::{Partition, is_region};
pub use samples::{Newest, SAMPLE_ACTIONS, Sample, Samples};
pub use saved_query::SavedQuery;
pub use shown::shown;
pub use source::{
    ACCOUNT_ACTIONS, SOURCE_ACTIONS, Source, accounts, patterns_sent_to, regions_heard_in, rules_to,
};
pub use subject::{Subject, ignored, look_up_actions, subjects};
pub use suggest::did_you_mean;
pub use table::{Table, TableColumn, Tables};
pub use table_schema::{SchemaColumn, TableSchema};
pub use tokens::{Field, Tokens};
pub use value::Value;
pub use vended::{Path, Vended};
pub use workgroup::workgroup;
