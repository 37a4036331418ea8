//! A provider with everything in it.

mod lookup;
mod search;
mod thing;

use serde::{Deserialize, Serialize};
use tfplugin::{Attribute, Diagnostic, Diagnostics, Path, Provider, Schema, Server, Value};

use self::lookup::{Join, Lookup};
use self::search::Shake;
use self::thing::Thing;

pub(crate) struct Probe;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Config {
    endpoint: Value<String>,
}

impl Provider for Probe {
    type Config = Config;
    type Client = String;
    const NAME: &'static str = "probe";

    fn schema() -> Schema {
        Schema::new("A probe.").attribute(
            Attribute::string("endpoint", "Where.")
                .default("here")
                .validate(no_space),
        )
    }

    async fn configure(config: Config, version: &str) -> Result<String, Diagnostics> {
        match config.endpoint.as_str() {
            Some("down") => Err(Diagnostic::error("It is down", version)
                .at(Path::attribute("endpoint"))
                .into()),
            endpoint => Ok(endpoint.unwrap_or("later").to_owned()),
        }
    }
}

fn no_space(text: &str) -> Result<(), String> {
    if text.contains(' ') {
        Err("It has a space.".to_owned())
    } else {
        Ok(())
    }
}

fn positive(size: i64) -> Result<(), String> {
    if size > 0 {
        Ok(())
    } else {
        Err("It must be positive.".to_owned())
    }
}

pub(crate) fn server() -> Server<Probe> {
    Server::new()
        .resource::<Thing>()
        .list::<Thing>()
        .action::<Shake>()
        .data_source::<Lookup>()
        .function::<Join>()
}
