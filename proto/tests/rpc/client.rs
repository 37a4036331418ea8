//! The client, and values and diagnostics in the form that tests compare.

use serde_json::{Value as Json, json};
use tfplugin::serve_connection;

use crate::pb;
use crate::probe::server;

pub(crate) type Client = pb::provider_client::ProviderClient<tonic::transport::Channel>;

pub(crate) async fn unconfigured() -> Client {
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

pub(crate) async fn configured() -> Client {
    let mut client = unconfigured().await;
    assert_eq!(
        configure(&mut client, json!({"endpoint": null})).await,
        [] as [String; 0]
    );
    client
}

pub(crate) async fn configure(client: &mut Client, config: Json) -> Vec<String> {
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
pub(crate) fn whole(given: Json) -> Json {
    let mut all = json!({
        "id": null, "name": "n", "size": null, "ratio": null, "exact": null, "color": null, "tags": null, "labels": null,
        "parts": null, "slot": [], "password": null, "stamp": null
    });
    for (name, value) in given.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    all
}

pub(crate) fn state(given: Json) -> Json {
    let mut all = whole(json!({"id": "id-1", "size": 1, "color": "grey", "stamp": "new"}));
    for (name, value) in given.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    all
}

pub(crate) async fn plan(
    client: &mut Client,
    prior: Json,
    config: Json,
) -> (Json, Vec<String>, Vec<String>) {
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

pub(crate) async fn apply(
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

pub(crate) fn encode(value: Json) -> Option<pb::DynamicValue> {
    let mut msgpack = Vec::new();
    rmpv::encode::write_value(&mut msgpack, &to_msgpack(value)).unwrap();
    Some(pb::DynamicValue {
        msgpack,
        json: Vec::new(),
    })
}

pub(crate) fn to_msgpack(value: Json) -> rmpv::Value {
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

pub(crate) fn decode(value: Option<pb::DynamicValue>) -> Json {
    let Some(value) = value else {
        return json!("<none>");
    };
    from_msgpack(rmpv::decode::read_value(&mut value.msgpack.as_slice()).unwrap())
}

pub(crate) fn from_msgpack(value: rmpv::Value) -> Json {
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
pub(crate) fn said(diagnostics: Vec<pb::Diagnostic>) -> Vec<String> {
    let one = |diagnostic: pb::Diagnostic| {
        let place = diagnostic.attribute.map(path).unwrap_or_default();
        format!("{place}: {}: {}", diagnostic.summary, diagnostic.detail)
    };
    diagnostics.into_iter().map(one).collect()
}

pub(crate) fn path(path: pb::AttributePath) -> String {
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

pub(crate) const NOTHING: [String; 0] = [];
