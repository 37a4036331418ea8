//! The wire: generated messages, and per group of calls one file that decodes, asks the framework,
//! and encodes. Nothing generated is seen outside this folder.

mod action;
mod data_source;
mod function;
mod identity;
mod launcher;
mod list;
mod provider;
mod resource;
mod schema;
mod service;
mod value;

pub(crate) use self::launcher::{controller, stdio};
pub(crate) use self::service::provider;

/// Terraform's messages.
#[allow(
    clippy::all,
    clippy::too_many_lines,
    unreachable_pub,
    dead_code,
    reason = "generated code"
)]
mod tfplugin6 {
    tonic::include_proto!("tfplugin6");
}

/// The launcher's messages.
#[allow(
    clippy::all,
    clippy::too_many_lines,
    unreachable_pub,
    dead_code,
    reason = "generated code"
)]
mod plugin {
    tonic::include_proto!("plugin");
}
