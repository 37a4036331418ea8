//! Every call of the protocol, by a client in the same process. Values are written as JSON, `"<unknown>"` for an unknown.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tfplugin::{
    Attribute, Block, Call, DataSource, Diagnostic, Diagnostics, Dynamic, Function, FunctionError,
    Moved, Nesting, Number, Parameter, Path, Plan, Provider, Resource, Schema, Server, Signature,
    Type, Value, serve_connection,
};

#[allow(
    clippy::all,
    clippy::too_many_lines,
    dead_code,
    unreachable_pub,
    reason = "generated code"
)]
mod pb {
    tonic::include_proto!("tfplugin6");
}

type Client = pb::provider_client::ProviderClient<tonic::transport::Channel>;

// ---- A provider with everything in it. What a thing does when applied depends on its name. ----

struct Probe;

#[derive(Clone, Serialize, Deserialize)]
struct Config {
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

struct Thing;

#[derive(Clone, Serialize, Deserialize)]
struct ThingModel {
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
struct Part {
    kind: Value<String>,
    serial: Value<String>,
}

impl Resource<String> for Thing {
    type Model = ThingModel;
    const NAME: &'static str = "thing";

    fn schema() -> Schema {
        let part = || {
            let kind = Attribute::string("kind", "Kind.")
                .required()
                .validate(no_space);
            [kind, Attribute::string("serial", "Serial.").computed()]
        };
        let [kind, serial] = part();
        Schema::new("A thing.")
            .version(2)
            .attribute(Attribute::string("id", "Id.").computed().keeps())
            .attribute(Attribute::string("name", "Name.").required().replaces())
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
                Block::list("slot", "Slots.")
                    .attribute(kind)
                    .attribute(serial),
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

struct Lookup;

#[derive(Clone, Serialize, Deserialize)]
struct LookupModel {
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

struct Join;

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

fn server() -> Server<Probe> {
    Server::new()
        .resource::<Thing>()
        .data_source::<Lookup>()
        .function::<Join>()
}

// ---- The client. ----

async fn unconfigured() -> Client {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let listener = tokio::net::UnixListener::bind(&socket).unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve_connection(server(), stream).await.unwrap();
    });
    let endpoint =
        tonic::transport::Endpoint::from_shared(format!("unix://{}", socket.display())).unwrap();
    let channel = endpoint.connect().await.unwrap();
    Client::new(channel)
        .max_decoding_message_size(64 << 20)
        .max_encoding_message_size(64 << 20)
}

async fn configured() -> Client {
    let mut client = unconfigured().await;
    assert_eq!(
        configure(&mut client, json!({"endpoint": null})).await,
        [] as [String; 0]
    );
    client
}

async fn configure(client: &mut Client, config: Json) -> Vec<String> {
    let request = pb::configure_provider::Request {
        terraform_version: "1.15.0".to_owned(),
        config: encode(config),
        client_capabilities: None,
    };
    said(
        client
            .configure_provider(request)
            .await
            .unwrap()
            .into_inner()
            .diagnostics,
    )
}

/// A whole configuration or state of a thing: what is not given is null.
fn whole(given: Json) -> Json {
    let mut all = json!({
        "id": null, "name": "n", "size": null, "ratio": null, "exact": null, "color": null, "tags": null, "labels": null,
        "parts": null, "slot": [], "password": null, "stamp": null
    });
    for (name, value) in given.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    all
}

fn state(given: Json) -> Json {
    let mut all = whole(json!({"id": "id-1", "size": 1, "color": "grey", "stamp": "new"}));
    for (name, value) in given.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    all
}

async fn plan(client: &mut Client, prior: Json, config: Json) -> (Json, Vec<String>, Vec<String>) {
    let request = pb::plan_resource_change::Request {
        type_name: "probe_thing".to_owned(),
        prior_state: encode(prior),
        proposed_new_state: encode(config.clone()),
        config: encode(config),
        ..Default::default()
    };
    let response = client
        .plan_resource_change(request)
        .await
        .unwrap()
        .into_inner();
    let replace = response.requires_replace.into_iter().map(path).collect();
    (
        decode(response.planned_state),
        replace,
        said(response.diagnostics),
    )
}

async fn apply(
    client: &mut Client,
    prior: Json,
    planned: Json,
    config: Json,
) -> (Json, Vec<String>) {
    let request = pb::apply_resource_change::Request {
        type_name: "probe_thing".to_owned(),
        prior_state: encode(prior),
        planned_state: encode(planned),
        config: encode(config),
        ..Default::default()
    };
    let response = client
        .apply_resource_change(request)
        .await
        .unwrap()
        .into_inner();
    (decode(response.new_state), said(response.diagnostics))
}

fn encode(value: Json) -> Option<pb::DynamicValue> {
    let mut msgpack = Vec::new();
    rmpv::encode::write_value(&mut msgpack, &to_msgpack(value)).unwrap();
    Some(pb::DynamicValue {
        msgpack,
        json: Vec::new(),
    })
}

fn to_msgpack(value: Json) -> rmpv::Value {
    match value {
        Json::Null => rmpv::Value::Nil,
        Json::Bool(value) => value.into(),
        Json::Number(number) if number.is_i64() => number.as_i64().unwrap_or_default().into(),
        Json::Number(number) => number.to_string().into(),
        Json::String(text) if text == "<unknown>" => rmpv::Value::Ext(12, vec![0x81, 1, 0xc2]),
        Json::String(text) => text.into(),
        Json::Array(items) => items.into_iter().map(to_msgpack).collect(),
        Json::Object(entries) => rmpv::Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), to_msgpack(value)))
                .collect(),
        ),
    }
}

