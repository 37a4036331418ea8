//! An EventBridge rule with its one target.

use aws_sdk_eventbridge::types::{self, DeadLetterConfig, RetryPolicy, RuleState};
use serde_json::Value as Json;

use super::bus::{event_tag_list, event_tags, tag_event_object};
use super::failure::{Named, found, gone};
use super::{Aws, Failure, Part, Tags, retry::settle, send::send};

/// EventBridge's own maximum: a day of trying, 185 times.
const EVENT_AGE_SECONDS: i32 = 86_400;
const ATTEMPTS: i32 = 185;
const TARGET_ID: &str = "logenabler";
/// AWS's quota, which cannot be raised.
const MOST_TARGETS: usize = 5;

/// A rule: what starts it, events or the time, and what it sends where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    pub(crate) region: String,
    /// `None` is the account's default bus.
    pub(crate) bus: Option<String>,
    pub(crate) name: String,
    pub(crate) arn: String,
    /// The events that start it; null where none do.
    pub(crate) pattern: Json,
    /// When it starts by itself, as EventBridge writes it: `rate(1 day)`.
    pub(crate) schedule: Option<String>,
    pub(crate) enabled: bool,
    /// Everything the rule sends to; wanted is always exactly one.
    pub(crate) targets: Vec<Target>,
    pub(crate) tags: Tags,
}

/// Where a rule sends, what, and where that goes when it could not be delivered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Target {
    pub(crate) arn: String,
    pub(crate) role_arn: Option<String>,
    pub(crate) dead_letter_queue_arn: Option<String>,
    retry: Option<(i32, i32)>,
    /// What arrives in the place of the event.
    input: Option<Json>,
    /// Whether the event arrives changed; never wanted.
    rewritten: bool,
    id: String,
}

impl Target {
    /// A target with the longest retry EventBridge offers.
    pub(crate) fn new(
        arn: String,
        role_arn: Option<String>,
        dead_letter_queue_arn: String,
    ) -> Self {
        Self {
            arn,
            role_arn,
            dead_letter_queue_arn: Some(dead_letter_queue_arn),
            retry: Some((EVENT_AGE_SECONDS, ATTEMPTS)),
            input: None,
            rewritten: false,
            id: TARGET_ID.to_owned(),
        }
    }

    /// The same target, which gets this in the place of events.
    pub(crate) fn given(self, input: Json) -> Self {
        Self {
            input: Some(input),
            ..self
        }
    }
}

