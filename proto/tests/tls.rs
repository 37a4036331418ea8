//! Who may talk to a provider: the holder of the certificate that Terraform announced, and nobody
//! else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, Engine};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, PKCS_ECDSA_P521_SHA512};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

#[test]
fn only_terraform_is_let_in() {
    let (terraform, stranger) = (Caller::new(), Caller::new());
    let provider = Running::start(Some(&terraform.pem));
    assert!(
        provider
            .reply_to(Some(&terraform))
            .is_ok_and(|reply| is_http2(&reply))
    );
    for caller in [None, Some(&stranger)] {
        assert!(
            provider.reply_to(caller).is_err(),
            "a stranger gets no byte"
        );
    }
    assert!(
        !is_http2(&provider.plain_reply()),
        "nothing is said without encryption"
    );
    assert!(
        provider
            .reply_to(Some(&terraform))
            .is_ok_and(|reply| is_http2(&reply)),
        "strangers do no harm"
    );
}

#[test]
fn the_folder_of_the_socket_is_private_and_removed() {
    let mut provider = Running::start(None);
    let folder = provider.socket.parent().unwrap().to_owned();
    assert_eq!(
        folder.metadata().unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert!(is_http2(&provider.plain_reply()));
    let shutdown = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(provider.shut_down());
    assert!(shutdown && provider.process.wait().unwrap().success());
    assert!(!folder.exists());
}

#[test]
fn started_by_hand_it_says_what_to_do() {
    let output = Command::new(example())
        .env_remove("TF_PLUGIN_MAGIC_COOKIE")
        .output()
        .unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("run terraform init") && said.lines().count() == 1,
        "{said}"
    );
}

/// A certificate as Terraform makes it: on P-521, and calling itself an authority.
struct Caller {
    pem: String,
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Caller {
    fn new() -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).unwrap();
        let mut parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = parameters.self_signed(&key).unwrap();
        let text = BASE64_STANDARD.encode(certificate.der());
        let pem = format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
        Self {
            pem,
            certificate: certificate.der().clone(),
            key,
        }
    }
}

/// The example provider, started as Terraform does it.
struct Running {
    process: Child,
    socket: PathBuf,
    certificate: CertificateDer<'static>,
}

impl Running {
    fn start(client: Option<&str>) -> Self {
        let mut command = Command::new(example());
        command
            .env(
                "TF_PLUGIN_MAGIC_COOKIE",
                "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
            )
            .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
            .stdout(Stdio::piped());
        client.map(|pem| command.env("PLUGIN_CLIENT_CERT", pem));
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let parts: Vec<_> = line.trim_end().split('|').collect();
        let ["1", "6", "unix", socket, "grpc", certificate] = parts[..] else {
            panic!("{line}")
        };
        let certificate = BASE64_STANDARD_NO_PAD.decode(certificate).unwrap().into();
        Self {
            process,
            socket: PathBuf::from(socket),
            certificate,
        }
    }

    /// What the provider answers to the beginning of an HTTP/2 connection.
    fn reply_to(&self, caller: Option<&Caller>) -> std::io::Result<Vec<u8>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(
            rustls::crypto::aws_lc_rs::default_provider(),
        ))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
        let mut config = match caller {
            None => config.with_no_client_auth(),
            Some(caller) => {
                let key = PrivateKeyDer::try_from(caller.key.serialize_der()).unwrap();
                config
                    .with_client_auth_cert(vec![caller.certificate.clone()], key)
                    .unwrap()
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        let name = ServerName::try_from("localhost").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        reply(StreamOwned::new(connection, self.connect()))
    }

    fn plain_reply(&self) -> Vec<u8> {
        reply(self.connect()).unwrap_or_default()
    }

    fn connect(&self) -> UnixStream {
        let stream = UnixStream::connect(&self.socket).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    async fn shut_down(&self) -> bool {
        let endpoint =
            tonic::transport::Endpoint::from_shared(format!("unix://{}", self.socket.display()))
                .unwrap();
        let channel = endpoint.connect().await.unwrap();
        let mut controller =
            plugin::grpc_controller_client::GrpcControllerClient::new(channel.clone());
        let mut stdio = plugin::grpc_stdio_client::GrpcStdioClient::new(channel);
        let quiet = stdio
            .stream_stdio(())
            .await
            .unwrap()
            .into_inner()
            .message()
            .await
            .unwrap()
            .is_none();
        quiet && controller.shutdown(plugin::Empty {}).await.is_ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[allow(
    clippy::all,
    clippy::too_many_lines,
    dead_code,
    unreachable_pub,
    reason = "generated code"
)]
mod plugin {
    tonic::include_proto!("plugin");
}

/// Says what every HTTP/2 client says first, and reads the frame that comes back.
fn reply(mut stream: impl Read + Write) -> std::io::Result<Vec<u8>> {
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")?;
    stream.flush()?;
    let mut frame = [0; 9];
    stream.read_exact(&mut frame)?;
    Ok(frame.to_vec())
}

/// The answer to a greeting is a frame of settings.
fn is_http2(reply: &[u8]) -> bool {
    reply.get(3) == Some(&4)
}

/// Cargo puts examples beside the folder of the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let file = test
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join("examples/terraform-provider-pantry");
    assert!(
        file.is_file(),
        "run `cargo build --example terraform-provider-pantry` first"
    );
    file
}
