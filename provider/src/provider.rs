//! The provider block: which account, with whose credentials, and how patiently.

use std::collections::BTreeMap;

use aws_config::{
    BehaviorVersion, ConfigLoader, Region, SdkConfig, retry::RetryConfig, sts::AssumeRoleProvider,
};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use serde::{Deserialize, Serialize};
use tfplugin::{Attribute, Block, Diagnostic, Diagnostics, Path, Provider, Schema, Type, Value};

use crate::aws::{Account, Aws, Tags};
use crate::model::{TagMap, known_tags, unless_null};
use crate::validate;

const DEFAULT_RETRIES: i64 = 10;
const DEFAULT_SESSION: &str = "terraform-provider-logenabler";

/// The provider.
pub(crate) struct Logenabler;

/// The provider block.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Config {
    region: Value<String>,
    profile: Value<String>,
    access_key: Value<String>,
    secret_key: Value<String>,
    token: Value<String>,
    assume_role: Value<AssumeRole>,
    default_tags: Value<DefaultTags>,
    endpoint_url: Value<String>,
    max_retries: Value<i64>,
    allowed_account_ids: Value<Vec<Value<String>>>,
    forbidden_account_ids: Value<Vec<Value<String>>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct AssumeRole {
    role_arn: Value<String>,
    external_id: Value<String>,
    session_name: Value<String>,
    duration: Value<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct DefaultTags {
    tags: TagMap,
}

impl Provider for Logenabler {
    type Config = Config;
    type Client = Aws;
    const NAME: &str = "logenabler";

    fn schema() -> Schema {
        let doc = "Makes the Glue database and the Athena table of every AWS log the moment somebody turns it on. \
                   Credentials and region are found as the AWS command line finds them, unless they are set here.";
        let schema = attributes()
            .into_iter()
            .fold(Schema::new(doc), Schema::attribute);
        schema
            .block(assume_role_block())
            .block(default_tags_block())
    }

    fn validate(config: &Config) -> Diagnostics {
        let mut wrong = Diagnostics::default();
        if config.access_key.is_null() != config.secret_key.is_null() {
            let path = Path::attribute(if config.access_key.is_null() {
                "access_key"
            } else {
                "secret_key"
            });
            wrong.push(
                Diagnostic::error(
                    "access_key and secret_key come together",
                    "Set both, or neither.",
                )
                .at(path),
            );
        }
        wrong
    }

    async fn configure(config: Config, _terraform_version: &str) -> Result<Aws, Diagnostics> {
        let default_tags = default_tags(&config)?;
        if config.decides_later() {
            let account = Account {
                id: Value::Unknown,
                region: unless_null(&config.region),
            };
            return Ok(Aws::new(
                SdkConfig::builder().build(),
                account,
                default_tags,
            ));
        }
        let sdk = sdk_config(&config).await?;
        let region = sdk
            .region()
            .map(ToString::to_string)
            .ok_or_else(no_region)?;
        let account = account_of(&sdk).await?;
        permitted(&config, &account)?;
        let account = Account {
            id: account.into(),
            region: region.into(),
        };
        Ok(Aws::new(sdk, account, default_tags))
    }
}

impl Config {
    /// Whether anything that tells who and where we are depends on what is yet to be made.
    fn decides_later(&self) -> bool {
        let texts = [
            &self.region,
            &self.profile,
            &self.access_key,
            &self.secret_key,
            &self.token,
            &self.endpoint_url,
        ];
        let role = self.assume_role.known().map(|role| {
            [
                &role.role_arn,
                &role.external_id,
                &role.session_name,
                &role.duration,
            ]
        });
        texts
            .into_iter()
            .chain(role.into_iter().flatten())
            .any(Value::is_unknown)
            || self.assume_role.is_unknown()
            || self.max_retries.is_unknown()
    }
}

fn attributes() -> Vec<Attribute> {
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
        Attribute::int(
            "max_retries",
            "How often a throttled or failed call is tried again. Default: 10.",
        )
        .optional()
        .validate_int(validate::retries),
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

fn assume_role_block() -> Block {
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

fn default_tags_block() -> Block {
    Block::single("default_tags", "Tags of everything this provider makes.").attribute(
        Attribute::map("tags", Type::String, "The tags.")
            .optional()
            .validate(validate::tag_value),
    )
}

/// Tags that are not known yet make every `tags_all` unknown, nothing else.
fn default_tags(config: &Config) -> Result<Value<Tags>, Diagnostics> {
    let tags = match &config.default_tags {
        Value::Unknown => return Ok(Value::Unknown),
        Value::Null => return Ok(Value::Known(BTreeMap::new())),
        Value::Known(block) => &block.tags,
    };
    let unknown = tags.is_unknown()
        || tags
            .known()
            .is_some_and(|tags| tags.values().any(Value::is_unknown));
    if unknown {
        return Ok(Value::Unknown);
    }
    let tags = known_tags(tags);
    match tags.keys().find_map(|key| validate::tag_key(key).err()) {
        Some(reason) => {
            let path = Path::attribute("default_tags").field("tags");
            Err(Diagnostic::error("A tag cannot be set", reason)
                .at(path)
                .into())
        }
        None => Ok(Value::Known(tags)),
    }
}

async fn sdk_config(config: &Config) -> Result<SdkConfig, Diagnostics> {
    let sdk = loader(config).load().await;
    let Some(role) = config.assume_role.known() else {
        return Ok(sdk);
    };
    let arn = role.role_arn.as_str().unwrap_or_default();
    let mut provider = AssumeRoleProvider::builder(arn)
        .session_name(role.session_name.as_str().unwrap_or(DEFAULT_SESSION))
        .configure(&sdk);
    if let Some(id) = role.external_id.as_str() {
        provider = provider.external_id(id);
    }
    if let Some(duration) = role
        .duration
        .as_str()
        .and_then(|text| humantime::parse_duration(text).ok())
    {
        provider = provider.session_length(duration);
    }
    let credentials = SharedCredentialsProvider::new(provider.build().await);
    Ok(sdk.into_builder().credentials_provider(credentials).build())
}

/// What the provider block says; the SDK finds the rest in the environment and the shared files.
fn loader(config: &Config) -> ConfigLoader {
    let retries = config
        .max_retries
        .known()
        .copied()
        .unwrap_or(DEFAULT_RETRIES);
    let attempts = u32::try_from(retries).unwrap_or_default().saturating_add(1);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(attempts));
    if let Some(region) = config.region.as_str() {
        loader = loader.region(Region::new(region.to_owned()));
    }
    if let Some(profile) = config.profile.as_str() {
        loader = loader.profile_name(profile);
    }
    if let Some(url) = config.endpoint_url.as_str() {
        loader = loader.endpoint_url(url);
    }
    if let (Some(key), Some(secret)) = (config.access_key.as_str(), config.secret_key.as_str()) {
        let token = config.token.as_str().map(str::to_owned);
        loader = loader.credentials_provider(Credentials::new(
            key,
            secret,
            token,
            None,
            "provider block",
        ));
    }
    loader
}

async fn account_of(sdk: &SdkConfig) -> Result<String, Diagnostics> {
    let sts = aws_sdk_sts::Client::new(sdk);
    let reason = match sts.get_caller_identity().send().await {
        Ok(identity) => match identity.account() {
            Some(account) => return Ok(account.to_owned()),
            None => "AWS did not say whose they are.".to_owned(),
        },
        Err(error) => aws_sdk_sts::error::DisplayErrorContext(error).to_string(),
    };
    let next = "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws sso login.";
    Err(Diagnostic::error(
        "No usable AWS credentials",
        format!("{next}\n\nsts:GetCallerIdentity answered: {reason}"),
    )
    .into())
}

fn permitted(config: &Config, account: &str) -> Result<(), Diagnostics> {
    let lists = |list: &Value<Vec<Value<String>>>| {
        let ids = list.known().into_iter().flatten();
        ids.filter_map(Value::as_str).any(|id| id == account)
    };
    let attribute = if lists(&config.forbidden_account_ids) {
        "forbidden_account_ids"
    } else if config.allowed_account_ids.is_known() && !lists(&config.allowed_account_ids) {
        "allowed_account_ids"
    } else {
        return Ok(());
    };
    let detail = format!(
        "These credentials belong to account {account}, which {attribute} excludes. Use other credentials."
    );
    Err(Diagnostic::error("This account may not be changed", detail)
        .at(Path::attribute(attribute))
        .into())
}

fn no_region() -> Diagnostic {
    Diagnostic::error(
        "No AWS region",
        "Set region in the provider block, or AWS_REGION in the environment.",
    )
    .at(Path::attribute("region"))
}
