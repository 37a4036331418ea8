//! Logs that go through a Firehose stream: where their tables point is what the stream says.

use crate::{FIREWALL_UPDATE, QUERY_LOG_ASSOCIATE, WEB_ACL_PUT, found_by, known, with};
use logenabler_catalog::{Event, Intent, LookUp, Request, TableSchema, Wanted, subjects};
use serde_json::{Value, json};

const STREAM: &str = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-shop";
const ARNS: &str = "/detail/requestParameters/loggingConfiguration/logDestinationConfigs";

/// A stream to S3 as it is described, with these settings.
fn stream(settings: Value) -> Value {
    let mut s3 = json!({
        "BucketARN": "arn:aws:s3:::shop-logs",
        "CompressionFormat": "GZIP",
        "DataFormatConversionConfiguration": { "Enabled": false },
        "ProcessingConfiguration": { "Enabled": false, "Processors": [] },
    });
    let members = s3.as_object_mut().unwrap();
    members.extend(settings.as_object().unwrap().clone());
    described(json!({ "ExtendedS3DestinationDescription": s3, "S3DestinationDescription": s3 }))
}

fn described(destination: Value) -> Value {
    json!({ "DeliveryStreamDescription": { "DeliveryStreamStatus": "ACTIVE", "Destinations": [destination] } })
}

/// What becomes of the logs, if the service says this of itself and Firehose that of the stream.
fn intents(envelope: &Value, service: &Value, stream: Option<&Value>) -> Vec<Intent> {
    found_by(envelope, |look_up: &LookUp| match look_up.api.name {
        "firehose" => stream.cloned(),
        _ => Some(service.clone()),
    })
}

fn of_web_acl(arn: &str, stream: Option<&Value>) -> Intent {
    let envelope = with(WEB_ACL_PUT, ARNS, json!([arn]));
    let service = json!({ "LoggingConfiguration": { "LogDestinationConfigs": [arn] } });
    intents(&envelope, &service, stream).remove(0)
}

fn check_place(settings: Value, location: &str, below: Option<&str>, key: Option<&str>) {
    let tables = of_web_acl(STREAM, Some(&stream(settings.clone()))).tables();
    let table = tables
        .unwrap_or_else(|| panic!("no table with {settings}"))
        .files;
    assert_eq!(table.location, location, "{settings}");
    let template = table.parameters.get("storage.location.template");
    let expected = below.map(|below| format!("{location}{below}"));
    assert_eq!(template, expected.as_ref(), "{settings}");
    let keys: Vec<_> = table
        .partition_keys
        .iter()
        .map(|key| key.name.as_str())
        .collect();
    assert_eq!(keys, key.into_iter().collect::<Vec<_>>(), "{settings}");
    assert!(table.columns.len() > 20 && table.serde_library.ends_with("JsonSerDe"));
}

#[test]
fn without_a_time_in_the_prefix_there_is_a_folder_for_each_hour() {
    for (prefix, location, below) in [
        (json!(null), "s3://shop-logs/", "${hour}"),
        (json!(""), "s3://shop-logs/", "${hour}"),
        (json!("waf/"), "s3://shop-logs/waf/", "${hour}"),
        (json!("a/b/"), "s3://shop-logs/a/b/", "${hour}"),
        // Firehose puts no slash between the prefix and the year.
        (json!("waf"), "s3://shop-logs/", "waf${hour}"),
        (json!("a/waf-"), "s3://shop-logs/a/", "waf-${hour}"),
    ] {
        check_place(
            json!({ "Prefix": prefix }),
            location,
            Some(below),
            Some("hour"),
        );
    }
}

#[test]
fn times_of_a_prefix_are_partitions_where_they_are_one_time() {
    for (prefix, below, key) in [
        ("waf/!{timestamp:yyyy/MM/dd/HH}/", "${hour}", "hour"),
        ("waf/!{timestamp:yyyy/MM/dd/HH/}", "${hour}", "hour"),
        (
            "waf/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/",
            "${hour}",
            "hour",
        ),
        ("waf/!{timestamp:yyyy/MM/dd}/", "${day}", "day"),
        ("waf/!{timestamp:yyyy-MM-dd}/", "${day}", "day"),
        (
            "waf/day-!{timestamp:yyyy}-!{timestamp:MM}-!{timestamp:dd}/",
            "day-${day}",
            "day",
        ),
    ] {
        check_place(
            json!({ "Prefix": prefix }),
            "s3://shop-logs/waf/",
            Some(below),
            Some(key),
        );
    }
    let utc = json!({ "Prefix": "waf/", "CustomTimeZone": "UTC" });
    check_place(utc, "s3://shop-logs/waf/", Some("${hour}"), Some("hour"));
}

