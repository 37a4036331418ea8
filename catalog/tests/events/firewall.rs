//! Calls on firewalls of Network Firewall.

use crate::{FIREWALL_UPDATE, check, found, known, parsed, with};
use logenabler_catalog::{Event, Intent, LookUp, Request, Wanted, subjects};
use serde_json::{Value, json};

const FIREWALL_DELETE: &str = include_str!("../../samples/events/firewall_delete.json");
const ARN: &str = "arn:aws:network-firewall:eu-west-1:123456789012:firewall/egress";
const PARAMETERS: &str = "/detail/requestParameters";

fn update(parameters: Value) -> Value {
    with(FIREWALL_UPDATE, PARAMETERS, parameters)
}

/// A configuration as the service answers it.
fn config(kind: &str, service: &str, place: Value) -> Value {
    json!({ "LogType": kind, "LogDestinationType": service, "LogDestination": place })
}

fn in_s3(kind: &str, bucket: &str, prefix: &str) -> Value {
    config(
        kind,
        "S3",
        json!({ "bucketName": bucket, "prefix": prefix }),
    )
}

/// What becomes of the three logs, in the order of their names.
fn intents(configs: &[Value]) -> Vec<Intent> {
    let answer =
        json!({ "FirewallArn": ARN, "LoggingConfiguration": { "LogDestinationConfigs": configs } });
    found(&parsed(FIREWALL_UPDATE), Some(&answer))
}

fn wanted(configs: &[Value]) -> Vec<Wanted> {
    intents(configs)
        .into_iter()
        .map(|intent| intent.wanted)
        .collect()
}

#[test]
fn every_call_that_can_change_a_log_leads_to_its_firewall() {
    check(&parsed(FIREWALL_UPDATE), Ok(&[ARN]));
    check(&parsed(FIREWALL_DELETE), Ok(&[ARN]));
    check(&update(json!({ "firewallName": "egress" })), Ok(&[ARN]));
    check(&update(json!({ "firewallArn": ARN })), Ok(&[ARN]));
    let both =
        json!({ "firewallArn": ARN, "firewallName": "egress", "loggingConfiguration": null });
    check(&update(both), Ok(&[ARN]));
    let null = json!({ "firewallArn": null, "firewallName": "egress" });
    check(&update(null), Ok(&[ARN]));
}

/// The name is all there is: partition, region and account are the envelope's.
#[test]
fn a_name_becomes_an_arn_where_the_call_was_made() {
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")] {
        let mut event = parsed(FIREWALL_DELETE);
        event["region"] = json!(region);
        let arn = format!("arn:{partition}:network-firewall:{region}:123456789012:firewall/egress");
        check(&event, Ok(&[&arn]));
    }
}

#[test]
fn what_is_no_firewall_of_the_caller_leads_nowhere() {
    for arn in [
        ARN.replace("123456789012", "210987654321"),
        ARN.replace("eu-west-1", "eu-west-2"),
        ARN.replace("arn:aws:", "arn:aws-cn:"),
        ARN.replace(":firewall/", ":firewall-policy/"),
        ARN.replace("network-firewall", "wafv2"),
        ARN.replace("egress", ""),
        ARN.replace("egress", ".."),
        ARN.replace("egress", "a/b"),
        ARN.replace("egress", "a${hour}"),
        ARN.replace("egress", "ü"),
        ARN.replace("egress", &"x".repeat(129)),
        "arn:aws".to_owned(),
    ] {
        check(&update(json!({ "firewallArn": arn })), Ok(&[]));
    }
    for name in [
        "",
        "a/b",
        "..",
        "a:b",
        "a_b",
        "é",
        "'; DROP TABLE x; --",
        "${hour}",
    ] {
        check(&update(json!({ "firewallName": name })), Ok(&[]));
    }
    for odd in [
        json!(null),
        json!("x"),
        json!([ARN]),
        json!({ "firewallArn": [ARN] }),
        json!({ "firewallName": { "x": 1 } }),
        json!({ "loggingConfiguration": { "firewallArn": ARN } }),
    ] {
        check(&update(odd), Ok(&[]));
    }
    let elsewhere = with(FIREWALL_UPDATE, "/source", json!("aws.wafv2"));
    check(&elsewhere, Ok(&[]));
}

#[test]
fn one_question_answers_for_all_three_logs() {
    let event = Event::parse(&parsed(FIREWALL_UPDATE)).unwrap();
    let logs = known(&subjects(&event)[0]);
    let asked: Vec<LookUp> = logs
        .iter()
        .map(|log| log.intent(&Default::default()).unwrap_err())
        .collect();
    assert_eq!(asked.len(), 3);
    assert!(asked.windows(2).all(|pair| pair[0] == pair[1]));
    let Request::Json { target, body, .. } = &asked[0].request else {
        panic!("{asked:?}");
    };
    assert_eq!(
        *target,
        "NetworkFirewall_20201112.DescribeLoggingConfiguration"
    );
    assert_eq!(parsed(body), json!({ "FirewallArn": ARN }));
    assert_eq!(
        asked[0].to_string(),
        "network-firewall:DescribeLoggingConfiguration"
    );
}

