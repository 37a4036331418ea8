//! The environment, read once, in one place.

use std::env;

use tracing::Level;

const LOG_LEVEL: &str = "LOGENABLER_LOG_LEVEL";
const SCHEMA_DATABASE: &str = "LOGENABLER_SCHEMA_DATABASE";
const EXTERNAL_ID: &str = "LOGENABLER_EXTERNAL_ID";
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// What the function's environment says.
#[derive(Debug, PartialEq)]
pub struct Config {
    /// Least severe message that is logged.
    pub log_level: Level,
    /// The Glue database with the users' table schemas, where there is one.
    pub schema_database: Option<String>,
    /// What members' roles ask for, where they do.
    pub external_id: Option<String>,
    /// Whether Lambda started us, not a person.
    pub in_lambda: bool,
}

/// An environment that cannot be used.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum ConfigError {
    /// A log level nobody knows.
    #[error(
        "{LOG_LEVEL} is {0:?}; set it to debug, info, warn or error, the least severe message to log"
    )]
    LogLevel(String),
}

impl Config {
    /// The configuration in this process's environment.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the module that reads the environment"
    )]
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let level = variable(LOG_LEVEL).unwrap_or_else(|| "info".to_owned());
        let log_level = match level.as_str() {
            "debug" => Level::DEBUG,
            "info" => Level::INFO,
            "warn" => Level::WARN,
            "error" => Level::ERROR,
            _ => return Err(ConfigError::LogLevel(level)),
        };
        Ok(Self {
            log_level,
            schema_database: variable(SCHEMA_DATABASE).filter(|name| !name.is_empty()),
            external_id: variable(EXTERNAL_ID).filter(|id| !id.is_empty()),
            in_lambda: variable(RUNTIME_API).is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(variables: &[(&str, &str)], expected: Result<(Level, bool), ConfigError>) {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(
            Config::read(variable).map(|c| (c.log_level, c.in_lambda)),
            expected
        );
    }

    #[test]
    fn reads_what_is_set_and_refuses_what_is_wrong() {
        check(&[], Ok((Level::INFO, false)));
        check(
            &[(LOG_LEVEL, "debug"), (RUNTIME_API, "localhost:1")],
            Ok((Level::DEBUG, true)),
        );
        check(
            &[(LOG_LEVEL, "loud")],
            Err(ConfigError::LogLevel("loud".to_owned())),
        );
    }
}
