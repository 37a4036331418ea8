//! The bucket that a log goes to, as far as it may keep people from querying the log's table: where it is, whose, and its key.

use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, text};
use crate::table::Tables;
use std::fmt;

/// The IAM actions that it needs to be looked up, in whichever region it is.
pub const BUCKET_ACTIONS: &[&str] = &["s3:GetBucketLocation", "s3:GetEncryptionConfiguration"];

/// A bucket of another account refuses; nothing more can be known of it.
static API: Api = Api {
    name: "s3",
    endpoint: Endpoint::Regional,
    absent: &[
        "AccessDenied",
        "NoSuchBucket",
        "ServerSideEncryptionConfigurationNotFoundError",
    ],
};

/// A bucket by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogBucket(String);

impl Tables {
    /// The bucket that their files are in.
    pub fn bucket(&self) -> Option<LogBucket> {
        let (bucket, _) = self.files.location.strip_prefix("s3://")?.split_once('/')?;
        Some(LogBucket(bucket.to_owned()))
    }
}

impl LogBucket {
    /// Its region; `None` where it is not for us to look at. Any region may be asked.
    pub fn region(&self, answers: &Answers) -> Result<Option<String>, LookUp> {
        let answer = answers.of(self.call("GetBucketLocation", "location"))?;
        // S3's first regions have names of their own.
        Ok(
            answer.map(|answer| match answer.as_str().unwrap_or_default() {
                "" => "us-east-1".to_owned(),
                "EU" => "eu-west-1".to_owned(),
                region => region.to_owned(),
            }),
        )
    }

    /// The key that new objects are encrypted with, if it is one whose owner says who may use it. The bucket's own region is asked.
    pub fn key(&self, answers: &Answers) -> Result<Option<String>, LookUp> {
        let answer = answers.of(self.call("GetEncryptionConfiguration", "encryption"))?;
        let key = answer.map_or("", |answer| text(answer, KEY));
        let is_own = !key.is_empty() && !key.ends_with("alias/aws/s3");
        Ok(is_own.then(|| key.to_owned()))
    }

    /// What those need who query a table of this region, besides the table; nothing more where nothing is said.
    pub fn needs(&self, there: Option<&str>, region: &str, key: Option<&str>) -> Option<String> {
        let Self(bucket) = self;
        let Some(there) = there else {
            return Some(format!(
                "The bucket {bucket} is another account's, closed to the function, or gone. Whoever queries needs its policy to allow s3:GetObject and s3:ListBucket, and kms:Decrypt with its key, if it has one."
            ));
        };
        let far = (there != region).then(|| {
            format!(
                "The bucket {bucket} is in {there}: queries from {region} pay for what is transferred, and need both regions to be enabled."
            )
        });
        let locked = key.map(|key| {
            format!(
                "The bucket {bucket} encrypts with the KMS key {key}: whoever queries needs kms:Decrypt with it."
            )
        });
        let said: Vec<_> = far.into_iter().chain(locked).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn call(&self, operation: &'static str, what: &str) -> LookUp {
        LookUp {
            api: &API,
            operation,
            request: Request::Get {
                path: format!("/{}?{what}", self.0),
                query: Vec::new(),
            },
        }
    }
}

impl fmt::Display for LogBucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const KEY: &str = "/Rule/ApplyServerSideEncryptionByDefault/KMSMasterKeyID";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(answer: Option<Value>) -> impl Fn(LookUp) -> Answers {
        move |look_up| {
            let mut answers = Answers::default();
            answers.insert(look_up, answer.clone());
            answers
        }
    }

    #[test]
    fn a_region_is_told_by_its_present_name() {
        let bucket = LogBucket("logs".to_owned());
        for (said, region) in [
            ("", "us-east-1"),
            ("EU", "eu-west-1"),
            ("us-west-2", "us-west-2"),
        ] {
            let asked = bucket.region(&Answers::default()).unwrap_err();
            let answers = told(Some(json!(said)))(asked);
            assert_eq!(bucket.region(&answers).unwrap().as_deref(), Some(region));
        }
        let asked = bucket.region(&Answers::default()).unwrap_err();
        assert_eq!(bucket.region(&told(None)(asked)), Ok(None));
    }

    #[test]
    fn only_a_key_whose_owner_says_who_may_use_it_is_told() {
        let bucket = LogBucket("logs".to_owned());
        let key = |default: Value| {
            let asked = bucket.key(&Answers::default()).unwrap_err();
            let answer = json!({ "Rule": { "ApplyServerSideEncryptionByDefault": default } });
            bucket.key(&told(Some(answer))(asked)).unwrap()
        };
        assert_eq!(key(json!({ "SSEAlgorithm": "AES256" })), None);
        assert_eq!(key(json!({ "SSEAlgorithm": "aws:kms" })), None);
        let arn = "arn:aws:kms:eu-west-1:123456789012:key/k";
        let own = json!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn });
        assert_eq!(key(own).as_deref(), Some(arn));
        let managed = "arn:aws:kms:eu-west-1:123456789012:alias/aws/s3";
        assert_eq!(key(json!({ "KMSMasterKeyID": managed })), None);
    }

    #[test]
    fn nothing_is_said_of_a_bucket_that_is_near_and_has_no_key() {
        let bucket = LogBucket("logs".to_owned());
        assert_eq!(bucket.needs(Some("eu-west-1"), "eu-west-1", None), None);
        let needs = bucket
            .needs(Some("us-east-1"), "eu-west-1", Some("k"))
            .unwrap();
        assert!(
            needs.contains("is in us-east-1") && needs.contains("KMS key k"),
            "{needs}"
        );
        assert!(
            bucket
                .needs(None, "eu-west-1", None)
                .unwrap()
                .contains("another account's")
        );
    }
}
