//! The services that go-plugin, Terraform's launcher of providers, calls.

use tokio::sync::watch;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};

use super::plugin::grpc_controller_server::{GrpcController, GrpcControllerServer};
use super::plugin::grpc_stdio_server::{GrpcStdio, GrpcStdioServer};
use super::plugin::{Empty, StdioData};

/// Ends the process when asked to, by way of `shutdown`.
pub(crate) fn controller(
    shutdown: watch::Sender<bool>,
) -> GrpcControllerServer<impl GrpcController> {
    GrpcControllerServer::new(Controller(shutdown))
}

/// Has nothing to say: the log goes to stderr, which the launcher reads anyway.
pub(crate) fn stdio() -> GrpcStdioServer<impl GrpcStdio> {
    GrpcStdioServer::new(Stdio)
}

struct Controller(watch::Sender<bool>);

#[tonic::async_trait]
impl GrpcController for Controller {
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.0.send_replace(true);
        Ok(Response::new(Empty {}))
    }
}

struct Stdio;

#[tonic::async_trait]
impl GrpcStdio for Stdio {
    async fn stream_stdio(&self, _: Request<()>) -> Result<Response<BoxStream<StdioData>>, Status> {
        Ok(Response::new(Box::pin(tokio_stream::empty())))
    }
}
