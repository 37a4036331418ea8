//! Calls on flow logs, and what becomes of their owners' choices.

use crate::{FLOW_LOGS_CREATE, check, found, known, parsed, with};
use logenabler_catalog::{Event, Intent, Request, Table, Type, Wanted, subjects};
use serde_json::{Value, json};

const FLOW_LOGS_DELETE: &str = include_str!("../../samples/events/flow_logs_delete.json");
const ARN: &str = "arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/fl-0a1b2c3d4e5f60718";
const IDS: &str = "/detail/responseElements/CreateFlowLogsResponse/flowLogIdSet/item";
const REQUEST: &str = "/detail/requestParameters/CreateFlowLogsRequest";
const DELETED: &str = "/detail/requestParameters/DeleteFlowLogsRequest/FlowLogId";
const V2: &str = "version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status";

#[test]
fn every_call_leads_to_each_flow_log_that_it_made_or_removed() {
    check(&parsed(FLOW_LOGS_CREATE), Ok(&[ARN]));
    check(&parsed(FLOW_LOGS_DELETE), Ok(&[ARN]));
    let other = ARN.replace("fl-0a1b2c3d4e5f60718", "fl-0b");
    let two = json!(["fl-0b", "fl-0a1b2c3d4e5f60718"]);
    check(&with(FLOW_LOGS_CREATE, IDS, two), Ok(&[ARN, &other]));
    let two =
        json!([{ "tag": 1, "content": "fl-0b" }, { "tag": 2, "content": "fl-0a1b2c3d4e5f60718" }]);
    check(&with(FLOW_LOGS_DELETE, DELETED, two), Ok(&[ARN, &other]));
}

/// Where some of the resources have failed the call has not, and the others have their ids in the answer.
#[test]
fn what_failed_in_part_leads_to_the_rest() {
    let unsuccessful = "/detail/responseElements/CreateFlowLogsResponse/unsuccessful";
    let failed = json!({ "item": { "resourceId": "vpc-0b", "error": { "code": "400" } } });
    check(&with(FLOW_LOGS_CREATE, unsuccessful, failed), Ok(&[ARN]));
    let none = "/detail/responseElements/CreateFlowLogsResponse/flowLogIdSet";
    check(&with(FLOW_LOGS_CREATE, none, json!("")), Ok(&[]));
}

#[test]
fn what_is_no_flow_log_leads_nowhere() {
    for odd in [
        json!(null),
        json!(7),
        json!(""),
        json!("fl-"),
        json!("vpc-0123456789abcdef0"),
        json!("fl-../x"),
        json!("fl-A'; DROP"),
        json!([[], {}, { "content": 7 }, [{ "content": "fl-0b" }]]),
        json!(format!("fl-{}", "0".repeat(100))),
    ] {
        check(&with(FLOW_LOGS_CREATE, IDS, odd.clone()), Ok(&[]));
        check(&with(FLOW_LOGS_DELETE, DELETED, odd), Ok(&[]));
    }
}

#[test]
fn the_service_is_asked_about_that_flow_log() {
    let event = Event::parse(&parsed(FLOW_LOGS_CREATE)).unwrap();
    let asked = known(&subjects(&event)[0])[0].intent(&Default::default());
    let asked = asked.unwrap_err();
    assert_eq!(asked.to_string(), "ec2:DescribeFlowLogs");
    let id = vec![("FlowLogId.1", "fl-0a1b2c3d4e5f60718".to_owned())];
    assert_eq!(asked.request, Request::form("2016-11-15", id));
}

