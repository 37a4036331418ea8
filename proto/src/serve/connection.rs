//! Accepted connections, with or without TLS.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::Connected;

/// Any stream of bytes that may carry a connection.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin + 'static> Io for T {}

pub(super) struct Connection(Box<dyn Io>);

/// A caller who does not finish the TLS handshake is hung up on.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Connections that are ready for gRPC. Handshakes run side by side: a slow caller holds up nobody.
pub(super) fn accept(
    listener: UnixListener,
    tls: Option<TlsAcceptor>,
) -> ReceiverStream<io::Result<Connection>> {
    let (ready, incoming) = mpsc::channel(16);
    tokio::spawn(async move {
        while !ready.is_closed() {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(greet(stream, tls.clone(), ready.clone()))),
                // Out of file descriptors, say: it may pass.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    });
    ReceiverStream::new(incoming)
}

async fn greet(
    stream: UnixStream,
    tls: Option<TlsAcceptor>,
    ready: mpsc::Sender<io::Result<Connection>>,
) {
    let Some(tls) = tls else {
        let _ = ready.send(Ok(Connection::new(stream))).await;
        return;
    };
    match tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
        Ok(Ok(stream)) => drop(ready.send(Ok(Connection::new(stream))).await),
        Ok(Err(error)) => crate::log::line(&format!("refused a connection: {error}")),
        Err(_) => crate::log::line("refused a connection: no TLS handshake in time"),
    }
}

impl Connection {
    pub(super) fn new(io: impl Io) -> Self {
        Self(Box::new(io))
    }
}

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
