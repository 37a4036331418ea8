//! An IAM role with its trust policy and its one inline policy.

use aws_sdk_iam::types::Tag;
use serde_json::Value as Json;

use super::failure::{Named, found, gone, made};
use super::{Aws, Failure, Part, Tags, retry::settle, tags};

const POLICY_NAME: &str = "logenabler";

/// A role that a service of AWS takes on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Role {
    /// IAM is global; this region's endpoint is asked.
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) trust: Json,
    pub(crate) policy: Option<Json>,
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Tags,
}

impl Part for Role {
    fn label(&self) -> String {
        format!("IAM role {}", self.name)
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
        let iam = aws.iam(&self.region);
        let request = iam.get_role().role_name(&self.name).send();
        let Some(answer) = found(request.await.named("iam:GetRole", &self.name))? else {
            return Ok(None);
        };
        let Some(role) = answer.role() else {
            return Ok(None);
        };
        let boundary = role
            .permissions_boundary()
            .and_then(|b| b.permissions_boundary_arn());
        Ok(Some(Self {
            trust: document(role.assume_role_policy_document()),
            policy: self.look_at_policy(aws).await?,
            boundary: boundary.map(str::to_owned),
            tags: tags::listed(role.tags().iter().map(|tag| (tag.key(), tag.value()))),
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        match found {
            None => made(self.create(aws).await)?,
            Some(role) => self.update(aws, role).await?,
        }
        if found.is_none_or(|role| role.policy != self.policy) {
            self.put_policy(aws).await?;
        }
        Ok(())
    }

    /// IAM deletes a role only when nothing hangs on it any more.
    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        let request = iam.list_role_policies().role_name(&self.name).send();
        let inline = found(request.await.named("iam:ListRolePolicies", &self.name))?;
        for policy in inline.iter().flat_map(|answer| answer.policy_names()) {
            let request = iam
                .delete_role_policy()
                .role_name(&self.name)
                .policy_name(policy);
            gone(
                request
                    .send()
                    .await
                    .named("iam:DeleteRolePolicy", &self.name),
            )?;
        }
        let delete = || async {
            iam.delete_role()
                .role_name(&self.name)
                .send()
                .await
                .named("iam:DeleteRole", &self.name)
        };
        gone(settle(delete).await)
    }
}

impl Role {
    async fn look_at_policy(&self, aws: &Aws) -> Result<Option<Json>, Failure> {
        let request = aws
            .iam(&self.region)
            .get_role_policy()
            .role_name(&self.name)
            .policy_name(POLICY_NAME);
        let answer = found(request.send().await.named("iam:GetRolePolicy", &self.name))?;
        Ok(answer.map(|policy| document(Some(policy.policy_document()))))
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        settle(|| async {
            let request = iam
                .create_role()
                .role_name(&self.name)
                .assume_role_policy_document(self.trust.to_string())
                .set_permissions_boundary(self.boundary.clone())
                .set_tags(Some(tag_list(&self.tags)));
            request.send().await.named("iam:CreateRole", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn update(&self, aws: &Aws, had: &Self) -> Result<(), Failure> {
        if had.trust != self.trust {
            self.put_trust(aws).await?;
        }
        if had.boundary != self.boundary {
            self.put_boundary(aws).await?;
        }
        self.tag(aws, &had.tags).await
    }

    async fn put_trust(&self, aws: &Aws) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        settle(|| async {
            let request = iam
                .update_assume_role_policy()
                .role_name(&self.name)
                .policy_document(self.trust.to_string());
            request
                .send()
                .await
                .named("iam:UpdateAssumeRolePolicy", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_policy(&self, aws: &Aws) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        let policy = self
            .policy
            .as_ref()
            .map(Json::to_string)
            .unwrap_or_default();
        settle(|| async {
            let request = iam
                .put_role_policy()
                .role_name(&self.name)
                .policy_name(POLICY_NAME)
                .policy_document(&policy);
            request.send().await.named("iam:PutRolePolicy", &self.name)
        })
        .await
        .map(|_| ())
    }

    async fn put_boundary(&self, aws: &Aws) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        match &self.boundary {
            Some(boundary) => {
                let request = iam
                    .put_role_permissions_boundary()
                    .role_name(&self.name)
                    .permissions_boundary(boundary);
                request
                    .send()
                    .await
                    .named("iam:PutRolePermissionsBoundary", &self.name)
                    .map(|_| ())
            }
            None => {
                let request = iam.delete_role_permissions_boundary().role_name(&self.name);
                gone(
                    request
                        .send()
                        .await
                        .named("iam:DeleteRolePermissionsBoundary", &self.name),
                )
            }
        }
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let iam = aws.iam(&self.region);
        if !set.is_empty() {
            let request = iam
                .tag_role()
                .role_name(&self.name)
                .set_tags(Some(tag_list(&set)));
            request.send().await.named("iam:TagRole", &self.name)?;
        }
        if !remove.is_empty() {
            let request = iam
                .untag_role()
                .role_name(&self.name)
                .set_tag_keys(Some(remove));
            request.send().await.named("iam:UntagRole", &self.name)?;
        }
        Ok(())
    }
}

/// IAM answers documents URL-encoded.
fn document(encoded: Option<&str>) -> Json {
    let encoded = encoded.unwrap_or_default();
    let text = percent_encoding::percent_decode_str(encoded).decode_utf8_lossy();
    serde_json::from_str(&text).unwrap_or_else(|_| Json::String(text.into_owned()))
}

fn tag_list(tags: &Tags) -> Vec<Tag> {
    tags.iter()
        .filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok())
        .collect()
}
