//! An alarm of CloudWatch on metrics.

use serde_json::{Map, Value as Json, json};

use super::cloudwatch::asked;
use super::failure::gone;
use super::form::{Asked, list};
use super::{Aws, Failure, Part, Tags, tags};

/// What an alarm is set to; the rest of what CloudWatch tells of it is how it fares.
const SETTINGS: &[&str] = &[
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluationPeriods",
    "ExtendedStatistic",
    "InsufficientDataActions",
    "MetricName",
    "Metrics",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Threshold",
    "ThresholdMetricId",
    "TreatMissingData",
    "Unit",
];

/// All else that looks like one is a name.
const NUMBERS: &[&str] = &[
    "DatapointsToAlarm",
    "EvaluationPeriods",
    "Period",
    "Threshold",
];

/// An alarm.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alarm {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) arn: String,
    settings: Map<String, Json>,
    pub(crate) tags: Tags,
}

impl Alarm {
    /// With what `PutMetricAlarm` takes besides name and tags.
    pub(crate) fn new(
        region: &str,
        name: String,
        arn: String,
        settings: &Map<String, Json>,
        tags: &Tags,
    ) -> Self {
        Self {
            region: region.to_owned(),
            name,
            arn,
            settings: all_canonical(settings),
            tags: tags.clone(),
        }
    }

    /// How many periods it looks back.
    pub(crate) fn periods(&self) -> Option<i64> {
        self.settings
            .get("EvaluationPeriods")?
            .as_str()?
            .parse()
            .ok()
    }
}

impl Part for Alarm {
    fn label(&self) -> String {
        format!("alarm {} in {}", self.name, self.region)
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn tagged(&self, tags: Tags) -> Self {
        Self {
            tags,
            ..self.clone()
        }
    }

    async fn look(&self, aws: &Aws) -> Result<Option<Self>, Failure> {
        let named = json!({ "AlarmNames": [self.name] });
        let answer = self
            .asked(aws)
            .call("cloudwatch:DescribeAlarms", named)
            .await?;
        let found = list(&answer, "/DescribeAlarmsResult/MetricAlarms");
        let Some(found) = found.first().and_then(Json::as_object) else {
            return Ok(None);
        };
        let named = json!({ "ResourceARN": self.arn });
        let Some(answer) = self
            .asked(aws)
            .find("cloudwatch:ListTagsForResource", named)
            .await?
        else {
            return Ok(None);
        };
        let settings = SETTINGS
            .iter()
            .filter_map(|name| found.get_key_value(*name));
        let settings = settings.map(|(name, value)| (name.clone(), value.clone()));
        Ok(Some(Self {
            settings: all_canonical(&settings.collect()),
            tags: tags::of_pairs(list(&answer, "/ListTagsForResourceResult/Tags")),
            ..self.clone()
        }))
    }

    /// CloudWatch takes tags of a new alarm alone, and all settings each time.
    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_none_or(|alarm| alarm.settings != self.settings) {
            let mut asked = self.settings.clone();
            asked.insert("AlarmName".to_owned(), self.name.clone().into());
            if found.is_none() {
                asked.insert("Tags".to_owned(), tags::pairs(&self.tags));
            }
            self.asked(aws)
                .call("cloudwatch:PutMetricAlarm", asked.into())
                .await?;
        }
        match found {
            Some(alarm) => self.tag(aws, &alarm.tags).await,
            None => Ok(()),
        }
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let named = json!({ "AlarmNames": [self.name] });
        gone(self.asked(aws).find("cloudwatch:DeleteAlarms", named).await)
    }
}

impl Alarm {
    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        if !set.is_empty() {
            let asked = json!({ "ResourceARN": self.arn, "Tags": tags::pairs(&set) });
            self.asked(aws)
                .call("cloudwatch:TagResource", asked)
                .await?;
        }
        if !remove.is_empty() {
            let asked = json!({ "ResourceARN": self.arn, "TagKeys": remove });
            self.asked(aws)
                .call("cloudwatch:UntagResource", asked)
                .await?;
        }
        Ok(())
    }

    fn asked<'a>(&'a self, aws: &'a Aws) -> Asked<'a> {
        asked(aws, &self.region, &self.name)
    }
}

/// As texts, which is how XML has them: numbers in one way of writing them, nothing that is empty, metrics by their ids.
fn all_canonical(settings: &Map<String, Json>) -> Map<String, Json> {
    let settings = settings.iter().map(|(name, setting)| {
        let setting = canonical(setting);
        match setting
            .as_str()
            .filter(|_| NUMBERS.contains(&name.as_str()))
        {
            Some(text) => (name.clone(), number(text).into()),
            None => (name.clone(), setting),
        }
    });
    settings.filter(|(_, setting)| !is_empty(setting)).collect()
}

fn canonical(setting: &Json) -> Json {
    match setting {
        Json::Object(members) => all_canonical(members).into(),
        Json::Array(items) => {
            let mut items: Vec<_> = items.iter().map(canonical).collect();
            items.sort_by_key(|item| item.get("Id").map(Json::to_string));
            items.into()
        }
        Json::String(_) | Json::Null => setting.clone(),
        plain => plain.to_string().into(),
    }
}

fn number(text: &str) -> String {
    let number = text.parse::<f64>();
    number.map_or_else(|_| text.to_owned(), |number| number.to_string())
}

fn is_empty(json: &Json) -> bool {
    json.is_null() || json == "" || json.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_the_same_however_they_are_written() {
        let asked = json!({
            "Threshold": 0, "Period": 300, "ActionsEnabled": true, "OKActions": [],
            "Metrics": [{ "Id": "b", "ReturnData": true }, { "Id": "a", "Label": null }],
        });
        let answered = json!({
            "Threshold": "0.0", "Period": "300", "ActionsEnabled": "true", "OKActions": "",
            "Metrics": [{ "Id": "a" }, { "Id": "b", "ReturnData": "true" }],
        });
        assert_eq!(canonical(&asked), canonical(&answered));
        let named = json!({ "Dimensions": [{ "Name": "FunctionName", "Value": "007" }] });
        assert_eq!(canonical(&named), named, "a name is no number");
        let other = json!({ "Threshold": 1, "Period": 300 });
        assert_ne!(canonical(&other), canonical(&answered));
    }
}
