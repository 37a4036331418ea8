//! An Athena workgroup: what a query in it may cost, and where its results go.

use logenabler_catalog::{Api, Endpoint, LookUp, Request};
use serde_json::{Map, Value as Json, json};

use super::failure::{Named, found, gone, made};
use super::form::list;
use super::{Aws, Failure, Part, Tags, retry::settle, tags};

/// Athena has no code of its own for what is absent: see [`Failure::not_found`].
static ATHENA: Api = Api {
    name: "athena",
    endpoint: Endpoint::Regional,
    absent: &[],
};
const CUTOFF: &str = "BytesScannedCutoffPerQuery";
/// Whether its settings count, and not those that a reader's own program sends.
const ENFORCE: &str = "EnforceWorkGroupConfiguration";
const METRICS: &str = "PublishCloudWatchMetricsEnabled";
const ENGINE: &str = "EngineVersion";
const LOCATION: &str = "OutputLocation";
const ENCRYPTION: &str = "EncryptionConfiguration";
const BUCKET_OWNER: &str = "ExpectedBucketOwner";
const ACL: &str = "AclConfiguration";
const ENABLED: &str = "ENABLED";

type Settings = Map<String, Json>;

/// A workgroup.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Workgroup {
    region: String,
    name: String,
    pub(crate) arn: String,
    /// By the names that Athena has for them; what has no value is left out.
    settings: Settings,
    /// The same, of where results go.
    results: Settings,
    /// Whether it takes queries.
    is_enabled: bool,
    tags: Tags,
}

impl Workgroup {
    /// One that limits nothing, and leaves results to its readers.
    pub(crate) fn new(region: &str, name: &str, arn: String, tags: &Tags) -> Self {
        Self {
            region: region.to_owned(),
            name: name.to_owned(),
            arn,
            settings: Settings::from_iter([
                (ENFORCE.to_owned(), false.into()),
                (METRICS.to_owned(), true.into()),
                (ENGINE.to_owned(), engine("AUTO")),
            ]),
            results: Settings::new(),
            is_enabled: true,
            tags: tags.clone(),
        }
    }

    /// All results go there, encrypted, and only while the bucket is this account's.
    pub(crate) fn with_results(mut self, location: &str, account: &str) -> Self {
        self.settings.insert(ENFORCE.to_owned(), true.into());
        self.results = Settings::from_iter([
            (LOCATION.to_owned(), location.into()),
            (BUCKET_OWNER.to_owned(), account.into()),
            (
                ENCRYPTION.to_owned(),
                json!({ "EncryptionOption": "SSE_S3" }),
            ),
        ]);
        self
    }

    /// A query that reads more is stopped.
    pub(crate) fn with_cutoff(mut self, bytes: i64) -> Self {
        self.settings.insert(CUTOFF.to_owned(), bytes.into());
        self
    }

    pub(crate) fn results(&self) -> Option<&str> {
        self.results.get(LOCATION)?.as_str()
    }

    pub(crate) fn cutoff(&self) -> Option<i64> {
        self.settings.get(CUTOFF)?.as_i64()
    }
}

impl Part for Workgroup {
    fn label(&self) -> String {
        format!("workgroup {} in {}", self.name, self.region)
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
        let target = "AmazonAthena.GetWorkGroup";
        let body = json!({ "WorkGroup": self.name });
        let answer = self.call("athena:GetWorkGroup", target, aws, body).await;
        let Some(answer) = found(answer)? else {
            return Ok(None);
        };
        let tags = found(self.look_at_tags(aws).await)?;
        Ok(tags.map(|tags| self.as_told(&answer, tags)))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        let Some(found) = found else {
            return self.create(aws).await;
        };
        let so = |it: &Self| (it.settings.clone(), it.results.clone(), it.is_enabled);
        if so(self) != so(found) {
            self.update(aws, found).await?;
        }
        self.tag(aws, &found.tags).await
    }

    /// With all that is in it: saved queries, and which queries were run.
    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let target = "AmazonAthena.DeleteWorkGroup";
        let body = json!({ "WorkGroup": self.name, "RecursiveDeleteOption": true });
        gone(self.call("athena:DeleteWorkGroup", target, aws, body).await)
    }
}

