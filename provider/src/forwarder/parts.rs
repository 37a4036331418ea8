//! The parts of a forwarder, what AWS holds of them, and the order in which they come and go.

use serde_json::Value as Json;
use tfplugin::{Diagnostics, Value};

use super::{Model, catalog_role, names::Names, workgroup};
use crate::aws::{
    Aws, Boundary, Failure, OWNER_TAG, Part, Queue, Role, Rule, Tags, Target, Workgroup, make,
    refuse, remove,
};
use crate::documents;
use crate::model::known_tags;

/// On the first rule, for an import that finds the target gone.
pub(super) const BUS_TAG: &str = "logenabler:event-bus-arn";
pub(super) const LOG_TYPES_TAG: &str = "logenabler:log-types";

/// Everything a forwarder is made of, as it should be.
pub(super) struct Parts {
    pub(super) names: Names,
    pub(super) rules: Vec<Rule>,
    pub(super) role: Role,
    pub(super) own_role: bool,
    /// `None` while the hub's region, which is in its name, is not known.
    pub(super) catalog_role: Option<Role>,
    pub(super) has_catalog_role: bool,
    pub(super) queue: Queue,
    /// `None` while the hub's bus is not known, or where no workgroup can be called so.
    pub(super) workgroup: Option<Workgroup>,
    pub(super) has_workgroup: bool,
    pub(super) looks_for_workgroup: bool,
}

/// What AWS holds of a forwarder; rules by their number, possibly more than are wanted.
pub(super) struct Found {
    pub(super) rules: Vec<Option<Rule>>,
    pub(super) role: Option<Role>,
    pub(super) catalog_role: Option<Role>,
    pub(super) queue: Option<Queue>,
    pub(super) workgroup: Option<Workgroup>,
}

impl Found {
    /// Whether the rule that the id names exists.
    pub(super) fn is_there(&self) -> bool {
        self.first_rule().is_some()
    }

    pub(super) fn first_rule(&self) -> Option<&Rule> {
        self.rules.first().and_then(Option::as_ref)
    }
}

impl Parts {
    pub(super) fn of(model: &Model, aws: &Aws) -> Result<Self, Diagnostics> {
        let names = Names::needed(model, aws)?;
        let own = Tags::from([(OWNER_TAG.to_owned(), format!("forwarder/{}", names.id()))]);
        let mut tags = known_tags(&model.tags_all);
        tags.extend(own);
        let patterns = model
            .event_patterns
            .known()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        // While AWS is looked at for an import, no pattern is known yet; the first rule is there all the same.
        let patterns: Vec<Json> = patterns
            .map(|text| serde_json::from_str(text).unwrap_or_default())
            .collect();
        let rule_arns = names.rule_arns(patterns.len().max(1));
        let role_arn = model
            .role_arn
            .as_str()
            .map_or_else(|| names.role_arn(), str::to_owned);
        Ok(Self {
            rules: rules(&names, model, &patterns, &role_arn, &tags),
            role: role(&names, model, &rule_arns, &tags),
            own_role: role_arn == names.role_arn(),
            catalog_role: names
                .catalog_role()
                .map(|name| catalog_role::part(&names, name, model, &tags)),
            has_catalog_role: model.create_catalog_role.known() == Some(&true),
            queue: queue(&names, &rule_arns, &tags),
            workgroup: workgroup::part(&names, model, &tags),
            has_workgroup: workgroup::is_wanted(model),
            looks_for_workgroup: workgroup::is_looked_for(model),
            names,
        })
    }

    pub(super) async fn look(&self, aws: &Aws) -> Result<Found, Failure> {
        let mut rules = Vec::new();
        for rule in &self.rules {
            rules.push(rule.look(aws).await?);
        }
        while let Some(further) = self.further(rules.len()) {
            match further.look(aws).await? {
                Some(rule) if rule.tags.get(OWNER_TAG) == further.tags.get(OWNER_TAG) => {
                    rules.push(Some(rule))
                }
                _ => break,
            }
        }
        Ok(Found {
            rules,
            role: self.role.look(aws).await?,
            catalog_role: match &self.catalog_role {
                Some(role) => role.look(aws).await?,
                None => None,
            },
            queue: self.queue.look(aws).await?,
            workgroup: match &self.workgroup {
                Some(workgroup) if self.looks_for_workgroup => workgroup.look(aws).await?,
                _ => None,
            },
        })
    }

