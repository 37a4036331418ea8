//! State that comes from elsewhere: upgraded, imported, moved.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;

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

async fn import(id: &str) -> (Vec<Json>, Vec<String>) {
    let request = pb::import_resource_state::Request {
        type_name: "probe_thing".to_owned(),
        id: id.to_owned(),
        ..Default::default()
    };
    let response = configured()
        .await
        .import_resource_state(request)
        .await
        .unwrap()
        .into_inner();
    let found = response
        .imported_resources
        .into_iter()
        .map(|imported| decode(imported.state));
    (found.collect(), said(response.diagnostics))
}

#[tokio::test]
async fn things_are_imported() {
    assert_eq!(import("i").await, (vec![whole(json!({"id": "i"}))], vec![]));
    assert_eq!(
        import("none").await,
        (vec![], vec![": There is none: Look again.".to_owned()])
    );
}

async fn adopt(from: &str) -> (Json, Vec<String>) {
    let stored = pb::RawState {
        json: br#"{"label": "n"}"#.to_vec(),
        ..Default::default()
    };
    let request = pb::move_resource_state::Request {
        source_type_name: from.to_owned(),
        target_type_name: "probe_thing".to_owned(),
        source_state: Some(stored),
        ..Default::default()
    };
    let response = unconfigured()
        .await
        .move_resource_state(request)
        .await
        .unwrap()
        .into_inner();
    (decode(response.target_state), said(response.diagnostics))
}

#[tokio::test]
async fn things_are_moved() {
    assert_eq!(adopt("other_thing").await, (whole(json!({})), vec![]));
    assert_eq!(
        adopt("foreign").await,
        (json!("<none>"), vec![": Cannot move: foreign".to_owned()])
    );
}

#[tokio::test]
async fn things_have_no_identity() {
    let request = pb::upgrade_resource_identity::Request {
        type_name: "probe_thing".to_owned(),
        ..Default::default()
    };
    let response = unconfigured()
        .await
        .upgrade_resource_identity(request)
        .await
        .unwrap();
    assert!(said(response.into_inner().diagnostics)[0].starts_with(": No resource identity"));
}
