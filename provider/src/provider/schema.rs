//! What can be said in the provider block.

use tfplugin::{Attribute, Block, Schema, Type};

use crate::validate;

const DOC: &str = "Makes the Glue database and the Athena table of every AWS log the moment somebody turns it on. \
    Credentials and region are found as the AWS command line finds them, unless they are set here.";

pub(super) fn schema() -> Schema {
    let attributes = credentials().into_iter().chain(limits());
    attributes
        .fold(Schema::new(DOC), Schema::attribute)
        .block(assume_role())
        .block(default_tags())
}

fn credentials() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "region",
            "AWS region of resources that name none. Default: the environment's or the profile's.",
        )
        .optional()
        .validate(validate::region),
        Attribute::string(
            "profile",
            "Profile in the shared configuration and credentials files.",
        )
        .optional(),
        Attribute::string(
            "access_key",
            "Access key id; better left to the environment.",
        )
        .optional()
        .sensitive(),
        Attribute::string(
            "secret_key",
            "Secret access key; better left to the environment.",
        )
        .optional()
        .sensitive(),
        Attribute::string("token", "Session token of temporary credentials.")
            .optional()
            .sensitive(),
        Attribute::string(
            "endpoint_url",
            "URL that every AWS call goes to instead of AWS, such as a local stand-in.",
        )
        .optional(),
    ]
}

fn limits() -> Vec<Attribute> {
    vec![
        Attribute::int(
            "max_retries",
            "How often a throttled or failed call is tried again. Default: 10.",
        )
        .optional()
        .validate_int(validate::retries),
        Attribute::bool(
            "skip_trail_check",
            "Whether not to look for a trail that logs management events in a forwarder's region. Default: it is looked for, and warned of where there is none.",
        )
        .optional(),
        Attribute::set(
            "allowed_account_ids",
            Type::String,
            "Accounts that may be changed; any other is refused.",
        )
        .optional()
        .validate(validate::account_id),
        Attribute::set(
            "forbidden_account_ids",
            Type::String,
            "Accounts that may not be changed.",
        )
        .optional()
        .validate(validate::account_id),
    ]
}

fn assume_role() -> Block {
    Block::single("assume_role", "A role to take on before anything else.")
        .attribute(
            Attribute::string("role_arn", "ARN of the role.")
                .required()
                .validate(validate::role_arn),
        )
        .attribute(
            Attribute::string(
                "external_id",
                "External id that the role's trust policy asks for.",
            )
            .optional(),
        )
        .attribute(
            Attribute::string("session_name", "Name of the session, seen in CloudTrail.")
                .optional(),
        )
        .attribute(
            Attribute::string(
                "duration",
                "How long a session lasts, such as `1h`; 15m to 12h.",
            )
            .optional()
            .validate(validate::session),
        )
}

fn default_tags() -> Block {
    Block::single("default_tags", "Tags of everything this provider makes.").attribute(
        Attribute::map("tags", Type::String, "The tags.")
            .optional()
            .validate(validate::tag_value),
    )
}
