//! The hub's topic of SNS, with the e-mail address that gets what is said there.

use logenabler_catalog::{Api, Endpoint, LookUp, Request};
use serde_json::Value as Json;

use super::failure::{Named, gone};
use super::{Aws, Failure, Part, Policy, Tags, retry::settle, tags};

/// On the topic: whom it was made to tell. SNS does not say who asked for a subscription.
const EMAIL_TAG: &str = "logenabler:notification-email";
const VERSION: &str = "2010-03-31";
/// In the place of a subscription's ARN, until its address has confirmed it.
const UNCONFIRMED: &str = "PendingConfirmation";
/// The same, for days after somebody has unsubscribed.
const DELETED: &str = "Deleted";
static SNS: Api = Api {
    name: "sns",
    endpoint: Endpoint::Regional,
    absent: &[],
};
/// For calls that may find nothing there.
static SNS_OR_NOTHING: Api = Api {
    name: "sns",
    endpoint: Endpoint::Regional,
    absent: &["NotFound", "ResourceNotFound"],
};

type Fields = Vec<(&'static str, String)>;

/// A topic.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Topic {
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) policy: Option<Policy>,
    /// Who is subscribed by e-mail, confirmed or not yet; others who are subscribed are nobody's business.
    pub(crate) email: Option<String>,
    pub(crate) tags: Tags,
}

/// Who is subscribed by e-mail, and the ARN of that.
type Subscriptions = Vec<(String, String)>;

impl Topic {
    pub(crate) fn new(
        region: &str,
        name: String,
        arn: String,
        policy: Policy,
        email: Option<&str>,
        tags: &Tags,
    ) -> Self {
        let mut tags = tags.clone();
        tags.extend(email.map(|email| (EMAIL_TAG.to_owned(), email.to_owned())));
        Self {
            region: region.to_owned(),
            name,
            arn,
            policy: Some(policy),
            email: email.map(str::to_owned),
            tags,
        }
    }
}

impl Topic {
    /// The same topic, with whoever is found to be subscribed to it.
    pub(crate) fn subscribed_as(mut self, found: &Self) -> Self {
        self.email.clone_from(&found.email);
        self.tags.remove(EMAIL_TAG);
        let told = found.tags.get_key_value(EMAIL_TAG);
        self.tags
            .extend(told.map(|(key, value)| (key.clone(), value.clone())));
        self
    }
}

