//! An IAM role with its trust policy and its one inline policy.

use aws_sdk_iam::types::Tag;

use super::failure::{found, gone, made};
use super::{Aws, Failure, Part, Policy, Tags, send::send, tags};

const POLICY_NAME: &str = "logenabler";

/// A role that a service of AWS takes on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Role {
    /// IAM is global; this region's endpoint is asked.
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) trust: Policy,
    pub(crate) policy: Option<Policy>,
    pub(crate) boundary: Boundary,
    /// Inline policies by name and attached ones by ARN that somebody added: rights that nobody asked for, never wanted.
    pub(crate) added: Vec<String>,
    pub(crate) tags: Tags,
}

/// Whose business the permissions boundary of a role is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Boundary {
    /// This one is to be there, or none.
    Ours(Option<String>),
    /// Whatever an organization puts there stays: it is not for us to take a guardrail away.
    Theirs,
}

impl Boundary {
    pub(crate) fn arn(&self) -> Option<String> {
        match self {
            Self::Ours(arn) => arn.clone(),
            Self::Theirs => None,
        }
    }

    fn found(&self, arn: Option<&str>) -> Self {
        match self {
            Self::Ours(_) => Self::Ours(arn.map(str::to_owned)),
            Self::Theirs => Self::Theirs,
        }
    }
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
        let request = aws.iam(&self.region).get_role().role_name(&self.name);
        let answer = found(send!("iam:GetRole", &self.name, request))?;
        let Some(role) = answer.as_ref().and_then(|answer| answer.role()) else {
            return Ok(None);
        };
        let boundary = role
            .permissions_boundary()
            .and_then(|b| b.permissions_boundary_arn());
        Ok(Some(Self {
            trust: document(role.assume_role_policy_document().unwrap_or_default()),
            policy: self.look_at_policy(aws).await?,
            boundary: self.boundary.found(boundary),
            added: self.look_at_added(aws).await?,
            tags: tags::listed(role.tags().iter().map(|tag| (tag.key(), tag.value()))),
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        match found {
            None => self.create(aws).await?,
            Some(role) => self.update(aws, role).await?,
        }
        if found.is_none_or(|role| role.policy != self.policy) {
            self.put_policy(aws).await?;
        }
        Ok(())
    }

    /// IAM deletes a role only when nothing hangs on it any more.
    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        for policy in self.look_at_added(aws).await? {
            self.take_away(aws, &policy).await?;
        }
        self.take_away(aws, POLICY_NAME).await?;
        let request = aws.iam(&self.region).delete_role().role_name(&self.name);
        gone(send!("iam:DeleteRole", &self.name, request))
    }
}

impl Role {
    async fn look_at_policy(&self, aws: &Aws) -> Result<Option<Policy>, Failure> {
        let request = aws
            .iam(&self.region)
            .get_role_policy()
            .role_name(&self.name);
        let answer = found(send!(
            "iam:GetRolePolicy",
            &self.name,
            request.policy_name(POLICY_NAME)
        ))?;
        Ok(answer.map(|policy| document(policy.policy_document())))
    }

    async fn look_at_added(&self, aws: &Aws) -> Result<Vec<String>, Failure> {
        let iam = aws.iam(&self.region);
        let request = iam.list_role_policies().role_name(&self.name);
        let inline = found(send!("iam:ListRolePolicies", &self.name, request))?;
        let request = iam.list_attached_role_policies().role_name(&self.name);
        let attached = found(send!("iam:ListAttachedRolePolicies", &self.name, request))?;
        let inline = inline.iter().flat_map(|answer| answer.policy_names());
        let attached = attached
            .iter()
            .flat_map(|answer| answer.attached_policies());
        let arns = attached
            .filter_map(|policy| policy.policy_arn())
            .map(str::to_owned);
        Ok(inline
            .filter(|name| *name != POLICY_NAME)
            .cloned()
            .chain(arns)
            .collect())
    }

    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let request = aws.iam(&self.region).create_role().role_name(&self.name);
        let request = request
            .assume_role_policy_document(self.trust.to_string())
            .set_permissions_boundary(self.boundary.arn())
            .set_tags(Some(tag_list(&self.tags)));
        made(send!("iam:CreateRole", &self.name, request))
    }

    async fn update(&self, aws: &Aws, had: &Self) -> Result<(), Failure> {
        for policy in &had.added {
            self.take_away(aws, policy).await?;
        }
        if had.trust != self.trust {
            let request = aws
                .iam(&self.region)
                .update_assume_role_policy()
                .role_name(&self.name);
            send!(
                "iam:UpdateAssumeRolePolicy",
                &self.name,
                request.policy_document(self.trust.to_string())
            )?;
        }
        if had.boundary != self.boundary {
            self.put_boundary(aws).await?;
        }
        self.tag(aws, &had.tags).await
    }

    /// Removes an inline policy by its name, or detaches one by its ARN.
    async fn take_away(&self, aws: &Aws, policy: &str) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        if policy.starts_with("arn:") {
            let request = iam
                .detach_role_policy()
                .role_name(&self.name)
                .policy_arn(policy);
            return gone(send!("iam:DetachRolePolicy", &self.name, request));
        }
        let request = iam
            .delete_role_policy()
            .role_name(&self.name)
            .policy_name(policy);
        gone(send!("iam:DeleteRolePolicy", &self.name, request))
    }

    async fn put_policy(&self, aws: &Aws) -> Result<(), Failure> {
        let policy = self
            .policy
            .as_ref()
            .map(Policy::to_string)
            .unwrap_or_default();
        let request = aws
            .iam(&self.region)
            .put_role_policy()
            .role_name(&self.name);
        let request = request.policy_name(POLICY_NAME).policy_document(policy);
        send!("iam:PutRolePolicy", &self.name, request).map(|_| ())
    }

    async fn put_boundary(&self, aws: &Aws) -> Result<(), Failure> {
        let iam = aws.iam(&self.region);
        let Some(boundary) = self.boundary.arn() else {
            let request = iam.delete_role_permissions_boundary().role_name(&self.name);
            return gone(send!(
                "iam:DeleteRolePermissionsBoundary",
                &self.name,
                request
            ));
        };
        let request = iam.put_role_permissions_boundary().role_name(&self.name);
        let request = request.permissions_boundary(boundary);
        send!("iam:PutRolePermissionsBoundary", &self.name, request).map(|_| ())
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let iam = aws.iam(&self.region);
        if !set.is_empty() {
            let request = iam
                .tag_role()
                .role_name(&self.name)
                .set_tags(Some(tag_list(&set)));
            send!("iam:TagRole", &self.name, request)?;
        }
        if !remove.is_empty() {
            let request = iam
                .untag_role()
                .role_name(&self.name)
                .set_tag_keys(Some(remove));
            send!("iam:UntagRole", &self.name, request)?;
        }
        Ok(())
    }
}

/// IAM answers documents URL-encoded.
fn document(encoded: &str) -> Policy {
    Policy::parse(&percent_encoding::percent_decode_str(encoded).decode_utf8_lossy())
}

fn tag_list(tags: &Tags) -> Vec<Tag> {
    tags.iter()
        .filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok())
        .collect()
}