    /// The bus that the first rule is tagged with, for an import.
    pub(super) async fn tagged_bus(&self, aws: &Aws) -> Result<Option<String>, Failure> {
        let Some(first) = self.rules.first() else {
            return Ok(None);
        };
        let found = first.look(aws).await?;
        Ok(found.and_then(|rule| rule.tags.get(BUS_TAG).cloned()))
    }

    /// Refuses to take over anything that is there already and not a part of this very forwarder.
    pub(super) fn refuse_strangers(&self, found: &Found) -> Result<(), Diagnostics> {
        const OTHER_NAME: &str = "Choose another rule_name, or remove it.";
        const ONE_CATALOG_ROLE: &str = "Where several forwarders send to hubs of one region, let one of them alone make it, or remove it.";
        const ONE_WORKGROUP: &str = "Where several forwarders send to hubs whose event buses have one name, let one of them alone make it, or remove it.";
        let mut refused = Diagnostics::default();
        // The first rule is what the id names: whoever imported it wants it taken over.
        for (wanted, found) in self.rules.iter().zip(&found.rules).skip(1) {
            refused.extend(refuse(wanted, found.as_ref(), OTHER_NAME));
        }
        if self.own_role {
            refused.extend(refuse(&self.role, found.role.as_ref(), OTHER_NAME));
        }
        if let Some(role) = self.wanted_catalog_role() {
            refused.extend(refuse(role, found.catalog_role.as_ref(), ONE_CATALOG_ROLE));
        }
        refused.extend(refuse(&self.queue, found.queue.as_ref(), OTHER_NAME));
        if let Some(workgroup) = self.wanted_workgroup() {
            refused.extend(refuse(workgroup, found.workgroup.as_ref(), ONE_WORKGROUP));
        }
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// Makes AWS hold exactly these parts, and no longer what `former` ones had for another hub. The rules come first,
    /// without target, since the id names the first of them.
    pub(super) async fn make(
        &self,
        aws: &Aws,
        found: &Found,
        former: Option<&Self>,
    ) -> Result<(), Failure> {
        let mut there = Vec::new();
        for (rule, found) in self.rules.iter().zip(&found.rules) {
            let bare = rule.bare();
            if found.is_none() {
                make(&bare, aws, None).await?;
            }
            there.push(found.clone().unwrap_or(bare));
        }
        if self.own_role {
            make(&self.role, aws, found.role.as_ref()).await?;
        }
        if let Some(role) = self.wanted_catalog_role() {
            make(role, aws, found.catalog_role.as_ref()).await?;
        }
        make(&self.queue, aws, found.queue.as_ref()).await?;
        if let Some(former) = former {
            // Only the rules tell of the former hub: once they name another, nobody knows of its role any more.
            self.remove_former(aws, former).await?;
        }
        for (rule, found) in self.rules.iter().zip(&there) {
            make(rule, aws, Some(found)).await?;
        }
        for surplus in found.rules.iter().skip(self.rules.len()).flatten() {
            surplus.remove(aws).await?;
        }
        if let Some(workgroup) = self.wanted_workgroup() {
            // After the rules, which tell its name.
            make(workgroup, aws, found.workgroup.as_ref()).await?;
        }
        self.remove_unwanted(aws, found).await
    }

    /// Removes what was wanted once.
    async fn remove_unwanted(&self, aws: &Aws, found: &Found) -> Result<(), Failure> {
        if !self.own_role {
            // After a change to a role of the user's own, ours is left over.
            remove(&self.role, aws, found.role.as_ref()).await?;
        }
        if let (Some(role), false) = (&self.catalog_role, self.has_catalog_role) {
            remove(role, aws, found.catalog_role.as_ref()).await?;
        }
        if let (Some(workgroup), false) = (&self.workgroup, self.has_workgroup) {
            remove(workgroup, aws, found.workgroup.as_ref()).await?;
        }
        Ok(())
    }

    /// Removes the catalog role that these parts had for a hub in another region, and the workgroup that they had for one whose
    /// bus has another name.
    async fn remove_former(&self, aws: &Aws, former: &Self) -> Result<(), Failure> {
        let arn = |parts: &Self| parts.workgroup.as_ref().map(|it| it.arn.clone());
        if let Some(workgroup) = former.wanted_workgroup()
            && arn(former) != arn(self)
        {
            remove(workgroup, aws, workgroup.look(aws).await?.as_ref()).await?;
        }
        match &former.catalog_role {
            Some(role) if former.names.catalog_role() != self.names.catalog_role() => {
                remove(role, aws, role.look(aws).await?.as_ref()).await
            }
            _ => Ok(()),
        }
    }

    /// Stops the flow, then removes everything that is ours; the first rule last, so that what could not be removed is
    /// still found by the id.
    pub(super) async fn remove(&self, aws: &Aws, found: &Found) -> Result<(), Failure> {
        let rules: Vec<_> = found.rules.iter().flatten().collect();
        for rule in &rules {
            rule.disconnect(aws).await?;
        }
        remove(&self.role, aws, found.role.as_ref()).await?;
        if let Some(role) = &self.catalog_role {
            remove(role, aws, found.catalog_role.as_ref()).await?;
        }
        if let Some(workgroup) = &self.workgroup {
            remove(workgroup, aws, found.workgroup.as_ref()).await?;
        }
        remove(&self.queue, aws, found.queue.as_ref()).await?;
        for rule in rules.into_iter().rev() {
            rule.remove(aws).await?;
        }
        Ok(())
    }

    pub(super) fn wanted_catalog_role(&self) -> Option<&Role> {
        self.catalog_role.as_ref().filter(|_| self.has_catalog_role)
    }

    pub(super) fn wanted_workgroup(&self) -> Option<&Workgroup> {
        self.workgroup.as_ref().filter(|_| self.has_workgroup)
    }

    fn further(&self, index: usize) -> Option<Rule> {
        let first = self.rules.first()?;
        Some(Rule {
            name: self.names.rule_name(index),
            arn: self.names.rule_arn(index),
            ..first.clone()
        })
    }
}

fn rules(
    names: &Names,
    model: &Model,
    patterns: &[Json],
    role_arn: &str,
    tags: &Tags,
) -> Vec<Rule> {
    let bus = model.event_bus_arn.as_str().unwrap_or_default();
    let target = Target::new(bus.to_owned(), Some(role_arn.to_owned()), names.queue_arn());
    let rule = |index: usize, pattern: Json| Rule {
        region: names.region.clone(),
        bus: None,
        name: names.rule_name(index),
        arn: names.rule_arn(index),
        pattern,
        schedule: None,
        enabled: true,
        targets: vec![target.clone()],
        tags: if index == 0 {
            first_rule_tags(model, tags)
        } else {
            tags.clone()
        },
    };
    let patterns = if patterns.is_empty() {
        &[Json::Null]
    } else {
        patterns
    };
    patterns
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, pattern)| rule(index, pattern))
        .collect()
}

