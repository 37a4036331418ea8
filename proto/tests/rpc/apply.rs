//! Create, update, delete and read.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;

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

async fn check_update(config: Json, expected: Json, says: &[&str]) {
    let mut client = configured().await;
    let (prior, config) = (state(json!({})), whole(config));
    let (planned, _, _) = plan(&mut client, prior.clone(), config.clone()).await;
    let (made, found) = apply(&mut client, prior, planned, config).await;
    assert_eq!(
        (made, found),
        (expected, says.iter().map(ToString::to_string).collect())
    );
}

#[tokio::test]
async fn update_tells_what_exists() {
    let changed = state(json!({"ratio": "0.1", "stamp": "changed"}));
    check_update(json!({"ratio": 0.1}), changed, &[]).await;
    check_update(
        json!({"color": "fails"}),
        state(json!({})),
        &[": It failed: It is as before."],
    )
    .await;
}

#[tokio::test]
async fn delete_tells_what_is_left() {
    let mut client = configured().await;
    let gone = apply(&mut client, state(json!({})), Json::Null, Json::Null).await;
    assert_eq!(gone, (Json::Null, vec![]));
    let stuck = state(json!({"name": "stuck"}));
    let left = apply(&mut client, stuck.clone(), Json::Null, Json::Null).await;
    assert_eq!(
        left,
        (
            stuck.clone(),
            vec![": It is stuck: Pull harder.".to_owned()]
        )
    );
    let stopped = client
        .stop_provider(pb::stop_provider::Request {})
        .await
        .unwrap();
    assert_eq!(stopped.into_inner().error, "");
    let left = apply(&mut client, stuck.clone(), Json::Null, Json::Null).await;
    assert_eq!(left, (stuck, vec![": Stopped: Run it again.".to_owned()]));
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
