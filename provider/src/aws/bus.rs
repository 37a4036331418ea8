//! The hub's event bus and the policy that says who may send to it.

use serde_json::Value as Json;

use super::failure::{Named, found, gone, made};
use super::{Aws, Failure, Part, Tags, retry::settle, tags};

/// A custom event bus.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bus {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) policy: Option<Json>,
    pub(crate) tags: Tags,
}

impl Part for Bus {
    fn label(&self) -> String {
        format!("event bus {} in {}", self.name, self.region)
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
        let events = aws.events(&self.region);
        let request = events.describe_event_bus().name(&self.name).send();
        let Some(bus) = found(request.await.named("events:DescribeEventBus", &self.name))? else {
            return Ok(None);
        };
        Ok(Some(Self {
            policy: bus
                .policy()
                .and_then(|policy| serde_json::from_str(policy).ok()),
            tags: event_tags(aws, &self.region, &self.arn).await?,
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        match found {
            None => made(self.create(aws).await)?,
            Some(bus) => {
                tag_event_object(aws, &self.region, &self.arn, &self.tags, &bus.tags).await?
            }
        }
        if found.is_none_or(|bus| bus.policy != self.policy) {
            self.put_policy(aws).await?;
        }
        Ok(())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let events = aws.events(&self.region);
        gone(
            settle(|| async {
                let request = events.delete_event_bus().name(&self.name).send();
                request.await.named("events:DeleteEventBus", &self.name)
            })
            .await,
        )
    }
}

impl Bus {
    /// Rules on this bus other than `ours`: EventBridge refuses to delete a bus that has any.
    pub(crate) async fn foreign_rules(
        &self,
        aws: &Aws,
        ours: &str,
    ) -> Result<Vec<String>, Failure> {
        let request = aws
            .events(&self.region)
            .list_rules()
            .event_bus_name(&self.name)
            .send();
        let Some(rules) = found(request.await.named("events:ListRules", &self.name))? else {
            return Ok(Vec::new());
        };
        let names = rules
            .rules()
            .iter()
            .filter_map(|rule| rule.name())
            .map(str::to_owned);
        Ok(names.filter(|name| name != ours).collect())
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let events = aws.events(&self.region);
        settle(|| async {
            let request = events
                .create_event_bus()
                .name(&self.name)
                .set_tags(Some(event_tag_list(&self.tags)));
            request
                .send()
                .await
                .named("events:CreateEventBus", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_policy(&self, aws: &Aws) -> Result<(), Failure> {
        let Some(policy) = &self.policy else {
            return Ok(());
        };
        let events = aws.events(&self.region);
        settle(|| async {
            let request = events
                .put_permission()
                .event_bus_name(&self.name)
                .policy(policy.to_string());
            request
                .send()
                .await
                .named("events:PutPermission", &self.name)
        })
        .await
        .map(|_| ())
    }
}

/// The tags of a bus or rule.
pub(super) async fn event_tags(aws: &Aws, region: &str, arn: &str) -> Result<Tags, Failure> {
    let request = aws
        .events(region)
        .list_tags_for_resource()
        .resource_arn(arn)
        .send();
    let answer = request.await.named("events:ListTagsForResource", arn)?;
    Ok(tags::listed(
        answer.tags().iter().map(|tag| (tag.key(), tag.value())),
    ))
}

/// Makes the tags of a bus or rule `wanted`; PutRule and CreateEventBus ignore tags on what exists.
pub(super) async fn tag_event_object(
    aws: &Aws,
    region: &str,
    arn: &str,
    wanted: &Tags,
    had: &Tags,
) -> Result<(), Failure> {
    let (set, remove) = tags::changes(wanted, had);
    let events = aws.events(region);
    if !set.is_empty() {
        let request = events
            .tag_resource()
            .resource_arn(arn)
            .set_tags(Some(event_tag_list(&set)));
        request.send().await.named("events:TagResource", arn)?;
    }
    if !remove.is_empty() {
        let request = events
            .untag_resource()
            .resource_arn(arn)
            .set_tag_keys(Some(remove));
        request.send().await.named("events:UntagResource", arn)?;
    }
    Ok(())
}

pub(super) fn event_tag_list(tags: &Tags) -> Vec<aws_sdk_eventbridge::types::Tag> {
    use aws_sdk_eventbridge::types::Tag;
    tags.iter()
        .filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok())
        .collect()
}
