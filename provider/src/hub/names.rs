//! Every name and ARN of a hub, from what configuration says: so a plan can show them all.

use logenabler_catalog::Partition;
use sha2::{Digest, Sha256};

use crate::aws::arn;

/// The rule on the hub's bus.
pub(crate) const RULE: &str = "LogEnablementTrigger";
const LONGEST_NAME: usize = 64;

/// What names a hub and its parts.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) bus: String,
    pub(crate) function: String,
}

impl Names {
    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.region, self.bus)
    }

    pub(crate) fn partition(&self) -> &'static str {
        Partition::of_region(&self.region).name
    }

    pub(crate) fn bus_arn(&self) -> String {
        self.arn("events", &format!("event-bus/{}", self.bus))
    }

    pub(crate) fn rule_arn(&self) -> String {
        self.arn("events", &format!("rule/{}/{RULE}", self.bus))
    }

    /// On the default bus, which alone knows schedules.
    pub(crate) fn sweep(&self) -> String {
        short_name(&format!("{}Sweep", self.function))
    }

    pub(crate) fn sweep_arn(&self) -> String {
        self.arn("events", &format!("rule/{}", self.sweep()))
    }

    pub(crate) fn function_arn(&self) -> String {
        self.arn("lambda", &format!("function:{}", self.function))
    }

    pub(crate) fn log_group(&self) -> String {
        format!("/aws/lambda/{}", self.function)
    }

    pub(crate) fn queue(&self) -> String {
        format!("{}-dead-letters", self.function)
    }

    pub(crate) fn queue_arn(&self) -> String {
        self.arn("sqs", &self.queue())
    }

    pub(crate) fn role(&self) -> String {
        short_name(&format!("{}Role-{}", self.function, self.region))
    }

    pub(crate) fn role_arn(&self) -> String {
        self.arn("iam", &format!("role/{}", self.role()))
    }

    pub(crate) fn topic(&self) -> String {
        format!("{}-notifications", self.function)
    }

    pub(crate) fn topic_arn(&self) -> String {
        self.arn("sns", &self.topic())
    }

    pub(crate) fn schema_database(&self) -> String {
        schema_database(&self.bus)
    }

    fn arn(&self, service: &str, resource: &str) -> String {
        arn(service, &self.region, &self.account, resource)
    }
}

/// A name within the 64 characters of IAM's roles and EventBridge's rules; a longer one is cut and told apart by a hash.
pub(crate) fn short_name(wanted: &str) -> String {
    if wanted.len() <= LONGEST_NAME {
        return wanted.to_owned();
    }
    let digest = Sha256::digest(wanted);
    let hash: String = digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let kept: String = wanted.chars().take(LONGEST_NAME - 1 - hash.len()).collect();
    format!("{kept}-{hash}")
}

/// The Glue database for the schema templates of the hub with this bus.
pub(crate) fn schema_database(bus: &str) -> String {
    let glue_name = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let name: String = bus.chars().map(glue_name).collect();
    format!("{name}_schemas")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_fit_and_stay_apart() {
        assert_eq!(
            short_name("EventDrivenLogEnablerRole-eu-west-1"),
            "EventDrivenLogEnablerRole-eu-west-1"
        );
        let (a, b) = (
            short_name(&format!("{}a", "x".repeat(80))),
            short_name(&format!("{}b", "x".repeat(80))),
        );
        assert_eq!((a.len(), b.len()), (64, 64));
        assert_ne!(a, b);
    }

    #[test]
    fn the_schema_database_is_a_glue_name() {
        assert_eq!(
            schema_database("log-enablement-bus"),
            "log_enablement_bus_schemas"
        );
        assert_eq!(schema_database("My.Bus"), "my_bus_schemas");
    }
}
