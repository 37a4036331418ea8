//! The function's zip: read from a path, or the one built into this provider.

use std::{fmt, fs::File, io::Read, path::Path, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

/// Lambda takes at most this much in one direct upload.
const LARGEST: u64 = 50 * 1024 * 1024;
const BOOTSTRAP: &str = "bootstrap";
const NOTHING_EMBEDDED: &str = "This build of the provider carries no function. Set function_package to the path of a \
    built zip, or install a released provider.";
/// `e_machine` of an ELF header, by Lambda's name for it.
const MACHINES: &[(u16, &str)] = &[(0x3e, "x86_64"), (0xb7, "arm64")];

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Why there is no package; each holds the sentence for the user.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// Nothing is there to deploy; what is deployed already can stay.
    Missing(String),
    /// Something is there that Lambda or the configuration contradicts.
    Wrong(String),
}

/// A zip for Lambda. Two are the same when their hash and architecture are.
#[derive(Clone)]
pub(crate) struct Package {
    zip: Arc<[u8]>,
    sha256: String,
    architecture: String,
}

impl Package {
    /// The zip at `path`, or the embedded one, for `architecture` where that is said.
    pub(crate) fn choose(path: Option<&str>, architecture: Option<&str>) -> Result<Self, Unusable> {
        match path {
            Some(path) => Self::read(Path::new(path), architecture),
            None => Self::embedded(architecture),
        }
    }

    /// What Lambda says it runs: hash and architecture, without the bytes.
    pub(crate) fn deployed(sha256: &str, architecture: &str) -> Self {
        Self {
            zip: Arc::from([]),
            sha256: sha256.to_owned(),
            architecture: architecture.to_owned(),
        }
    }

    pub(crate) fn zip(&self) -> &[u8] {
        &self.zip
    }

    pub(crate) fn has_code(&self) -> bool {
        !self.zip.is_empty()
    }

    /// Base64 of the SHA-256 of the zip, as Lambda reports it.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    pub(crate) fn architecture(&self) -> &str {
        &self.architecture
    }

    fn read(path: &Path, architecture: Option<&str>) -> Result<Self, Unusable> {
        let shown = path.display();
        let file = File::open(path).map_err(|error| {
            Unusable::Missing(format!(
                "{shown} cannot be read: {error}. Build it, or correct the path."
            ))
        })?;
        let read = || -> Result<Self, String> {
            let zip = bytes(file)?;
            let architecture = agree(machine(&zip)?, architecture)?;
            Ok(Self::of(&zip, architecture))
        };
        read().map_err(|reason| Unusable::Wrong(format!("{shown} {reason}")))
    }

    fn embedded(architecture: Option<&str>) -> Result<Self, Unusable> {
        let wanted = |(name, _): &&(&str, &[u8])| architecture.is_none_or(|a| a == *name);
        match EMBEDDED.iter().find(wanted) {
            Some((name, zip)) => Ok(Self::of(zip, name)),
            None if EMBEDDED.is_empty() => Err(Unusable::Missing(NOTHING_EMBEDDED.to_owned())),
            None => {
                let carried: Vec<_> = EMBEDDED.iter().map(|(name, _)| *name).collect();
                Err(Unusable::Wrong(format!(
                    "This build of the provider carries the function for {} only. Choose that architecture, or set function_package.",
                    carried.join(" and ")
                )))
            }
        }
    }

    fn of(zip: &[u8], architecture: &str) -> Self {
        Self {
            zip: Arc::from(zip),
            sha256: BASE64_STANDARD.encode(Sha256::digest(zip)),
            architecture: architecture.to_owned(),
        }
    }
}

impl PartialEq for Package {
    fn eq(&self, other: &Self) -> bool {
        (&self.sha256, &self.architecture) == (&other.sha256, &other.architecture)
    }
}

impl fmt::Debug for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Package({}, {})", self.architecture, self.sha256)
    }
}

fn bytes(file: File) -> Result<Vec<u8>, String> {
    let mut zip = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut zip);
    read.map_err(|error| format!("cannot be read: {error}."))?;
    if zip.len() as u64 > LARGEST {
        return Err("is larger than the 50 MiB that Lambda takes in one upload.".to_owned());
    }
    Ok(zip)
}

