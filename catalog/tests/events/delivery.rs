//! Calls on the deliveries of CloudWatch Logs.

use crate::{DELIVERY_CREATE, check, parsed, with};
use logenabler_catalog::{Answers, Event, Intent, Logs, LookUp, Request, Table, Tables, Wanted};
use logenabler_catalog::{former_log, log_type, logs, subjects};
use serde_json::{Value, json};

const ID: &str = "a1B2c3D4e5F6g7H8";
const ARN: &str = "arn:aws:logs:us-east-1:123456789012:delivery:a1B2c3D4e5F6g7H8";
const TO: &str = "arn:aws:logs:us-east-1:123456789012:delivery-destination:bucket";
const DISTRIBUTION: &str = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE1ABCD";
const ALB: &str =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081";
const PARAMETERS: &str = "/detail/requestParameters";

fn call(name: &str, parameters: Value, answer: Value) -> Value {
    let mut event = with(DELIVERY_CREATE, "/detail/eventName", json!(name));
    event["detail"]["requestParameters"] = parameters;
    event["detail"]["responseElements"] = answer;
    event
}

/// What CloudWatch Logs holds.
#[derive(Clone)]
struct Held {
    delivery: Option<Value>,
    source: Option<Value>,
    destination: Option<Value>,
}

impl Held {
    /// A delivery of this resource's log.
    fn of(log_type: &str, resource: &str) -> Self {
        let delivery = json!({
            "id": ID, "arn": ARN, "deliverySourceName": "source", "deliveryDestinationArn": TO,
            "deliveryDestinationType": "S3", "recordFields": [], "s3DeliveryConfiguration": {},
        });
        let source = json!({ "name": "source", "resourceArns": [resource], "logType": log_type });
        let configuration = json!({ "destinationResourceArn": "arn:aws:s3:::example-logs" });
        let destination = json!({
            "name": "bucket", "arn": TO, "outputFormat": "json",
            "deliveryDestinationConfiguration": configuration,
        });
        Self {
            delivery: Some(delivery),
            source: Some(source),
            destination: Some(destination),
        }
    }

    fn site() -> Self {
        Self::of("ACCESS_LOGS", DISTRIBUTION)
    }

    fn delivery(mut self, member: &str, value: Value) -> Self {
        self.delivery.as_mut().unwrap()[member] = value;
        self
    }

    fn fields(self, fields: &[&str]) -> Self {
        self.delivery("recordFields", json!(fields))
    }

    fn path(self, suffix: &str, hive: bool) -> Self {
        let path = json!({ "suffixPath": suffix, "enableHiveCompatiblePath": hive });
        self.delivery("s3DeliveryConfiguration", path)
    }

    fn to(mut self, format: &str, arn: &str) -> Self {
        let destination = self.destination.as_mut().unwrap();
        destination["outputFormat"] = json!(format);
        destination["deliveryDestinationConfiguration"]["destinationResourceArn"] = json!(arn);
        self
    }

    fn answer(&self, look_up: &LookUp) -> Option<Value> {
        // The distribution is asked as a REST API, and is not there.
        let Request::Json { body, .. } = &look_up.request else {
            return None;
        };
        let of = |name: &str, value: &Option<Value>| value.as_ref().map(|it| json!({ name: it }));
        match look_up.operation {
            "GetDelivery" if body.contains(ID) => of("delivery", &self.delivery),
            "GetDeliverySource" if body.contains("source") => of("deliverySource", &self.source),
            "GetDeliveryDestination" if body.contains("bucket") => {
                of("deliveryDestination", &self.destination)
            }
            "DescribeDeliveries" if body == "{}" => {
                let others = json!([{ "id": "x", "deliverySourceName": "other" }]);
                Some(json!({ "deliveries": others, "nextToken": "next" }))
            }
            "DescribeDeliveries" => Some(json!({ "deliveries": [self.delivery] })),
            _ => None,
        }
    }

    fn asked<T>(&self, question: impl Fn(&Answers) -> Result<T, LookUp>) -> T {
        let mut answers = Answers::default();
        loop {
            match question(&answers) {
                Ok(answer) => return answer,
                Err(look_up) => {
                    let answer = self.answer(&look_up);
                    answers.insert(look_up, answer);
                }
            }
        }
    }

