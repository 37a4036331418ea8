//! A resource. What a thing does depends on its name.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tfplugin::{
    Attribute, Block, Call, Diagnostic, Diagnostics, Moved, Nesting, Number, Path, Plan, Resource,
    Schema, Type, Value,
};

use super::{no_space, positive};

pub(crate) struct Thing;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ThingModel {
    id: Value<String>,
    name: Value<String>,
    size: Value<i64>,
    ratio: Value<f64>,
    exact: Value<Number>,
    color: Value<String>,
    tags: Value<Vec<String>>,
    labels: Value<std::collections::BTreeMap<String, Value<String>>>,
    parts: Value<Vec<Part>>,
    slot: Value<Vec<Part>>,
    password: Value<String>,
    stamp: Value<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Part {
    kind: Value<String>,
    serial: Value<String>,
}

impl Resource<String> for Thing {
    type Model = ThingModel;
    const NAME: &'static str = "thing";

    fn schema() -> Schema {
        Schema::new("A thing.")
            .version(2)
            .attribute(Attribute::string("id", "Id.").computed().keeps())
            .attribute(name())
            .attribute(
                Attribute::int("size", "Size.")
                    .default(1)
                    .validate_int(positive),
            )
            .attribute(Attribute::number("ratio", "Ratio.").optional())
            .attribute(Attribute::number("exact", "Exact.").optional())
            .attribute(Attribute::string("color", "Color.").optional().computed())
            .attribute(
                Attribute::set("tags", Type::String, "Tags.")
                    .optional()
                    .validate(no_space),
            )
            .attribute(
                Attribute::map("labels", Type::String, "Labels.")
                    .optional()
                    .validate(no_space),
            )
            .attribute(
                Attribute::nested("parts", Nesting::List, part().into(), "Parts.").optional(),
            )
            .block(
                part()
                    .into_iter()
                    .fold(Block::list("slot", "Slots."), Block::attribute),
            )
            .attribute(
                Attribute::string("password", "Password.")
                    .optional()
                    .sensitive()
                    .write_only(),
            )
            .attribute(Attribute::string("stamp", "Stamp.").computed())
    }

    fn validate(config: &ThingModel) -> Diagnostics {
        match config.name.as_str() {
            Some("panic in validate") => panic!("no such luck"),
            Some("odd") => Diagnostic::warning("Odd name", "Choose another.")
                .at(Path::attribute("name"))
                .into(),
            _ => Diagnostics::new(),
        }
    }

    fn plan(client: &String, plan: &mut Plan<ThingModel>) -> Result<(), Diagnostics> {
        match plan.config.name.as_str() {
            Some("contradict") => plan.planned.name = Value::from("else"),
            Some("heal") => plan.planned.color = Value::from("green"),
            Some("forced") if !plan.is_create() => plan.replace(Path::attribute("size")),
            Some("panic in plan") => panic!("at {client}"),
            _ => {}
        }
        Ok(())
    }

    async fn create(
        call: &Call<String, ThingModel>,
        planned: ThingModel,
    ) -> Result<ThingModel, Diagnostics> {
        let mut half = finished(planned.clone(), "new");
        half.color = Value::Unknown;
        match planned.name.as_str() {
            Some("fails") => return Err(Diagnostic::error("It failed", "Nothing was made.").into()),
            Some("fails late") => call.save(&half),
            Some("panics late") => {
                call.save(&half);
                panic!("oh no");
            }
            Some("forgets") => return Ok(half),
            _ => {
                call.warn(Diagnostic::warning(
                    "Made",
                    planned.password.as_str().unwrap_or("no password"),
                ));
                return Ok(finished(planned, "new"));
            }
        }
        Err(Diagnostic::error("It failed", "Half of it was made.").into())
    }

    async fn read(
        _: &Call<String, ThingModel>,
        prior: ThingModel,
    ) -> Result<Option<ThingModel>, Diagnostics> {
        match prior.name.as_str() {
            Some("gone") => Ok(None),
            Some("unreadable") => Err(Diagnostic::error("It cannot be read", "Try again.").into()),
            _ => Ok(Some(ThingModel {
                color: Value::from("faded"),
                ..prior
            })),
        }
    }

    async fn update(
        _: &Call<String, ThingModel>,
        _: ThingModel,
        planned: ThingModel,
    ) -> Result<ThingModel, Diagnostics> {
        match planned.color.as_str() {
            Some("fails") => Err(Diagnostic::error("It failed", "It is as before.").into()),
            _ => Ok(finished(planned, "changed")),
        }
    }

    async fn delete(call: &Call<String, ThingModel>, prior: ThingModel) -> Result<(), Diagnostics> {
        match prior.name.as_str() {
            Some("stuck") if call.stopping() => {
                Err(Diagnostic::error("Stopped", "Run it again.").into())
            }
            Some("stuck") => Err(Diagnostic::error("It is stuck", "Pull harder.").into()),
            _ => Ok(()),
        }
    }

    async fn import(_: &Call<String, ThingModel>, id: &str) -> Result<ThingModel, Diagnostics> {
        let model = json!({"id": id, "name": "n", "slot": []});
        match id {
            "none" => Err(Diagnostic::error("There is none", "Look again.").into()),
            _ => Ok(thing(model)),
        }
    }

    fn id_of(identity: &ThingModel) -> Result<String, Diagnostics> {
        Ok(format!(
            "named {}",
            identity.name.as_str().unwrap_or("nothing")
        ))
    }

    fn upgrade(version: u64, mut state: Json) -> Result<Json, Diagnostics> {
        if version == 0 {
            state["name"] = state["title"].take();
        }
        Ok(state)
    }

    fn adopt(source: Moved) -> Result<Json, Diagnostics> {
        match source.type_name.as_str() {
            "other_thing" => Ok(json!({"name": source.state["label"]})),
            other => Err(Diagnostic::error("Cannot move", other).into()),
        }
    }
}

fn name() -> Attribute {
    let name = Attribute::string("name", "Name.").required();
    name.replaces().identifies()
}

fn part() -> [Attribute; 2] {
    let kind = Attribute::string("kind", "Kind.")
        .required()
        .validate(no_space);
    [kind, Attribute::string("serial", "Serial.").computed()]
}

fn thing(given: Json) -> ThingModel {
    let text = |name: &str| given[name].as_str().map(str::to_owned).into();
    ThingModel {
        id: text("id"),
        name: text("name"),
        size: Value::Null,
        ratio: Value::Null,
        exact: Value::Null,
        color: Value::Null,
        tags: Value::Null,
        labels: Value::Null,
        parts: Value::Null,
        slot: Value::Null,
        password: Value::Null,
        stamp: Value::Null,
    }
}

fn finished(mut thing: ThingModel, stamp: &str) -> ThingModel {
    thing.id = Value::from("id-1");
    thing.stamp = Value::from(stamp);
    if !thing.color.is_known() {
        thing.color = Value::from("grey");
    }
    for parts in [&mut thing.parts, &mut thing.slot] {
        if let Value::Known(parts) = parts {
            parts
                .iter_mut()
                .for_each(|part| part.serial = Value::from("s"));
        }
    }
    thing
}
