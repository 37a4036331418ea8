//! The environment, read once, in one place.

use std::env;

use logenabler_catalog::{Filter, workgroup};
use tracing::Level;

use crate::readers::Readers;

const LOG_LEVEL: &str = "LOGENABLER_LOG_LEVEL";
const SCHEMA_DATABASE: &str = "LOGENABLER_SCHEMA_DATABASE";
const EXTERNAL_ID: &str = "LOGENABLER_EXTERNAL_ID";
const EVENT_BUS_ARN: &str = "LOGENABLER_EVENT_BUS_ARN";
const TOPIC_ARN: &str = "LOGENABLER_TOPIC_ARN";
const DRY_RUN: &str = "LOGENABLER_DRY_RUN";
const SAVED_QUERIES: &str = "LOGENABLER_SAVED_QUERIES";
const DRIFT_WATCH: &str = "LOGENABLER_DRIFT_WATCH";
const FILTER: &str = "LOGENABLER_FILTER";
const READERS: &str = "LOGENABLER_READERS";
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";
const FUNCTION_NAME: &str = "AWS_LAMBDA_FUNCTION_NAME";
/// Lambda's own settings of a function's log.
const LAMBDA_LOG_FORMAT: &str = "AWS_LAMBDA_LOG_FORMAT";
const LAMBDA_LOG_LEVEL: &str = "AWS_LAMBDA_LOG_LEVEL";

/// What the function's environment says.
#[derive(Debug, PartialEq)]
pub struct Config {
    /// Least severe message that is logged.
    pub log_level: Level,
    /// Whether the log is for people's eyes; otherwise each line is JSON.
    pub plain_log: bool,
    /// The Glue database with the users' table schemas, where there is one.
    pub schema_database: Option<String>,
    /// What members' roles ask for, where they do.
    pub external_id: Option<String>,
    /// The hub's bus, where it is said.
    pub event_bus_arn: Option<String>,
    /// Where people are told what was done, if they are.
    pub topic_arn: Option<String>,
    /// Which resources get tables.
    pub filter: Filter,
    /// Who is let in to read tables by Lake Formation, where the function is to see to that.
    pub readers: Option<Readers>,
    /// Whether queries are saved in Athena for each table.
    pub saved_queries: bool,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether sweeps look into the newest files.
    pub drift_watch: bool,
    /// The function's name, where Lambda started it.
    pub function_name: Option<String>,
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
    /// A filter that would leave it open which resources get tables.
    #[error(
        "{FILTER} cannot be read: {0}. Run terraform apply for the hub, to have it written anew"
    )]
    Filter(String),
    /// A list of principals that would leave it open who may read.
    #[error(
        "{READERS} cannot be read: {0}. Run terraform apply for the hub, to have it written anew"
    )]
    Readers(String),
}

impl Config {
    /// The workgroup of each region that queries are saved in, if they are: it has the name of the hub's bus.
    pub fn workgroup(&self) -> Option<String> {
        let bus = self.event_bus_arn.as_deref().filter(|_| self.saved_queries);
        workgroup(&bus?.parse().ok()?).map(str::to_owned)
    }

    /// The configuration in this process's environment.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the module that reads the environment"
    )]
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let text = |name: &str| variable(name).filter(|text| !text.is_empty());
        let levels =
            [LOG_LEVEL, LAMBDA_LOG_LEVEL].map(|name| text(name).map(log_level).transpose());
        let [ours, lambdas] = levels;
        let levels = ours?.into_iter().chain(lambdas?);
        let is_on = |name: &str| text(name).is_some_and(|value| value == "true");
        let filter = text(FILTER).map(|filter| Filter::parse(&filter));
        Ok(Self {
            // The more severe of both: Lambda keeps nothing below its own.
            log_level: levels.min().unwrap_or(Level::INFO),
            plain_log: text(LAMBDA_LOG_FORMAT).is_some_and(|format| format == "Text"),
            schema_database: text(SCHEMA_DATABASE),
            external_id: text(EXTERNAL_ID),
            event_bus_arn: text(EVENT_BUS_ARN),
            topic_arn: text(TOPIC_ARN),
            filter: filter
                .transpose()
                .map_err(ConfigError::Filter)?
                .unwrap_or_default(),
            readers: text(READERS)
                .map(|readers| serde_json::from_str(&readers))
                .transpose()
                .map_err(|error| ConfigError::Readers(error.to_string()))?,
            saved_queries: text(SAVED_QUERIES).is_some_and(|on| on == "true"),
            dry_run: is_on(DRY_RUN),
            drift_watch: is_on(DRIFT_WATCH),
            function_name: text(FUNCTION_NAME),
            in_lambda: text(RUNTIME_API).is_some(),
        })
    }
}

/// In Lambda's words or ours; its own has one above and one below all that we log.
fn log_level(level: String) -> Result<Level, ConfigError> {
    match level.to_ascii_lowercase().as_str() {
        "trace" | "debug" => Ok(Level::DEBUG),
        "info" => Ok(Level::INFO),
        "warn" => Ok(Level::WARN),
        "error" | "fatal" => Ok(Level::ERROR),
        _ => Err(ConfigError::LogLevel(level)),
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
        let both = |ours, lambdas| [(LOG_LEVEL, ours), (LAMBDA_LOG_LEVEL, lambdas)];
        check(&both("info", "DEBUG"), Ok((Level::INFO, false)));
        check(&both("info", "ERROR"), Ok((Level::ERROR, false)));
        check(&[(LAMBDA_LOG_LEVEL, "DEBUG")], Ok((Level::DEBUG, false)));
        check(&[(LAMBDA_LOG_LEVEL, "FATAL")], Ok((Level::ERROR, false)));
    }

    #[test]
    fn readers_that_cannot_be_read_stop_the_function() {
        let readers = |text: &'static str| {
            Config::read(|name| (name == READERS).then(|| text.to_owned())).map(|it| it.readers)
        };
        assert_eq!(readers(""), Ok(None));
        assert_eq!(readers("[]"), Ok(Some(Readers::new())));
        assert_eq!(
            readers(r#"["a"]"#),
            Ok(Some(Readers::from(["a".to_owned()])))
        );
        for wrong in ["{", "{}", "[1]", "everybody"] {
            assert!(
                matches!(readers(wrong), Err(ConfigError::Readers(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn queries_are_saved_in_the_workgroup_that_is_named_as_the_bus() {
        let workgroup = |saved: &'static str, bus: &'static str| {
            let variable = |name: &str| match name {
                SAVED_QUERIES => Some(saved.to_owned()),
                EVENT_BUS_ARN => Some(bus.to_owned()),
                _ => None,
            };
            Config::read(variable).unwrap().workgroup()
        };
        let bus = "arn:aws:events:eu-west-1:123456789012:event-bus/log-bus";
        assert_eq!(workgroup("true", bus).as_deref(), Some("log-bus"));
        assert_eq!(workgroup("false", bus), None);
        assert_eq!(workgroup("true", ""), None);
    }

    #[test]
    fn a_filter_that_cannot_be_read_stops_the_function() {
        let filter = |text: &'static str| {
            Config::read(|name| (name == FILTER).then(|| text.to_owned())).map(|it| it.filter)
        };
        let names = filter(r#"{"exclude_names":["test-*"]}"#).unwrap();
        assert!(names.exclude_names.contains("test-*"));
        assert_eq!(filter(""), Ok(Filter::default()));
        for wrong in ["{", "1", r#"{"exclude":[]}"#, r#"{"include_names":"x"}"#] {
            assert!(
                matches!(filter(wrong), Err(ConfigError::Filter(_))),
                "{wrong}"
            );
        }
    }
}