    fn logs(&self, event: &Value) -> Logs {
        let subject = subjects(&Event::parse(event).unwrap()).remove(0);
        self.asked(|answers| logs(&subject, answers))
    }

    fn intent(&self) -> Intent {
        let log = self.logs(&parsed(DELIVERY_CREATE)).known.remove(0);
        self.asked(|answers| log.intent(answers))
    }

    fn tables(&self) -> Tables {
        self.intent().tables().unwrap()
    }

    fn table(&self) -> Table {
        self.tables().files
    }

    fn reason(&self) -> String {
        match self.intent().wanted {
            Wanted::NoLocation { reason } => reason,
            other => panic!("{other:?}"),
        }
    }
}

/// An event that is what every look-up answers, too.
pub(crate) fn answering() -> Value {
    let mut event = parsed(DELIVERY_CREATE);
    let held = Held::site()
        .fields(&["date", "cs(Host)"])
        .path("{DistributionId}/{yyyy}", true);
    event["detail"]["delivery"] = held.delivery.unwrap();
    event["detail"]["deliverySource"] = held.source.unwrap();
    event["detail"]["deliveryDestination"] = held.destination.unwrap();
    event
}

#[test]
fn every_call_leads_to_its_delivery_or_to_those_of_its_end() {
    check(&parsed(DELIVERY_CREATE), Ok(&[ARN]));
    for name in ["UpdateDeliveryConfiguration", "DeleteDelivery"] {
        check(&call(name, json!({ "id": ID }), json!(null)), Ok(&[ARN]));
    }
    let named = json!({ "name": "bucket" });
    let destination = call("PutDeliveryDestination", named, json!(null));
    check(&destination, Ok(&[TO]));
    let source = call(
        "PutDeliverySource",
        json!({ "name": "source" }),
        json!(null),
    );
    let arn = "arn:aws:logs:us-east-1:123456789012:delivery-source:source";
    check(&source, Ok(&[arn]));
    for event in [destination, source] {
        let logs = Held::site().logs(&event);
        assert_eq!(logs.known.len(), 1, "{:?}", logs.reasons);
        assert_eq!(logs.known[0].subject.arn, ARN);
    }
}

#[test]
fn strange_names_lead_nowhere() {
    for odd in [
        json!(null),
        json!(7),
        json!(""),
        json!("a:b"),
        json!("a/b"),
        json!("'; DROP"),
        json!("x".repeat(65)),
        json!(ARN),
    ] {
        check(
            &call("DeleteDelivery", json!({ "id": odd }), json!(null)),
            Ok(&[]),
        );
        let answer = json!({ "delivery": { "id": odd } });
        check(
            &call("CreateDelivery", json!({ "id": ID }), answer),
            Ok(&[]),
        );
    }
    check(&with(DELIVERY_CREATE, PARAMETERS, json!(null)), Ok(&[ARN]));
}

const FORMATS: [(&str, &str); 4] = [
    ("plain", "LazySimpleSerDe"),
    ("w3c", "LazySimpleSerDe"),
    ("json", "JsonSerDe"),
    ("parquet", "ParquetHiveSerDe"),
];

