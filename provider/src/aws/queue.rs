//! A dead-letter queue: where an event waits that could not be delivered or handled.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_sqs::types::QueueAttributeName::{self, MessageRetentionPeriod, SqsManagedSseEnabled};

use super::failure::{found, gone};
use super::{Aws, Failure, Part, Policy, Tags, retry::until, send::send, tags};

/// Two weeks for somebody to notice, SQS's maximum; and encrypted at rest.
const SETTINGS: &[(QueueAttributeName, &str)] = &[
    (MessageRetentionPeriod, "1209600"),
    (SqsManagedSseEnabled, "true"),
];

/// An SQS queue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Queue {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) policy: Option<Policy>,
    settings: BTreeMap<String, String>,
    pub(crate) tags: Tags,
}

impl Part for Queue {
    fn label(&self) -> String {
        format!("queue {} in {}", self.name, self.region)
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
        let Some(url) = self.url(aws).await? else {
            return Ok(None);
        };
        let names = SETTINGS
            .iter()
            .map(|(name, _)| name.clone())
            .chain([QueueAttributeName::Policy]);
        let request = aws
            .queues(&self.region)
            .get_queue_attributes()
            .queue_url(&url);
        let request = request.set_attribute_names(Some(names.collect()));
        let Some(answer) = found(send!("sqs:GetQueueAttributes", &self.name, request))? else {
            return Ok(None);
        };
        let request = aws.queues(&self.region).list_queue_tags().queue_url(&url);
        let listed = send!("sqs:ListQueueTags", &self.name, request)?;
        let attributes = answer.attributes().cloned().unwrap_or_default();
        Ok(Some(Self {
            policy: attributes
                .get(&QueueAttributeName::Policy)
                .map(|text| Policy::parse(text)),
            settings: settings(&attributes),
            tags: tags::listed(listed.tags().cloned().unwrap_or_default()),
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_none() {
            self.create(aws).await?;
        }
        // A new queue takes a moment to be seen by every part of SQS.
        let url = until("sqs:GetQueueUrl", &self.name, || self.url(aws)).await?;
        if let Some(queue) = found {
            self.tag(aws, &url, &queue.tags).await?;
        }
        if found
            .is_none_or(|queue| (&queue.policy, &queue.settings) != (&self.policy, &self.settings))
        {
            self.put_attributes(aws, &url).await?;
        }
        Ok(())
    }

    /// A deleted queue is still seen for up to a minute, and would be taken for a living one.
    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let Some(url) = self.url(aws).await? else {
            return Ok(());
        };
        let request = aws.queues(&self.region).delete_queue().queue_url(&url);
        gone(send!("sqs:DeleteQueue", &self.name, request))?;
        until("sqs:DeleteQueue", &self.name, || async {
            Ok(self.url(aws).await?.is_none().then_some(()))
        })
        .await
    }
}

impl Queue {
    pub(crate) fn new(region: &str, name: String, policy: Policy, tags: &Tags) -> Self {
        let wanted = SETTINGS
            .iter()
            .map(|(name, value)| (name.clone(), (*value).to_owned()));
        Self {
            region: region.to_owned(),
            name,
            policy: Some(policy),
            settings: settings(&wanted.collect()),
            tags: tags.clone(),
        }
    }

    /// The queue's URL, where the queue exists.
    pub(crate) async fn url(&self, aws: &Aws) -> Result<Option<String>, Failure> {
        let request = aws
            .queues(&self.region)
            .get_queue_url()
            .queue_name(&self.name);
        let answer = found(send!("sqs:GetQueueUrl", &self.name, request))?;
        Ok(answer.and_then(|a| a.queue_url().map(str::to_owned)))
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws
            .queues(&self.region)
            .create_queue()
            .queue_name(&self.name);
        let request = request
            .set_attributes(Some(self.attributes()))
            .set_tags(Some(self.tags.clone().into_iter().collect()));
        send!("sqs:CreateQueue", &self.name, request).map(|_| ())
    }

    async fn put_attributes(&self, aws: &Aws, url: &str) -> Result<(), Failure> {
        let mut attributes = self.attributes();
        let policy = self.policy.as_ref().map(Policy::to_string);
        attributes.insert(QueueAttributeName::Policy, policy.unwrap_or_default());
        let request = aws
            .queues(&self.region)
            .set_queue_attributes()
            .queue_url(url);
        send!(
            "sqs:SetQueueAttributes",
            &self.name,
            request.set_attributes(Some(attributes.clone()))
        )
        .map(|_| ())
    }

    fn attributes(&self) -> HashMap<QueueAttributeName, String> {
        let settings = self.settings.iter();
        settings
            .map(|(name, value)| (QueueAttributeName::from(name.as_str()), value.clone()))
            .collect()
    }

    async fn tag(&self, aws: &Aws, url: &str, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let queues = aws.queues(&self.region);
        if !set.is_empty() {
            let request = queues
                .tag_queue()
                .queue_url(url)
                .set_tags(Some(set.into_iter().collect()));
            send!("sqs:TagQueue", &self.name, request)?;
        }
        if !remove.is_empty() {
            let request = queues
                .untag_queue()
                .queue_url(url)
                .set_tag_keys(Some(remove));
            send!("sqs:UntagQueue", &self.name, request)?;
        }
        Ok(())
    }
}

fn settings(attributes: &HashMap<QueueAttributeName, String>) -> BTreeMap<String, String> {
    let ours = SETTINGS
        .iter()
        .filter_map(|(name, _)| attributes.get_key_value(name));
    ours.map(|(name, value)| (name.as_str().to_owned(), value.clone()))
        .collect()
}