#[test]
fn parts_of_a_time_are_partitions_each() {
    for (prefix, below, keys) in [
        (
            "waf/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
            "year=${year}/month=${month}/day=${day}/hour=${hour}",
            "year month day hour",
        ),
        (
            "waf/y=!{timestamp:yyyy}/m=!{timestamp:MM}/x/",
            "y=${year}/m=${month}/x",
            "year month",
        ),
        ("waf/a-!{timestamp:yyyy}b/", "a-${year}b", "year"),
    ] {
        let table = of_web_acl(STREAM, Some(&stream(json!({ "Prefix": prefix }))));
        let table = table.tables().unwrap().files;
        let template = &table.parameters["storage.location.template"];
        assert_eq!(*template, format!("s3://shop-logs/waf/{below}"));
        let names: Vec<_> = table
            .partition_keys
            .iter()
            .map(|key| key.name.as_str())
            .collect();
        assert_eq!(names.join(" "), keys);
        assert_eq!(table.parameters["projection.year.type"], "integer");
    }
}

#[test]
fn what_else_a_prefix_may_say_leaves_the_folder_before_it() {
    for prefix in [
        "waf/!{timestamp:yyyy/MM/dd}",
        "waf/!{timestamp:yyyy/MM/dd/HH/mm}/",
        "waf/!{timestamp:dd/MM/yyyy}/",
        "waf/!{timestamp:yyyy}/MM/!{timestamp:dd}/",
        "waf/year=!{timestamp:yyyy}/day=!{timestamp:dd}/",
        "waf/year=!{timestamp:yyyy}/month=!{timestamp:MM}/!{firehose:random-string}/",
        "waf/year=!{timestamp:yyyy}/${x}/",
        "waf/year=!{timestamp:yyyy}/!{timestamp:yyyy}/",
        "waf/year=!{timestamp:yyyy}/month=!{timestamp:MM}",
        "waf/!{timestamp:'day='yyyy/MM/dd}/",
        "waf/!{timestamp:yyyy/MM/dd}/x/",
        "waf/!{firehose:random-string}/",
        "waf/!{firehose:random-string}/!{timestamp:yyyy/MM/dd}/",
        "waf/!{partitionKeyFromQuery:action}/!{timestamp:yyyy/MM/dd}/",
        "waf/!{timestamp:yyyy",
        "waf/!{",
        "waf/acl-!{firehose:random-string}/",
        "waf/!{timestamp:${day}}/",
    ] {
        check_place(
            json!({ "Prefix": prefix }),
            "s3://shop-logs/waf/",
            None,
            None,
        );
    }
    let tokyo = json!({ "Prefix": "waf/", "CustomTimeZone": "Asia/Tokyo" });
    check_place(tokyo, "s3://shop-logs/waf/", None, None);
}

fn check_reason(stream: Option<&Value>, words: &[&str]) {
    let wanted = of_web_acl(STREAM, stream).wanted;
    for word in words {
        assert!(
            matches!(&wanted, Wanted::NoLocation { reason } if reason.contains(word)),
            "{wanted:?} does not say {word:?}"
        );
    }
}

#[test]
fn a_place_that_no_table_can_point_at_says_what_to_change() {
    for (settings, word) in [
        (
            json!({ "Prefix": "!{firehose:random-string}/" }),
            "begin with one",
        ),
        (json!({ "CustomTimeZone": "Asia/Tokyo" }), "begin with one"),
        (json!({ "Prefix": "/waf/" }), "an empty folder"),
        (json!({ "Prefix": "waf//" }), "an empty folder"),
        (json!({ "Prefix": "a${hour}/" }), "partition projection"),
        (json!({ "Prefix": "a/b${hour}" }), "partition projection"),
        (json!({ "Prefix": "a\n/" }), "control characters"),
        (json!({ "BucketARN": "" }), "not the name of an S3 bucket"),
    ] {
        check_reason(Some(&stream(settings)), &[word]);
    }
}

fn processed(processors: Value) -> Value {
    stream(json!({ "ProcessingConfiguration": { "Enabled": true, "Processors": processors } }))
}

#[test]
fn what_athena_cannot_read_says_what_to_change() {
    for (settings, word) in [
        (
            json!({ "DataFormatConversionConfiguration": { "Enabled": true } }),
            "Query that table",
        ),
        (
            json!({ "DataFormatConversionConfiguration": { "SchemaConfiguration": {} } }),
            "Query that table",
        ),
        (json!({ "CompressionFormat": "ZIP" }), "Let it use GZIP"),
        (json!({ "CompressionFormat": "Snappy" }), "Let it use GZIP"),
        (
            json!({ "CompressionFormat": "HADOOP_SNAPPY" }),
            "Let it use GZIP",
        ),
        (json!({ "FileExtension": ".json" }), "Let it use GZIP"),
        (
            json!({ "CompressionFormat": "UNCOMPRESSED", "FileExtension": ".json.gz" }),
            "Let it use GZIP",
        ),
    ] {
        check_reason(
            Some(&stream(settings)),
            &[word, "\"aws-waf-logs-shop\"", "to have a table made."],
        );
    }
}

