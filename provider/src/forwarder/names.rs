//! Every name and ARN of a forwarder, from what configuration says: so a plan can show them all.

use logenabler_catalog::{Arn, catalog_role};
use tfplugin::Diagnostics;

use super::Model;
use crate::aws::{Aws, arn};
use crate::hub::short_name;
use crate::model::needed;

/// What names a forwarder and its parts.
pub(crate) struct Names {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) rule: String,
    /// `None` while the bus is not known.
    pub(crate) hub_region: Option<String>,
}

impl Names {
    pub(crate) fn known(model: &Model, aws: &Aws) -> Option<Self> {
        Some(Self {
            account: aws.account.id.as_str()?.to_owned(),
            region: model.region.as_str()?.to_owned(),
            rule: model.rule_name.as_str()?.to_owned(),
            hub_region: hub_region(model),
        })
    }

    pub(crate) fn needed(model: &Model, aws: &Aws) -> Result<Self, Diagnostics> {
        Ok(Self {
            account: needed(&aws.account.id, "account")?,
            region: needed(&model.region, "region")?,
            rule: needed(&model.rule_name, "rule_name")?,
            hub_region: hub_region(model),
        })
    }

    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.region, self.rule)
    }

    pub(crate) fn role_arn(&self) -> String {
        arn(
            "iam",
            &self.region,
            &self.account,
            &format!("role/{}", self.role()),
        )
    }

    pub(crate) fn rule_arns(&self, rules: usize) -> Vec<String> {
        (0..rules).map(|index| self.rule_arn(index)).collect()
    }

    pub(crate) fn rule_arn(&self, index: usize) -> String {
        arn(
            "events",
            &self.region,
            &self.account,
            &format!("rule/{}", self.rule_name(index)),
        )
    }

    /// The first rule has the plain name, further ones `-2`, `-3`.
    pub(crate) fn rule_name(&self, index: usize) -> String {
        match index {
            0 => self.rule.clone(),
            _ => format!("{}-{}", self.rule, index + 1),
        }
    }

    pub(crate) fn role(&self) -> String {
        short_name(&format!("{}-{}", self.rule, self.region))
    }

    pub(crate) fn catalog_role(&self) -> Option<String> {
        Some(catalog_role(self.hub_region.as_ref()?, &self.region))
    }

    pub(crate) fn catalog_role_arn(&self) -> Option<String> {
        let role = format!("role/{}", self.catalog_role()?);
        Some(arn("iam", &self.region, &self.account, &role))
    }

    pub(crate) fn queue(&self) -> String {
        format!("{}-dead-letters", self.rule.replace('.', "-"))
    }

    pub(crate) fn queue_arn(&self) -> String {
        arn("sqs", &self.region, &self.account, &self.queue())
    }
}

fn hub_region(model: &Model) -> Option<String> {
    let bus = model.event_bus_arn.as_str()?.parse::<Arn>().ok()?;
    Some(bus.region)
}