/// A flow log as the service describes it: its XML as JSON, in which every value is a text.
fn described(changes: Value) -> Value {
    let mut flow_log = json!({
        "flowLogId": "fl-0a1b2c3d4e5f60718",
        "flowLogStatus": "ACTIVE",
        "resourceId": "vpc-0123456789abcdef0",
        "logDestinationType": "s3",
        "logDestination": "arn:aws:s3:::example-logs/net/",
        "logFormat": "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} \
                      ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    });
    let members = flow_log.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    flow_log
}

fn intent(changes: Value) -> Intent {
    let answer = json!({ "requestId": "1", "flowLogSet": [described(changes)] });
    found(&parsed(FLOW_LOGS_CREATE), Some(&answer)).remove(0)
}

fn table(changes: Value) -> Table {
    intent(changes).tables().unwrap().files
}

fn names(table: &Table) -> String {
    let names: Vec<_> = table.columns.iter().map(|c| c.name.as_str()).collect();
    names.join(" ")
}

fn keys(table: &Table) -> String {
    let keys = table.partition_keys.iter();
    let keys: Vec<_> = keys.map(|key| format!("{}:{}", key.name, key.ty)).collect();
    keys.join(" ")
}

#[test]
fn the_usual_flow_log_has_the_usual_table() {
    let table = table(json!({}));
    assert_eq!(table.database, "vpc_flow_logs_db");
    assert_eq!(table.name, "vpc_flow_fl_0a1b2c3d4e5f60718_raw");
    assert_eq!(names(&table), V2);
    assert_eq!(keys(&table), "day:string");
    let location = "s3://example-logs/net/AWSLogs/123456789012/vpcflowlogs/eu-west-1/";
    assert_eq!(table.location, location);
    assert_eq!(table.parameters["skip.header.line.count"], "1");
    assert_eq!(table.serde_parameters["field.delim"], " ");
    let absent = intent(json!({ "logFormat": null, "destinationOptions": "" }));
    assert_eq!(absent.tables().unwrap().files, table);
}

/// Any number of flow logs have the folders in common, with other fields each: what people query has the own files only.
#[test]
fn the_view_shows_the_files_of_this_flow_log_alone() {
    let hive = json!({ "hiveCompatiblePartitions": "true" });
    for options in [json!(""), hive] {
        let changes =
            json!({ "destinationOptions": options, "logFormat": "${end} ${day} ${srcport}" });
        let tables = intent(changes).tables().unwrap();
        let view = tables.view.as_ref().unwrap();
        assert_eq!(view.name, "vpc_flow_fl_0a1b2c3d4e5f60718");
        let columns = view
            .columns
            .iter()
            .map(|column| format!("{}:{}", column.name, column.ty));
        let keys = tables.files.partition_keys.iter();
        let keys = keys.map(|key| format!("{}:{}", key.name, key.ty));
        let expected = ["end:timestamp", "day:string", "srcport:int"].map(str::to_owned);
        let expected: Vec<_> = expected.into_iter().chain(keys).collect();
        assert_eq!(columns.collect::<Vec<_>>(), expected);
        let files = "/123456789012_vpcflowlogs_eu-west-1_fl-0a1b2c3d4e5f60718_[^/]*$";
        assert!(tables.ddl().contains(files), "{}", tables.ddl());
    }
}

#[test]
fn the_folders_are_those_that_were_chosen() {
    let location =
        |account: &str, rest: &str| format!("s3://example-logs/net/AWSLogs/{account}/{rest}");
    let plain = location("123456789012", "vpcflowlogs/eu-west-1/");
    let hive = location(
        "aws-account-id=123456789012",
        "aws-service=vpcflowlogs/aws-region=eu-west-1/",
    );
    let numbers = "year:int month:int day:int";
    for (is_hive, hourly, folder, below, expected) in [
        ("false", "false", &plain, "${day}", "day:string"),
        ("false", "true", &plain, "${hour}", "hour:string"),
        (
            "true",
            "false",
            &hive,
            "year=${year}/month=${month}/day=${day}",
            numbers,
        ),
        (
            "true",
            "true",
            &hive,
            "year=${year}/month=${month}/day=${day}/hour=${hour}",
            "year:int month:int day:int hour:int",
        ),
    ] {
        let options = json!({ "fileFormat": "plain-text", "hiveCompatiblePartitions": is_hive, "perHourPartition": hourly });
        let table = table(json!({ "destinationOptions": options }));
        assert_eq!(&table.location, folder);
        assert_eq!(
            table.parameters["storage.location.template"],
            format!("{folder}{below}")
        );
        assert_eq!(keys(&table), expected);
        assert_eq!(names(&table), V2);
    }
}

#[test]
fn numbers_of_folders_have_their_digits() {
    let options = json!({ "hiveCompatiblePartitions": "true", "perHourPartition": "true" });
    let table = table(json!({ "destinationOptions": options }));
    for (key, range, digits) in [
        ("year", "2021,2050", "4"),
        ("month", "1,12", "2"),
        ("day", "1,31", "2"),
        ("hour", "0,23", "2"),
    ] {
        let setting = |name: &str| table.parameters[&format!("projection.{key}.{name}")].as_str();
        assert_eq!(
            [setting("type"), setting("range"), setting("digits")],
            ["integer", range, digits]
        );
    }
}

/// The fields as the owner of the flow log wrote them, and the columns.
fn check_fields(format: &str, expected: &str) {
    assert_eq!(names(&table(json!({ "logFormat": format }))), expected);
}

#[test]
fn fields_are_columns_in_the_order_that_was_chosen() {
    check_fields(
        "${dstaddr} ${srcaddr} ${version}",
        "dstaddr srcaddr version",
    );
    check_fields(
        "${version} ${srcaddr} ${pkt-src-aws-service} ${flow-direction} ${traffic-path}",
        "version srcaddr pkt_src_aws_service flow_direction traffic_path",
    );
    check_fields(
        "${version} ${action} ${ecs-cluster-arn} ${ecs-second-container-id} ${reject-reason} ${resource-id} \
         ${encryption-status} ${asg-tag-2} ${next-hop-az-id}",
        "version action ecs_cluster_arn ecs_second_container_id reject_reason resource_id encryption_status asg_tag_2 \
         next_hop_az_id",
    );
    check_fields("  ${end}   ${start} ", "end start");
    check_fields("${bytes} ${bytes}", "bytes bytes_2");
    check_fields(
        "${version} ${of-tomorrow} ${end}",
        "version of_tomorrow end",
    );
}

#[test]
fn types_are_those_of_the_dictionary_and_what_is_new_is_a_text() {
    let format =
        "${tcp-flags} ${end} ${protocol} ${packets-lost-blackhole} ${vpc-id} ${of-tomorrow}";
    for file_format in ["plain-text", "parquet"] {
        let options = json!({ "fileFormat": file_format });
        let table = table(json!({ "logFormat": format, "destinationOptions": options }));
        let types: Vec<_> = table.columns.iter().map(|c| c.ty.as_str()).collect();
        assert_eq!(types[..5], ["int", "bigint", "int", "bigint", "string"]);
        // In Parquet a wrong type would break the queries of all the others.
        let of_tomorrow = if file_format == "parquet" {
            &[][..]
        } else {
            &["string"]
        };
        assert_eq!(&types[5..], of_tomorrow);
    }
}

/// Of those the type is not known, and a table without columns cannot be queried.
#[test]
fn parquet_of_nothing_but_fields_of_tomorrow_says_so() {
    let options = json!({ "fileFormat": "parquet" });
    let format = "${of-tomorrow} ${of-the-day-after}";
    let wanted = intent(json!({ "logFormat": format, "destinationOptions": options })).wanted;
    assert!(
        matches!(&wanted, Wanted::NoLocation { reason } if reason.contains("Install a newer one")),
        "{wanted:?}"
    );
}

#[test]
fn parquet_is_read_as_parquet_in_the_same_folders() {
    let options = json!({ "fileFormat": "parquet", "hiveCompatiblePartitions": "true", "perHourPartition": "true" });
    let table = table(json!({ "destinationOptions": options }));
    assert!(table.serde_library.ends_with("ParquetHiveSerDe"));
    assert!(!table.parameters.contains_key("skip.header.line.count"));
    assert_eq!(names(&table), V2);
    assert_eq!(keys(&table), "year:int month:int day:int hour:int");
}

/// `region` is a field and the last part of a plain folder; a field of tomorrow may be called like a key.
#[test]
fn a_field_that_is_called_like_a_partition_key_keeps_its_name() {
    let format = "${version} ${region} ${day} ${hour} ${year}";
    for (hive, below, expected) in [
        ("false", "${hour_2}", "hour_2:string"),
        (
            "true",
            "year=${year_2}/month=${month}/day=${day_2}/hour=${hour_2}",
            "year_2:int month:int day_2:int hour_2:int",
        ),
    ] {
        let options = json!({ "hiveCompatiblePartitions": hive, "perHourPartition": "true" });
        let table = table(json!({ "logFormat": format, "destinationOptions": options }));
        assert_eq!(names(&table), "version region day hour year");
        assert_eq!(keys(&table), expected);
        let template = &table.parameters["storage.location.template"];
        assert_eq!(*template, format!("{}{below}", table.location));
        assert!(table.parameters.contains_key("projection.hour_2.type"));
        assert!(!table.parameters.contains_key("projection.hour.type"));
    }
}

#[test]
fn a_transit_gateway_has_fields_of_its_own() {
    let of = |id: &str| names(&table(json!({ "logFormat": "", "resourceId": id })));
    for id in ["tgw-0123456789abcdef0", "tgw-attach-0123456789abcdef0"] {
        let names = of(id);
        assert!(names.starts_with("version resource_type account_id tgw_id tgw_attachment_id"));
        assert_eq!(names.split(' ').count(), 36);
        assert!(!names.contains("action"));
    }
    for id in ["subnet-0a", "eni-0a", "nat-0a"] {
        assert_eq!(of(id), V2);
    }
    check_reason(
        json!({ "logFormat": "", "resourceId": "core-network-0a" }),
        "Give it a format",
    );
}

fn check_reason(changes: Value, word: &str) {
    let wanted = intent(changes).wanted;
    assert!(
        matches!(&wanted, Wanted::NoLocation { reason } if reason.contains(word)),
        "{wanted:?} does not say {word:?}"
    );
}

#[test]
fn what_goes_elsewhere_or_cannot_be_read_says_so() {
    let to =
        |kind: &str, place: &str| json!({ "logDestinationType": kind, "logDestination": place });
    let group = "arn:aws:logs:eu-west-1:123456789012:log-group:flows";
    check_reason(to("cloud-watch-logs", group), "CloudWatch Logs");
    check_reason(to("", group), "CloudWatch Logs");
    let named = json!({ "logDestinationType": "cloud-watch-logs", "logDestination": null, "logGroupName": "flows" });
    check_reason(named, "\"flows\": CloudWatch Logs");
    let stream = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/flows";
    check_reason(to("kinesis-data-firehose", stream), "without columns");
    check_reason(to("of-tomorrow", "x"), "\"of-tomorrow\"");
    check_reason(to("s3", "example-logs"), "not an ARN");
    check_reason(
        to("s3", "arn:aws:s3:::Example"),
        "not the name of an S3 bucket",
    );
    check_reason(
        json!({ "destinationOptions": { "fileFormat": "orc" } }),
        "\"orc\"",
    );
}

#[test]
fn what_is_not_there_any_more_is_gone() {
    for empty in [
        json!({ "flowLogSet": "" }),
        json!({ "flowLogSet": [] }),
        json!({}),
    ] {
        let gone = found(&parsed(FLOW_LOGS_DELETE), Some(&empty)).remove(0);
        assert_eq!(gone.wanted, Wanted::Gone);
    }
    assert_eq!(
        found(&parsed(FLOW_LOGS_DELETE), None)[0].wanted,
        Wanted::Gone
    );
}

/// What the call says itself, for people who ask: the same as the service, under other names.
#[test]
fn the_call_tells_the_same_as_the_service() {
    let claimed = |envelope: &Value| {
        let event = Event::parse(envelope).unwrap();
        known(&subjects(&event)[0])[0].claimed(&event).unwrap()
    };
    assert_eq!(
        claimed(&parsed(FLOW_LOGS_CREATE)).tables(),
        intent(json!({})).tables()
    );
    let mut event = parsed(FLOW_LOGS_CREATE);
    let request = event.pointer_mut(REQUEST).unwrap();
    request["DestinationOptions"] = json!({ "FileFormat": "parquet", "HiveCompatiblePartitions": true, "PerHourPartition": false });
    request["LogFormat"] = json!("${end} ${tgw-id}");
    request["ResourceId"] =
        json!([{ "tag": 1, "content": "tgw-0a" }, { "tag": 2, "content": "tgw-0b" }]);
    let options = json!({ "fileFormat": "parquet", "hiveCompatiblePartitions": "true", "perHourPartition": "false" });
    let same = intent(json!({ "destinationOptions": options, "logFormat": "${end} ${tgw-id}" }));
    assert_eq!(claimed(&event).tables(), same.tables());
    assert_eq!(claimed(&parsed(FLOW_LOGS_DELETE)).wanted, Wanted::Gone);
}

#[test]
fn the_dictionary_has_each_field_once_and_no_key() {
    let log_type = logenabler_catalog::log_type("vpc_flow").unwrap();
    let names: std::collections::BTreeSet<_> = log_type
        .dictionary()
        .iter()
        .map(|c| c.name.as_ref())
        .collect();
    assert_eq!(names.len(), log_type.dictionary().len());
    assert_eq!(
        names.len(),
        54 + 18,
        "of VPCs, and those that only transit gateways have"
    );
    for key in ["day", "hour", "month", "year"] {
        assert!(!names.contains(key));
    }
    let times = log_type
        .dictionary()
        .iter()
        .filter(|c| matches!(c.ty, Type::Time(_)));
    assert_eq!(times.count(), 2);
}
