//! Objects that are looked for.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;

/// Identity, object and what is said of each that is found.
async fn search(among: &str, with_object: bool, limit: i64) -> Vec<(Json, Json, Vec<String>)> {
    let request = pb::list_resource::Request {
        type_name: "probe_thing".to_owned(),
        config: encode(json!({ "among": among })),
        include_resource_object: with_object,
        limit,
    };
    let answer = configured().await.list_resource(request).await;
    let mut events = answer.unwrap().into_inner();
    let mut found = Vec::new();
    while let Some(event) = events.message().await.unwrap() {
        let identity = decode(event.identity.and_then(|identity| identity.identity_data));
        let object = decode(event.resource_object);
        let id = object.get("id").cloned().unwrap_or_default();
        assert!(identity == json!("<none>") || !event.display_name.is_empty());
        found.push((identity, id, said(event.diagnostic)));
    }
    found
}

#[tokio::test]
async fn things_are_found_with_their_identity_and_if_wanted_as_they_are() {
    let named = json!({"name": "n"});
    let object = |id: &str| (named.clone(), json!(id), vec![]);
    let bare = (named.clone(), Json::Null, vec![]);
    assert_eq!(search("a,b", true, 100).await, [object("a"), object("b")]);
    assert_eq!(
        search("a,b", false, 100).await,
        [bare.clone(), bare.clone()]
    );
    assert_eq!(search("a,b,c", false, 1).await, [bare]);
}

#[tokio::test]
async fn one_that_cannot_be_read_does_not_hide_the_others() {
    let found = search("a,none,b", false, 100).await;
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].2, [": There is none: Look again."]);
}

#[tokio::test]
async fn a_search_that_fails_says_why() {
    for (among, says) in [("fails", "It failed"), ("panics", "not here")] {
        let found = search(among, true, 100).await;
        assert!(found[0].2[0].contains(says), "{found:?}");
    }
    let mut client = unconfigured().await;
    let request = pb::validate_list_resource_config::Request {
        type_name: "probe_thing".to_owned(),
        config: encode(json!({"among": "a b"})),
        ..Default::default()
    };
    let answer = client.validate_list_resource_config(request).await;
    let found = said(answer.unwrap().into_inner().diagnostics);
    assert!(found[0].contains("It has a space"), "{found:?}");
}
