//! Calls on CloudFront distributions.

use crate::{DISTRIBUTION_CREATE, check, found, parsed, with};
use logenabler_catalog::{Intent, Wanted};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE1ABCD";
const ID: &str = "E2EXAMPLE1ABCD";

/// The call under another name, with these parameters and this answer.
fn call(name: &str, parameters: Value, answer: Value) -> Value {
    let mut event = with(DISTRIBUTION_CREATE, "/detail/eventName", json!(name));
    event["detail"]["requestParameters"] = parameters;
    event["detail"]["responseElements"] = answer;
    event
}

/// Row 10 of the original's faults: creations were not seen.
#[test]
fn every_call_that_can_change_a_log_with_and_without_a_version() {
    let answer = json!({ "distribution": { "id": ID } });
    for version in ["", "2014_01_31", "2020_05_31"] {
        let versioned = |name: &str| format!("{name}{version}");
        for new in [
            "CreateDistribution",
            "CreateDistributionWithTags",
            "CopyDistribution",
        ] {
            check(
                &call(&versioned(new), json!(null), answer.clone()),
                Ok(&[ARN]),
            );
            check(&call(&versioned(new), json!({}), json!(null)), Ok(&[]));
        }
        for old in [
            "UpdateDistribution",
            "UpdateDistributionWithStagingConfig",
            "DeleteDistribution",
        ] {
            check(
                &call(&versioned(old), json!({ "id": ID }), json!(null)),
                Ok(&[ARN]),
            );
        }
    }
}

#[test]
fn other_calls_lead_nowhere() {
    for name in [
        "UpdateDistributionTenant",
        "CreateDistributionTenant2020_05_31",
        "DeleteDistributionTenant",
        "GetDistribution",
        "UpdateDistributionX",
    ] {
        check(&call(name, json!({ "id": ID }), json!(null)), Ok(&[]));
    }
    for id in [
        json!(7),
        json!(""),
        json!("../x"),
        json!("E'; DROP"),
        json!("E".repeat(1000)),
    ] {
        check(
            &call("UpdateDistribution", json!({ "id": id }), json!(null)),
            Ok(&[]),
        );
    }
    check(
        &with(DISTRIBUTION_CREATE, "/region", json!("eu-west-1")),
        Ok(&[]),
    );
}

fn intent(enabled: bool, bucket_host: &str, prefix: &str) -> Intent {
    let logging =
        json!({ "Enabled": enabled.to_string(), "Bucket": bucket_host, "Prefix": prefix });
    let answer = json!({ "Logging": logging });
    found(&parsed(DISTRIBUTION_CREATE), Some(&answer)).remove(0)
}

/// Rows 1 and 10 of the original's faults: one slash, and the bucket's name only.
#[test]
fn a_table_over_the_flat_folder() {
    for (host, prefix, location) in [
        ("logs.s3.amazonaws.com", "", "s3://logs/"),
        (
            "my.logs.s3.eu-west-1.amazonaws.com",
            "cdn/eu/",
            "s3://my.logs/cdn/eu/",
        ),
        ("logs.s3-eu-west-1.amazonaws.com", "cdn", "s3://logs/cdn/"),
    ] {
        let table = intent(true, host, prefix).tables().unwrap().files;
        assert_eq!(table.location, location);
        assert_eq!(
            (table.database.as_str(), table.name.as_str()),
            ("cloudfront_access_logs_db", "cloudfront_e2example1abcd_raw")
        );
        assert!(table.partition_keys.is_empty());
        assert_eq!(table.columns.len(), 33);
        assert_eq!(table.parameters["skip.header.line.count"], "2");
    }
}

/// Row 10 of the original's faults: any update counted, also one that left the log off.
#[test]
fn a_log_that_is_off_or_goes_nowhere_wants_no_table() {
    assert_eq!(intent(false, "", "").wanted, Wanted::Disabled);
    assert_eq!(
        intent(false, "logs.s3.amazonaws.com", "").wanted,
        Wanted::Disabled
    );
    for (host, prefix) in [("", ""), ("logs", ""), ("logs.s3.amazonaws.com", "a\nb")] {
        assert!(
            matches!(intent(true, host, prefix).wanted, Wanted::NoLocation { reason } if reason.ends_with('.'))
        );
    }
}