#[test]
fn what_changes_records_or_joins_them_says_what_to_change() {
    for kind in [
        "Lambda",
        "Decompression",
        "CloudWatchLogProcessing",
        "OfTomorrow",
    ] {
        check_reason(
            Some(&processed(json!([{ "Type": kind }]))),
            &["changes its records"],
        );
    }
    check_reason(
        Some(&processed(json!([{ "Type": "RecordDeAggregation" }]))),
        &["new line delimiter"],
    );
}

#[test]
fn what_athena_can_read_is_read() {
    for settings in [
        json!({ "CompressionFormat": "UNCOMPRESSED" }),
        json!({ "CompressionFormat": null, "FileExtension": ".json" }),
        json!({ "FileExtension": ".json.gz" }),
        json!({ "DataFormatConversionConfiguration": null, "ProcessingConfiguration": null }),
        json!({ "ProcessingConfiguration": { "Enabled": false, "Processors": [{ "Type": "Lambda" }] } }),
    ] {
        check_place(settings, "s3://shop-logs/", Some("${hour}"), Some("hour"));
    }
    let harmless = json!([
        { "Type": "RecordDeAggregation" },
        { "Type": "MetadataExtraction", "Parameters": [{ "ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6" }] },
        { "Type": "AppendDelimiterToRecord" },
    ]);
    assert!(
        of_web_acl(STREAM, Some(&processed(harmless)))
            .tables()
            .is_some()
    );
}

#[test]
fn a_stream_that_ends_elsewhere_or_nowhere_says_so() {
    let backup = json!({ "S3DestinationDescription": { "BucketARN": "arn:aws:s3:::shop-logs" } });
    for kind in [
        "Redshift",
        "Splunk",
        "HttpEndpoint",
        "Amazonopensearchservice",
        "Iceberg",
    ] {
        let elsewhere = described(json!({ format!("{kind}DestinationDescription"): backup }));
        check_reason(
            Some(&elsewhere),
            &["something else than S3", "Send it to an S3 bucket"],
        );
    }
    for odd in [
        json!({}),
        json!([]),
        json!({ "DeliveryStreamDescription": { "Destinations": "" } }),
    ] {
        check_reason(Some(&odd), &["something else than S3"]);
    }
    check_reason(None, &["\"aws-waf-logs-shop\", which does not exist"]);
}

#[test]
fn a_stream_of_others_is_not_asked() {
    let anything = stream(json!({}));
    for arn in [
        STREAM.replace("123456789012", "210987654321"),
        STREAM.replace("eu-west-1", "us-east-1"),
    ] {
        let wanted = of_web_acl(&arn, Some(&anything)).wanted;
        assert!(
            matches!(&wanted, Wanted::NoLocation { reason } if reason.contains("another account or region"))
        );
    }
}