#[test]
fn each_log_has_its_own_table_and_folder() {
    let configs = [
        in_s3("TLS", "logs-t", ""),
        in_s3("ALERT", "logs-a", "web/eu"),
        in_s3("FLOW", "logs-f", "'; DROP TABLE x; --"),
    ];
    let expected = [
        (
            "network_firewall_alert_logs_db.network_firewall_alert_egress",
            "s3://logs-a/web/eu/AWSLogs/123456789012/network-firewall/alert/eu-west-1/egress/",
        ),
        (
            "network_firewall_flow_logs_db.network_firewall_flow_egress",
            "s3://logs-f/'; DROP TABLE x; --/AWSLogs/123456789012/network-firewall/flow/eu-west-1/egress/",
        ),
        (
            "network_firewall_tls_logs_db.network_firewall_tls_egress",
            "s3://logs-t/AWSLogs/123456789012/network-firewall/tls/eu-west-1/egress/",
        ),
    ];
    for (intent, (name, location)) in intents(&configs).iter().zip(expected) {
        let table = intent.tables().unwrap().files;
        assert_eq!(format!("{}.{}", table.database, table.name), name);
        assert_eq!(table.location, location);
        assert_eq!(
            table.parameters["storage.location.template"],
            format!("{location}${{hour}}")
        );
        assert_eq!(table.parameters["projection.hour.interval.unit"], "HOURS");
    }
}

#[test]
fn what_is_missing_is_off_and_the_others_stay() {
    let only_flow = wanted(&[in_s3("FLOW", "logs", "")]);
    assert!(
        matches!(
            &only_flow[..],
            [Wanted::Disabled, Wanted::Table(_), Wanted::Disabled]
        ),
        "{only_flow:?}"
    );
    assert!(wanted(&[]).iter().all(|wanted| *wanted == Wanted::Disabled));
    for none in [
        json!({ "FirewallArn": ARN }),
        json!({ "LoggingConfiguration": null }),
        json!({ "LoggingConfiguration": { "LogDestinationConfigs": "" } }),
        json!({ "LoggingConfiguration": { "LogDestinationConfigs": [null, 1, "x", [], {}] } }),
    ] {
        let found = found(&parsed(FIREWALL_UPDATE), Some(&none));
        assert!(found.iter().all(|intent| intent.wanted == Wanted::Disabled));
    }
    let gone = found(&parsed(FIREWALL_DELETE), None);
    assert_eq!(gone.len(), 3);
    assert!(gone.iter().all(|intent| intent.wanted == Wanted::Gone));
}

fn check_reason(service: &str, place: Value, word: &str) {
    let wanted = wanted(&[config("ALERT", service, place)]).remove(0);
    assert!(
        matches!(&wanted, Wanted::NoLocation { reason } if reason.contains(word)),
        "{wanted:?} does not say {word:?}"
    );
}

#[test]
fn what_goes_to_another_service_says_so() {
    check_reason(
        "KinesisDataFirehose",
        json!({ "deliveryStream": "alerts" }),
        "\"alerts\": a Firehose stream",
    );
    check_reason(
        "CloudWatchLogs",
        json!({ "logGroup": "/aws/alerts" }),
        "\"/aws/alerts\": CloudWatch Logs",
    );
    check_reason("SomethingNew", json!({}), "\"SomethingNew\": no S3 bucket");
    check_reason("", json!(null), "no S3 bucket");
}

/// The slash stands at the beginning of the files' keys too, and a table's location has no folder without a name.
#[test]
fn a_place_in_s3_that_no_table_can_point_at_says_why() {
    for (bucket, prefix, word) in [
        ("logs", "/example", "Remove that slash"),
        ("logs", "/", "Remove that slash"),
        ("logs", "a${hour}", "partition projection"),
        ("logs", "a//b", "an empty folder"),
        ("arn:aws:s3:::logs", "", "not the name of an S3 bucket"),
    ] {
        let place = json!({ "bucketName": bucket, "prefix": prefix });
        check_reason("S3", place, word);
    }
    check_reason(
        "S3",
        json!(["logs"]),
        "\"\" is not the name of an S3 bucket",
    );
}

/// What the call says itself, for people who ask: what it leaves out is off.
#[test]
fn the_call_tells_the_whole_configuration() {
    let claimed = |envelope: &Value| {
        let event = Event::parse(envelope).unwrap();
        let logs = known(&subjects(&event)[0]);
        let intents = logs.iter().map(|log| log.claimed(&event).unwrap().wanted);
        intents.collect::<Vec<_>>()
    };
    assert!(
        claimed(&parsed(FIREWALL_UPDATE))
            .iter()
            .all(|wanted| matches!(wanted, Wanted::Table(_)))
    );
    let off = update(json!({ "firewallName": "egress" }));
    assert_eq!(claimed(&off), [const { Wanted::Disabled }; 3]);
    assert_eq!(
        claimed(&parsed(FIREWALL_DELETE)),
        [const { Wanted::Gone }; 3]
    );
}
