//! The one line on stdout by which Terraform finds the provider.

use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD_NO_PAD, Engine};
use tempfile::TempDir;

/// A folder that only this user can enter, removed when dropped.
pub(super) fn folder(within: Option<&Path>) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder
        .prefix("tfplugin")
        .permissions(Permissions::from_mode(0o700));
    match within {
        Some(within) => builder.tempdir_in(within),
        None => builder.tempdir(),
    }
}

/// Tells where the provider listens, and its certificate. The listener must be bound by now.
pub(super) fn announce(socket: &Path, certificate: Option<&[u8]>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", line(socket, certificate))?;
    stdout.flush()
}

/// Protocol of the launcher, protocol of the provider, network, address, transport, certificate.
fn line(socket: &Path, certificate: Option<&[u8]>) -> String {
    let certificate = certificate
        .map(|der| BASE64_STANDARD_NO_PAD.encode(der))
        .unwrap_or_default();
    format!("1|6|unix|{}|grpc|{certificate}", socket.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_what_terraform_parses() {
        let check =
            |certificate, expected| assert_eq!(line(Path::new("/s/plugin"), certificate), expected);
        check(None, "1|6|unix|/s/plugin|grpc|");
        check(Some([0xff].as_slice()), "1|6|unix|/s/plugin|grpc|/w");
    }
}
