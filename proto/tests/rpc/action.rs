//! Actions, from their plan to their end.

use serde_json::json;

use crate::client::*;
use crate::pb;
use crate::pb::invoke_action::event::Type;

/// What was said on the way, and at the end.
async fn invoke(name: &str, times: i64, how: Option<&str>) -> (Vec<String>, Vec<String>) {
    let request = pb::invoke_action::Request {
        action_type: name.to_owned(),
        config: encode(json!({"times": times, "how": how})),
        ..Default::default()
    };
    let answer = configured().await.invoke_action(request).await;
    let mut events = answer.unwrap().into_inner();
    let mut messages = Vec::new();
    while let Some(event) = events.message().await.unwrap() {
        match event.r#type.unwrap() {
            Type::Progress(progress) => messages.push(progress.message),
            Type::Completed(completed) => {
                assert!(events.message().await.unwrap().is_none());
                return (messages, said(completed.diagnostics));
            }
        }
    }
    panic!("it did not complete");
}

#[tokio::test]
async fn an_action_tells_how_far_it_is_and_how_it_ends() {
    let messages = ["0 at here", "1 at here"].map(str::to_owned).to_vec();
    let warned = vec![": Shaken: softly".to_owned()];
    assert_eq!(
        invoke("probe_shake", 2, None).await,
        (messages.clone(), vec![])
    );
    assert_eq!(
        invoke("probe_shake", 2, Some("softly")).await,
        (messages.clone(), warned)
    );
    let broken = vec![": It broke: Shake less.".to_owned()];
    assert_eq!(
        invoke("probe_shake", 2, Some("hard")).await,
        (messages, broken)
    );
}

#[tokio::test]
async fn an_action_that_panics_or_is_unknown_ends_with_an_error() {
    let (_, said) = invoke("probe_shake", 1, Some("panics")).await;
    assert!(said[0].contains("too much"), "{said:?}");
    let (_, said) = invoke("probe_nothing", 1, None).await;
    assert!(said[0].starts_with(": Unknown action"), "{said:?}");
}

#[tokio::test]
async fn an_action_is_validated_and_planned() {
    let mut client = configured().await;
    let request = pb::validate_action_config::Request {
        type_name: "probe_shake".to_owned(),
        config: encode(json!({"times": "<unknown>", "how": "a b"})),
    };
    let answer = client.validate_action_config(request).await;
    let found = said(answer.unwrap().into_inner().diagnostics);
    assert!(
        found[0].starts_with("how: ") && found.len() == 1,
        "{found:?}"
    );
    for (name, expected) in [("probe_shake", 0), ("probe_nothing", 1)] {
        let request = pb::plan_action::Request {
            action_type: name.to_owned(),
            config: encode(json!({"times": 1, "how": null})),
            ..Default::default()
        };
        let answer = client.plan_action(request).await.unwrap().into_inner();
        assert_eq!(answer.diagnostics.len(), expected);
    }
}