impl Workgroup {
    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let mut configuration = self.settings.clone();
        if !self.results.is_empty() {
            configuration.insert(
                "ResultConfiguration".to_owned(),
                self.results.clone().into(),
            );
        }
        let target = "AmazonAthena.CreateWorkGroup";
        let tags = tags::pairs(&self.tags);
        let body = json!({ "Name": self.name, "Configuration": configuration, "Tags": tags });
        made(self.call("athena:CreateWorkGroup", target, aws, body).await)
    }

    async fn update(&self, aws: &Aws, found: &Self) -> Result<(), Failure> {
        let mut updates = changes(&self.settings, &found.settings);
        let results = changes(&self.results, &found.results);
        updates.insert("ResultConfigurationUpdates".to_owned(), results.into());
        let target = "AmazonAthena.UpdateWorkGroup";
        let body =
            json!({ "WorkGroup": self.name, "State": ENABLED, "ConfigurationUpdates": updates });
        let answer = self.call("athena:UpdateWorkGroup", target, aws, body).await;
        answer.map(|_| ())
    }

    async fn look_at_tags(&self, aws: &Aws) -> Result<Tags, Failure> {
        let target = "AmazonAthena.ListTagsForResource";
        let body = json!({ "ResourceARN": self.arn });
        let answer = self
            .call("athena:ListTagsForResource", target, aws, body)
            .await?;
        // One page holds more tags than there may be.
        Ok(tags::of_pairs(list(&answer, "/Tags")))
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        if !set.is_empty() {
            let target = "AmazonAthena.TagResource";
            let body = json!({ "ResourceARN": self.arn, "Tags": tags::pairs(&set) });
            self.call("athena:TagResource", target, aws, body).await?;
        }
        if !remove.is_empty() {
            let target = "AmazonAthena.UntagResource";
            let body = json!({ "ResourceARN": self.arn, "TagKeys": remove });
            self.call("athena:UntagResource", target, aws, body).await?;
        }
        Ok(())
    }

    /// What Athena tells of it, as far as it is ours to say.
    fn as_told(&self, answer: &Json, tags: Tags) -> Self {
        let configuration = answer.pointer("/WorkGroup/Configuration");
        let configuration = configuration.cloned().unwrap_or_default();
        let mut settings = held(&configuration, &[CUTOFF, ENFORCE, METRICS]);
        let selected = text(&configuration, "/EngineVersion/SelectedEngineVersion");
        settings.extend(selected.map(|it| (ENGINE.to_owned(), engine(&it))));
        let results = configuration.get("ResultConfiguration");
        let results = results.cloned().unwrap_or_default();
        Self {
            settings,
            results: held(&results, &[LOCATION, BUCKET_OWNER, ENCRYPTION, ACL]),
            is_enabled: text(answer, "/WorkGroup/State").as_deref() == Some(ENABLED),
            tags,
            ..self.clone()
        }
    }

    async fn call(
        &self,
        operation: &'static str,
        target: &'static str,
        aws: &Aws,
        body: Json,
    ) -> Result<Json, Failure> {
        let (_, name) = operation.split_once(':').unwrap_or_default();
        let request = &LookUp {
            api: &ATHENA,
            operation: name,
            request: Request::Json {
                version: "1.1",
                target,
                body: body.to_string(),
            },
        };
        let answer = settle(|| async {
            let answer = aws.look_up(&self.region, request).await;
            answer.named(operation, &self.name)
        });
        Ok(answer.await?.unwrap_or_default())
    }
}

fn engine(selected: &str) -> Json {
    json!({ "SelectedEngineVersion": selected })
}

/// What an update is given: all that is wanted, and that the rest is to be removed.
fn changes(wanted: &Settings, found: &Settings) -> Settings {
    let surplus = found.keys().filter(|name| !wanted.contains_key(*name));
    let remove = surplus.map(|name| (format!("Remove{name}"), true.into()));
    wanted.clone().into_iter().chain(remove).collect()
}

/// Those of these settings that have a value.
fn held(configuration: &Json, names: &[&str]) -> Settings {
    let value = |name: &&str| {
        let value = configuration.get(name).filter(|value| !value.is_null())?;
        Some(((*name).to_owned(), value.clone()))
    };
    names.iter().filter_map(value).collect()
}

fn text(answer: &Json, pointer: &str) -> Option<String> {
    answer.pointer(pointer)?.as_str().map(str::to_owned)
}
