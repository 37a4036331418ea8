//! What Terraform says through the environment; nothing else reads it.

use std::path::PathBuf;

use super::ServeError;

pub(super) struct Environment {
    /// PEM; absent when TF_DISABLE_PLUGIN_TLS is set.
    pub(super) client_certificate: Option<String>,
    pub(super) socket_folder: Option<PathBuf>,
}

/// Not a secret: it only tells a start by Terraform from a start by hand.
const COOKIE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

impl Environment {
    pub(super) fn read() -> Result<Self, ServeError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the module that reads the environment"
        )]
        Self::from(|name| std::env::var(name).ok())
    }

    fn from(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ServeError> {
        if variable("TF_PLUGIN_MAGIC_COOKIE").as_deref() != Some(COOKIE) {
            return Err(ServeError::NotTerraform);
        }
        let versions = variable("PLUGIN_PROTOCOL_VERSIONS");
        if versions.is_some_and(|versions| versions.split(',').all(|version| version.trim() != "6"))
        {
            return Err(ServeError::Protocol);
        }
        let given = |name| variable(name).filter(|value| !value.is_empty());
        Ok(Self {
            client_certificate: given("PLUGIN_CLIENT_CERT"),
            socket_folder: given("PLUGIN_UNIX_SOCKET_DIR").map(PathBuf::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The certificate found, or the beginning of the error.
    fn check(variables: &[(&str, &str)], expected: Result<Option<&str>, &str>) {
        let find = |name: &str| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        match (Environment::from(find), expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found.client_certificate.as_deref(), expected),
            (Err(error), Err(expected)) => {
                assert!(error.to_string().starts_with(expected), "{error}")
            }
            (found, expected) => panic!(
                "{:?} is not {expected:?}",
                found.map(|found| found.client_certificate)
            ),
        }
    }

    #[test]
    fn a_start_by_hand_is_told_from_a_start_by_terraform() {
        let cookie = ("TF_PLUGIN_MAGIC_COOKIE", COOKIE);
        check(&[], Err("This program is a Terraform provider."));
        check(
            &[("TF_PLUGIN_MAGIC_COOKIE", "1")],
            Err("This program is a Terraform provider."),
        );
        check(
            &[cookie, ("PLUGIN_PROTOCOL_VERSIONS", "4,5")],
            Err("This Terraform does not speak"),
        );
        check(
            &[
                cookie,
                ("PLUGIN_PROTOCOL_VERSIONS", "5,6"),
                ("PLUGIN_CLIENT_CERT", "pem"),
            ],
            Ok(Some("pem")),
        );
        check(&[cookie, ("PLUGIN_CLIENT_CERT", "")], Ok(None));
    }
}
