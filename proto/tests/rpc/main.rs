//! Every call of the protocol, by a client in the same process. Values are written as JSON,
//! `"<unknown>"` for an unknown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod action;
mod apply;
mod client;
mod data_source;
mod hostile;
mod list;
mod plan;
mod probe;
mod provider;
mod stored;
mod validate;

#[allow(
    clippy::all,
    clippy::too_many_lines,
    dead_code,
    unreachable_pub,
    reason = "generated code"
)]
mod pb {
    tonic::include_proto!("tfplugin6");
}