/// The first rule tells what an import cannot see elsewhere.
fn first_rule_tags(model: &Model, tags: &Tags) -> Tags {
    let mut names: Vec<_> = model
        .log_types
        .known()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    names.sort_unstable();
    let mut tags = tags.clone();
    tags.insert(
        BUS_TAG.to_owned(),
        model.event_bus_arn.as_str().unwrap_or_default().to_owned(),
    );
    if !names.is_empty() {
        tags.insert(LOG_TYPES_TAG.to_owned(), names.join(" "));
    }
    tags
}

/// Only this region's rules may use the role, and only to send to the one bus.
fn role(names: &Names, model: &Model, rule_arns: &[String], tags: &Tags) -> Role {
    let bus = model.event_bus_arn.as_str().unwrap_or_default();
    Role {
        region: names.region.clone(),
        name: names.role(),
        trust: documents::trust("events.amazonaws.com", rule_arns, &names.account),
        policy: Some(documents::forward(bus)),
        boundary: Boundary::Theirs,
        added: Vec::new(),
        tags: tags.clone(),
    }
}

fn queue(names: &Names, rule_arns: &[String], tags: &Tags) -> Queue {
    let policy = documents::queue(&names.queue_arn(), rule_arns, &names.account);
    Queue::new(&names.region, names.queue(), policy, tags)
}