fn decode(value: Option<pb::DynamicValue>) -> Json {
    let Some(value) = value else {
        return json!("<none>");
    };
    from_msgpack(rmpv::decode::read_value(&mut value.msgpack.as_slice()).unwrap())
}

fn from_msgpack(value: rmpv::Value) -> Json {
    match value {
        rmpv::Value::Ext(..) => json!("<unknown>"),
        rmpv::Value::Array(items) => items.into_iter().map(from_msgpack).collect(),
        rmpv::Value::Map(entries) => entries
            .into_iter()
            .map(|(key, value)| (key.as_str().unwrap().to_owned(), from_msgpack(value)))
            .collect(),
        rmpv::Value::Nil => Json::Null,
        rmpv::Value::Boolean(value) => value.into(),
        rmpv::Value::Integer(value) => value.as_i64().into(),
        other => other.as_str().unwrap().into(),
    }
}

/// `path: summary: detail`, one text for each.
fn said(diagnostics: Vec<pb::Diagnostic>) -> Vec<String> {
    let one = |diagnostic: pb::Diagnostic| {
        let place = diagnostic.attribute.map(path).unwrap_or_default();
        format!("{place}: {}: {}", diagnostic.summary, diagnostic.detail)
    };
    diagnostics.into_iter().map(one).collect()
}

fn path(path: pb::AttributePath) -> String {
    use pb::attribute_path::step::Selector;
    let step = |step: pb::attribute_path::Step| match step.selector.unwrap() {
        Selector::AttributeName(name) => format!(".{name}"),
        Selector::ElementKeyString(key) => format!("[{key}]"),
        Selector::ElementKeyInt(index) => format!("[{index}]"),
    };
    path.steps
        .into_iter()
        .map(step)
        .collect::<String>()
        .trim_start_matches('.')
        .to_owned()
}

const NOTHING: [String; 0] = [];

// ---- What there is. ----

