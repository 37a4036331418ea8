//! Serving: from the start of the process by Terraform to its end.

mod connection;
mod environment;
mod handshake;
mod lifetime;
mod tls;

use std::time::Duration;

use tokio::net::UnixListener;
use tokio::sync::watch;
use tokio_stream::{Stream, StreamExt};

use self::connection::Connection;
pub use self::connection::Io;
use self::environment::Environment;
use crate::provider::Provider;
use crate::server::Server;
use crate::{panics, wire};

/// Why a provider cannot serve. `Debug` is the sentence too, so that `main` may simply return it.
#[derive(thiserror::Error)]
pub enum ServeError {
    #[error(
        "This program is a Terraform provider. It is started by Terraform: name it in required_providers and run terraform init."
    )]
    NotTerraform,
    #[error("This Terraform does not speak provider protocol 6. Use Terraform 1.0 or later.")]
    Protocol,
    #[error(
        "The certificates for the connection to Terraform cannot be used: {0}. Try TF_DISABLE_PLUGIN_TLS=1."
    )]
    Certificate(String),
    #[error(
        "The socket for Terraform cannot be opened: {0}. Set TMPDIR to a short path that can be written to."
    )]
    Socket(std::io::Error),
    #[error("Terraform does not read what the provider writes: {0}.")]
    Handshake(std::io::Error),
    #[error("The connection to Terraform broke: {0}.")]
    Transport(#[from] tonic::transport::Error),
}

impl std::fmt::Debug for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// After being asked to end, how long Terraform may take to hang up.
const GRACE: Duration = Duration::from_secs(1);

/// Serves the provider until Terraform is done with it. Call it from `main`, in a multi-threaded
/// tokio runtime.
pub async fn serve<P: Provider>(server: Server<P>) -> Result<(), ServeError> {
    let environment = Environment::read()?;
    panics::quiet();
    let parent = lifetime::Parent::now();
    lifetime::ignore_signals();
    let identity = environment
        .client_certificate
        .as_deref()
        .map(tls::Identity::new)
        .transpose()?;
    let folder =
        handshake::folder(environment.socket_folder.as_deref()).map_err(ServeError::Socket)?;
    let socket = folder.path().join("plugin");
    let listener = UnixListener::bind(&socket).map_err(ServeError::Socket)?;
    handshake::announce(&socket, identity.as_ref().map(tls::Identity::certificate))
        .map_err(ServeError::Handshake)?;
    let incoming = connection::accept(listener, identity.as_ref().map(tls::Identity::acceptor));
    tokio::select! {
        served = run(server, incoming) => served,
        () = parent.gone() => Ok(()),
    }
}

/// Serves one connection until it is dropped, without a handshake: for tests.
pub async fn serve_connection<P: Provider>(
    server: Server<P>,
    io: impl Io,
) -> Result<(), ServeError> {
    let one = tokio_stream::once(Ok(Connection::new(io)));
    run(server, one.chain(tokio_stream::pending())).await
}

async fn run<P: Provider>(
    server: Server<P>,
    incoming: impl Stream<Item = std::io::Result<Connection>>,
) -> Result<(), ServeError> {
    let (shutdown, asked) = watch::channel(false);
    let serving = tonic::transport::Server::builder()
        .add_service(wire::provider(server))
        .add_service(wire::controller(shutdown.clone()))
        .add_service(wire::stdio())
        .serve_with_incoming_shutdown(incoming, lifetime::raised(asked.clone()));
    tokio::select! {
        served = serving => Ok(served?),
        () = async { lifetime::raised(asked).await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}
