//! Data sources and functions.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;

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
