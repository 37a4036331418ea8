//! Calls on query log configurations of Route 53 Resolver.

use crate::{QUERY_LOG_ASSOCIATE, check, found, parsed, with};
use logenabler_catalog::{Intent, Wanted};
use serde_json::json;

const QUERY_LOG_CREATE: &str = include_str!("../../samples/events/query_log_create.json");
const ARN: &str = "arn:aws:route53resolver:eu-west-1:123456789012:resolver-query-log-config/rqlc-1a2b3c4d5e6f7081";
const ID: &str = "/detail/requestParameters/resolverQueryLogConfigId";

#[test]
fn every_call_that_can_change_a_log_leads_to_its_configuration() {
    check(&parsed(QUERY_LOG_ASSOCIATE), Ok(&[ARN]));
    check(&parsed(QUERY_LOG_CREATE), Ok(&[ARN]));
    for call in [
        "DisassociateResolverQueryLogConfig",
        "DeleteResolverQueryLogConfig",
    ] {
        check(
            &with(QUERY_LOG_ASSOCIATE, "/detail/eventName", json!(call)),
            Ok(&[ARN]),
        );
    }
    for odd in [
        json!(7),
        json!(""),
        json!("a/b"),
        json!("'; DROP"),
        json!("x".repeat(1000)),
    ] {
        check(&with(QUERY_LOG_ASSOCIATE, ID, odd), Ok(&[]));
    }
    check(
        &with(
            QUERY_LOG_ASSOCIATE,
            "/detail/requestParameters",
            json!(null),
        ),
        Ok(&[]),
    );
}

/// What becomes of the table, given the configuration's destination and the number of its VPCs.
fn intent(destination: &str, vpcs: u64) -> Intent {
    let config = json!({ "DestinationArn": destination, "AssociationCount": vpcs });
    let answer = json!({ "ResolverQueryLogConfig": config });
    found(&parsed(QUERY_LOG_ASSOCIATE), Some(&answer)).remove(0)
}

#[test]
fn a_configuration_with_vpcs_wants_a_table_over_their_folders() {
    let table = intent("arn:aws:s3:::example-logs/dns", 2)
        .tables()
        .unwrap()
        .files;
    let location = "s3://example-logs/dns/AWSLogs/123456789012/vpcdnsquerylogs/";
    assert_eq!(table.location, location);
    let template = &table.parameters["storage.location.template"];
    assert_eq!(*template, format!("{location}${{vpc}}/${{day}}"));
    assert_eq!(table.parameters["projection.vpc.type"], "injected");
    assert_eq!(table.name, "route53_resolver_rqlc_1a2b3c4d5e6f7081");
}

#[test]
fn a_configuration_without_vpcs_or_elsewhere_wants_none() {
    assert_eq!(
        intent("arn:aws:s3:::example-logs", 0).wanted,
        Wanted::Disabled
    );
    let gone = found(&parsed(QUERY_LOG_ASSOCIATE), None).remove(0);
    assert_eq!(gone.wanted, Wanted::Gone);
    let group = "arn:aws:logs:eu-west-1:123456789012:log-group:dns:*";
    let wanted = intent(group, 1).wanted;
    assert!(matches!(&wanted, Wanted::NoLocation { reason } if reason.contains("CloudWatch Logs")));
}
