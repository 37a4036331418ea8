//! The hub's event bus and the policy that says who may send to it.

use super::failure::{found, gone, made};
use super::{Aws, Failure, Part, Policy, Tags, send::send, tags};

/// A custom event bus.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bus {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) policy: Option<Policy>,
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
        let request = aws
            .events(&self.region)
            .describe_event_bus()
            .name(&self.name);
        let Some(bus) = found(send!("events:DescribeEventBus", &self.name, request))? else {
            return Ok(None);
        };
        Ok(Some(Self {
            policy: bus.policy().map(Policy::parse),
            tags: event_tags(aws, &self.region, &self.arn).await?,
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        match found {
            None => self.create(aws).await?,
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
        let request = aws.events(&self.region).delete_event_bus().name(&self.name);
        gone(send!("events:DeleteEventBus", &self.name, request))
    }
}

impl Bus {
    pub(crate) async fn exists(aws: &Aws, region: &str, name: &str) -> Result<bool, Failure> {
        let request = aws.events(region).describe_event_bus().name(name);
        let bus = found(send!("events:DescribeEventBus", name, request))?;
        Ok(bus.is_some())
    }

    /// Rules on this bus other than `ours`, where there is one: EventBridge refuses to delete a bus that has any.
    pub(crate) async fn foreign_rules(
        &self,
        aws: &Aws,
        ours: Option<&str>,
    ) -> Result<Vec<String>, Failure> {
        let request = aws
            .events(&self.region)
            .list_rules()
            .event_bus_name(&self.name);
        let Some(rules) = found(send!("events:ListRules", &self.name, request))? else {
            return Ok(Vec::new());
        };
        let names = rules
            .rules()
            .iter()
            .filter_map(|rule| rule.name())
            .map(str::to_owned);
        Ok(names.filter(|name| Some(name.as_str()) != ours).collect())
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws.events(&self.region).create_event_bus().name(&self.name);
        let request = request.set_tags(Some(event_tag_list(&self.tags)));
        made(send!("events:CreateEventBus", &self.name, request))
    }

    async fn put_policy(&self, aws: &Aws) -> Result<(), Failure> {
        let Some(policy) = &self.policy else {
            return Ok(());
        };
        let request = aws
            .events(&self.region)
            .put_permission()
            .event_bus_name(&self.name);
        send!(
            "events:PutPermission",
            &self.name,
            request.policy(policy.to_string())
        )
        .map(|_| ())
    }
}

/// The tags of a bus or rule.
pub(crate) async fn event_tags(aws: &Aws, region: &str, arn: &str) -> Result<Tags, Failure> {
    let request = aws
        .events(region)
        .list_tags_for_resource()
        .resource_arn(arn);
    let answer = send!("events:ListTagsForResource", arn, request)?;
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
        send!("events:TagResource", arn, request)?;
    }
    if !remove.is_empty() {
        let request = events
            .untag_resource()
            .resource_arn(arn)
            .set_tag_keys(Some(remove));
        send!("events:UntagResource", arn, request)?;
    }
    Ok(())
}

pub(super) fn event_tag_list(tags: &Tags) -> Vec<aws_sdk_eventbridge::types::Tag> {
    use aws_sdk_eventbridge::types::Tag;
    tags.iter()
        .filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok())
        .collect()
}
