//! Samples: where the newest files are, and what they say to somebody who watches for something new.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use logenabler_catalog::{
    Answers, Destination, Format, Intent, LOG_TYPES, Log, LogType, Partition, Records, Request,
    Resource, Row, Samples, Subject, TableSchema, Wanted, log_type, logs,
};
use serde_json::{Value, json};

const DAY: &str = "2026-03-04";
const ACCOUNT: &str = "123456789012";

fn subject(arn: &str) -> Subject {
    let region = "eu-west-1".to_owned();
    Subject {
        account: ACCOUNT.to_owned(),
        partition: Partition::of_region(&region),
        region,
        arn: arn.to_owned(),
    }
}

/// Of a resource called `shop`, in the bucket `logs` below `web/`.
fn samples(log_type: &'static LogType, schema: Value) -> Samples {
    samples_of(log_type, schema).unwrap()
}

fn samples_of(log_type: &'static LogType, schema: Value) -> Option<Samples> {
    let arn = "arn:aws:it:eu-west-1:123456789012:of/shop";
    let log = Log {
        log_type,
        resource: Resource {
            arn: arn.to_owned(),
            name: "shop".to_owned(),
            account: ACCOUNT.to_owned(),
            region: "eu-west-1".to_owned(),
            partition: Partition::default(),
            global: false,
        },
        subject: subject(arn),
        schema: serde_json::from_value(schema).unwrap(),
    };
    let at = Destination::new("logs", "web").unwrap();
    let wanted = Wanted::Table(at.into());
    let intent = Intent { log, wanted };
    let samples = intent.samples()?;
    let files = intent.tables().unwrap().files;
    assert_eq!(
        (&samples.database, &samples.table),
        (&files.database, &files.name)
    );
    Some(samples)
}

/// As the service answers, by the name of the call.
fn looked_up(name: &str, arn: &str, answers: &[(&str, Value)]) -> Option<Samples> {
    let found = logs(&subject(arn), &Answers::default()).unwrap();
    let log = found
        .known
        .iter()
        .find(|log| log.log_type.name == name)
        .unwrap();
    let mut said = Answers::default();
    loop {
        match log.intent(&said) {
            Ok(intent) => return intent.samples(),
            Err(look_up) => {
                let about = look_up.operation;
                let (_, answer) = answers.iter().find(|(name, _)| *name == about).unwrap();
                said.insert(look_up, Some(answer.clone()));
            }
        }
    }
}

fn prefix(samples: &Samples) -> String {
    match samples.list(DAY).request {
        Request::Get { path, query } => {
            assert_eq!((&*path, query[0].0), ("/logs?list-type=2", "prefix"));
            query[0].1.clone()
        }
        request => panic!("{request:?}"),
    }
}

#[test]
fn the_folders_of_a_day_are_those_that_a_query_for_it_reads() {
    let check = |name: &str, expected: &str| {
        let found = prefix(&samples(log_type(name).unwrap(), json!({})));
        assert_eq!(found, format!("web/{expected}"), "{name}");
    };
    check(
        "alb_access",
        "AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/03/04/123456789012_elasticloadbalancing_eu-west-1_app.shop.shop_",
    );
    check(
        "waf",
        "AWSLogs/123456789012/WAFLogs/eu-west-1/shop/2026/03/04/",
    );
    check(
        "cloudtrail",
        "AWSLogs/123456789012/CloudTrail/eu-west-1/2026/03/04/",
    );
    check("cloudfront_standard", "shop.2026-03-04");
    check("s3_access", "123456789012/eu-west-1/shop/2026/03/04/");
}

/// Those whose files can be told by a day.
fn log_types() -> Vec<&'static LogType> {
    let all = LOG_TYPES.iter().copied();
    all.filter(|it| samples_of(it, json!({})).is_some())
        .collect()
}

#[test]
fn every_log_type_has_a_day_that_can_be_looked_into_but_for_folders_of_vpcs() {
    let others: Vec<_> = LOG_TYPES
        .iter()
        .filter(|it| samples_of(it, json!({})).is_none())
        .collect();
    assert!(
        others
            .iter()
            .all(|it| it.layout.below.starts_with("${vpc}/")),
        "{others:?}"
    );
    assert_eq!(others.len(), 1);
    for log_type in log_types() {
        let samples = samples(log_type, json!({}));
        let begin = prefix(&samples);
        assert!(
            begin.contains("2026") && !begin.contains(['$', '{']),
            "{begin}"
        );
        let other = samples.list("2026-03-05");
        assert_ne!(other, samples.list(DAY), "{}", log_type.name);
    }
}

#[test]
fn files_that_lie_side_by_side_are_found_by_the_day_in_their_names() {
    let check = |prefix_of_log: &str, expected: &str| {
        let logging =
            json!({ "LoggingEnabled": { "TargetBucket": "logs", "TargetPrefix": prefix_of_log } });
        let found = looked_up(
            "s3_access",
            "arn:aws:s3:::shop",
            &[("GetBucketLogging", logging)],
        );
        assert_eq!(prefix(&found.unwrap()), expected);
    };
    check("", "2026-03-04");
    check("web/", "web/2026-03-04");
    check("web/shop-2", "web/shop-22026-03-04");
}

