//! Calls about the provider itself.

use serde_json::{Value as Json, json};

use crate::client::*;
use crate::pb;
use crate::probe::server;

#[tokio::test]
async fn it_says_what_it_has() {
    let mut client = unconfigured().await;
    assert_eq!(server().problems(), NOTHING);
    let metadata = client
        .get_metadata(pb::get_metadata::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(metadata.resources[0].type_name, "probe_thing");
    assert_eq!(metadata.data_sources[0].type_name, "probe_lookup");
    assert_eq!(metadata.functions[0].name, "join");

    let schemas = client
        .get_provider_schema(pb::get_provider_schema::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(said(schemas.diagnostics), NOTHING);
    assert!(schemas.provider.is_some() && schemas.data_source_schemas.contains_key("probe_lookup"));
    let thing = &schemas.resource_schemas["probe_thing"];
    assert_eq!(thing.version, 2);
    let block = thing.block.as_ref().unwrap();
    let attribute = |name: &str| {
        block
            .attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .unwrap()
    };
    assert!(attribute("parts").r#type.is_empty() && attribute("parts").nested_type.is_some());
    assert_eq!(attribute("labels").r#type, br#"["map","string"]"#);
    assert!(attribute("size").optional && attribute("size").computed);
    assert!(attribute("password").write_only && attribute("password").sensitive);
    assert_eq!(block.block_types[0].type_name, "slot");
}

#[tokio::test]
async fn it_says_which_functions_and_identities_it_has() {
    let mut client = unconfigured().await;
    let schemas = client
        .get_provider_schema(pb::get_provider_schema::Request {})
        .await
        .unwrap()
        .into_inner();
    let functions = client
        .get_functions(pb::get_functions::Request {})
        .await
        .unwrap()
        .into_inner()
        .functions;
    assert_eq!(functions, schemas.functions);
    assert_eq!(functions["join"].parameters[0].r#type, br#""number""#);
    let identities = client
        .get_resource_identity_schemas(pb::get_resource_identity_schemas::Request {})
        .await;
    let identities = identities.unwrap().into_inner().identity_schemas;
    let named: Vec<_> = identities.keys().collect();
    assert_eq!(named, ["probe_thing"]);
}

#[tokio::test]
async fn the_provider_is_validated_and_configured() {
    let mut client = unconfigured().await;
    let request = pb::validate_provider_config::Request {
        config: encode(json!({"endpoint": "a b"})),
    };
    let found = client
        .validate_provider_config(request)
        .await
        .unwrap()
        .into_inner()
        .diagnostics;
    assert_eq!(
        said(found),
        ["endpoint: Invalid value for endpoint: It has a space."]
    );
    let (_, _, found) = plan(&mut client, Json::Null, whole(json!({}))).await;
    assert!(found[0].contains("Provider is not configured"), "{found:?}");
    assert_eq!(
        configure(&mut client, json!({"endpoint": "down"})).await,
        ["endpoint: It is down: 1.15.0"]
    );
    assert_eq!(
        configure(&mut client, json!({"endpoint": "<unknown>"})).await,
        NOTHING
    );
}
