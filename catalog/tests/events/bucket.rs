//! Calls on S3 buckets.

use crate::{BUCKET_PUT_LOGGING, check, found, parsed, with};
use logenabler_catalog::{Event, Intent, Wanted, subjects};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:s3:::shop-pictures";
const PARAMETERS: &str = "/detail/requestParameters";

#[test]
fn turning_logs_on_and_off_and_deleting_the_bucket_lead_to_its_settings() {
    check(&parsed(BUCKET_PUT_LOGGING), Ok(&[ARN]));
    let off = json!({ "bucketName": "shop-pictures", "logging": "", "BucketLoggingStatus": { "xmlns": "x" } });
    check(&with(BUCKET_PUT_LOGGING, PARAMETERS, off), Ok(&[ARN]));
    let delete = with(
        BUCKET_PUT_LOGGING,
        "/detail/eventName",
        json!("DeleteBucket"),
    );
    check(&delete, Ok(&[ARN]));
    let other = with(
        BUCKET_PUT_LOGGING,
        "/detail/eventName",
        json!("PutBucketAcl"),
    );
    check(&other, Ok(&[]));
}

#[test]
fn what_is_no_bucket_leads_nowhere() {
    for name in [
        json!(null),
        json!(7),
        json!(""),
        json!("../x"),
        json!("A"),
        json!("a?b"),
        json!("x".repeat(100_000)),
    ] {
        let parameters = json!({ "bucketName": name });
        check(&with(BUCKET_PUT_LOGGING, PARAMETERS, parameters), Ok(&[]));
    }
    check(&with(BUCKET_PUT_LOGGING, PARAMETERS, json!(null)), Ok(&[]));
}

/// What the bucket says of itself.
fn intent(status: Value) -> Intent {
    found(&parsed(BUCKET_PUT_LOGGING), Some(&status)).remove(0)
}

fn logging(prefix: &str, format: Value) -> Value {
    json!({ "LoggingEnabled": { "TargetBucket": "example-logs", "TargetPrefix": prefix, "TargetObjectKeyFormat": format } })
}

#[test]
fn both_layouts_have_their_table() {
    let partitioned = || json!({ "PartitionedPrefix": { "PartitionDateSource": "DeliveryTime" } });
    let own = "123456789012/eu-west-1/shop-pictures/";
    for (prefix, location) in [("s3/", "s3/"), ("", ""), ("s3", "s3")] {
        let table = intent(logging(prefix, partitioned()))
            .tables()
            .unwrap()
            .files;
        assert_eq!(table.location, format!("s3://example-logs/{location}{own}"));
        let template = &table.parameters["storage.location.template"];
        assert_eq!(*template, format!("{}${{day}}", table.location));
        assert_eq!(
            (table.database.as_str(), table.name.as_str()),
            ("s3_access_logs_db", "s3_shop_pictures_raw")
        );
    }
    for format in [json!({ "SimplePrefix": "" }), json!(null)] {
        for (prefix, location) in [("s3/", "s3/"), ("", ""), ("all/s3-", "all/")] {
            let table = intent(logging(prefix, format.clone()))
                .tables()
                .unwrap()
                .files;
            assert_eq!(table.location, format!("s3://example-logs/{location}"));
            assert!(table.partition_keys.is_empty());
            assert!(!table.parameters.contains_key("projection.enabled"));
        }
    }
}

/// S3 puts nothing behind the prefix: without a slash it begins the name of the first folder, or of the files themselves.
#[test]
fn what_a_prefix_ends_in_begins_what_follows_it() {
    let partitioned = json!({ "PartitionedPrefix": { "PartitionDateSource": "EventTime" } });
    for (format, condition) in [
        (partitioned, r#"regexp_like("$path", '/[^/]*$')"#),
        (
            json!(null),
            r#"starts_with("$path", 's3://example-logs/all/s3-2')"#,
        ),
    ] {
        let tables = intent(logging("all/s3-", format)).tables().unwrap();
        let ddl = tables.ddl();
        let (_, conditions) = ddl.rsplit_once("WHERE ").unwrap();
        assert_eq!(conditions.lines().next(), Some(condition));
    }
}

#[test]
fn a_log_that_is_off_or_goes_nowhere_wants_no_table() {
    for status in [json!(""), json!({}), json!({ "LoggingEnabled": "" })] {
        let wanted = intent(status.clone()).wanted;
        assert!(!matches!(wanted, Wanted::Table(_)), "{status}: {wanted:?}");
    }
    assert_eq!(intent(json!({})).wanted, Wanted::Disabled);
    for prefix in ["/s3/", "a//b/", "a\nb"] {
        let wanted = intent(logging(prefix, json!(null))).wanted;
        assert!(
            matches!(&wanted, Wanted::NoLocation { reason } if reason.contains("prefix")),
            "{wanted:?}"
        );
    }
    let gone = found(&parsed(BUCKET_PUT_LOGGING), None).remove(0);
    assert_eq!(gone.wanted, Wanted::Gone);
}

/// ARNs of buckets name no account, so only theirs may lack it.
#[test]
fn the_bucket_is_the_callers() {
    let event = Event::parse(&parsed(BUCKET_PUT_LOGGING)).unwrap();
    let [subject] = &subjects(&event)[..] else {
        panic!()
    };
    assert_eq!(
        (subject.account.as_str(), subject.region.as_str()),
        ("123456789012", "eu-west-1")
    );
}
