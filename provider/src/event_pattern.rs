//! `logenabler_event_pattern`: what to listen to, for people who make their own rules.

use logenabler_catalog::{LOG_TYPES, LogType, event_patterns};
use serde::{Deserialize, Serialize};
use tfplugin::{Attribute, Call, DataSource, Diagnostics, Schema, Type, Value};

use crate::aws::Aws;
use crate::validate;

/// The data source.
pub(crate) struct EventPatterns;

#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Model {
    log_types: Value<Vec<String>>,
    region: Value<String>,
    event_patterns: Value<Vec<String>>,
}

const DOC: &str = "The EventBridge patterns that let through exactly the API calls which may change logs of these types, for \
rules that are not made by `logenabler_region_forwarder`. Several patterns come out where one would be longer than \
EventBridge allows: make a rule of each. It asks AWS nothing.";

impl DataSource<Aws> for EventPatterns {
    type Model = Model;
    const NAME: &str = "event_pattern";

    fn schema() -> Schema {
        Schema::new(DOC)
            .attribute(
                Attribute::set(
                    "log_types",
                    Type::String,
                    "Log types to listen to. Default: all.",
                )
                .optional()
                .validate(validate::log_type),
            )
            .attribute(
                Attribute::string("region", "AWS region of the rules: what does not exist there is left out of the default.")
                    .optional()
                    .validate(validate::region),
            )
            .attribute(
                Attribute::list("event_patterns", Type::String, "The patterns, as JSON.")
                    .computed(),
            )
    }

    async fn read(_: &Call<Aws, Model>, config: Model) -> Result<Model, Diagnostics> {
        let region = config.region.as_str();
        let wanted = |log_type: &&LogType| match config.log_types.known() {
            Some(names) => names.iter().any(|name| name == log_type.name),
            None => region.is_none_or(|region| log_type.in_region(region)),
        };
        let types: Vec<_> = LOG_TYPES.iter().copied().filter(wanted).collect();
        Ok(Model {
            event_patterns: event_patterns(&types).into(),
            ..config
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_and_the_model_name_the_same_attributes() {
        crate::model::check_names::<Model>(&EventPatterns::schema());
    }
}
