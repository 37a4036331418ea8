//! A data source and a function.

use serde::{Deserialize, Serialize};
use tfplugin::{
    Attribute, Call, DataSource, Diagnostics, Dynamic, Function, FunctionError, Parameter, Schema,
    Signature, Type, Value,
};

use super::no_space;

pub(crate) struct Lookup;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct LookupModel {
    key: Value<String>,
    found: Value<String>,
}

impl DataSource<String> for Lookup {
    type Model = LookupModel;
    const NAME: &'static str = "lookup";

    fn schema() -> Schema {
        Schema::new("A lookup.")
            .attribute(
                Attribute::string("key", "Key.")
                    .default("k")
                    .validate(no_space),
            )
            .attribute(Attribute::string("found", "Found.").computed())
    }

    async fn read(
        call: &Call<String, LookupModel>,
        mut config: LookupModel,
    ) -> Result<LookupModel, Diagnostics> {
        match config.key.as_str() {
            Some("panic") => panic!("not today"),
            Some("forgets") => {}
            key => {
                config.found = Value::from(format!("{} at {}", key.unwrap_or("?"), call.client()))
            }
        }
        Ok(config)
    }
}

pub(crate) struct Join;

impl Function for Join {
    const NAME: &'static str = "join";

    fn definition() -> Signature {
        Signature::new("Joins.", "Joins texts.", Type::String)
            .parameter(Parameter::new("count", Type::Number, "How often."))
            .variadic(Parameter::new("text", Type::String, "Texts."))
    }

    fn call(arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError> {
        let count = arguments.first().and_then(Dynamic::as_i64).unwrap_or(0);
        let count = usize::try_from(count)
            .map_err(|_| FunctionError::new("It is negative.").argument(0))?;
        let texts: String = arguments.iter().filter_map(Dynamic::as_str).collect();
        Ok(Dynamic::from(texts.repeat(count)))
    }
}
