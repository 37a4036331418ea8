//! A forwarder's plan, as a user sees it.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use logenabler_catalog::LOG_TYPES;
use tfplugin::{Resource, Value};

use super::{Forwarder, Model, plan::refine};
use crate::aws::{Account, Aws};

fn aws() -> Aws {
    let account = Account {
        id: "123456789012".to_owned().into(),
        region: "eu-west-1".to_owned().into(),
    };
    Aws::new(
        SdkConfig::builder().build(),
        account,
        Value::Known(BTreeMap::new()),
    )
}

fn to_bus_in(hub_region: &str, region: &str) -> Model {
    let partition = logenabler_catalog::Partition::of_region(hub_region).name;
    Model {
        region: region.to_owned().into(),
        event_bus_arn: format!("arn:{partition}:events:{hub_region}:123456789012:event-bus/b")
            .into(),
        ..Model::default()
    }
}

fn plan(config: Model) -> Result<Model, String> {
    let mut planned = config.clone();
    match refine(&aws(), &config, &mut planned) {
        Ok(_) => Ok(planned),
        Err(errors) => Err(errors.iter().map(|e| e.detail().to_owned()).collect()),
    }
}

#[test]
fn everything_is_known_in_the_plan() {
    let planned = plan(to_bus_in("ap-southeast-2", "us-east-1")).unwrap();
    assert_eq!(
        planned.id.as_str(),
        Some("us-east-1/ForwardLoggingEvents-to-ap-southeast-2")
    );
    let rule = "arn:aws:events:us-east-1:123456789012:rule/ForwardLoggingEvents-to-ap-southeast-2";
    assert_eq!(
        planned.rule_arns,
        Value::Known(vec![rule.to_owned().into()])
    );
    let role = "arn:aws:iam::123456789012:role/ForwardLoggingEvents-to-ap-southeast-2-us-east-1";
    assert_eq!(planned.role_arn.as_str(), Some(role));
    let patterns = planned.event_patterns.known().unwrap();
    assert!(patterns.iter().all(|p| {
        p.as_str()
            .is_some_and(|p| p.contains("ModifyLoadBalancerAttributes"))
    }));
    assert!(
        planned
            .log_types
            .known()
            .is_some_and(|types| !types.is_empty())
    );
}

#[test]
fn an_unknown_bus_leaves_the_names_unknown_and_the_patterns_known() {
    let config = Model {
        event_bus_arn: Value::Unknown,
        ..to_bus_in("eu-west-1", "eu-west-1")
    };
    let planned = plan(config).unwrap();
    assert!(
        planned.rule_name.is_unknown() && planned.id.is_unknown() && planned.rule_arns.is_unknown()
    );
    assert!(planned.event_patterns.is_known());
}

#[test]
fn a_bus_that_cannot_be_reached_is_refused_with_the_reason() {
    let check = |hub: &str, region: &str, reason: Option<&str>| match (
        plan(to_bus_in(hub, region)),
        reason,
    ) {
        (Ok(_), None) => {}
        (Err(said), Some(reason)) => assert!(said.contains(reason), "{said}"),
        (answer, _) => panic!("{hub} from {region}: {answer:?}"),
    };
    check("eu-west-1", "us-east-1", None);
    check("us-gov-west-1", "us-gov-west-1", None);
    check(
        "us-gov-west-1",
        "us-gov-east-1",
        Some("EventBridge cannot send"),
    );
    check(
        "cn-north-1",
        "cn-northwest-1",
        Some("EventBridge cannot send"),
    );
    check("cn-north-1", "eu-west-1", Some("events cannot cross"));
}

/// Row 11 of the original's faults: a log type that sends its events to one region only was waited for elsewhere, in silence.
#[test]
fn log_types_of_one_region_are_left_out_elsewhere_or_warned_of() {
    let check = |region: &str, left_out: &[&str], said: &str| {
        let everything: Vec<_> = LOG_TYPES.iter().map(|log_type| log_type.name).collect();
        let planned = plan(to_bus_in("ap-southeast-2", region)).unwrap();
        let here: Vec<_> = planned
            .log_types
            .known()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let missing: Vec<_> = everything
            .iter()
            .filter(|name| !here.contains(name))
            .copied()
            .collect();
        assert_eq!(missing, left_out, "{region}");

        let config = Model {
            log_types: Value::Known(
                everything
                    .iter()
                    .map(|name| (*name).to_owned().into())
                    .collect(),
            ),
            ..to_bus_in("ap-southeast-2", region)
        };
        let warnings = refine(&aws(), &config, &mut config.clone()).unwrap();
        let advice: Vec<_> = warnings.iter().map(|w| w.detail().to_owned()).collect();
        assert!(
            advice.len() == left_out.len() && advice.iter().all(|a| a.contains(said)),
            "{advice:?}"
        );
    };
    check("us-east-1", &[], "");
    check(
        "eu-west-1",
        &["cloudfront_standard", "cloudfront_standard_v2"],
        "in us-east-1 only",
    );
}

/// An import reads them from one tag, whose value AWS limits.
#[test]
fn the_names_of_all_log_types_fit_into_a_tag() {
    let names: Vec<_> = LOG_TYPES.iter().map(|log_type| log_type.name).collect();
    let length = names.join(" ").len();
    assert!(length <= 256, "{length} characters: divide them");
}

#[test]
fn the_schema_and_the_model_name_the_same_attributes() {
    crate::model::check_names::<Model>(&Forwarder::schema());
}

const FUNCTION: &str = "arn:aws:iam::111111111111:role/EventDrivenLogEnablerRole-ap-southeast-2";

fn with_catalog_role(create: Value<bool>, function: Value<String>) -> Model {
    Model {
        create_catalog_role: create,
        hub_function_role_arn: function,
        ..to_bus_in("ap-southeast-2", "eu-west-1")
    }
}

#[test]
fn the_catalog_role_is_known_in_the_plan() {
    let check = |create: Value<bool>, expected: Value<String>| {
        let planned = plan(with_catalog_role(create, FUNCTION.to_owned().into())).unwrap();
        assert_eq!(planned.catalog_role_arn, expected);
    };
    let role = "arn:aws:iam::123456789012:role/LogEnablerCatalog-ap-southeast-2-eu-west-1";
    check(true.into(), role.to_owned().into());
    check(false.into(), Value::Null);
    check(Value::Unknown, Value::Unknown);
}

#[test]
fn a_catalog_role_is_for_somebody_and_nobody_is_named_for_none() {
    let check = |create: Value<bool>, function: Value<String>, said: Option<&str>| {
        let wrong = Forwarder::validate(&with_catalog_role(create, function));
        let summaries: Vec<_> = wrong.iter().map(|it| it.summary().to_owned()).collect();
        assert_eq!(summaries, Vec::from_iter(said));
    };
    let function = || Value::Known(FUNCTION.to_owned());
    check(Value::Null, Value::Null, None);
    check(true.into(), function(), None);
    check(true.into(), Value::Unknown, None);
    check(Value::Unknown, Value::Null, None);
    check(Value::Unknown, function(), None);
    check(
        true.into(),
        Value::Null,
        Some("Nobody could use the catalog role"),
    );
    let unused = "hub_function_role_arn would have no effect";
    check(false.into(), function(), Some(unused));
    check(Value::Null, function(), Some(unused));
}
