//! Terraform's provider protocol, version 6, and a small framework to write providers with.
//!
//! A provider is a type that implements [`Provider`]; its resources implement [`Resource`], its
//! data sources [`DataSource`], its functions [`Function`] and its actions [`Action`]; objects of a
//! resource that is [`List`] can be looked for. The attributes of each are a
//! [`Schema`], their values a struct of [`Value`]s with serde's derives. [`serve`] does the rest.
//! `examples/terraform-provider-pantry.rs` is a whole provider.

mod action;
mod call;
mod convert;
mod data_source;
mod diagnostics;
mod dynamic;
mod erased;
mod function;
mod list;
mod log;
mod model;
mod panics;
mod path;
mod plan;
mod provider;
mod resource;
mod schema;
mod serve;
mod server;
mod value;
mod wire;

pub use self::action::{Action, Progress};
pub use self::call::Call;
pub use self::data_source::DataSource;
pub use self::diagnostics::{Diagnostic, Diagnostics, Severity};
pub use self::dynamic::{Dynamic, Number};
pub use self::function::{Function, FunctionError, Parameter, Signature};
pub use self::list::List;
pub use self::model::Model;
pub use self::path::Path;
pub use self::provider::Provider;
pub use self::resource::{Moved, Plan, Resource};
pub use self::schema::{Attribute, Block, Nesting, Schema, Type};
pub use self::serve::{Io, ServeError, serve, serve_connection};
pub use self::server::Server;
pub use self::value::Value;

/// Keeps the example of the README compiling.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
