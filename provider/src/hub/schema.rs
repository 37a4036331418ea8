//! What can be said about a hub, and what it answers.

use tfplugin::{Attribute, Schema, Type};

use super::{drift_watch, filter, monitoring, notifications, readers, saved_queries};
use crate::schedule::sweep_schedule;
use crate::{model, timeouts, validate};

const DOC: &str = "The central region: an event bus that receives logging events from every source region, and the \
function that looks at each service as it is now and makes its Glue database and table in the service's own region.\n\n\
Forwarders (`logenabler_region_forwarder`) send to it. Import takes an incomplete set: the next apply makes what is missing.";

pub(super) fn schema() -> Schema {
    let schema = Schema::new(DOC);
    let attributes = identity()
        .into_iter()
        .chain(function())
        .chain(access())
        .chain(sweeps())
        .chain(filter::attributes())
        .chain([saved_queries::attribute()])
        .chain(notifications::attributes())
        .chain([readers::attribute()])
        .chain(monitoring::attributes())
        .chain(dead_letters())
        .chain(model::tag_attributes());
    attributes
        .fold(schema, Schema::attribute)
        .block(timeouts::block())
}

fn identity() -> Vec<Attribute> {
    vec![
        Attribute::string("id", "`<region>/<event bus name>`; what an import takes.").computed(),
        model::region_attribute(),
        Attribute::string("event_bus_name", "Name of the event bus. Changing it replaces the hub.")
            .default("log-enablement-bus")
            .replaces()
            .identifies()
            .validate(validate::bus_name),
        Attribute::string("event_bus_arn", "ARN of the event bus: what a forwarder sends to.").computed(),
        Attribute::string(
            "schema_database_name",
            "Glue database, in the hub's region, that holds the table schema templates. Destroy removes it only when it is empty.",
        )
        .computed(),
    ]
}

fn function() -> Vec<Attribute> {
    vec![
        Attribute::string("function_name", "Name of the function. Changing it replaces the hub.")
            .default("EventDrivenLogEnabler")
            .replaces()
            .validate(validate::function_name),
        Attribute::string("function_arn", "ARN of the function.").computed(),
        Attribute::string("function_package", "Path of a zip with the function's `bootstrap`. Default: the one built into this provider. Do not rebuild it between a saved plan and its apply.").optional(),
        Attribute::string("function_sha256", "Base64 of the SHA-256 of the zip; planned, so that a new build shows in the plan.").computed(),
        Attribute::string("architecture", "`arm64` or `x86_64`. Default: read from the zip.")
            .optional()
            .computed()
            .validate(validate::architecture),
        Attribute::int("memory_size", "Memory of the function, in MiB, 128 to 10240.")
            .default(128)
            .validate_int(validate::memory_size),
        Attribute::int("timeout", "Longest run of the function, in seconds, 1 to 900.")
            .default(60)
            .validate_int(validate::timeout),
        Attribute::int("reserved_concurrency", "Runs at the same time at most. Default: no limit of its own.")
            .optional()
            .validate_int(validate::concurrency),
        Attribute::string("log_level", "Least severe message that is logged: `debug`, `info`, `warn` or `error`.")
            .default("info")
            .validate(validate::log_level),
        Attribute::int("log_retention_days", "Days that the function's log is kept; one of the values CloudWatch Logs knows.")
            .default(30)
            .validate_int(validate::retention_days),
    ]
}

fn access() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "function_role_arn",
            "Role of the function. Default: one made here, with the least rights. One of your own needs the same, those to read the schema database and to sweep included.",
        )
        .optional()
        .computed()
        .validate(validate::role_arn),
        Attribute::string(
            "permissions_boundary_arn",
            "Permissions boundary of the role made here.",
        )
        .optional()
        .validate(validate::policy_arn),
        Attribute::set(
            "source_account_ids",
            Type::String,
            "Other accounts whose forwarders may send to the bus. This account always may.",
        )
        .optional()
        .validate(validate::account_id),
        Attribute::string(
            "organization_id",
            "Organization whose every account may send to the bus, such as `o-a1b2c3d4e5`.",
        )
        .optional()
        .validate(validate::organization_id),
        Attribute::string(
            "external_id",
            "External id that the function names when it takes on the catalog role of another account. Give its forwarders the same.",
        )
        .optional()
        .validate(validate::external_id),
    ]
}

fn sweeps() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "sweep_schedule",
            "How often the function looks for logs that no event told of, such as those that were on before the forwarder was \
             there: `rate(...)` or `cron(...)` as EventBridge takes them, or `never`. It also looks once through a region of this \
             account whose forwarder was just made.",
        )
        .default("rate(1 day)")
        .validate(sweep_schedule),
        Attribute::bool(
            "dry_run",
            "Whether the function makes and changes no table, and only says in its log what it would do.",
        )
        .default(false),
        drift_watch::attribute(),
    ]
}

fn dead_letters() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "dead_letter_queue_arn",
            "ARN of the queue for events that could not be delivered or handled.",
        )
        .computed(),
        Attribute::string("dead_letter_queue_url", "URL of that queue.")
            .computed()
            .keeps(),
    ]
}
