//! What can be looked for, and what can be done.

use serde::{Deserialize, Serialize};
use tfplugin::{Action, Attribute, Call, Diagnostic, Diagnostics, List, Progress, Schema, Value};

use super::no_space;
use super::thing::Thing;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Search {
    among: Value<String>,
}

impl List<String> for Thing {
    type Query = Search;

    fn query() -> Schema {
        let among = Attribute::string("among", "Ids, with commas between them.");
        Schema::new("Looks for things.").attribute(among.optional().validate(no_space))
    }

    async fn list(_: &Call<String, Search>, query: Search) -> Result<Vec<String>, Diagnostics> {
        match query.among.as_str().unwrap_or_default() {
            "fails" => Err(Diagnostic::error("It failed", "Look again.").into()),
            "panics" => panic!("not here"),
            ids => Ok(ids.split(',').map(str::to_owned).collect()),
        }
    }
}

pub(crate) struct Shake;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ShakeModel {
    times: Value<i64>,
    how: Value<String>,
}

impl Action<String> for Shake {
    type Model = ShakeModel;
    const NAME: &'static str = "shake";

    fn schema() -> Schema {
        Schema::new("Shakes.")
            .attribute(Attribute::int("times", "How often.").default(1))
            .attribute(
                Attribute::string("how", "How.")
                    .optional()
                    .validate(no_space),
            )
    }

    async fn invoke(
        call: &Call<String, ShakeModel>,
        config: ShakeModel,
        progress: &Progress,
    ) -> Result<(), Diagnostics> {
        for time in 0..config.times.known().copied().unwrap_or_default() {
            progress.say(format!("{time} at {}", call.client()));
        }
        match config.how.as_str() {
            Some("hard") => Err(Diagnostic::error("It broke", "Shake less.").into()),
            Some("panics") => panic!("too much"),
            Some(how) => {
                call.warn(Diagnostic::warning("Shaken", how));
                Ok(())
            }
            None => Ok(()),
        }
    }
}
