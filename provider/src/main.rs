//! The Terraform provider `logenabler`: what carries logging events to the function, as resources.

mod aws;
#[cfg(test)]
mod docs;
mod documents;
mod forwarder;
mod hub;
mod model;
mod package;
mod provider;
mod table_schema;
#[cfg(test)]
mod tests;
mod validate;

use tfplugin::{ServeError, Server};

/// Everything this provider offers; a new resource is one more line.
fn server() -> Server<provider::Logenabler> {
    Server::new()
        .resource::<hub::Hub>()
        .resource::<forwarder::Forwarder>()
        .resource::<table_schema::SchemaOfTables>()
}

#[tokio::main]
async fn main() -> Result<(), ServeError> {
    tfplugin::serve(server()).await
}
