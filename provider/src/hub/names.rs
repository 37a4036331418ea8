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

    /// In any region: a forwarder's workgroup has the name of the bus.
    pub(crate) fn workgroup_arn(&self) -> String {
        let (partition, account) = (self.partition(), &self.account);
        format!("arn:{partition}:athena:*:{account}:workgroup/{}", self.bus)
    }

    pub(crate) fn alarm(&self, watches: &str) -> String {
        format!("{}-{watches}", self.function)
    }

    pub(crate) fn alarm_arn(&self, watches: &str) -> String {
        self.arn("cloudwatch", &format!("alarm:{}", self.alarm(watches)))
    }

    /// With the region: an account has its dashboards in all of them.
    pub(crate) fn dashboard(&self) -> String {
        format!("{}-{}", self.function, self.region)
    }

    pub(crate) fn dashboard_arn(&self) -> String {
        let (partition, account) = (self.partition(), &self.account);
        format!(
            "arn:{partition}:cloudwatch::{account}:dashboard/{}",
            self.dashboard()
        )
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
    fn alarms_are_of_a_region_and_dashboards_of_an_account() {
        let names = Names {
            account: "123456789012".to_owned(),
            region: "us-gov-west-1".to_owned(),
            bus: "log-enablement-bus".to_owned(),
            function: "f".to_owned(),
        };
        assert_eq!(
            names.alarm_arn("failures"),
            "arn:aws-us-gov:cloudwatch:us-gov-west-1:123456789012:alarm:f-failures"
        );
        assert_eq!(
            names.dashboard_arn(),
            "arn:aws-us-gov:cloudwatch::123456789012:dashboard/f-us-gov-west-1"
        );
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
