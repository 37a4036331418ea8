//! What can be said about a forwarder, and what it answers.

use tfplugin::{Attribute, Schema, Type};

use super::workgroup;
use crate::{model, timeouts, validate};

const DOC: &str = "One source region: the rule (or rules) on its default event bus that send logging events to a hub's bus, \
with their role and their dead-letter queue.\n\n\
CloudTrail hands events to EventBridge only while a trail logs management events in the region. CloudFront and \
CLOUDFRONT-scope web ACLs report in us-east-1 only.\n\n\
Once it is made, the hub's function looks through the region for logs that are on already, where the bus is this account's \
and a `logenabler_hub` made it. Elsewhere the hub's `sweep_schedule` does that.";

pub(super) fn schema() -> Schema {
    let attributes = attributes()
        .into_iter()
        .chain(workgroup::attributes())
        .chain(model::tag_attributes());
    attributes
        .fold(Schema::new(DOC), Schema::attribute)
        .block(timeouts::block())
}

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string("id", "`<region>/<rule name>`; what an import takes.").computed(),
        model::region_attribute(),
        Attribute::string("event_bus_arn", "ARN of the hub's event bus: `logenabler_hub.<name>.event_bus_arn`.")
            .required()
            .validate(validate::bus_arn),
        Attribute::set("log_types", Type::String, "Log types to watch. Default: all that exist in the region.")
            .optional()
            .computed()
            .validate(validate::log_type),
        Attribute::string("rule_name", "Name of the rule; further rules get `-2`, `-3`. Default: `ForwardLoggingEvents-to-<hub region>`. Changing it replaces.")
            .optional()
            .computed()
            .replaces()
            .identifies()
            .validate(validate::rule_name),
        Attribute::list("rule_arns", Type::String, "ARNs of the rules.").computed(),
        Attribute::list("event_patterns", Type::String, "Event pattern of each rule, as JSON.").computed(),
        Attribute::string("role_arn", "Role that EventBridge takes on to send to the hub's bus. Default: one made here, with that right only.")
            .optional()
            .computed()
            .validate(validate::role_arn),
        Attribute::bool("create_catalog_role", "Whether to make the role `LogEnablerCatalog-<hub region>-<region>`, through which the function of a hub in another account looks at services and makes tables in this one.")
            .default(false),
        Attribute::string("hub_function_role_arn", "Role of the hub's function, which alone may take on the catalog role: `function_role_arn` of the hub. Required with `create_catalog_role`.")
            .optional()
            .validate(validate::role_arn),
        Attribute::string("external_id", "External id without which the catalog role is not to be had: the hub's `external_id`.")
            .optional()
            .validate(validate::external_id),
        Attribute::string("catalog_role_arn", "ARN of the catalog role, where one is made.").computed(),
        Attribute::string("dead_letter_queue_url", "URL of the queue for events that could not be delivered.")
            .computed()
            .keeps(),
    ]
}