#[test]
fn the_stream_is_asked_by_its_name() {
    let envelope = with(WEB_ACL_PUT, ARNS, json!([STREAM]));
    let event = Event::parse(&envelope).unwrap();
    let log = &known(&subjects(&event)[0])[0];
    assert!(
        log.claimed(&event).is_none(),
        "the event alone does not tell"
    );
    let service = json!({ "LoggingConfiguration": { "LogDestinationConfigs": [STREAM] } });
    let mut answers = logenabler_catalog::Answers::default();
    answers.insert(log.intent(&answers).unwrap_err(), Some(service));
    let asked = log.intent(&answers).unwrap_err();
    assert_eq!(asked.to_string(), "firehose:DescribeDeliveryStream");
    let Request::Json { target, body, .. } = &asked.request else {
        panic!("{asked:?}");
    };
    assert_eq!(*target, "Firehose_20150804.DescribeDeliveryStream");
    assert_eq!(body, r#"{"DeliveryStreamName":"aws-waf-logs-shop"}"#);
}

/// The conditions of the view.
fn conditions(intent: &Intent) -> Vec<String> {
    let ddl = intent.tables().unwrap().ddl();
    let (_, conditions) = ddl.rsplit_once("WHERE ").unwrap();
    conditions.split("\n  AND ").map(str::to_owned).collect()
}

/// The table reads what all of them wrote: only a record tells whose it is.
#[test]
fn of_several_web_acls_with_one_stream_each_name_shows_its_own_rows() {
    for prefix in ["waf/", "waf/!{firehose:random-string}/"] {
        let intent = of_web_acl(STREAM, Some(&stream(json!({ "Prefix": prefix }))));
        let tables = intent.tables().unwrap();
        let shown = tables.shown();
        assert_eq!(
            [&*shown.name, &*shown.table_type, &*tables.files.name],
            ["waf_shop", "VIRTUAL_VIEW", "waf_shop_raw"]
        );
        assert_eq!(intent.log.table_names(), ["waf_shop_raw", "waf_shop"]);
        let webaclid = format!(r#""webaclid" = '{}'"#, intent.log.resource.arn);
        let expected = [r#"regexp_like("$path", '/[^/]*$')"#, &webaclid];
        assert_eq!(conditions(&intent), expected);
    }
    let own_folder = of_web_acl("arn:aws:s3:::aws-waf-logs-shop", None);
    assert_eq!(own_folder.tables().unwrap().view, None);
}

fn firewall() -> Value {
    let place = json!({ "deliveryStream": "aws-waf-logs-shop" });
    let config = |kind: &str| json!({ "LogType": kind, "LogDestinationType": "KinesisDataFirehose", "LogDestination": place });
    let configs = ["ALERT", "FLOW", "TLS"].map(config);
    json!({ "LoggingConfiguration": { "LogDestinationConfigs": configs } })
}

fn lines() -> Value {
    processed(json!([{ "Type": "AppendDelimiterToRecord" }]))
}

/// A firewall may have one stream for all of its logs, too.
#[test]
fn of_several_firewalls_with_one_stream_each_name_shows_its_own_rows() {
    let envelope = crate::parsed(FIREWALL_UPDATE);
    let intents = intents(&envelope, &firewall(), Some(&lines()));
    let found: Vec<_> = intents
        .iter()
        .map(|it| conditions(it).split_off(1))
        .collect();
    let own = |kind: &str| [r#""firewall_name" = 'egress'"#.to_owned(), kind.to_owned()];
    // Many a TLS event does not say that it is one.
    let kinds = [
        r#""event"."event_type" = 'alert'"#,
        r#""event"."event_type" = 'netflow'"#,
        r#"coalesce("event"."event_type", 'tls') = 'tls'"#,
    ];
    assert_eq!(found, kinds.map(own));
}

/// A view over a member that is not there could not be queried.
#[test]
fn an_event_that_a_user_declared_otherwise_still_tells_its_kind_if_it_can() {
    let envelope = crate::parsed(FIREWALL_UPDATE);
    let name = r#""firewall_name" = 'egress'"#;
    let kind = r#"json_extract_scalar("event", '$.event_type') = 'alert'"#;
    for (ty, expected) in [
        ("string", &[name, kind][..]),
        ("struct<proto:string>", &[name]),
    ] {
        let mut intent = intents(&envelope, &firewall(), Some(&lines())).remove(0);
        let columns = json!({ "columns": [{ "name": "event", "type": ty }] });
        intent.log.schema = TableSchema::parse(&columns.to_string()).unwrap();
        assert_eq!(conditions(&intent).split_off(1), expected);
    }
}

/// What ends its records in no line break needs the stream to do so: Athena would read one record of each file.
#[test]
fn query_logs_and_firewalls_need_the_streams_line_breaks() {
    let delimited = |delimiter: &str| {
        let delimiter = json!([{ "ParameterName": "Delimiter", "ParameterValue": delimiter }]);
        processed(json!([{ "Type": "AppendDelimiterToRecord", "Parameters": delimiter }]))
    };
    let config =
        json!({ "ResolverQueryLogConfig": { "DestinationArn": STREAM, "AssociationCount": 1 } });
    let place = json!({ "deliveryStream": "aws-waf-logs-shop" });
    let alerts = json!({ "LogType": "ALERT", "LogDestinationType": "KinesisDataFirehose", "LogDestination": place });
    let firewall = json!({ "LoggingConfiguration": { "LogDestinationConfigs": [alerts] } });
    for (envelope, service) in [
        (crate::parsed(QUERY_LOG_ASSOCIATE), config),
        (crate::parsed(FIREWALL_UPDATE), firewall),
    ] {
        let wanted = |stream: Value| intents(&envelope, &service, Some(&stream)).remove(0);
        let together = wanted(stream(json!({}))).wanted;
        assert!(
            matches!(&together, Wanted::NoLocation { reason } if reason.contains("new line delimiter"))
        );
        let comma = wanted(delimited(",")).wanted;
        assert!(
            matches!(&comma, Wanted::NoLocation { reason } if reason.contains("new line delimiter"))
        );
        let tables = wanted(delimited("\\n")).tables().unwrap();
        // No record of a query log names its configuration.
        assert_eq!(
            tables.view.is_some(),
            tables.shown().name.contains("firewall")
        );
        let table = tables.files;
        assert_eq!(
            table.parameters["storage.location.template"],
            "s3://shop-logs/${hour}"
        );
        let keys: Vec<_> = table
            .partition_keys
            .iter()
            .map(|key| key.name.as_str())
            .collect();
        assert_eq!(keys, ["hour"]);
    }
}
