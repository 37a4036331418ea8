//! Calls on classic load balancers.

use crate::{ALB, ALB_MODIFY, CLB_MODIFY, check, found, known, parsed, with};
use logenabler_catalog::{Event, Intent, Request, Wanted, marks, subjects};
use serde_json::{Value, json};

const CLB: &str = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/old-shop";
const FOLDER: &str = "AWSLogs/123456789012/elasticloadbalancing/eu-west-1/";
const PARAMETERS: &str = "/detail/requestParameters";

fn deleted() -> Value {
    let mut event = with(CLB_MODIFY, "/detail/eventName", json!("DeleteLoadBalancer"));
    event["detail"]["requestParameters"] = json!({ "loadBalancerName": "old-shop" });
    event["detail"]["responseElements"] = json!(null);
    event
}

/// What is wanted when the service answers this of the access log.
fn intent(access_log: &Value) -> Intent {
    let attributes = json!({ "AccessLog": access_log });
    let answer = json!({
        "DescribeLoadBalancerAttributesResult": { "LoadBalancerAttributes": attributes }
    });
    let [intent] = &found(&parsed(CLB_MODIFY), Some(&answer))[..] else {
        panic!("a classic load balancer has one log");
    };
    intent.clone()
}

/// Row 6 of the original's faults: classic load balancers got an exception.
#[test]
fn a_classic_load_balancers_calls_lead_to_its_settings() {
    check(&parsed(CLB_MODIFY), Ok(&[CLB]));
    check(&deleted(), Ok(&[CLB]));
    let capitals = json!({ "LoadBalancerName": "old-shop" });
    check(&with(CLB_MODIFY, PARAMETERS, capitals), Ok(&[CLB]));
    let china = CLB_MODIFY.replace("eu-west-1", "cn-north-1");
    let arn = CLB
        .replace("aws:", "aws-cn:")
        .replace("eu-west-1", "cn-north-1");
    check(&parsed(&china), Ok(&[arn.as_str()]));
}

#[test]
fn its_name_is_looked_up_in_the_older_api() {
    let event = Event::parse(&parsed(CLB_MODIFY)).unwrap();
    let logs = known(&subjects(&event)[0]);
    let look_up = logs[0].intent(&Default::default()).unwrap_err();
    let expected = Request::form(
        "2012-06-01",
        vec![("LoadBalancerName", "old-shop".to_owned())],
    );
    assert_eq!(look_up.request, expected);
    let action = "elasticloadbalancing:DescribeLoadBalancerAttributes";
    assert_eq!(look_up.to_string(), action);
}

#[test]
fn the_two_generations_are_never_mixed_up() {
    let both = json!({ "loadBalancerArn": ALB, "loadBalancerName": "old-shop" });
    check(&with(CLB_MODIFY, PARAMETERS, both), Ok(&[ALB]));
    for parameters in [
        json!({ "loadBalancerArn": CLB }),
        json!({ "loadBalancerName": ALB }),
        json!({ "loadBalancerName": "app/shop/1a2b3c4d5e6f7081" }),
        json!({ "loadBalancerName": "net/gate/8f7e6d5c4b3a2910" }),
    ] {
        check(&with(CLB_MODIFY, PARAMETERS, parameters.clone()), Ok(&[]));
        check(&with(ALB_MODIFY, PARAMETERS, parameters), Ok(&[]));
    }
}

#[test]
fn names_that_are_none_lead_nowhere() {
    let longest = "x".repeat(32);
    let named = |name: Value| with(CLB_MODIFY, PARAMETERS, json!({ "loadBalancerName": name }));
    let arn = CLB.replace("old-shop", &longest);
    check(&named(json!(longest)), Ok(&[arn.as_str()]));
    for odd in [
        json!(null),
        json!(7),
        json!(["old-shop"]),
        json!({ "name": "old-shop" }),
        json!(""),
        json!("-x".repeat(50_000)),
        json!("x".repeat(33)),
        json!("old shop"),
        json!("old_shop"),
        json!("old/shop"),
        json!("../shop"),
        json!("shop:1"),
        json!("shop\n"),
        json!("shöp"),
        json!("'; DROP TABLE x; --"),
        json!("${day}"),
        json!("{resource_name}"),
    ] {
        check(&named(odd), Ok(&[]));
    }
}

