//! An API call, as CloudTrail reports it and EventBridge carries it.

use crate::arn::is_account;
use crate::region::{Partition, is_region};
use crate::shown::shown;
use crate::subject::Subject;
use serde_json::Value;

pub(crate) const DETAIL_TYPE: &str = "AWS API Call via CloudTrail";

/// Account and region come from the envelope, which EventBridge sets; `detail` is what a stranger may have written.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: String,
    pub account: String,
    pub region: String,
    pub partition: Partition,
    /// Such as `aws.elasticloadbalancing`.
    pub source: String,
    /// Such as `ModifyLoadBalancerAttributes`.
    pub event_name: String,
    /// When the call was made, by CloudTrail's account.
    pub event_time: Option<String>,
    pub detail: Value,
}

/// Why an event is none that can be worked with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EventReject(String);

impl Event {
    pub fn parse(envelope: &Value) -> Result<Self, EventReject> {
        let detail_type = text(envelope, "detail-type")?;
        if detail_type != DETAIL_TYPE {
            return reject(format!(
                "The detail-type is {}; send only {DETAIL_TYPE:?} here.",
                shown(detail_type)
            ));
        }
        let (account, region) = (text(envelope, "account")?, text(envelope, "region")?);
        if !is_account(account) {
            return reject(format!(
                "The envelope's account {} is not a number of 12 digits.",
                shown(account)
            ));
        }
        if !is_region(region) {
            return reject(format!(
                "The envelope's region {} is not a region.",
                shown(region)
            ));
        }
        let detail = envelope.get("detail").filter(|detail| detail.is_object());
        let Some(detail) = detail else {
            return reject(
                "The event has no detail, so it does not say which call it reports.".to_owned(),
            );
        };
        Ok(Self {
            id: text(envelope, "id")?.to_owned(),
            account: account.to_owned(),
            region: region.to_owned(),
            partition: Partition::of_region(region),
            source: text(envelope, "source")?.to_owned(),
            event_name: text(detail, "eventName")?.to_owned(),
            event_time: detail
                .get("eventTime")
                .and_then(Value::as_str)
                .map(str::to_owned),
            detail: detail.clone(),
        })
    }

    /// Why the call changed nothing, if it failed.
    pub fn failure(&self) -> Option<String> {
        let code = self
            .detail
            .get("errorCode")
            .filter(|code| !code.is_null())?;
        let code = code.as_str().unwrap_or("an error");
        Some(format!(
            "{} failed with {code:.80}, so it changed nothing.",
            self.event_name
        ))
    }

    /// A value among the call's parameters, by its path.
    pub(crate) fn requested(&self, path: &[&str]) -> Option<&Value> {
        find(self.detail.get("requestParameters")?, path)
    }

    /// A value of the call's answer, by its path.
    pub(crate) fn answered(&self, path: &[&str]) -> Option<&Value> {
        find(self.detail.get("responseElements")?, path)
    }

    /// What has this ARN, where the call was made.
    pub(crate) fn subject(&self, arn: String) -> Subject {
        Subject {
            account: self.account.clone(),
            region: self.region.clone(),
            partition: self.partition,
            arn,
        }
    }
}

/// CloudTrail is not consistent about the case of the first letter.
pub(crate) fn find<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| {
        let mut members = value.as_object()?.iter();
        members
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, member)| member)
    })
}

fn text<'a>(object: &'a Value, key: &str) -> Result<&'a str, EventReject> {
    let text = object
        .get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty());
    text.ok_or_else(|| {
        EventReject(format!(
            "The event has no text {key:?}; send it as EventBridge delivers it."
        ))
    })
}

fn reject<T>(reason: String) -> Result<T, EventReject> {
    Err(EventReject(reason))
}