impl Part for Rule {
    fn label(&self) -> String {
        format!("rule {} in {}", self.name, self.region)
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
        let request = aws.events(&self.region).describe_rule().name(&self.name);
        let request = request.set_event_bus_name(self.bus.clone());
        let Some(rule) = found(send!("events:DescribeRule", &self.name, request))? else {
            return Ok(None);
        };
        Ok(Some(Self {
            pattern: json(rule.event_pattern().unwrap_or("null")),
            schedule: rule.schedule_expression().map(str::to_owned),
            enabled: rule.state() == Some(&RuleState::Enabled),
            targets: self.look_at_targets(aws).await?,
            tags: event_tags(aws, &self.region, &self.arn).await?,
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_none_or(|rule| !self.starts_as(rule)) {
            self.put(aws).await?;
        }
        if let Some(rule) = found {
            tag_event_object(aws, &self.region, &self.arn, &self.tags, &rule.tags).await?;
        }
        let mut stale = self.stale_targets(found);
        if stale.len() >= MOST_TARGETS {
            let makes_room = stale.split_off(MOST_TARGETS - 1);
            self.remove_targets(aws, makes_room).await?;
        }
        // First the new target: an event that came while the rule had none would be lost.
        if !self.targets.is_empty() && found.is_none_or(|rule| rule.targets != self.targets) {
            self.put_targets(aws).await?;
        }
        self.remove_targets(aws, stale).await
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        self.disconnect(aws).await?;
        let request = aws.events(&self.region).delete_rule().name(&self.name);
        let request = request.set_event_bus_name(self.bus.clone());
        gone(send!("events:DeleteRule", &self.name, request))
    }
}

impl Rule {
    /// Our target, where it is there.
    pub(crate) fn target(&self) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == TARGET_ID)
    }

    /// The rule without a target, which does nothing.
    pub(crate) fn bare(&self) -> Self {
        Self {
            targets: Vec::new(),
            ..self.clone()
        }
    }

    fn starts_as(&self, other: &Self) -> bool {
        let start = |rule: &Self| (rule.pattern.clone(), rule.schedule.clone(), rule.enabled);
        start(self) == start(other)
    }

    /// The ids of targets that are not wanted.
    fn stale_targets(&self, found: Option<&Self>) -> Vec<String> {
        let wanted = |target: &Target| self.targets.iter().any(|t| t.id == target.id);
        let targets = found
            .map(|rule| rule.targets.as_slice())
            .unwrap_or_default();
        let stale = targets.iter().filter(|target| !wanted(target));
        stale.map(|target| target.id.clone()).collect()
    }

    /// Takes away every target, so that no event goes anywhere any more.
    pub(crate) async fn disconnect(&self, aws: &Aws) -> Result<(), Failure> {
        let targets = self.look_at_targets(aws).await?;
        self.remove_targets(aws, targets.into_iter().map(|target| target.id).collect())
            .await
    }

    async fn look_at_targets(&self, aws: &Aws) -> Result<Vec<Target>, Failure> {
        let request = aws
            .events(&self.region)
            .list_targets_by_rule()
            .rule(&self.name);
        let request = request.set_event_bus_name(self.bus.clone());
        let answer = found(send!("events:ListTargetsByRule", &self.name, request))?;
        Ok(answer
            .map(|a| a.targets().iter().map(target).collect())
            .unwrap_or_default())
    }

    async fn put(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws.events(&self.region).put_rule().name(&self.name);
        let pattern = (!self.pattern.is_null()).then(|| self.pattern.to_string());
        let request = request
            .set_event_bus_name(self.bus.clone())
            .set_event_pattern(pattern)
            .set_schedule_expression(self.schedule.clone())
            .state(RuleState::Enabled)
            .set_tags(Some(event_tag_list(&self.tags)));
        send!("events:PutRule", &self.name, request).map(|_| ())
    }

    /// PutTargets answers 200 even where it refused a target, so its list of failures is read.
    async fn put_targets(&self, aws: &Aws) -> Result<(), Failure> {
        let targets: Vec<types::Target> = self.targets.iter().filter_map(wire_target).collect();
        let request = aws.events(&self.region).put_targets().rule(&self.name);
        let request = request
            .set_event_bus_name(self.bus.clone())
            .set_targets(Some(targets));
        settle(|| async {
            let answer = request
                .clone()
                .send()
                .await
                .named("events:PutTargets", &self.name)?;
            answer.failed_entries().first().map_or(Ok(()), |entry| {
                let message = entry
                    .error_message()
                    .unwrap_or("EventBridge gave no reason.");
                let failure = Failure::odd("events:PutTargets", &self.name, message);
                Err(failure.with_code(entry.error_code().unwrap_or_default()))
            })
        })
        .await
    }

    async fn remove_targets(&self, aws: &Aws, ids: Vec<String>) -> Result<(), Failure> {
        if ids.is_empty() {
            return Ok(());
        }
        let request = aws.events(&self.region).remove_targets().rule(&self.name);
        let request = request
            .set_event_bus_name(self.bus.clone())
            .set_ids(Some(ids));
        gone(send!("events:RemoveTargets", &self.name, request))
    }
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()))
}

fn target(found: &types::Target) -> Target {
    let retry = found.retry_policy();
    let dead_letters = found.dead_letter_config().and_then(DeadLetterConfig::arn);
    Target {
        id: found.id().to_owned(),
        arn: found.arn().to_owned(),
        role_arn: found.role_arn().map(str::to_owned),
        dead_letter_queue_arn: dead_letters.map(str::to_owned),
        retry: retry.and_then(|r| {
            Some((
                r.maximum_event_age_in_seconds()?,
                r.maximum_retry_attempts()?,
            ))
        }),
        input: found.input().map(json),
        rewritten: found.input_path().is_some() || found.input_transformer().is_some(),
    }
}

fn wire_target(wanted: &Target) -> Option<types::Target> {
    let retry = wanted.retry.map(|(age, attempts)| {
        RetryPolicy::builder()
            .maximum_event_age_in_seconds(age)
            .maximum_retry_attempts(attempts)
            .build()
    });
    let dead_letters = wanted.dead_letter_queue_arn.clone();
    types::Target::builder()
        .id(&wanted.id)
        .arn(&wanted.arn)
        .set_role_arn(wanted.role_arn.clone())
        .set_input(wanted.input.as_ref().map(Json::to_string))
        .set_dead_letter_config(
            dead_letters.map(|arn| DeadLetterConfig::builder().arn(arn).build()),
        )
        .set_retry_policy(retry)
        .build()
        .ok()
}
