//! The provider block: which account, with whose credentials, and how patiently.

mod schema;
mod session;

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use serde::{Deserialize, Serialize};
use tfplugin::{Diagnostic, Diagnostics, Path, Provider, Schema, Value};

use crate::aws::{Account, Aws, Tags};
use crate::model::{TagMap, known_tags, unless_null};
use crate::validate;

/// The provider.
pub(crate) struct Logenabler;

/// The provider block.
#[derive(Clone, Default, Serialize, Deserialize)]
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
    skip_trail_check: Value<bool>,
    allowed_account_ids: Value<Vec<Value<String>>>,
    forbidden_account_ids: Value<Vec<Value<String>>>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct AssumeRole {
    role_arn: Value<String>,
    external_id: Value<String>,
    session_name: Value<String>,
    duration: Value<String>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct DefaultTags {
    tags: TagMap,
}

impl Provider for Logenabler {
    type Config = Config;
    type Client = Aws;
    const NAME: &str = "logenabler";

    fn schema() -> Schema {
        schema::schema()
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
        let sdk = session::sdk_config(&config).await?;
        let region = sdk
            .region()
            .map(ToString::to_string)
            .ok_or_else(no_region)?;
        let account = session::account_of(&sdk).await?;
        permitted(&config, &account)?;
        let account = Account {
            id: account.into(),
            region: region.into(),
        };
        let mut aws = Aws::new(sdk, account, default_tags);
        aws.skip_trail_check = config.skip_trail_check.known() == Some(&true);
        Ok(aws)
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
