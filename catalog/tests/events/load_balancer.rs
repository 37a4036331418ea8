//! Calls on load balancers.

use crate::{ALB, ALB_MODIFY, check, found, parsed, with};
use logenabler_catalog::{Intent, Partition, Wanted, marks};
use serde_json::{Value, json};

const ALB_DELETE: &str = include_str!("../../samples/events/alb_delete.json");
const NLB_MODIFY: &str = include_str!("../../samples/events/nlb_modify.json");
const NLB: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/gate/8f7e6d5c4b3a2910";

#[test]
fn an_application_load_balancers_calls_lead_to_its_settings() {
    check(&parsed(ALB_MODIFY), Ok(&[ALB]));
    check(&parsed(ALB_DELETE), Ok(&[ALB]));
    check(
        &with(
            ALB_MODIFY,
            "/detail/requestParameters",
            json!({ "LoadBalancerArn": ALB }),
        ),
        Ok(&[ALB]),
    );
}

/// Row 6 of the original's faults: network load balancers got the schema of the others.
#[test]
fn a_network_load_balancers_calls_lead_to_a_table_of_its_own() {
    check(&parsed(NLB_MODIFY), Ok(&[NLB]));
    let intents = all_intents(&parsed(NLB_MODIFY), &[ENABLED, BUCKET]);
    let tables: Vec<_> = intents
        .iter()
        .map(|intent| intent.tables().unwrap().files)
        .map(|table| (table.database, table.name, table.location))
        .collect();
    let location = "s3://example-logs/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/";
    let expected = ["nlb_access_logs_db", "nlb_gate_raw", location].map(str::to_owned);
    assert_eq!(tables, [expected.into()]);
}

#[test]
fn other_calls_lead_nowhere() {
    check(
        &with(
            ALB_MODIFY,
            "/detail/eventName",
            json!("DescribeLoadBalancers"),
        ),
        Ok(&[]),
    );
    check(&with(ALB_MODIFY, "/source", json!("aws.wafv2")), Ok(&[]));
}

/// The intents that an event on the load balancer leads to, when its settings are these: one for each of its logs.
fn all_intents(envelope: &Value, settings: &[(&str, &str)]) -> Vec<Intent> {
    let attribute = |(key, value): &(&str, &str)| json!({ "Key": key, "Value": value });
    let attributes: Vec<_> = settings.iter().map(attribute).collect();
    let answer = json!({ "DescribeLoadBalancerAttributesResult": { "Attributes": attributes } });
    found(envelope, Some(&answer))
}

/// The one about the access log.
fn intent(envelope: &Value, settings: &[(&str, &str)]) -> Intent {
    let mut found = all_intents(envelope, settings).into_iter();
    found.find(|i| i.log.log_type.name == "alb_access").unwrap()
}

const ENABLED: (&str, &str) = ("access_logs.s3.enabled", "true");
const BUCKET: (&str, &str) = ("access_logs.s3.bucket", "example-logs");

#[test]
fn an_enabled_log_wants_a_marked_table_where_it_is_delivered() {
    let intent = intent(
        &parsed(ALB_MODIFY),
        &[ENABLED, BUCKET, ("access_logs.s3.prefix", "web")],
    );
    let table = intent.tables().unwrap().files;
    assert_eq!(
        (intent.log.database(), intent.log.table_name()),
        ("alb_access_logs_db".to_owned(), "alb_shop".to_owned())
    );
    assert_eq!(
        (table.database.as_str(), table.name.as_str()),
        ("alb_access_logs_db", "alb_shop_raw")
    );
    assert_eq!(
        table.location,
        "s3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/"
    );
    assert_eq!(table.parameters[marks::RESOURCE_ARN], ALB);
    assert_eq!(
        (
            table.parameters[marks::MANAGED].as_str(),
            table.parameters[marks::ENABLED].as_str()
        ),
        ("true", "true")
    );
}

