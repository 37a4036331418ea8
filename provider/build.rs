//! Builds the function's zips into the provider, one per architecture.

#![expect(
    clippy::disallowed_methods,
    reason = "Cargo speaks with build scripts so"
)]

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// Lambda's names of what a release runs on. The first one is the default of a hub.
const ARCHITECTURES: [&str; 2] = ["arm64", "x86_64"];
/// Where `make build` puts the zip for this machine.
const BUILT: &str = "../target/lambda/enabler/bootstrap.zip";
const HOST: &str = if cfg!(target_arch = "aarch64") {
    "arm64"
} else {
    "x86_64"
};

type Zips = Vec<(&'static str, PathBuf)>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=LOGENABLER_FUNCTIONS");
    let zips = match env::var_os("LOGENABLER_FUNCTIONS") {
        Some(folder) => of_a_release(&PathBuf::from(folder)),
        None => of_this_machine(),
    }?;
    let items: Vec<String> = zips
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

/// Both, or there is no build: nobody looks into a release before a user does.
fn of_a_release(folder: &Path) -> Result<Zips, Box<dyn Error>> {
    let version = env::var("CARGO_PKG_VERSION")?;
    let zip = |architecture| {
        let zip = folder.join(format!("enabler_{version}_{architecture}.zip"));
        println!("cargo::rerun-if-changed={}", zip.display());
        let found =
            fs::canonicalize(&zip).map_err(|error| format!("{}: {error}", zip.display()))?;
        Ok((architecture, found))
    };
    ARCHITECTURES.into_iter().map(zip).collect()
}

/// None where nothing was built yet: the provider then says so when it needs one.
fn of_this_machine() -> Result<Zips, Box<dyn Error>> {
    let zip = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join(BUILT);
    println!("cargo::rerun-if-changed={}", zip.display());
    Ok(fs::canonicalize(zip)
        .into_iter()
        .map(|found| (HOST, found))
        .collect())
}
