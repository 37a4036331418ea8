//! A table schema's plan, as a user sees it.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use logenabler_catalog::LOG_TYPES;
use tfplugin::{Resource, Value};

use super::{Column, Model, SchemaOfTables, plan};
use crate::aws::{Account, Aws};

const BUS: &str = "arn:aws:events:eu-west-1:123456789012:event-bus/hub";

fn aws() -> Aws {
    let account = Account {
        id: "123456789012".into(),
        region: "us-east-1".into(),
    };
    Aws::new(
        SdkConfig::builder().build(),
        account,
        Value::Known(BTreeMap::new()),
    )
}

fn of(log_type: &str) -> Model {
    Model {
        event_bus_arn: BUS.into(),
        log_type: log_type.into(),
        ..Model::default()
    }
}

fn planned(config: &Model) -> Model {
    let mut planned = config.clone();
    plan::refine(&aws(), config, &mut planned).unwrap();
    planned
}

/// `expected` is the path and a part of what is said.
fn check_refused(config: &Model, expected: [&str; 2]) {
    let mut planned = config.clone();
    let said = plan::refine(&aws(), config, &mut planned).unwrap_err();
    let [one] = said.iter().collect::<Vec<_>>()[..] else {
        panic!("{said:?}")
    };
    assert_eq!(
        one.path().map(ToString::to_string).as_deref(),
        Some(expected[0])
    );
    assert!(one.detail().contains(expected[1]), "{}", one.detail());
}

#[test]
fn the_schema_and_the_model_name_the_same_attributes() {
    crate::model::check_names::<Model>(&SchemaOfTables::schema());
}

#[test]
fn everything_is_known_in_the_plan() {
    for log_type in LOG_TYPES {
        let planned = planned(&of(log_type.name));
        let id = format!("eu-west-1/hub/{}", log_type.name);
        assert_eq!(
            (planned.id.as_str(), planned.region.as_str()),
            (Some(&*id), Some("eu-west-1"))
        );
        assert_eq!(planned.database_name.as_str(), Some(log_type.database));
        let ddl = planned.ddl.as_str().unwrap();
        assert!(
            ddl.contains("s3://{bucket}/{prefix}/") && ddl.contains("_{resource_name}"),
            "{ddl}"
        );
        assert!(planned.serde.as_str().unwrap().starts_with("org."));
        let columns = planned.effective_columns.known().unwrap();
        assert_eq!(columns.len(), log_type.columns().count());
    }
}

#[test]
fn the_outcome_waits_for_what_it_is_made_of() {
    let unknown = |change: fn(&mut Model)| {
        let mut config = of("alb_access");
        change(&mut config);
        let planned = planned(&config);
        assert!(
            planned.ddl.is_unknown() && planned.effective_columns.is_unknown(),
            "{config:?}"
        );
    };
    unknown(|config| config.log_type = Value::Unknown);
    unknown(|config| config.database_name = Value::Unknown);
    unknown(|config| config.parameters = Value::Known([("a".to_owned(), Value::Unknown)].into()));
    unknown(|config| config.columns = Value::Known(vec![Value::Unknown]));
    unknown(|config| {
        let name = "a".into();
        let (ty, comment) = ("int".into(), Value::Unknown);
        config.columns = Value::Known(vec![Value::Known(Column { name, ty, comment })]);
    });
    let mut of_unknown_hub = of("alb_access");
    of_unknown_hub.event_bus_arn = Value::Unknown;
    let planned = planned(&of_unknown_hub);
    assert!(planned.ddl.is_known() && planned.id.is_unknown() && planned.region.is_unknown());
}

#[test]
fn what_cannot_be_is_refused_at_its_place() {
    let mut elsewhere = of("alb_access");
    elsewhere.region = "us-east-1".into();
    check_refused(&elsewhere, ["region", "The event bus is in eu-west-1"]);
    let mut foreign = of("alb_access");
    foreign.event_bus_arn = BUS.replace("123456789012", "210987654321").into();
    check_refused(&foreign, ["event_bus_arn", "account 210987654321"]);
    let mut shared = of("alb_access");
    shared.table_name = "everything".into();
    check_refused(&shared, ["table_name", "no two resources share a table"]);
    let mut column = of("alb_access");
    column.columns = Value::Known(vec![Value::Known(Column {
        name: "elb".into(),
        ty: "array<string>".into(),
        comment: Value::Null,
    })]);
    check_refused(&column, ["columns[0].type", "plain text"]);
    let mut reserved = of("waf");
    reserved.parameters = Value::Known([("logenabler.managed".to_owned(), "false".into())].into());
    check_refused(
        &reserved,
        ["parameters[\"logenabler.managed\"]", "Leave it out"],
    );
    let mut among_schemas = of("waf");
    among_schemas.database_name = "hub_schemas".into();
    check_refused(&among_schemas, ["database_name", "Choose another database"]);
    let mut null = of("waf");
    null.database_name = "BAD".into();
    null.columns = Value::Known(vec![Value::Null]);
    check_refused(&null, ["columns[0]", "name and a type"]);
    null.columns = Value::Known(vec![Value::Known(Column {
        name: "a".into(),
        ..Column::default()
    })]);
    check_refused(&null, ["columns[0].type", "name and a type"]);
    null.columns = Value::Unknown;
    check_refused(&null, ["database_name", "not a name for a Glue database"]);
}