impl Part for Topic {
    fn label(&self) -> String {
        format!("topic {} in {}", self.name, self.region)
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
        let fields = self.named_topic();
        let Some(answer) = self.find("sns:GetTopicAttributes", aws, fields).await? else {
            return Ok(None);
        };
        let policy = attribute(&answer, "Policy").map(Policy::parse);
        let tags = self.look_at_tags(aws).await?;
        let email = match tags.get(EMAIL_TAG) {
            Some(email) => {
                let subscribed = self.subscriptions(aws).await?;
                let is_subscribed = subscribed.iter().any(|(address, _)| address == email);
                is_subscribed.then(|| email.clone())
            }
            None => None,
        };
        Ok(Some(Self {
            policy,
            email,
            tags,
            ..self.clone()
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_none() {
            self.create(aws).await?;
        }
        if found.is_none_or(|topic| topic.policy != self.policy) {
            self.put_policy(aws).await?;
        }
        if found.and_then(|topic| topic.email.as_ref()) != self.email.as_ref() {
            self.subscribe(aws, found).await?;
        }
        // Last, since they tell who is to be subscribed no more.
        let had = found.map_or_else(|| self.first_tags(), |topic| topic.tags.clone());
        self.tag(aws, &had).await
    }

    /// Its subscriptions go with it.
    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let fields = self.named_topic();
        gone(self.find("sns:DeleteTopic", aws, fields).await)
    }
}

impl Topic {
    /// With the tag that tells whose it is: the others come one by one, since a form names its fields.
    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let mut fields = vec![("Name", self.name.clone())];
        for (key, value) in self.first_tags() {
            fields.extend([("Tags.member.1.Key", key), ("Tags.member.1.Value", value)]);
        }
        self.call("sns:CreateTopic", aws, fields).await.map(|_| ())
    }

    fn first_tags(&self) -> Tags {
        let owner = self.tags.get_key_value(super::OWNER_TAG).into_iter();
        owner
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    async fn put_policy(&self, aws: &Aws) -> Result<(), Failure> {
        let policy = self.policy.as_ref().map(Policy::to_string);
        let mut fields = self.named_topic();
        fields.extend([
            ("AttributeName", "Policy".to_owned()),
            ("AttributeValue", policy.unwrap_or_default()),
        ]);
        let answer = self.call("sns:SetTopicAttributes", aws, fields).await;
        answer.map(|_| ())
    }

    /// The former address goes, where it has confirmed; an unconfirmed one AWS forgets by itself.
    async fn subscribe(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if let Some(former) = found.and_then(|topic| topic.tags.get(EMAIL_TAG))
            && self.email.as_ref() != Some(former)
        {
            for (address, arn) in self.subscriptions(aws).await? {
                if address == *former && arn != UNCONFIRMED {
                    let fields = vec![("SubscriptionArn", arn)];
                    gone(self.find("sns:Unsubscribe", aws, fields).await)?;
                }
            }
        }
        let Some(email) = self.email.clone() else {
            return Ok(());
        };
        let mut fields = self.named_topic();
        fields.extend([("Protocol", "email".to_owned()), ("Endpoint", email)]);
        self.call("sns:Subscribe", aws, fields).await.map(|_| ())
    }

    async fn subscriptions(&self, aws: &Aws) -> Result<Subscriptions, Failure> {
        let (mut found, mut next) = (Subscriptions::new(), None);
        loop {
            let mut fields = self.named_topic();
            fields.extend(next.map(|token| ("NextToken", token)));
            let answer = self
                .call("sns:ListSubscriptionsByTopic", aws, fields)
                .await?;
            let page = "/ListSubscriptionsByTopicResult";
            let listed = list(&answer, &format!("{page}/Subscriptions"));
            let emails = listed.iter().filter(|it| {
                text(it, "/Protocol") == "email" && text(it, "/SubscriptionArn") != DELETED
            });
            found.extend(emails.map(|it| {
                (
                    text(it, "/Endpoint").to_owned(),
                    text(it, "/SubscriptionArn").to_owned(),
                )
            }));
            let token = text(&answer, &format!("{page}/NextToken"));
            if token.is_empty() {
                return Ok(found);
            }
            next = Some(token.to_owned());
        }
    }

    async fn look_at_tags(&self, aws: &Aws) -> Result<Tags, Failure> {
        let fields = vec![("ResourceArn", self.arn.clone())];
        let answer = self.call("sns:ListTagsForResource", aws, fields).await?;
        let listed = list(&answer, "/ListTagsForResourceResult/Tags");
        Ok(tags::listed(
            listed
                .iter()
                .map(|tag| (text(tag, "/Key"), text(tag, "/Value"))),
        ))
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        let resource = || ("ResourceArn", self.arn.clone());
        for (key, value) in set {
            let tag = [("Tags.member.1.Key", key), ("Tags.member.1.Value", value)];
            let fields = [resource()].into_iter().chain(tag).collect();
            self.call("sns:TagResource", aws, fields).await?;
        }
        for key in remove {
            let fields = vec![resource(), ("TagKeys.member.1", key)];
            self.call("sns:UntagResource", aws, fields).await?;
        }
        Ok(())
    }

    fn named_topic(&self) -> Fields {
        vec![("TopicArn", self.arn.clone())]
    }

    /// A call about what is there: that it is not is a failure, and passes where it was just made.
    async fn call(
        &self,
        operation: &'static str,
        aws: &Aws,
        fields: Fields,
    ) -> Result<Json, Failure> {
        let answer = self.send(&SNS, operation, aws, fields).await?;
        Ok(answer.unwrap_or_default())
    }

    /// A call that may find nothing.
    async fn find(
        &self,
        operation: &'static str,
        aws: &Aws,
        fields: Fields,
    ) -> Result<Option<Json>, Failure> {
        self.send(&SNS_OR_NOTHING, operation, aws, fields).await
    }

    async fn send(
        &self,
        api: &'static Api,
        operation: &'static str,
        aws: &Aws,
        fields: Fields,
    ) -> Result<Option<Json>, Failure> {
        let name = operation
            .split_once(':')
            .map_or(operation, |(_, name)| name);
        let request = LookUp {
            api,
            operation: name,
            request: Request::Form {
                version: VERSION,
                fields,
            },
        };
        let request = &request;
        settle(|| async {
            let answer = aws.look_up(&self.region, request).await;
            answer.named(operation, &self.name)
        })
        .await
    }
}

fn attribute<'a>(answer: &'a Json, name: &str) -> Option<&'a str> {
    let entries = list(answer, "/GetTopicAttributesResult/Attributes/entry");
    let entry = entries.iter().find(|entry| text(entry, "/key") == name)?;
    entry.pointer("/value")?.as_str()
}

/// In XML a list of none is an empty text.
fn list<'a>(answer: &'a Json, pointer: &str) -> &'a [Json] {
    let list = answer.pointer(pointer).and_then(Json::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(answer: &'a Json, pointer: &str) -> &'a str {
    let text = answer.pointer(pointer).and_then(Json::as_str);
    text.unwrap_or_default()
}