/// The architecture of the zip's bootstrap; `None` for a script, which runs on either.
fn machine(zip: &[u8]) -> Result<Option<&'static str>, String> {
    let mut archive = ZipArchive::new(std::io::Cursor::new(zip))
        .map_err(|error| format!("is not a zip file: {error}."))?;
    let bootstrap = archive.by_name(BOOTSTRAP).map_err(|_| {
        "holds no file named bootstrap at its root; Lambda starts that file.".to_owned()
    })?;
    let mode = bootstrap.unix_mode().unwrap_or(0o755);
    if mode & 0o111 == 0 {
        return Err(
            "holds a bootstrap that is not executable; set its mode to 755 before zipping."
                .to_owned(),
        );
    }
    let mut header = Vec::new();
    let read = bootstrap.take(20).read_to_end(&mut header);
    read.map_err(|error| format!("is damaged: {error}. Build it again."))?;
    elf_machine(&header)
}

fn elf_machine(header: &[u8]) -> Result<Option<&'static str>, String> {
    if header.starts_with(b"#!") {
        return Ok(None);
    }
    let (true, Some(&[low, high])) = (header.starts_with(b"\x7fELF"), header.get(18..20)) else {
        return Err("holds a bootstrap that is neither a Linux binary nor a script.".to_owned());
    };
    let machine = u16::from_le_bytes([low, high]);
    let known = MACHINES.iter().find(|(number, _)| *number == machine);
    known
        .map(|(_, name)| Some(*name))
        .ok_or_else(|| "holds a bootstrap for a processor that Lambda does not have; build it for arm64 or x86_64.".to_owned())
}

fn agree<'a>(found: Option<&'a str>, said: Option<&'a str>) -> Result<&'a str, String> {
    match (found, said) {
        (Some(found), Some(said)) if found != said => Err(format!(
            "is built for {found}, but architecture says {said}. Change one of the two."
        )),
        (Some(architecture), _) | (None, Some(architecture)) => Ok(architecture),
        (None, None) => Err(
            "holds a script as bootstrap, which tells no architecture. Set architecture."
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(name: &str, mode: u32, content: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().unix_permissions(mode);
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    }

    fn elf(machine: u8) -> Vec<u8> {
        let mut header = b"\x7fELF".to_vec();
        header.resize(18, 0);
        header.extend([machine, 0]);
        header
    }

    fn check(zip: &[u8], said: Option<&str>, expected: Result<&str, &str>) {
        let answer = machine(zip).and_then(|found| agree(found, said).map(str::to_owned));
        match expected {
            Ok(architecture) => assert_eq!(answer.as_deref(), Ok(architecture)),
            Err(part) => assert!(
                answer.as_ref().is_err_and(|e| e.contains(part)),
                "{answer:?} lacks {part:?}"
            ),
        }
    }

    #[test]
    fn reads_the_architecture_and_refuses_what_lambda_would() {
        check(&zipped("bootstrap", 0o755, &elf(0xb7)), None, Ok("arm64"));
        check(
            &zipped("bootstrap", 0o755, &elf(0x3e)),
            Some("x86_64"),
            Ok("x86_64"),
        );
        check(
            &zipped("bootstrap", 0o755, &elf(0x3e)),
            Some("arm64"),
            Err("built for x86_64"),
        );
        check(
            &zipped("bootstrap", 0o755, b"#!/bin/sh\n"),
            Some("arm64"),
            Ok("arm64"),
        );
        check(
            &zipped("bootstrap", 0o755, b"#!/bin/sh\n"),
            None,
            Err("Set architecture"),
        );
        check(
            &zipped("bootstrap", 0o644, &elf(0x3e)),
            None,
            Err("not executable"),
        );
        check(
            &zipped("bin/bootstrap", 0o755, &elf(0x3e)),
            None,
            Err("no file named bootstrap"),
        );
        check(
            &zipped("bootstrap", 0o755, &elf(3)),
            None,
            Err("Lambda does not have"),
        );
        check(b"not a zip", None, Err("not a zip"));
    }
}