#[tokio::test]
async fn it_says_what_it_has() {
    let mut client = unconfigured().await;
    assert_eq!(server().problems(), NOTHING);
    let metadata = client
        .get_metadata(pb::get_metadata::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(metadata.resources[0].type_name, "probe_thing");
    assert_eq!(metadata.data_sources[0].type_name, "probe_lookup");
    assert_eq!(metadata.functions[0].name, "join");

    let schemas = client
        .get_provider_schema(pb::get_provider_schema::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(said(schemas.diagnostics), NOTHING);
    assert!(schemas.provider.is_some() && schemas.data_source_schemas.contains_key("probe_lookup"));
    let thing = &schemas.resource_schemas["probe_thing"];
    assert_eq!(thing.version, 2);
    let block = thing.block.as_ref().unwrap();
    let attribute = |name: &str| {
        block
            .attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .unwrap()
    };
    assert!(attribute("parts").r#type.is_empty() && attribute("parts").nested_type.is_some());
    assert_eq!(attribute("labels").r#type, br#"["map","string"]"#);
    assert!(attribute("size").optional && attribute("size").computed);
    assert!(attribute("password").write_only && attribute("password").sensitive);
    assert_eq!(block.block_types[0].type_name, "slot");

    let functions = client
        .get_functions(pb::get_functions::Request {})
        .await
        .unwrap()
        .into_inner()
        .functions;
    assert_eq!(functions, schemas.functions);
    assert_eq!(functions["join"].parameters[0].r#type, br#""number""#);
    let identities = client
        .get_resource_identity_schemas(pb::get_resource_identity_schemas::Request {})
        .await;
    assert!(identities.unwrap().into_inner().identity_schemas.is_empty());
}

// ---- The provider itself. ----

#[tokio::test]
async fn the_provider_is_validated_and_configured() {
    let mut client = unconfigured().await;
    let request = pb::validate_provider_config::Request {
        config: encode(json!({"endpoint": "a b"})),
    };
    let found = client
        .validate_provider_config(request)
        .await
        .unwrap()
        .into_inner()
        .diagnostics;
    assert_eq!(
        said(found),
        ["endpoint: Invalid value for endpoint: It has a space."]
    );
    let (_, _, found) = plan(&mut client, Json::Null, whole(json!({}))).await;
    assert!(found[0].contains("Provider is not configured"), "{found:?}");
    assert_eq!(
        configure(&mut client, json!({"endpoint": "down"})).await,
        ["endpoint: It is down: 1.15.0"]
    );
    assert_eq!(
        configure(&mut client, json!({"endpoint": "<unknown>"})).await,
        NOTHING
    );
}

// ---- Resources. ----

async fn validate(given: Json, expected: &[&str]) {
    let mut client = unconfigured().await;
    let request = pb::validate_resource_config::Request {
        type_name: "probe_thing".to_owned(),
        config: encode(whole(given)),
        client_capabilities: None,
    };
    let found = client
        .validate_resource_config(request)
        .await
        .unwrap()
        .into_inner()
        .diagnostics;
    assert_eq!(said(found), expected);
}

#[tokio::test]
async fn configuration_is_validated_with_paths() {
    let space = |place: &str| {
        format!(
            "{place}: Invalid value for {}: It has a space.",
            place.replace("[k]", "[\"k\"]")
        )
    };
    validate(json!({}), &[]).await;
    validate(
        json!({"size": 0}),
        &["size: Invalid value for size: It must be positive."],
    )
    .await;
    validate(
        json!({"size": 1.5}),
        &["size: Invalid value for size: This must be a whole number."],
    )
    .await;
    validate(json!({"tags": ["a b", "c"]}), &[&space("tags")]).await;
    validate(json!({"labels": {"k": "a b"}}), &[&space("labels[k]")]).await;
    validate(
        json!({"parts": [{"kind": "a"}, {"kind": "a b"}]}),
        &[&space("parts[1].kind")],
    )
    .await;
    validate(
        json!({"slot": [{"kind": "a b"}]}),
        &[&space("slot[0].kind")],
    )
    .await;
    validate(json!({"name": "odd"}), &["name: Odd name: Choose another."]).await;
    validate(json!({"name": 1}), &["name: Value does not fit the schema: Expected a string here, according to the provider's schema."]).await;
    let panic = "The provider panicked: no such luck. This is a bug in the provider; please report it to its developers.";
    validate(
        json!({"name": "panic in validate"}),
        &[&format!(": Provider bug: {panic}")],
    )
    .await;
}

#[tokio::test]
async fn anything_may_be_unknown() {
    let mut client = configured().await;
    let unknown = json!("<unknown>");
    for (name, _) in whole(json!({})).as_object().unwrap() {
        let computed = ["id", "stamp"].contains(&name.as_str());
        let config = if computed {
            whole(json!({}))
        } else {
            whole(json!({name: unknown.clone()}))
        };
        validate(config.clone(), &[]).await;
        for prior in [Json::Null, state(json!({}))] {
            let (planned, _, found) = plan(&mut client, prior, config.clone()).await;
            assert_eq!(found, NOTHING, "{name}");
            if !computed {
                let expected = if name == "password" {
                    Json::Null
                } else {
                    unknown.clone()
                };
                assert_eq!(planned[name], expected, "{name}");
            }
        }
    }
    let partly = json!({"tags": ["a", "<unknown>"], "labels": {"k": "<unknown>"}, "parts": [{"kind": "<unknown>", "serial": null}]});
    let (planned, _, found) = plan(&mut client, Json::Null, whole(partly)).await;
    assert_eq!(found, NOTHING);
    assert_eq!(planned["labels"], json!({"k": "<unknown>"}));
    assert_eq!(planned["tags"].as_array().unwrap().len(), 2);
}

async fn check_plan(prior: Json, config: Json, expected: Json, replaces: &[&str]) {
    let mut client = configured().await;
    let (planned, replace, found) = plan(&mut client, prior, whole(config)).await;
    assert_eq!(
        (planned, replace, found),
        (
            expected,
            replaces.iter().map(ToString::to_string).collect(),
            vec![]
        )
    );
}

#[tokio::test]
async fn plans_say_what_will_be() {
    let unknown = "<unknown>";
    let new = whole(json!({"id": unknown, "size": 1, "color": unknown, "stamp": unknown}));
    let with = |base: &Json, more: Json| {
        let mut all = base.clone();
        more.as_object()
            .unwrap()
            .iter()
            .for_each(|(name, value)| all[name] = value.clone());
        all
    };
    // Create: defaults, and unknown for the rest. Secrets that are not to be stored are left out.
    check_plan(Json::Null, json!({"password": "p"}), new.clone(), &[]).await;
    let part = json!([{"kind": "k", "serial": null}]);
    let made = json!([{"kind": "k", "serial": unknown}]);
    check_plan(
        Json::Null,
        json!({"parts": part, "slot": part}),
        with(&new, json!({"parts": made, "slot": made})),
        &[],
    )
    .await;
    // Numbers keep every digit, also where the model holds a float.
    let numbers = json!({"ratio": 0.1, "exact": "1234567890123456789012.5"});
    check_plan(
        Json::Null,
        numbers,
        with(
            &new,
            json!({"ratio": "0.1", "exact": "1234567890123456789012.5"}),
        ),
        &[],
    )
    .await;
    // Nothing to do: the prior state, exactly; sets have no order.
    check_plan(state(json!({})), json!({}), state(json!({})), &[]).await;
    check_plan(
        state(json!({"tags": ["a", "b"]})),
        json!({"tags": ["b", "a"]}),
        state(json!({"tags": ["a", "b"]})),
        &[],
    )
    .await;
    let served = json!([{"kind": "k", "serial": "s"}]);
    check_plan(
        state(json!({"parts": served})),
        json!({"parts": part}),
        state(json!({"parts": served})),
        &[],
    )
    .await;
    // Update: what is computed may change, unless it keeps. Drift from a default is healed.
    let changed = json!({"ratio": 2, "color": unknown, "stamp": unknown});
    check_plan(state(json!({})), json!({"ratio": 2}), state(changed), &[]).await;
    check_plan(
        state(json!({"size": 7})),
        json!({}),
        state(json!({"color": unknown, "stamp": unknown})),
        &[],
    )
    .await;
    // The hook finds drift in what is computed.
    let healed = json!({"name": "heal", "color": "green", "stamp": unknown});
    check_plan(
        state(json!({"name": "heal", "color": "red"})),
        json!({"name": "heal"}),
        state(healed),
        &[],
    )
    .await;
    // Replacement: as for a create.
    check_plan(
        state(json!({})),
        json!({"name": "m"}),
        with(&new, json!({"name": "m"})),
        &["name"],
    )
    .await;
    check_plan(
        state(json!({})),
        json!({"name": unknown}),
        with(&new, json!({"name": unknown})),
        &["name"],
    )
    .await;
    let forced = with(&new, json!({"name": "forced"}));
    check_plan(
        state(json!({"name": "forced"})),
        json!({"name": "forced"}),
        forced,
        &["size"],
    )
    .await;
}

#[tokio::test]
async fn a_bad_plan_is_the_providers_fault() {
    let mut client = configured().await;
    let (_, _, found) = plan(
        &mut client,
        Json::Null,
        whole(json!({"name": "contradict"})),
    )
    .await;
    assert!(
        found[0].starts_with("name: Provider bug: The provider planned another value for name"),
        "{found:?}"
    );
    let (planned, _, found) = plan(
        &mut client,
        state(json!({})),
        whole(json!({"name": "panic in plan"})),
    )
    .await;
    assert!(
        found[0].contains("The provider panicked: at here."),
        "{found:?}"
    );
    assert_eq!(planned, state(json!({})));
    let (planned, _, found) = plan(&mut client, state(json!({})), Json::Null).await;
    assert_eq!((planned, found), (Json::Null, vec![]));
}

async fn check_create(name: &str, expected: Json, says: &str) {
    let mut client = configured().await;
    let config = whole(json!({"name": name, "password": "hush"}));
    let (planned, _, _) = plan(&mut client, Json::Null, config.clone()).await;
    let (made, found) = apply(&mut client, Json::Null, planned, config).await;
    assert_eq!(made, expected, "{name}");
    assert!(
        found.len() == 1 && found[0].contains(says),
        "{name}: {found:?}"
    );
}

#[tokio::test]
async fn create_tells_what_exists() {
    check_create("n", state(json!({})), "Made: hush").await;
    check_create("fails", Json::Null, "Nothing was made.").await;
    let half = |name: &str| state(json!({"name": name, "color": null}));
    check_create("fails late", half("fails late"), "Half of it was made.").await;
    check_create(
        "panics late",
        half("panics late"),
        "The provider panicked: oh no.",
    )
    .await;
    check_create(
        "forgets",
        half("forgets"),
        "color: Provider bug: The provider left color unknown.",
    )
    .await;
}

#[tokio::test]
async fn update_and_delete_tell_what_exists() {
    let mut client = configured().await;
    let (prior, config) = (state(json!({})), whole(json!({"ratio": 0.1})));
    let (planned, _, _) = plan(&mut client, prior.clone(), config.clone()).await;
    let (made, found) = apply(&mut client, prior.clone(), planned, config.clone()).await;
    assert_eq!(
        (made, found),
        (state(json!({"ratio": "0.1", "stamp": "changed"})), vec![])
    );
    let config = whole(json!({"color": "fails"}));
    let (planned, _, _) = plan(&mut client, prior.clone(), config.clone()).await;
    let (made, found) = apply(&mut client, prior.clone(), planned, config).await;
    assert_eq!(
        (made, found),
        (
            prior.clone(),
            vec![": It failed: It is as before.".to_owned()]
        )
    );

    assert_eq!(
        apply(&mut client, prior, Json::Null, Json::Null).await,
        (Json::Null, vec![])
    );
    let stuck = state(json!({"name": "stuck"}));
    let (left, found) = apply(&mut client, stuck.clone(), Json::Null, Json::Null).await;
    assert_eq!(
        (left, found),
        (
            stuck.clone(),
            vec![": It is stuck: Pull harder.".to_owned()]
        )
    );
    let stopped = client
        .stop_provider(pb::stop_provider::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(stopped.error, "");
    let (left, found) = apply(&mut client, stuck.clone(), Json::Null, Json::Null).await;
    assert_eq!(
        (left, found),
        (stuck, vec![": Stopped: Run it again.".to_owned()])
    );
}

async fn check_read(prior: Json, expected: Json, says: &[&str]) {
    let mut client = configured().await;
    let request = pb::read_resource::Request {
        type_name: "probe_thing".to_owned(),
        current_state: encode(prior),
        ..Default::default()
    };
    let response = client.read_resource(request).await.unwrap().into_inner();
    assert_eq!(decode(response.new_state), expected);
    assert_eq!(said(response.diagnostics), says);
}

#[tokio::test]
async fn read_sees_drift_absence_and_failure() {
    check_read(state(json!({})), state(json!({"color": "faded"})), &[]).await;
    check_read(state(json!({"name": "gone"})), Json::Null, &[]).await;
    let unreadable = state(json!({"name": "unreadable"}));
    check_read(
        unreadable.clone(),
        unreadable,
        &[": It cannot be read: Try again."],
    )
    .await;
}

async fn check_upgrade(version: i64, stored: &str, expected: Result<Json, &str>) {
    let mut client = unconfigured().await;
    let request = pb::upgrade_resource_state::Request {
        type_name: "probe_thing".to_owned(),
        version,
        raw_state: Some(pb::RawState {
            json: stored.as_bytes().to_vec(),
            ..Default::default()
        }),
    };
    let response = client
        .upgrade_resource_state(request)
        .await
        .unwrap()
        .into_inner();
    let found = said(response.diagnostics);
    match expected {
        Ok(expected) => assert_eq!((decode(response.upgraded_state), found), (expected, vec![])),
        Err(says) => assert!(found[0].contains(says), "{found:?}"),
    }
}

#[tokio::test]
async fn stored_state_is_upgraded() {
    let digits = whole(json!({"exact": "1234567890123456789012.5"}));
    check_upgrade(
        2,
        r#"{"name": "n", "exact": 1234567890123456789012.5, "dropped": 1}"#,
        Ok(digits),
    )
    .await;
    check_upgrade(0, r#"{"title": "n"}"#, Ok(whole(json!({})))).await;
    check_upgrade(3, "{}", Err("Upgrade the provider.")).await;
    check_upgrade(2, "{", Err("Stored state cannot be read")).await;
    check_upgrade(0, "", Err("Terraform 0.12")).await;
    check_upgrade(
        2,
        &"[".repeat(1_000_000),
        Err("Stored state cannot be read"),
    )
    .await;
}

#[tokio::test]
async fn things_are_imported_moved_and_have_no_identity() {
    let mut client = configured().await;
    let import = |id: &str| pb::import_resource_state::Request {
        type_name: "probe_thing".to_owned(),
        id: id.to_owned(),
        ..Default::default()
    };
    let found = client
        .import_resource_state(import("i"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        decode(found.imported_resources[0].state.clone()),
        whole(json!({"id": "i"}))
    );
    let found = client
        .import_resource_state(import("none"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        (found.imported_resources.len(), said(found.diagnostics)),
        (0, vec![": There is none: Look again.".to_owned()])
    );

    let adopt = |from: &str| pb::move_resource_state::Request {
        source_type_name: from.to_owned(),
        target_type_name: "probe_thing".to_owned(),
        source_state: Some(pb::RawState {
            json: br#"{"label": "n"}"#.to_vec(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let moved = client
        .move_resource_state(adopt("other_thing"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(decode(moved.target_state), whole(json!({})));
    let moved = client
        .move_resource_state(adopt("foreign"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(said(moved.diagnostics), [": Cannot move: foreign"]);

    let request = pb::upgrade_resource_identity::Request {
        type_name: "probe_thing".to_owned(),
        ..Default::default()
    };
    let upgraded = client
        .upgrade_resource_identity(request)
        .await
        .unwrap()
        .into_inner();
    assert!(said(upgraded.diagnostics)[0].starts_with(": No resource identity"));
}

// ---- Data sources and functions. ----

#[tokio::test]
async fn data_sources_are_validated_and_read() {
    let mut client = configured().await;
    let config = encode(json!({"key": "a b", "found": null}));
    let request = pb::validate_data_resource_config::Request {
        type_name: "probe_lookup".to_owned(),
        config,
    };
    let found = client
        .validate_data_resource_config(request)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        said(found.diagnostics),
        ["key: Invalid value for key: It has a space."]
    );
    let cases = [
        (json!(null), json!({"key": "k", "found": "k at here"}), ""),
        (json!("x"), json!({"key": "x", "found": "x at here"}), ""),
        (
            json!("panic"),
            json!(null),
            "The provider panicked: not today.",
        ),
        (
            json!("forgets"),
            json!({"key": "forgets", "found": null}),
            "The provider left found unknown.",
        ),
    ];
    for (key, expected, says) in cases {
        let config = encode(json!({"key": key, "found": null}));
        let request = pb::read_data_source::Request {
            type_name: "probe_lookup".to_owned(),
            config,
            ..Default::default()
        };
        let response = client.read_data_source(request).await.unwrap().into_inner();
        assert_eq!(decode(response.state), expected);
        assert!(said(response.diagnostics).concat().contains(says));
    }
}

async fn check_call(arguments: &[Json], expected: Result<&str, (&str, Option<i64>)>) {
    let mut client = unconfigured().await;
    let arguments = arguments
        .iter()
        .filter_map(|argument| encode(argument.clone()))
        .collect();
    let request = pb::call_function::Request {
        name: "join".to_owned(),
        arguments,
    };
    let response = client.call_function(request).await.unwrap().into_inner();
    match (expected, response.error) {
        (Ok(expected), None) => assert_eq!(decode(response.result), expected),
        (Err((text, argument)), Some(error)) => assert_eq!(
            (error.text.as_str(), error.function_argument),
            (text, argument)
        ),
        (expected, found) => panic!("{found:?} is not {expected:?}"),
    }
}

#[tokio::test]
async fn functions_are_called() {
    check_call(&[json!(2), json!("a"), json!("b")], Ok("abab")).await;
    check_call(&[json!(-1)], Err(("It is negative.", Some(0)))).await;
    check_call(&[], Err(("There are too few arguments.", None))).await;
    let wrong = "Expected a string here, according to the provider's schema.";
    check_call(&[json!(1), json!(true)], Err((wrong, Some(1)))).await;
}

// ---- What no Terraform should send. ----

#[tokio::test]
async fn hostile_messages_are_errors() {
    let mut client = configured().await;
    let deep = vec![0x91; 1_000_000];
    let huge = vec![0xdd, 0xff, 0xff, 0xff, 0xff];
    for msgpack in [deep, huge, vec![0xc1], vec![0xa5], b"{}".to_vec()] {
        let bytes = Some(pb::DynamicValue {
            msgpack,
            json: Vec::new(),
        });
        let request = pb::apply_resource_change::Request {
            type_name: "probe_thing".to_owned(),
            prior_state: bytes.clone(),
            planned_state: bytes.clone(),
            config: bytes.clone(),
            ..Default::default()
        };
        let response = client
            .apply_resource_change(request)
            .await
            .unwrap()
            .into_inner();
        assert_eq!(response.diagnostics.len(), 1);
        assert_eq!(response.new_state, bytes, "what there was is kept");
    }
    let (_, found) = apply(&mut client, json!({"nonsense": 1}), Json::Null, Json::Null).await;
    assert_eq!(found.len(), 1);
    let request = pb::read_resource::Request {
        type_name: "probe_nothing".to_owned(),
        ..Default::default()
    };
    let found = said(
        client
            .read_resource(request)
            .await
            .unwrap()
            .into_inner()
            .diagnostics,
    );
    assert!(found[0].starts_with(": Unknown resource type"), "{found:?}");
}

#[tokio::test]
async fn large_values_pass() {
    let mut client = configured().await;
    let large = "x".repeat(5 << 20);
    let planned = plan(&mut client, Json::Null, whole(json!({"color": large})));
    let (planned, _, found) = tokio::time::timeout(Duration::from_secs(60), planned)
        .await
        .unwrap();
    assert!(planned["color"] == json!(large) && found.is_empty());
}

#[tokio::test]
async fn what_comes_later_is_unimplemented() {
    let mut client = unconfigured().await;
    let status = client
        .plan_action(pb::plan_action::Request::default())
        .await
        .unwrap_err();
    assert_eq!(status.code(), tonic::Code::Unimplemented);
}