#[test]
fn an_enabled_log_wants_a_marked_table_where_it_is_delivered() {
    let on = json!({
        "Enabled": "true", "S3BucketName": "example-logs", "EmitInterval": "60", "S3BucketPrefix": "web",
    });
    let table = intent(&on).tables().unwrap().files;
    let named = (table.database.as_str(), table.name.as_str());
    assert_eq!(named, ("clb_access_logs_db", "clb_old_shop_raw"));
    assert_eq!(table.location, format!("s3://example-logs/web/{FOLDER}"));
    assert_eq!(table.parameters[marks::RESOURCE_ARN], CLB);
    let without_prefix = json!({ "Enabled": "true", "S3BucketName": "example-logs" });
    let table = intent(&without_prefix).tables().unwrap().files;
    assert_eq!(table.location, format!("s3://example-logs/{FOLDER}"));
}

#[test]
fn a_log_that_is_off_or_goes_nowhere_wants_no_table() {
    for off in [
        json!({ "Enabled": "false", "S3BucketName": "example-logs" }),
        json!({ "S3BucketName": "example-logs" }),
        json!({ "Enabled": ["true"], "S3BucketName": "example-logs" }),
        json!({}),
        json!(""),
        json!(null),
        json!([{ "Enabled": "true" }]),
    ] {
        assert_eq!(intent(&off).wanted, Wanted::Disabled, "{off}");
    }
    for nowhere in [
        json!({ "Enabled": "true" }),
        json!({ "Enabled": "true", "S3BucketName": { "x": "logs" } }),
        json!({ "Enabled": "true", "S3BucketName": "logs/../x" }),
        json!({ "Enabled": "true", "S3BucketName": "logs", "S3BucketPrefix": "a${day}" }),
    ] {
        let wanted = intent(&nowhere).wanted;
        assert!(matches!(&wanted, Wanted::NoLocation { reason } if reason.ends_with('.')));
    }
    assert_eq!(found(&deleted(), None)[0].wanted, Wanted::Gone);
}

/// `None`: the call was about something else.
fn check_claimed(event: &Value, expected: Option<&str>) {
    let event = Event::parse(event).unwrap();
    let logs = known(&subjects(&event)[0]);
    let claimed = logs[0].claimed(&event).map(|intent| match intent.tables() {
        Some(tables) => tables.files.location,
        None => format!("{:?}", intent.wanted),
    });
    assert_eq!(claimed.as_deref(), expected);
}

#[test]
fn a_call_tells_what_it_asked_for() {
    check_claimed(
        &parsed(CLB_MODIFY),
        Some(&format!("s3://example-logs/web/{FOLDER}")),
    );
    check_claimed(&deleted(), Some("Gone"));
    let asked = |attributes: Value| {
        let mut event = parsed(CLB_MODIFY);
        event["detail"]["responseElements"] = json!(null);
        event["detail"]["requestParameters"]["loadBalancerAttributes"] = attributes;
        event
    };
    let log = |enabled: Value| {
        asked(json!({ "accessLog": { "enabled": enabled, "s3BucketName": "example-logs" } }))
    };
    check_claimed(
        &log(json!(true)),
        Some(&format!("s3://example-logs/{FOLDER}")),
    );
    check_claimed(
        &log(json!("true")),
        Some(&format!("s3://example-logs/{FOLDER}")),
    );
    for off in [
        json!(false),
        json!("false"),
        json!(null),
        json!(1),
        json!([true]),
    ] {
        check_claimed(&log(off), Some("Disabled"));
    }
    for other in [
        json!({ "crossZoneLoadBalancing": { "enabled": true } }),
        json!({ "accessLog": "on" }),
        json!({ "accessLog": [true] }),
        json!(null),
    ] {
        check_claimed(&asked(other), None);
    }
}