/// What is asked for: the suffix path, and whether it is Hive's; and what follows: the folder, and what is below it.
type Form = (&'static str, bool, &'static str, &'static str);
const DATED: &str = "year=${year}/month=${month}/day=${day}";

#[rustfmt::skip]
const OF_CLOUDFRONT: [Form; 3] = [
    ("", false, "123456789012/CloudFront/", ""),
    ("AWSLogs/{account-id}/CloudFront/{DistributionId}/{yyyy}/{MM}/{dd}", false, "123456789012/CloudFront/E2EXAMPLE1ABCD/", "${day}"),
    ("AWSLogs/{account-id}/CloudFront/{yyyy}/{MM}/{dd}", true, "aws-account-id=123456789012/CloudFront/", DATED),
];

#[rustfmt::skip]
const OF_LOAD_BALANCERS: [Form; 3] = [
    ("", false, "123456789012/elasticloadbalancing/us-east-1/", "${day}"),
    ("web/{yyyy}/{MM}/{dd}/{HH}", false, "123456789012/elasticloadbalancing/web/", "${hour}"),
    ("", true, "aws-account-id=123456789012/elasticloadbalancing/region=us-east-1/", DATED),
];

/// Two services, four formats, three forms of paths.
#[test]
fn every_service_has_every_format_in_every_form_of_path() {
    let site = "cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd";
    for form in OF_CLOUDFRONT {
        for format in FORMATS {
            check_form(Held::site(), format, form, site);
        }
    }
    for form in OF_LOAD_BALANCERS {
        for format in FORMATS {
            let held = Held::of("ALB_ACCESS_LOGS", ALB);
            check_form(held, format, form, "alb_access_logs_db.alb_shop");
        }
    }
}

fn check_form(held: Held, (format, serde): (&str, &str), form: Form, name: &str) {
    let (suffix, hive, folder, below) = form;
    let held = held.to(format, "arn:aws:s3:::example-logs");
    let tables = held.path(suffix, hive).tables();
    let (shown, table) = (tables.shown(), &tables.files);
    assert_eq!(format!("{}.{}", shown.database, shown.name), name);
    assert_eq!(shown.parameters["logenabler.delivery"], ARN);
    assert_eq!(table.parameters["logenabler.delivery"], ARN);
    assert!(table.serde_library.ends_with(serde), "{format}");
    assert_eq!(
        table.location,
        format!("s3://example-logs/AWSLogs/{folder}")
    );
    let template = table.parameters.get("storage.location.template");
    let expected = (!below.is_empty()).then(|| format!("{}{below}", table.location));
    assert_eq!(template, expected.as_ref());
    let header = table.parameters.get("skip.header.line.count");
    assert_eq!(header.map(String::as_str), (format == "w3c").then_some("1"));
}

/// Columns as name and type.
fn check_columns(held: &Held, expected: &[(&str, &str)]) {
    let table = held.table();
    let columns = table
        .columns
        .iter()
        .map(|it| (it.name.as_str(), it.ty.as_str()));
    assert_eq!(columns.collect::<Vec<_>>(), expected);
}

#[test]
fn columns_are_the_fields_in_their_order_and_none_is_lost() {
    let fields = [
        "cs(Host)",
        "sc-status",
        "date",
        "timestamp(ms)",
        "brand-new",
        "year",
    ];
    let held = Held::site().fields(&fields).path("{yyyy}", true);
    let bucket = "arn:aws:s3:::example-logs";
    let names = [
        "cs_host",
        "sc_status",
        "date",
        "timestamp_ms",
        "brand_new",
        "year",
    ];
    let types = ["string", "int", "date", "bigint", "string", "string"];
    let typed: Vec<_> = names.into_iter().zip(types).collect();
    for format in ["plain", "w3c"] {
        check_columns(&held.clone().to(format, bucket), &typed);
    }
    let texts = names.map(|name| (name, "string"));
    for format in ["json", "parquet"] {
        check_columns(&held.clone().to(format, bucket), &texts);
    }
    let table = held.to("json", bucket).table();
    assert_eq!(table.partition_keys[0].name, "year_2");
    assert!(table.parameters["storage.location.template"].ends_with("/year=${year_2}"));
    let parameters = table.serde_parameters;
    assert_eq!(parameters["mapping.cs_host"], "cs(host)");
    assert_eq!(parameters["mapping.timestamp_ms"], "timestamp(ms)");
    assert!(!parameters.contains_key("mapping.date"));
}

#[test]
fn a_log_that_has_a_usual_form_has_its_table_and_its_words() {
    let nlb = ALB.replace("/app/", "/net/");
    let bucket = "arn:aws:s3:::shop";
    #[rustfmt::skip]
    let usual = [
        ("ALB_ACCESS_LOGS", ALB, "alb_access_logs_db.alb_shop_raw", 34),
        ("ALB_CONNECTION_LOGS", ALB, "alb_connection_logs_db.alb_connection_shop_raw", 15),
        ("ALB_HEALTH_CHECK_LOGS", ALB, "alb_health_logs_db.alb_health_shop_raw", 10),
        ("NLB_ACCESS_LOGS", &nlb, "nlb_access_logs_db.nlb_shop_raw", 22),
        ("S3_SERVER_ACCESS_LOGS", bucket, "s3_access_logs_db.s3_shop_raw", 29),
    ];
    for (log_type, resource, name, columns) in usual {
        let table = Held::of(log_type, resource).table();
        assert_eq!(format!("{}.{}", table.database, table.name), name);
        assert_eq!(table.columns.len(), columns);
        let unknown = |it: &&logenabler_catalog::TableColumn| it.comment.contains("newer than");
        assert_eq!(table.columns.iter().find(unknown), None, "{log_type}");
        assert_eq!(table.parameters["logenabler.resource_arn"], resource);
    }
}

/// Nobody says how the files are named, but the records say whose they are, and each kind has a field that the others lack.
#[test]
fn records_of_others_in_the_folder_are_told_by_their_own_words() {
    let gate = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/gate/1a2b";
    for (log_type, arn, conditions) in [
        (
            "ALB_ACCESS_LOGS",
            ALB,
            [ELB_IS_SHOP, r#""request_line" IS NOT NULL"#].as_slice(),
        ),
        (
            "ALB_CONNECTION_LOGS",
            ALB,
            &[ELB_IS_SHOP, r#""listener_port" IS NOT NULL"#],
        ),
        (
            "ALB_HEALTH_CHECK_LOGS",
            ALB,
            &[ELB_IS_SHOP, r#""target_group_id" IS NOT NULL"#],
        ),
        ("NLB_ACCESS_LOGS", gate, &[r#""elb" = 'net/gate/1a2b'"#]),
    ] {
        for format in ["json", "parquet", "plain"] {
            let held = Held::of(log_type, arn).to(format, "arn:aws:s3:::example-logs");
            let ddl = held.tables().ddl();
            let (_, found) = ddl.rsplit_once("WHERE ").unwrap();
            let found: Vec<_> = found.split("\n  AND ").skip(1).collect();
            assert_eq!(found, conditions, "{log_type} as {format}");
        }
        let without = Held::of(log_type, arn).fields(&["time", "client_port"]);
        assert_eq!(without.tables().view, None);
    }
}

const ELB_IS_SHOP: &str = r#""elb" = 'app/shop/1a2b3c4d5e6f7081'"#;

/// In folders of which nobody knows what they are called, files lie deeper than the table's own folder.
#[test]
fn no_row_is_lost_in_a_folder_that_nobody_knows() {
    for (held, condition) in [
        (Held::site(), r"/E2EXAMPLE1ABCD\.[^/]*$"),
        (Held::of("ALB_ACCESS_LOGS", ALB), "/[^/]*$"),
    ] {
        let ddl = held.path("{tenant}/{yyyy}", false).tables().ddl();
        let (_, conditions) = ddl.rsplit_once("WHERE ").unwrap();
        let expected = format!(r#"regexp_like("$path", '{condition}')"#);
        assert_eq!(conditions.lines().next(), Some(&*expected));
    }
}

/// AWS says so of S3's records alone; a text over a number would be the end of every query.
#[test]
fn parquet_of_s3_has_numbers_as_numbers() {
    let held = Held::of("S3_SERVER_ACCESS_LOGS", "arn:aws:s3:::shop");
    let table = held.to("parquet", "arn:aws:s3:::example-logs").table();
    let ty = |name: &str| {
        let column = table.columns.iter().find(|column| column.name == name);
        column.unwrap().ty.as_str()
    };
    let found = ["http_status", "object_size", "acl_required", "request_time"].map(ty);
    assert_eq!(found, ["int", "bigint", "boolean", "string"]);
}

#[test]
fn a_prefix_is_in_the_place_of_the_folders_of_aws() {
    let held = Held::of("ALB_ACCESS_LOGS", ALB).to("json", "arn:aws:s3:::example-logs/web/");
    assert_eq!(held.table().location, "s3://example-logs/web/us-east-1/");
    let held = Held::site().to("json", "arn:aws:s3:::example-logs/web");
    assert_eq!(held.table().location, "s3://example-logs/web/");
}

fn check_reason(held: &Held, part: &str) {
    let reason = held.reason();
    assert!(reason.contains(part), "{reason} lacks {part}");
}

#[test]
fn what_goes_elsewhere_has_a_reason() {
    let to = |arn| Held::site().to("json", arn);
    let stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/x";
    check_reason(&to(stream), "Firehose");
    check_reason(
        &to("arn:aws:logs:us-east-1:123456789012:log-group:x"),
        "CloudWatch Logs",
    );
    check_reason(&to(""), "not an ARN");
    let at = |arn: &str| Held::site().delivery("deliveryDestinationArn", json!(arn));
    check_reason(
        &at(&TO.replace("123456789012", "210987654321")),
        "210987654321",
    );
    check_reason(&at(""), "its own account");
    let gone = Held {
        destination: None,
        ..Held::site()
    };
    check_reason(&gone, "is gone");
}

#[test]
fn what_no_table_can_read_has_a_reason() {
    let bucket = "arn:aws:s3:::example-logs";
    check_reason(&Held::site().to("raw", bucket), "\"raw\"");
    check_reason(&Held::site().to("", bucket), "new delivery destination");
    let odd = Held::site().delivery("fieldDelimiter", json!("||"));
    check_reason(&odd.to("w3c", bucket), "\"||\"");
    check_reason(&Held::site().path("a//b", false), "an empty folder");
    check_reason(
        &Held::site().path("a/${yyyy}", false),
        "partition projection",
    );
}

#[test]
fn a_log_that_nobody_knows_is_named() {
    let theirs = DISTRIBUTION.replace("123456789012", "210987654321");
    let cluster = "arn:aws:eks:us-east-1:123456789012:cluster/x";
    let far = ALB.replace("us-east-1", "eu-west-1");
    for (log_type, resource, part) in [
        ("CONNECTION_LOGS", DISTRIBUTION, "\"CONNECTION_LOGS\""),
        (
            "AUTO_MODE_COMPUTE_LOGS",
            cluster,
            "\"AUTO_MODE_COMPUTE_LOGS\" of",
        ),
        ("ACCESS_LOGS", &theirs, "nothing in this account"),
        ("ALB_ACCESS_LOGS", &far, "nothing in this account"),
        ("ACCESS_LOGS", "'; DROP", "'; DROP"),
    ] {
        let logs = Held::of(log_type, resource).logs(&parsed(DELIVERY_CREATE));
        assert!(logs.known.is_empty() && logs.former.is_empty());
        assert!(logs.reasons[0].contains(part), "{}", logs.reasons[0]);
    }
    let gone = Held {
        source: None,
        ..Held::site()
    };
    let reasons = gone.logs(&parsed(DELIVERY_CREATE)).reasons;
    assert_eq!(reasons, ["The delivery source \"source\" is gone."]);
}

/// Nothing but the table tells what a delivery was for that is no more.
#[test]
fn a_delivery_that_is_gone_is_found_by_the_mark_of_its_table() {
    let table = Held::site().tables().shown().clone();
    let gone = Held {
        delivery: None,
        ..Held::site()
    };
    let logs = gone.logs(&parsed(DELIVERY_CREATE));
    assert!(logs.known.is_empty());
    let site = log_type("cloudfront_standard_v2").unwrap();
    let log = former_log(site, &logs.former[0], &table.parameters).unwrap();
    assert_eq!(
        (log.database(), log.table_name()),
        (table.database, table.name)
    );
    let intent = gone.asked(|answers| log.intent(answers));
    assert_eq!(intent.wanted, Wanted::Gone);

    let other = log_type("alb_access").unwrap();
    assert!(former_log(other, &logs.former[0], &table.parameters).is_none());
    let mut unmarked = table.parameters.clone();
    unmarked.remove("logenabler.delivery");
    assert!(former_log(site, &logs.former[0], &unmarked).is_none());
}
