//! Validation, and configuration with unknowns.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;

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
