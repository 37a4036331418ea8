//! Whether a trail logs the calls that change something: EventBridge hears of no others.

use serde_json::{Value, json};

use crate::look_up::{Answers, LookUp, items, text};
use crate::trail::{DESCRIBE_TRAILS, call};

/// The IAM actions that it needs to be looked up.
pub(crate) const ACTIONS: &[&str] = &[
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetEventSelectors",
    "cloudtrail:GetTrailStatus",
];

/// Whether such a trail logs in the region that is asked.
pub fn logs_management_events(answers: &Answers) -> Result<bool, LookUp> {
    let described = answers.of(call(
        DESCRIBE_TRAILS,
        "DescribeTrails",
        // Those of other regions and of the organization that log here are shadows.
        json!({ "includeShadowTrails": true }),
    ))?;
    for trail in described.map_or(&[][..], |answer| items(answer, "/trailList")) {
        let arn = text(trail, "/TrailARN");
        if is_logging(arn, answers)? && has_management_events(arn, answers)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_logging(arn: &str, answers: &Answers) -> Result<bool, LookUp> {
    let status = answers.of(call(
        "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrailStatus",
        "GetTrailStatus",
        json!({ "Name": arn }),
    ))?;
    Ok(status.and_then(|status| status.get("IsLogging")) == Some(&Value::Bool(true)))
}

fn has_management_events(arn: &str, answers: &Answers) -> Result<bool, LookUp> {
    let selectors = answers.of(call(
        "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetEventSelectors",
        "GetEventSelectors",
        json!({ "TrailName": arn }),
    ))?;
    let any = |list: &str, selects: fn(&Value) -> bool| {
        selectors.is_some_and(|answer| items(answer, list).iter().any(selects))
    };
    Ok(any("/EventSelectors", selects) || any("/AdvancedEventSelectors", selects_by_fields))
}

fn selects(selector: &Value) -> bool {
    let included = selector.get("IncludeManagementEvents") == Some(&Value::Bool(true));
    included && text(selector, "/ReadWriteType") != "ReadOnly"
}

fn selects_by_fields(selector: &Value) -> bool {
    let asks = |field: &str, value: &str| {
        let fields = items(selector, "/FieldSelectors").iter();
        let mut named = fields.filter(|it| text(it, "/Field") == field);
        named.any(|it| items(it, "/Equals").contains(&Value::from(value)))
    };
    asks("eventCategory", "Management") && !asks("readOnly", "true")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:cloudtrail:us-east-1:123456789012:trail/t";

    /// Of one trail with this status and these selectors.
    fn check(trails: Value, is_logging: bool, selectors: Value, expected: bool) {
        let mut answers = Answers::default();
        let said = loop {
            match logs_management_events(&answers) {
                Ok(said) => break said,
                Err(look_up) => {
                    let answer = match look_up.operation {
                        "DescribeTrails" => json!({ "trailList": trails }),
                        "GetTrailStatus" => json!({ "IsLogging": is_logging }),
                        _ => selectors.clone(),
                    };
                    answers.insert(look_up, Some(answer));
                }
            }
        };
        assert_eq!(said, expected, "{trails} {is_logging} {selectors}");
    }

    fn basic(read_write: &str, management: bool) -> Value {
        json!({ "EventSelectors": [{ "ReadWriteType": read_write, "IncludeManagementEvents": management }] })
    }

    fn advanced(category: &str, read_only: Option<&str>) -> Value {
        let mut fields = vec![json!({ "Field": "eventCategory", "Equals": [category] })];
        fields.extend(read_only.map(|it| json!({ "Field": "readOnly", "Equals": [it] })));
        json!({ "EventSelectors": [], "AdvancedEventSelectors": [{ "FieldSelectors": fields }] })
    }

    #[test]
    fn only_a_trail_that_logs_what_changes_something_counts() {
        let one = || json!([{ "TrailARN": ARN }]);
        check(json!([]), true, json!({}), false);
        check(one(), false, basic("All", true), false);
        check(one(), true, basic("All", true), true);
        check(one(), true, basic("WriteOnly", true), true);
        check(one(), true, basic("ReadOnly", true), false);
        check(one(), true, basic("All", false), false);
        check(one(), true, advanced("Management", None), true);
        check(one(), true, advanced("Management", Some("false")), true);
        check(one(), true, advanced("Management", Some("true")), false);
        check(one(), true, advanced("Data", None), false);
        check(one(), true, json!({}), false);
    }
}
