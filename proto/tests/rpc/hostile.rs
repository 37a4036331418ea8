//! What no Terraform should send, and what it may send one day.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;

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
        .generate_resource_config(pb::generate_resource_config::Request::default())
        .await
        .unwrap_err();
    assert_eq!(status.code(), tonic::Code::Unimplemented);
}
