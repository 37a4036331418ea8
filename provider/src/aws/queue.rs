//! A dead-letter queue: where an event waits that could not be delivered or handled.

use std::collections::HashMap;

use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::Value as Json;

use super::failure::{Named, found, gone};
use super::{Aws, Failure, Part, Tags, retry::settle, tags};

/// SQS's maximum: two weeks for somebody to notice.
const RETENTION_SECONDS: &str = "1209600";

/// An SQS queue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Queue {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) policy: Option<Json>,
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
        let Some(policy) = self.look_at_policy(aws, &url).await? else {
            return Ok(None);
        };
        let request = aws
            .queues(&self.region)
            .list_queue_tags()
            .queue_url(&url)
            .send();
        let listed = request.await.named("sqs:ListQueueTags", &self.name)?;
        Ok(Some(Self {
            policy: serde_json::from_str(&policy).ok(),
            tags: tags::listed(listed.tags().cloned().unwrap_or_default()),
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_none() {
            self.create(aws).await?;
        }
        let url = self.existing_url(aws).await?;
        if let Some(queue) = found {
            self.tag(aws, &url, &queue.tags).await?;
        }
        if found.is_none_or(|queue| queue.policy != self.policy) {
            self.put_policy(aws, &url).await?;
        }
        Ok(())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let Some(url) = self.url(aws).await? else {
            return Ok(());
        };
        let request = aws
            .queues(&self.region)
            .delete_queue()
            .queue_url(&url)
            .send();
        gone(request.await.named("sqs:DeleteQueue", &self.name))
    }
}

impl Queue {
    /// The queue's URL, where the queue exists.
    pub(crate) async fn url(&self, aws: &Aws) -> Result<Option<String>, Failure> {
        let request = aws
            .queues(&self.region)
            .get_queue_url()
            .queue_name(&self.name)
            .send();
        let answer = found(request.await.named("sqs:GetQueueUrl", &self.name))?;
        Ok(answer.and_then(|a| a.queue_url().map(str::to_owned)))
    }

    /// A new queue takes a moment to be seen by every part of SQS.
    async fn existing_url(&self, aws: &Aws) -> Result<String, Failure> {
        super::retry::until("sqs:GetQueueUrl", &self.name, || self.url(aws)).await
    }

    async fn look_at_policy(&self, aws: &Aws, url: &str) -> Result<Option<String>, Failure> {
        let queues = aws.queues(&self.region);
        let request = queues
            .get_queue_attributes()
            .queue_url(url)
            .attribute_names(QueueAttributeName::Policy);
        let answer = found(
            request
                .send()
                .await
                .named("sqs:GetQueueAttributes", &self.name),
        )?;
        let policy = |a: &HashMap<_, String>| a.get(&QueueAttributeName::Policy).cloned();
        Ok(answer.map(|a| a.attributes().and_then(policy).unwrap_or_default()))
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let queues = aws.queues(&self.region);
        settle(|| async {
            let request = queues
                .create_queue()
                .queue_name(&self.name)
                .attributes(
                    QueueAttributeName::MessageRetentionPeriod,
                    RETENTION_SECONDS,
                )
                .attributes(QueueAttributeName::SqsManagedSseEnabled, "true")
                .set_tags(Some(self.tags.clone().into_iter().collect()));
            request.send().await.named("sqs:CreateQueue", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_policy(&self, aws: &Aws, url: &str) -> Result<(), Failure> {
        let queues = aws.queues(&self.region);
        let policy = self
            .policy
            .as_ref()
            .map(Json::to_string)
            .unwrap_or_default();
        settle(|| async {
            let request = queues
                .set_queue_attributes()
                .queue_url(url)
                .attributes(QueueAttributeName::Policy, &policy);
            request
                .send()
                .await
                .named("sqs:SetQueueAttributes", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn tag(&self, aws: &Aws, url: &str, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let queues = aws.queues(&self.region);
        if !set.is_empty() {
            let request = queues
                .tag_queue()
                .queue_url(url)
                .set_tags(Some(set.into_iter().collect()));
            request.send().await.named("sqs:TagQueue", &self.name)?;
        }
        if !remove.is_empty() {
            let request = queues
                .untag_queue()
                .queue_url(url)
                .set_tag_keys(Some(remove));
            request.send().await.named("sqs:UntagQueue", &self.name)?;
        }
        Ok(())
    }
}
