//! Calls on CloudTrail trails.

use crate::{TRAIL_UPDATE, check, known, parsed, with};
use logenabler_catalog::{Answers, Event, Intent, Log, Table, Wanted, subjects};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/shop";
const PARAMETERS: &str = "/detail/requestParameters";

#[test]
fn every_call_that_can_change_a_log_leads_to_the_trail_by_name_or_arn() {
    for call in [
        "CreateTrail",
        "UpdateTrail",
        "StartLogging",
        "StopLogging",
        "DeleteTrail",
    ] {
        for name in ["shop", ARN] {
            let mut event = with(TRAIL_UPDATE, PARAMETERS, json!({ "name": name }));
            event["detail"]["eventName"] = json!(call);
            check(&event, Ok(&[ARN]));
        }
    }
    let other = with(
        TRAIL_UPDATE,
        "/detail/eventName",
        json!("PutEventSelectors"),
    );
    check(&other, Ok(&[]));
}

#[test]
fn what_is_no_trail_of_the_caller_leads_nowhere() {
    let far = ARN.replace("eu-west-1", "us-east-1");
    let theirs = ARN.replace("123456789012", "210987654321");
    for name in [
        json!(null),
        json!(7),
        json!(""),
        json!("a/b"),
        json!("'; DROP"),
        json!("x".repeat(1000)),
        json!(far),
        json!(theirs),
    ] {
        check(
            &with(TRAIL_UPDATE, PARAMETERS, json!({ "name": name })),
            Ok(&[]),
        );
    }
    check(&with(TRAIL_UPDATE, PARAMETERS, json!(null)), Ok(&[]));
}

/// What becomes of the trail's table, given what each call answers.
fn intent(trail: Option<Value>, logging: bool, organization: Option<&str>) -> Intent {
    let event = Event::parse(&parsed(TRAIL_UPDATE)).unwrap();
    let log: Log = known(&subjects(&event)[0]).remove(0);
    let mut answers = Answers::default();
    loop {
        let look_up = match log.intent(&answers) {
            Ok(intent) => return intent,
            Err(look_up) => look_up,
        };
        let answer = match look_up.operation {
            "DescribeTrails" => {
                Some(json!({ "trailList": others().iter().chain(&trail).collect::<Vec<_>>() }))
            }
            "GetTrailStatus" => Some(json!({ "IsLogging": logging })),
            _ => organization.map(|id| json!({ "Organization": { "Id": id } })),
        };
        answers.insert(look_up, answer);
    }
}

/// A trail of that name in another region, which an answer may hold as well.
fn others() -> [Value; 1] {
    let arn = ARN.replace("eu-west-1", "us-east-1");
    [json!({ "Name": "shop", "TrailARN": arn, "S3BucketName": "other-logs" })]
}

fn trail(all_regions: bool, of_organization: bool) -> Option<Value> {
    Some(json!({
        "Name": "shop", "TrailARN": ARN, "S3BucketName": "example-logs", "S3KeyPrefix": "audit",
        "IsMultiRegionTrail": all_regions, "IsOrganizationTrail": of_organization,
    }))
}

/// Its table lies there, with these folders and keys below.
fn check_table(intent: &Intent, location: &str, below: &str, keys: &[&str]) -> Table {
    let table = intent.tables().unwrap().files;
    let location = format!("s3://example-logs/audit/AWSLogs/{location}");
    assert_eq!(table.location, location);
    let template = &table.parameters["storage.location.template"];
    assert_eq!(*template, format!("{location}{below}"));
    let names = table.partition_keys.iter().map(|key| key.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), keys);
    let name = format!("{}.{}", table.database, table.name);
    assert_eq!(name, "cloudtrail_logs_db.cloudtrail_shop");
    table
}

#[test]
fn a_trail_of_one_region_or_of_all_has_its_folders_and_keys() {
    let one = intent(trail(false, false), true, None);
    check_table(
        &one,
        "123456789012/CloudTrail/eu-west-1/",
        "${day}",
        &["day"],
    );
    let all = intent(trail(true, false), true, None);
    let keys = ["region", "day"];
    let table = check_table(&all, "123456789012/CloudTrail/", "${region}/${day}", &keys);
    assert_eq!(table.parameters["projection.region.type"], "enum");
    let regions = &table.parameters["projection.region.values"];
    assert!(regions.contains("eu-west-1,eu-west-2") && !regions.contains("cn-north-1"));
}

#[test]
fn a_trail_of_an_organization_has_a_folder_for_each_account() {
    let organization = intent(trail(true, true), true, Some("o-a1b2c3d4e5"));
    let below = "${account}/CloudTrail/${region}/${day}";
    let keys = ["account", "region", "day"];
    let table = check_table(&organization, "o-a1b2c3d4e5/", below, &keys);
    assert_eq!(table.parameters["projection.account.type"], "injected");
    let tables = organization.tables().unwrap();
    assert!(tables.example_query().contains("\"account\" = '"));
}

#[test]
fn a_trail_that_does_not_log_wants_no_table() {
    assert_eq!(intent(None, true, None).wanted, Wanted::Gone);
    assert_eq!(
        intent(trail(true, false), false, None).wanted,
        Wanted::Disabled
    );
    for id in [None, Some(""), Some("o-'; DROP")] {
        let wanted = intent(trail(true, true), true, id).wanted;
        assert!(
            matches!(&wanted, Wanted::NoLocation { reason } if reason.contains("DescribeOrganization")),
            "{wanted:?}"
        );
    }
}
