//! The Terraform provider `logenabler`: what carries logging events to the function, as resources.

mod aws;
#[cfg(test)]
mod docs;
mod documents;
mod event_pattern;
mod forwarder;
mod functions;
mod hub;
mod log_types;
mod model;
mod moved;
mod package;
#[cfg(test)]
mod permissions;
mod provider;
mod query;
mod replay;
mod schedule;
mod sweep;
mod table;
mod table_schema;
#[cfg(test)]
mod tests;
mod timeouts;
mod validate;

use tfplugin::{ServeError, Server};

/// Everything this provider offers, a line each.
fn server() -> Server<provider::Logenabler> {
    Server::new()
        .resource::<hub::Hub>()
        .resource::<forwarder::Forwarder>()
        .resource::<table_schema::SchemaOfTables>()
        .list::<hub::Hub>()
        .list::<forwarder::Forwarder>()
        .list::<table_schema::SchemaOfTables>()
        .action::<replay::Replay>()
        .data_source::<event_pattern::EventPatterns>()
        .data_source::<log_types::LogTypes>()
        .data_source::<table::TableOfLog>()
        .function::<functions::Ddl>()
        .function::<functions::EventPattern>()
        .function::<functions::TableName>()
}

#[tokio::main]
async fn main() -> Result<(), ServeError> {
    tfplugin::serve(server()).await
}
