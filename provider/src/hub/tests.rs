//! A hub's plan, as a user sees it, and what of it survives a look at AWS.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use tfplugin::{Resource, Value};

use super::{Hub, Model, plan_names};
use crate::aws::{Account, Aws};

fn aws(account: Value<String>) -> Aws {
    let account = Account {
        id: account,
        region: "eu-west-1".to_owned().into(),
    };
    Aws::new(
        SdkConfig::builder().build(),
        account,
        Value::Known(BTreeMap::new()),
    )
}

fn planned(aws: &Aws, config: Model) -> Model {
    let mut planned = Model {
        region: "eu-west-1".to_owned().into(),
        event_bus_name: config
            .event_bus_name
            .clone()
            .or("log-enablement-bus".to_owned()),
        function_name: config
            .function_name
            .clone()
            .or("EventDrivenLogEnabler".to_owned()),
        ..config.clone()
    };
    plan_names(aws, &config, &mut planned);
    planned
}

#[test]
fn every_name_is_known_in_the_plan() {
    let hub = planned(&aws("123456789012".to_owned().into()), Model::default());
    let check = |value: &Value<String>, expected: &str| assert_eq!(value.as_str(), Some(expected));
    check(&hub.id, "eu-west-1/log-enablement-bus");
    check(
        &hub.event_bus_arn,
        "arn:aws:events:eu-west-1:123456789012:event-bus/log-enablement-bus",
    );
    check(
        &hub.function_arn,
        "arn:aws:lambda:eu-west-1:123456789012:function:EventDrivenLogEnabler",
    );
    check(
        &hub.function_role_arn,
        "arn:aws:iam::123456789012:role/EventDrivenLogEnablerRole-eu-west-1",
    );
    check(
        &hub.dead_letter_queue_arn,
        "arn:aws:sqs:eu-west-1:123456789012:EventDrivenLogEnabler-dead-letters",
    );
    check(&hub.schema_database_name, "log_enablement_bus_schemas");
}

#[test]
fn names_that_depend_on_an_unknown_are_unknown_and_nothing_else() {
    let hub = planned(&aws(Value::Unknown), Model::default());
    assert!(hub.event_bus_arn.is_unknown() && hub.function_arn.is_unknown());
    assert_eq!(hub.event_bus_name.as_str(), Some("log-enablement-bus"));
}

#[test]
fn a_role_of_the_users_own_is_kept() {
    let role = "arn:aws:iam::123456789012:role/mine";
    let config = Model {
        function_role_arn: role.to_owned().into(),
        ..Model::default()
    };
    let hub = planned(&aws("123456789012".to_owned().into()), config);
    assert_eq!(hub.function_role_arn.as_str(), Some(role));
}

#[test]
fn the_schema_and_the_model_name_the_same_attributes() {
    crate::model::check_names::<Model>(&Hub::schema());
}
