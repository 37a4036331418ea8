//! The log: stderr, which Terraform copies into its own log (TF_LOG).

use std::io::Write;

/// Writes one line. A log that cannot be written is no reason to stop.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
