//! Builds the function's zips into the provider, where they are there: one per architecture.

#![expect(
    clippy::disallowed_methods,
    reason = "Cargo speaks with build scripts so"
)]

use std::{env, error::Error, fs, path::PathBuf};

/// Where `make build` and `make package` put the zips, under `target/lambda`, with Lambda's name of the architecture.
/// The first one is the default of a hub.
const ZIPS: &[(&str, &str)] = &[
    ("arm64", "enabler-arm64/bootstrap.zip"),
    ("x86_64", "enabler-x86_64/bootstrap.zip"),
    (HOST, "enabler/bootstrap.zip"),
];
const HOST: &str = if cfg!(target_arch = "aarch64") {
    "arm64"
} else {
    "x86_64"
};

fn main() -> Result<(), Box<dyn Error>> {
    let zips = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../target/lambda");
    println!("cargo::rerun-if-changed={}", zips.display());
    let mut entries: Vec<(&str, PathBuf)> = Vec::new();
    for (architecture, name) in ZIPS {
        let zip = zips.join(name);
        if zip.exists() && !entries.iter().any(|(known, _)| known == architecture) {
            entries.push((architecture, zip.canonicalize()?));
        }
    }
    let items: Vec<String> = entries
        .iter()
        .map(|(architecture, zip)| {
            format!("({architecture:?}, include_bytes!({zip:?}).as_slice())")
        })
        .collect();
    let source = format!(
        "/// The function's zips in this build, by architecture.\nconst EMBEDDED: &[(&str, &[u8])] = &[{}];\n",
        items.join(", ")
    );
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("embedded.rs"),
        source,
    )?;
    Ok(())
}
