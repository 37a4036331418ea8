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

fn identity(name: Json) -> Option<pb::ResourceIdentityData> {
    Some(pb::ResourceIdentityData {
        identity_data: encode(json!({ "name": name })),
    })
}

fn told(identity: Option<pb::ResourceIdentityData>) -> Json {
    decode(identity.and_then(|identity| identity.identity_data))
}

#[tokio::test]
async fn an_identity_is_told_by_the_schema_and_with_every_state() {
    let mut client = configured().await;
    let schemas = client
        .get_resource_identity_schemas(pb::get_resource_identity_schemas::Request::default())
        .await
        .unwrap()
        .into_inner()
        .identity_schemas;
    let attributes = &schemas["probe_thing"].identity_attributes;
    let names: Vec<_> = attributes.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(
        (names, attributes[0].required_for_import),
        (vec!["name"], true)
    );

    let read = |name: &str| pb::read_resource::Request {
        type_name: "probe_thing".to_owned(),
        current_state: encode(state(json!({ "name": name }))),
        current_identity: identity(json!("before")),
        ..Default::default()
    };
    for (name, expected) in [
        ("n", json!({"name": "n"})),
        ("gone", json!("<none>")),
        ("unreadable", json!({"name": "unreadable"})),
    ] {
        let answer = client.read_resource(read(name)).await.unwrap();
        assert_eq!(told(answer.into_inner().new_identity), expected, "{name}");
    }
    let request = pb::apply_resource_change::Request {
        type_name: "probe_thing".to_owned(),
        prior_state: encode(Json::Null),
        planned_state: encode(state(json!({}))),
        config: encode(whole(json!({}))),
        ..Default::default()
    };
    let made = client.apply_resource_change(request).await.unwrap();
    assert_eq!(told(made.into_inner().new_identity), json!({"name": "n"}));
}

#[tokio::test]
async fn things_are_imported_by_identity() {
    let import = async |name: Json| {
        let request = pb::import_resource_state::Request {
            type_name: "probe_thing".to_owned(),
            identity: identity(name),
            ..Default::default()
        };
        let answer = configured().await.import_resource_state(request).await;
        let answer = answer.unwrap().into_inner();
        let imported = answer.imported_resources.into_iter();
        let found: Vec<_> = imported
            .map(|one| (decode(one.state)["id"].clone(), told(one.identity)))
            .collect();
        (found, said(answer.diagnostics))
    };
    let found = vec![(json!("named n"), json!({"name": "n"}))];
    assert_eq!(import(json!("n")).await, (found, vec![]));
    let (found, said) = import(json!("x")).await;
    assert!(
        found.is_empty() && said[0].contains("only one whose name is \"n\""),
        "{said:?}"
    );
    assert_eq!(import(json!([])).await.0, vec![]);
}

async fn upgrade_identity(version: i64, stored: &str) -> (Json, Vec<String>) {
    let request = pb::upgrade_resource_identity::Request {
        type_name: "probe_thing".to_owned(),
        version,
        raw_identity: Some(pb::RawState {
            json: stored.as_bytes().to_vec(),
            ..Default::default()
        }),
    };
    let answer = unconfigured()
        .await
        .upgrade_resource_identity(request)
        .await;
    let answer = answer.unwrap().into_inner();
    (told(answer.upgraded_identity), said(answer.diagnostics))
}

#[tokio::test]
async fn stored_identities_are_read() {
    let stored = r#"{"name": "n"}"#;
    let expected = (json!({"name": "n"}), vec![]);
    assert_eq!(upgrade_identity(0, stored).await, expected);
    for (version, stored, says) in [
        (1, stored, "Upgrade the provider."),
        (0, "{", "cannot be read"),
        (0, "", "cannot be read"),
    ] {
        let (identity, said) = upgrade_identity(version, stored).await;
        assert_eq!(identity, json!("<none>"));
        assert!(said[0].contains(says), "{said:?}");
    }
}
