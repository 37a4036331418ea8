//! The function's log group. Made before the function, so that Lambda never makes one that is kept for ever.

use super::failure::{Named, found, gone, made};
use super::{Aws, Failure, Part, Tags, client::arn, send::send, tags};

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
            None => self.create(aws).await?,
            Some(group) => self.tag(aws, &group.tags).await?,
        }
        if found.is_none_or(|group| group.retention_days != self.retention_days) {
            self.put_retention(aws).await?;
        }
        Ok(())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws
            .logs(&self.region)
            .delete_log_group()
            .log_group_name(&self.name);
        gone(send!("logs:DeleteLogGroup", &self.name, request))
    }
}

impl LogGroup {
    pub(crate) fn arn(&self) -> String {
        let resource = format!("log-group:{}", self.name);
        arn("logs", &self.region, &self.account, &resource)
    }

    async fn look_at_tags(&self, aws: &Aws) -> Result<Tags, Failure> {
        let request = aws
            .logs(&self.region)
            .list_tags_for_resource()
            .resource_arn(self.arn());
        let answer = found(send!("logs:ListTagsForResource", &self.name, request))?;
        Ok(tags::listed(
            answer.and_then(|a| a.tags().cloned()).unwrap_or_default(),
        ))
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws
            .logs(&self.region)
            .create_log_group()
            .log_group_name(&self.name);
        let request = request.set_tags(Some(self.tags.clone().into_iter().collect()));
        made(send!("logs:CreateLogGroup", &self.name, request))
    }

    async fn put_retention(&self, aws: &Aws) -> Result<(), Failure> {
        let days = self
            .retention_days
            .and_then(|days| i32::try_from(days).ok());
        let request = aws
            .logs(&self.region)
            .put_retention_policy()
            .log_group_name(&self.name);
        send!(
            "logs:PutRetentionPolicy",
            &self.name,
            request.set_retention_in_days(days)
        )
        .map(|_| ())
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let logs = aws.logs(&self.region);
        if !set.is_empty() {
            let request = logs.tag_resource().resource_arn(self.arn());
            let request = request.set_tags(Some(set.into_iter().collect()));
            send!("logs:TagResource", &self.name, request)?;
        }
        if !remove.is_empty() {
            let request = logs
                .untag_resource()
                .resource_arn(self.arn())
                .set_tag_keys(Some(remove));
            send!("logs:UntagResource", &self.name, request)?;
        }
        Ok(())
    }
}