#[test]
fn other_partitions_have_other_arns_and_the_same_urls() {
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")] {
        let text = ALB_MODIFY
            .replace("eu-west-1", region)
            .replace("arn:aws:", &format!("arn:{partition}:"));
        let intent = intent(&parsed(&text), &[ENABLED, BUCKET]);
        assert_eq!(intent.log.resource.partition, Partition::of_region(region));
        let location =
            format!("s3://example-logs/AWSLogs/123456789012/elasticloadbalancing/{region}/");
        assert_eq!(intent.tables().unwrap().files.location, location);
        check(&parsed(&ALB_MODIFY.replace("eu-west-1", region)), Ok(&[]));
    }
}

/// Row 4 of the original's faults: connection and health check tables pointed at the access log's bucket.
#[test]
fn one_call_enables_three_logs_each_in_its_own_place() {
    let settings = [
        ENABLED,
        BUCKET,
        ("connection_logs.s3.enabled", "true"),
        ("connection_logs.s3.bucket", "example-connections"),
        ("connection_logs.s3.prefix", "c"),
        ("health_check_logs.s3.enabled", "true"),
        ("health_check_logs.s3.bucket", "example-health"),
    ];
    let tables = all_intents(&parsed(ALB_MODIFY), &settings)
        .iter()
        .map(|intent| intent.tables().unwrap().files)
        .map(|table| {
            let bucket = table.location.split_once("/AWSLogs/").unwrap().0.to_owned();
            (table.database, table.name, bucket)
        })
        .collect::<Vec<_>>();
    let expected = [
        ("alb_access_logs_db", "alb_shop_raw", "s3://example-logs"),
        (
            "alb_connection_logs_db",
            "alb_connection_shop_raw",
            "s3://example-connections/c",
        ),
        (
            "alb_health_logs_db",
            "alb_health_shop_raw",
            "s3://example-health",
        ),
    ];
    assert_eq!(
        tables,
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
}

#[test]
fn a_log_that_is_off_or_goes_nowhere_wants_no_table() {
    let wanted = |settings: &[(&str, &str)]| {
        let intent = intent(&parsed(ALB_MODIFY), settings);
        assert_eq!(intent.tables(), None);
        intent.wanted
    };
    assert_eq!(wanted(&[]), Wanted::Disabled);
    assert_eq!(
        wanted(&[("access_logs.s3.enabled", "false"), BUCKET]),
        Wanted::Disabled
    );
    assert_eq!(
        wanted(&[("connection_logs.s3.enabled", "true"), BUCKET]),
        Wanted::Disabled
    );
    for settings in [
        &[ENABLED][..],
        &[ENABLED, BUCKET, ("access_logs.s3.prefix", "a${day}")],
    ] {
        assert!(matches!(wanted(settings), Wanted::NoLocation { reason } if reason.ends_with('.')));
    }
}

#[test]
fn a_deleted_load_balancer_is_gone() {
    let found = found(&parsed(ALB_DELETE), None);
    assert_eq!(
        found
            .iter()
            .map(|intent| intent.wanted.clone())
            .collect::<Vec<_>>(),
        [Wanted::Gone, Wanted::Gone, Wanted::Gone]
    );
}

/// Hive's literals end at a quote without a backslash before it.
#[test]
fn a_hostile_prefix_stays_inside_its_literal() {
    let prefix = "'; DROP TABLE x; --\\\" `$(id)`";
    let tables = intent(
        &parsed(ALB_MODIFY),
        &[ENABLED, BUCKET, ("access_logs.s3.prefix", prefix)],
    )
    .tables()
    .unwrap();
    assert!(tables.files.location.contains(prefix));
    let (before, after) = tables
        .ddl()
        .split_once("LOCATION ")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert!(!before.contains("DROP"));
    let mut escaped = false;
    let end = after.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '\'' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let (_, rest) = after.split_at(end.unwrap().0);
    assert!(rest.starts_with("'\nTBLPROPERTIES"), "{rest}");
}