const ACL: &str = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1a2b";

fn of_stream(prefix: &str) -> Option<Samples> {
    let stream = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-x";
    let logging = json!({ "LoggingConfiguration": { "ResourceArn": ACL, "LogDestinationConfigs": [stream] } });
    let s3 =
        json!({ "BucketARN": "arn:aws:s3:::logs", "Prefix": prefix, "CompressionFormat": "GZIP" });
    let stream = json!({ "DeliveryStreamDescription": { "Destinations": [{ "ExtendedS3DestinationDescription": s3 }] } });
    looked_up(
        "waf",
        ACL,
        &[
            ("GetLoggingConfiguration", logging),
            ("DescribeDeliveryStream", stream),
        ],
    )
}

#[test]
fn folders_of_streams_are_found_as_far_as_they_tell_a_day() {
    let check = |changing: &str, expected: Option<&str>| {
        let found = of_stream(&format!("waf/{changing}"));
        assert_eq!(
            found.as_ref().map(prefix).as_deref(),
            expected,
            "{changing}"
        );
    };
    check("", Some("waf/2026/03/04/"));
    let by_part = "y=!{timestamp:yyyy}/m=!{timestamp:MM}/";
    check(
        &format!("{by_part}d=!{{timestamp:dd}}/"),
        Some("waf/y=2026/m=03/d=04/"),
    );
    let hourly = "d=!{timestamp:dd}/h=!{timestamp:HH}/";
    check(
        &format!("{by_part}{hourly}"),
        Some("waf/y=2026/m=03/d=04/h="),
    );
    check(by_part, Some("waf/y=2026/m=03/"));
    check("!{firehose:random-string}/", None);
}

#[test]
fn in_a_stream_that_others_share_only_its_own_records_count() {
    let samples = of_stream("").unwrap();
    let own = json!({ "timestamp": 1, "webaclId": ACL, "new": 1 });
    let other = json!({ "timestamp": 1, "webaclId": "arn:other", "a": 1, "b": 2 });
    let file = format!("{own}\n{other}\n{{\"query\":1}}\nnot JSON\n");
    let sample = samples.read(file.as_bytes(), false);
    assert_eq!(
        (sample.records, sample.rejects, sample.unknown_fields),
        (1, 0, 1)
    );
}

#[test]
fn the_newest_file_is_the_logs_own_that_was_written_last() {
    let samples = samples(log_type("vpc_flow").unwrap(), json!({}));
    let file = |name: &str, minute: u32, size: &str| {
        let written = format!("2026-03-04T10:{minute:02}:00.000Z");
        json!({ "Key": format!("web/x/{name}"), "LastModified": written, "Size": size })
    };
    let own = |id: u32| format!("123456789012_vpcflowlogs_eu-west-1_shop_{id}.log.gz");
    let newest = |contents: Value| {
        samples
            .newest(&json!({ "Contents": contents }))
            .map(|it| (it.key, it.size))
    };
    let files = json!([
        file(&own(1), 1, "9"),
        file(&own(2), 5, "7"),
        file("123456789012_vpcflowlogs_eu-west-1_other_1.log.gz", 9, "9"),
        file(&own(3), 3, "9"),
        file(&own(4), 8, "0"),
    ]);
    assert_eq!(newest(files), Some((format!("web/x/{}", own(2)), 7)));
    assert_eq!(
        newest(file(&own(1), 1, "9")).map(|(_, size)| size),
        Some(9),
        "a page of one"
    );
    for none in [json!(""), json!([]), file("x", 1, "9")] {
        assert_eq!(newest(none), None);
    }
    assert_eq!(samples.newest(&json!({})), None);
}

/// Headers, and the sample's lines that are complete and have nothing new.
fn clean(log_type: &LogType) -> String {
    let header = match &log_type.format {
        Format::Delimited(delimited) => usize::from(delimited.header_lines),
        _ => 0,
    };
    let is_json = matches!(log_type.format, Format::Json { .. });
    let is_usual =
        |row: Row| row.unknown_trailing == 0 && (is_json || row.values.last().unwrap().is_some());
    let reader = log_type.format.reader().unwrap();
    let headers = "#\n".repeat(header);
    let known = |line: &&str| {
        let file = format!("{headers}{line}");
        let mut rows = reader.rows(file.as_bytes());
        rows.all(|row| row.is_ok_and(is_usual))
    };
    let lines = log_type.sample.lines();
    let records = lines.clone().skip(header).filter(known);
    let lines: Vec<_> = lines.take(header).chain(records).collect();
    lines.join("\n") + "\n"
}

