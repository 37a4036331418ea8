//! Plans.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::probe::server;

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

/// The plan of a new thing.
fn new(more: Json) -> Json {
    let computed = json!({"id": UNKNOWN, "size": 1, "color": UNKNOWN, "stamp": UNKNOWN});
    with(whole(computed), more)
}

fn with(mut all: Json, more: Json) -> Json {
    for (name, value) in more.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    all
}

const UNKNOWN: &str = "<unknown>";

#[tokio::test]
async fn what_is_new_has_defaults_and_unknowns() {
    // Secrets that are not to be stored are left out.
    check_plan(Json::Null, json!({"password": "p"}), new(json!({})), &[]).await;
    let part = json!([{"kind": "k", "serial": null}]);
    let parts = json!({"parts": part, "slot": part});
    let made = json!([{"kind": "k", "serial": UNKNOWN}]);
    check_plan(
        Json::Null,
        parts,
        new(json!({"parts": made, "slot": made})),
        &[],
    )
    .await;
}

#[tokio::test]
async fn numbers_keep_every_digit() {
    // `ratio` is a float in the model.
    let numbers = json!({"ratio": "0.1", "exact": "1234567890123456789012.5"});
    check_plan(Json::Null, numbers.clone(), new(numbers), &[]).await;
    let long = json!({"ratio": "0.1000000000000000000000001"});
    check_plan(Json::Null, long.clone(), new(long), &[]).await;
}

#[tokio::test]
async fn nothing_to_do_is_the_prior_state() {
    check_plan(state(json!({})), json!({}), state(json!({})), &[]).await;
    let sorted = state(json!({"tags": ["a", "b"]}));
    check_plan(sorted.clone(), json!({"tags": ["b", "a"]}), sorted, &[]).await;
    let served = state(json!({"parts": [{"kind": "k", "serial": "s"}]}));
    let part = json!([{"kind": "k", "serial": null}]);
    check_plan(served.clone(), json!({"parts": part}), served, &[]).await;
}

#[tokio::test]
async fn an_update_may_change_what_is_computed() {
    let update = |more| state(with(json!({"color": UNKNOWN, "stamp": UNKNOWN}), more));
    check_plan(
        state(json!({})),
        json!({"ratio": 2}),
        update(json!({"ratio": 2})),
        &[],
    )
    .await;
    // Drift away from a default is healed, and a hook finds drift in what is computed.
    check_plan(state(json!({"size": 7})), json!({}), update(json!({})), &[]).await;
    let drifted = state(json!({"name": "heal", "color": "red"}));
    let healed = update(json!({"name": "heal", "color": "green"}));
    check_plan(drifted, json!({"name": "heal"}), healed, &[]).await;
}

#[tokio::test]
async fn a_replacement_is_planned_like_a_create() {
    for name in ["m", UNKNOWN] {
        let config = json!({"name": name});
        check_plan(state(json!({})), config.clone(), new(config), &["name"]).await;
    }
    let forced = json!({"name": "forced"});
    check_plan(
        state(forced.clone()),
        forced.clone(),
        new(forced),
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

#[test]
fn plans_can_be_tested_without_terraform() {
    let config: tfplugin::Dynamic =
        serde_json::from_value(json!({"name": "n", "ratio": 0.1, "tags": ["b", "a"]})).unwrap();
    let planned = server().plan_resource("probe_thing", &String::new(), None, config.clone());
    let planned = planned.unwrap();
    assert_eq!(planned.get("size").as_i64(), Some(1));
    assert_eq!(
        planned.get("tags").as_list().unwrap()[0].as_str(),
        Some("a")
    );
    assert!(planned.get("stamp").is_unknown());
    assert!(server().validate_resource("probe_thing", config).is_empty());
}
