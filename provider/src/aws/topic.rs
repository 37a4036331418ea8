//! The hub's topic of SNS, with the e-mail address that gets what is said there.

use serde_json::{Value as Json, json};

use super::failure::gone;
use super::form::{Asked, Service, list, text};
use super::{Aws, Failure, Part, Policy, Tags, tags};

/// On the topic: whom it was made to tell. SNS does not say who asked for a subscription.
const EMAIL_TAG: &str = "logenabler:notification-email";
/// In the place of a subscription's ARN, until its address has confirmed it.
const UNCONFIRMED: &str = "PendingConfirmation";
/// The same, for days after somebody has unsubscribed.
const DELETED: &str = "Deleted";
static SNS: Service = Service::new("sns", "2010-03-31", &["NotFound", "ResourceNotFound"]);

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
        let named = self.named_topic();
        let Some(answer) = self
            .asked(aws)
            .find("sns:GetTopicAttributes", named)
            .await?
        else {
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
        gone(
            self.asked(aws)
                .find("sns:DeleteTopic", self.named_topic())
                .await,
        )
    }
}

impl Topic {
    /// With the tag that tells whose it is: a topic that is there already is refused with others than it has.
    async fn create(&self, aws: &Aws) -> Result<(), Failure> {
        let tags = tags::pairs(&self.first_tags());
        let asked = json!({ "Name": self.name, "Tags": tags });
        self.asked(aws)
            .call("sns:CreateTopic", asked)
            .await
            .map(|_| ())
    }

    fn first_tags(&self) -> Tags {
        let owner = self.tags.get_key_value(super::OWNER_TAG).into_iter();
        owner
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    async fn put_policy(&self, aws: &Aws) -> Result<(), Failure> {
        let policy = self.policy.as_ref().map(Policy::to_string);
        let asked = json!({
            "TopicArn": self.arn, "AttributeName": "Policy", "AttributeValue": policy.unwrap_or_default(),
        });
        let answer = self.asked(aws).call("sns:SetTopicAttributes", asked).await;
        answer.map(|_| ())
    }

    /// The former address goes, where it has confirmed; an unconfirmed one AWS forgets by itself.
    async fn subscribe(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if let Some(former) = found.and_then(|topic| topic.tags.get(EMAIL_TAG))
            && self.email.as_ref() != Some(former)
        {
            for (address, arn) in self.subscriptions(aws).await? {
                if address == *former && arn != UNCONFIRMED {
                    let asked = json!({ "SubscriptionArn": arn });
                    gone(self.asked(aws).find("sns:Unsubscribe", asked).await)?;
                }
            }
        }
        let Some(email) = &self.email else {
            return Ok(());
        };
        let asked = json!({ "TopicArn": self.arn, "Protocol": "email", "Endpoint": email });
        self.asked(aws)
            .call("sns:Subscribe", asked)
            .await
            .map(|_| ())
    }

    async fn subscriptions(&self, aws: &Aws) -> Result<Subscriptions, Failure> {
        let (mut found, mut next) = (Subscriptions::new(), Json::Null);
        loop {
            let asked = json!({ "TopicArn": self.arn, "NextToken": next });
            let answer = self
                .asked(aws)
                .call("sns:ListSubscriptionsByTopic", asked)
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
            next = token.into();
        }
    }

    async fn look_at_tags(&self, aws: &Aws) -> Result<Tags, Failure> {
        let asked = json!({ "ResourceArn": self.arn });
        let answer = self
            .asked(aws)
            .call("sns:ListTagsForResource", asked)
            .await?;
        Ok(tags::of_pairs(list(
            &answer,
            "/ListTagsForResourceResult/Tags",
        )))
    }

    async fn tag(&self, aws: &Aws, had: &Tags) -> Result<(), Failure> {
        let (set, remove) = tags::changes(&self.tags, had);
        if !set.is_empty() {
            let asked = json!({ "ResourceArn": self.arn, "Tags": tags::pairs(&set) });
            self.asked(aws).call("sns:TagResource", asked).await?;
        }
        if !remove.is_empty() {
            let asked = json!({ "ResourceArn": self.arn, "TagKeys": remove });
            self.asked(aws).call("sns:UntagResource", asked).await?;
        }
        Ok(())
    }

    fn named_topic(&self) -> Json {
        json!({ "TopicArn": self.arn })
    }

    fn asked<'a>(&'a self, aws: &'a Aws) -> Asked<'a> {
        Asked {
            service: &SNS,
            aws,
            region: &self.region,
            object: &self.name,
        }
    }
}

fn attribute<'a>(answer: &'a Json, name: &str) -> Option<&'a str> {
    let entries = list(answer, "/GetTopicAttributesResult/Attributes/entry");
    let entry = entries.iter().find(|entry| text(entry, "/key") == name)?;
    entry.pointer("/value")?.as_str()
}
