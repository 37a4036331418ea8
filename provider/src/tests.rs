//! What holds for every resource in the list.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use tfplugin::{Dynamic, Value};

use crate::aws::{Account, Aws};
use crate::server;

#[test]
fn no_schema_holds_what_terraform_would_refuse() {
    assert_eq!(server().problems(), Vec::<String>::new());
}

#[test]
fn every_attribute_of_every_resource_may_be_unknown_in_a_plan() {
    let account = Account {
        id: Value::Unknown,
        region: Value::Unknown,
    };
    let aws = Aws::new(SdkConfig::builder().build(), account, Value::Unknown);
    let server = server();
    for (name, schema) in server.resource_schemas() {
        let settable = schema
            .attributes()
            .iter()
            .filter(|a| a.is_required() || a.is_optional());
        let unknown = settable.map(|a| (a.name().to_owned(), Dynamic::Unknown));
        let config = Dynamic::Map(unknown.collect::<BTreeMap<_, _>>());
        let said = server.validate_resource(name, config.clone());
        assert!(said.is_empty(), "{name}: {said:?}");
        let planned = server.plan_resource(name, &aws, None, config);
        assert!(planned.is_ok(), "{name}: {planned:?}");
    }
}
