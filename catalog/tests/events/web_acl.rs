//! Calls on web ACLs.

use crate::{WEB_ACL_PUT, check, found, parsed, with};
use logenabler_catalog::{Intent, Wanted};
use serde_json::{Value, json};

const WEB_ACL_DELETE: &str = include_str!("../../samples/events/web_acl_delete.json");
const REGIONAL: &str = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9";
const GLOBAL: &str =
    "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/2b3c4d5e-6f70-4182-93a4-b5c6d7e8f90a";

const PARAMETERS: &str = "/detail/requestParameters";

/// The call with another name, and these parameters.
fn call(name: &str, parameters: Value) -> Value {
    let mut event = with(WEB_ACL_PUT, "/detail/eventName", json!(name));
    event["detail"]["requestParameters"] = parameters;
    event
}

/// The call on the web ACL of CloudFront.
fn global() -> Value {
    let mut event = parsed(&WEB_ACL_PUT.replace(REGIONAL, GLOBAL));
    event["region"] = json!("us-east-1");
    event
}

#[test]
fn every_call_that_can_change_a_log_leads_to_its_settings() {
    check(&parsed(WEB_ACL_PUT), Ok(&[REGIONAL]));
    let delete = |parameters| call("DeleteLoggingConfiguration", parameters);
    check(&delete(json!({ "resourceArn": REGIONAL })), Ok(&[REGIONAL]));
    check(&parsed(WEB_ACL_DELETE), Ok(&[GLOBAL]));
    check(&global(), Ok(&[GLOBAL]));
}

#[test]
fn logs_that_are_not_the_customers_are_left_alone() {
    let scope = "/detail/requestParameters/loggingConfiguration/logScope";
    for theirs in ["SECURITY_LAKE", "CLOUDWATCH_TELEMETRY_RULE_MANAGED"] {
        check(&with(WEB_ACL_PUT, scope, json!(theirs)), Ok(&[]));
        let parameters = json!({ "resourceArn": REGIONAL, "logScope": theirs });
        check(&call("DeleteLoggingConfiguration", parameters), Ok(&[]));
    }
    check(&with(WEB_ACL_PUT, scope, json!(null)), Ok(&[REGIONAL]));
}

#[test]
fn what_is_no_web_acl_of_the_caller_leads_nowhere() {
    let of = |arn: &str| parsed(&WEB_ACL_PUT.replace(REGIONAL, arn));
    check(&of(GLOBAL), Ok(&[]));
    check(
        &of(&REGIONAL.replace("123456789012", "210987654321")),
        Ok(&[]),
    );
    check(&of(&REGIONAL.replace("webacl", "rulegroup")), Ok(&[]));
    check(&of(&REGIONAL.replace("/shop/", "/a${b}/")), Ok(&[]));
    check(&of(&REGIONAL.replace("/shop/", "/../")), Ok(&[]));
    for odd in [
        json!(null),
        json!("x"),
        json!({ "loggingConfiguration": [] }),
    ] {
        check(&with(WEB_ACL_PUT, PARAMETERS, odd), Ok(&[]));
    }
}

fn intent(envelope: &Value, destinations: &[&str]) -> Intent {
    let answer = json!({ "LoggingConfiguration": { "LogDestinationConfigs": destinations } });
    let intents = found(envelope, Some(&answer));
    assert_eq!(intents.len(), 1);
    intents.into_iter().next().unwrap()
}

/// Row 9 of the original's faults: the table pointed at `bucket/AWSLogs/`, with every ACL and service in it.
#[test]
fn a_table_holds_its_own_web_acl_only() {
    let check = |envelope: &Value, destination: &str, name: &str, location: &str| {
        let intent = intent(envelope, &[destination]);
        let table = intent.tables().unwrap().files;
        assert_eq!(format!("{}.{}", table.database, table.name), name);
        assert_eq!(
            format!("{}.{}", intent.log.database(), intent.log.table_name()),
            name
        );
        assert_eq!(table.location, location);
        assert_eq!(
            table.parameters["storage.location.template"],
            format!("{location}${{log_time}}")
        );
    };
    check(
        &parsed(WEB_ACL_PUT),
        "arn:aws:s3:::aws-waf-logs-x",
        "acl_traffic_logs_db.waf_shop",
        "s3://aws-waf-logs-x/AWSLogs/123456789012/WAFLogs/eu-west-1/shop/",
    );
    check(
        &global(),
        "arn:aws:s3:::aws-waf-logs-x/'; DROP TABLE x; --",
        "acl_global_traffic_logs_db.waf_edge",
        "s3://aws-waf-logs-x/'; DROP TABLE x; --/AWSLogs/123456789012/WAFLogs/cloudfront/edge/",
    );
}

/// Row 8 of the original's faults: `s3://arn:aws:firehose...`.
#[test]
fn what_has_no_location_says_why() {
    for (destination, word) in [
        (
            "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-x",
            "Firehose",
        ),
        (
            "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-x",
            "CloudWatch Logs",
        ),
        (
            "arn:aws:s3:::aws-waf-logs-x/${log_time}",
            "partition projection",
        ),
        ("aws-waf-logs-x", "not an ARN"),
    ] {
        let wanted = intent(&parsed(WEB_ACL_PUT), &[destination]).wanted;
        assert!(
            matches!(&wanted, Wanted::NoLocation { reason } if reason.contains(word)),
            "{wanted:?}"
        );
    }
    assert_eq!(intent(&parsed(WEB_ACL_PUT), &[]).wanted, Wanted::Disabled);
    let none = found(&parsed(WEB_ACL_PUT), None).remove(0);
    assert_eq!(none.wanted, Wanted::Disabled);
}