#[test]
fn a_file_as_ever_is_no_drift_wherever_it_is_cut() {
    for log_type in log_types() {
        let (samples, file) = (samples(log_type, json!({})), clean(log_type));
        let whole = samples.read(file.as_bytes(), false);
        assert!(whole.records > 0, "{}: {whole:?}", log_type.name);
        assert_eq!(whole.drift(), None, "{}", log_type.name);
        for end in 0..file.len() {
            let cut = samples.read(&file.as_bytes()[..end], true);
            assert_eq!(cut.drift(), None, "{} cut at {end}", log_type.name);
            assert!(cut.records <= whole.records);
        }
    }
}

#[test]
fn a_header_that_has_one_line_more_is_no_drift() {
    for log_type in log_types() {
        if log_type.sample.starts_with('#') {
            let file = format!("#Version: 1.0\n{}", clean(log_type));
            let sample = samples(log_type, json!({})).read(file.as_bytes(), false);
            assert_eq!(
                (sample.drift(), sample.rejects),
                (None, 0),
                "{}",
                log_type.name
            );
        }
    }
}

/// The last record with a field, or a key, that nobody has heard of.
fn with_a_new_field(log_type: &LogType) -> String {
    let file = clean(log_type);
    let file = file.trim_end();
    let (end, field) = match &log_type.format {
        Format::Json {
            records: Records::Array,
            ..
        } => ("}]}", r#","brandNew":"secret""#.to_owned()),
        Format::Json { .. } => ("}", r#","brandNew":"secret""#.to_owned()),
        Format::Delimited(delimited) => ("", format!("{}secret", delimited.separator)),
        _ => ("", " secret".to_owned()),
    };
    format!("{}{field}{end}\n", file.strip_suffix(end).unwrap())
}

#[test]
fn a_new_field_is_drift_of_which_nothing_is_told_but_that_it_is_there() {
    for log_type in log_types() {
        let file = with_a_new_field(log_type);
        let sample = samples(log_type, json!({})).read(file.as_bytes(), false);
        assert_eq!(
            (sample.rejects, sample.unknown_fields),
            (0, 1),
            "{}",
            log_type.name
        );
        assert_eq!(sample.drift().as_deref(), Some(r#"{"unknown_fields":1}"#));
    }
}

#[test]
fn what_a_user_has_added_is_not_new() {
    for log_type in log_types() {
        let schema = json!({ "columns": [{ "name": "brandnew", "type": "string" }] });
        let file = with_a_new_field(log_type);
        let sample = samples(log_type, schema).read(file.as_bytes(), false);
        assert_eq!(sample.drift(), None, "{}", log_type.name);
    }
}

#[test]
fn a_reject_is_told_by_what_was_expected_and_never_by_what_is_there() {
    for log_type in log_types() {
        let file = "secret \"secret {secret\tsecret\n".repeat(3);
        let samples = samples(log_type, json!({}));
        let sample = samples.read(file.as_bytes(), false);
        if sample.rejects == 0 {
            // A header, and a first field that may be anything.
            assert!(
                matches!(log_type.format, Format::Delimited(_)),
                "{}",
                log_type.name
            );
            continue;
        }
        let drift = sample.drift().unwrap();
        assert!(
            drift.contains("expected") && !drift.contains("secret"),
            "{drift}"
        );
    }
}

#[test]
fn hostile_bytes_are_rejects_or_nothing() {
    let huge = vec![b'x'; 1 << 20];
    let nested = "{\"Records\":[".repeat(10_000);
    let hostile: [&[u8]; 6] = [
        b"",
        b"\0",
        b"\xff\xfe\r\r\r",
        b"{",
        &huge,
        nested.as_bytes(),
    ];
    for log_type in log_types() {
        let samples = samples(log_type, json!({}));
        for bytes in hostile {
            let cut = samples.read(bytes, true);
            assert_eq!(cut.unknown_fields, 0, "{}", log_type.name);
            let whole = samples.read(bytes, false);
            assert!(whole.rejects <= whole.records && cut.records <= whole.records);
        }
        assert_eq!(
            samples.read(&huge, true).records,
            0,
            "no record has ended yet"
        );
    }
}

#[test]
fn files_for_hive_alone_are_not_looked_into() {
    let table = log_type("waf").unwrap();
    let mut delivery = logenabler_catalog::Delivery::from(Destination::new("logs", "").unwrap());
    let columns = table.columns().cloned().collect();
    delivery.format = Some(Format::Parquet { columns });
    let log = Log {
        log_type: table,
        resource: Resource {
            arn: ACL.to_owned(),
            name: "shop".to_owned(),
            account: ACCOUNT.to_owned(),
            region: "eu-west-1".to_owned(),
            partition: Partition::default(),
            global: false,
        },
        subject: subject(ACL),
        schema: TableSchema::default(),
    };
    let wanted = Wanted::Table(delivery);
    assert_eq!(Intent { log, wanted }.samples(), None);
}
