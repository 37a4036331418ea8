//! The function's log group. Made before the function, so that Lambda never makes one that is kept for ever.

use super::failure::{Named, found, gone, made};
use super::{Aws, Failure, Part, Tags, client::arn, retry::settle, tags};

/// A CloudWatch Logs group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LogGroup {
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) name: String,
    /// `None`: kept for ever.
    pub(crate) retention_days: Option<i64>,
    pub(crate) tags: Tags,
}

impl Part for LogGroup {
    fn label(&self) -> String {
        format!("log group {} in {}", self.name, self.region)
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

    /// The list is by prefix, so the name is compared.
    async fn look(&self, aws: &Aws) -> Result<Option<Self>, Failure> {
        let request = aws
            .logs(&self.region)
            .describe_log_groups()
            .log_group_name_prefix(&self.name);
        let mut groups = request.into_paginator().items().send();
        while let Some(group) = groups.next().await {
            let group = group.named("logs:DescribeLogGroups", &self.name)?;
            if group.log_group_name() == Some(&self.name) {
                return Ok(Some(Self {
                    retention_days: group.retention_in_days().map(i64::from),
                    tags: self.look_at_tags(aws).await?,
                    ..self.clone()
                }));
            }
        }
        Ok(None)
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        match found {
            None => made(self.create(aws).await)?,
            Some(group) => self.tag(aws, &group.tags).await?,
        }
        if found.is_none_or(|group| group.retention_days != self.retention_days) {
            self.put_retention(aws).await?;
        }
        Ok(())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let logs = aws.logs(&self.region);
        gone(
            settle(|| async {
                let request = logs.delete_log_group().log_group_name(&self.name);
                request
                    .send()
                    .await
                    .named("logs:DeleteLogGroup", &self.name)
            })
            .await,
        )
    }
}

impl LogGroup {
    pub(crate) fn arn(&self) -> String {
        arn(
            "logs",
            &self.region,
            &self.account,
            &format!("log-group:{}", self.name),
        )
    }

    async fn look_at_tags(&self, aws: &Aws) -> Result<Tags, Failure> {
        let request = aws
            .logs(&self.region)
            .list_tags_for_resource()
            .resource_arn(self.arn());
        let answer = found(
            request
                .send()
                .await
                .named("logs:ListTagsForResource", &self.name),
        )?;
        Ok(tags::listed(
            answer.and_then(|a| a.tags().cloned()).unwrap_or_default(),
        ))
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let logs = aws.logs(&self.region);
        settle(|| async {
            let tags = self.tags.clone().into_iter().collect();
            let request = logs
                .create_log_group()
                .log_group_name(&self.name)
                .set_tags(Some(tags));
            request
                .send()
                .await
                .named("logs:CreateLogGroup", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_retention(&self, aws: &Aws) -> Result<(), Failure> {
        let logs = aws.logs(&self.region);
        let days = self
            .retention_days
            .and_then(|days| i32::try_from(days).ok());
        settle(|| async {
            let request = logs
                .put_retention_policy()
                .log_group_name(&self.name)
                .set_retention_in_days(days);
            request
                .send()
                .await
                .named("logs:PutRetentionPolicy", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let logs = aws.logs(&self.region);
        if !set.is_empty() {
            let request = logs
                .tag_resource()
                .resource_arn(self.arn())
                .set_tags(Some(set.into_iter().collect()));
            request.send().await.named("logs:TagResource", &self.name)?;
        }
        if !remove.is_empty() {
            let request = logs
                .untag_resource()
                .resource_arn(self.arn())
                .set_tag_keys(Some(remove));
            request
                .send()
                .await
                .named("logs:UntagResource", &self.name)?;
        }
        Ok(())
    }
}
