//! A dashboard of CloudWatch. It carries its owner's tag in the text of a widget, since dashboards have tags in no region for certain.

use serde_json::{Value as Json, json};

use super::cloudwatch::asked;
use super::failure::gone;
use super::form::{Asked, text};
use super::{Aws, Failure, OWNER_TAG, Part, Tags};

/// A dashboard. They are those of an account, whatever region is asked for them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dashboard {
    pub(crate) region: String,
    pub(crate) name: String,
    /// Compared as what it says, not as how it is written.
    body: Json,
    tags: Tags,
}

impl Dashboard {
    pub(crate) fn new(region: &str, name: String, body: Json) -> Self {
        Self {
            region: region.to_owned(),
            name,
            tags: tags(&body),
            body,
        }
    }
}

/// What in the text of a widget says whose the dashboard is.
pub(crate) fn mark(owner: &str) -> String {
    format!("`{OWNER_TAG} = {owner}`")
}

impl Part for Dashboard {
    fn label(&self) -> String {
        format!("dashboard {}", self.name)
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
        let named = json!({ "DashboardName": self.name });
        let found = self
            .asked(aws)
            .find("cloudwatch:GetDashboard", named)
            .await?;
        Ok(found.map(|answer| {
            let body = text(&answer, "/GetDashboardResult/DashboardBody");
            let body = serde_json::from_str(body).unwrap_or_else(|_| Json::from(body));
            Self::new(&self.region, self.name.clone(), body)
        }))
    }

    async fn make(&self, aws: &Aws, found: Option<&Self>) -> Result<(), Failure> {
        if found.is_some_and(|dashboard| dashboard.body == self.body) {
            return Ok(());
        }
        let body = self.body.to_string();
        let about = json!({ "DashboardName": self.name, "DashboardBody": body });
        let answer = self.asked(aws).call("cloudwatch:PutDashboard", about).await;
        answer.map(|_| ())
    }

    async fn remove(&self, aws: &Aws) -> Result<(), Failure> {
        let named = json!({ "DashboardNames": [self.name] });
        gone(
            self.asked(aws)
                .find("cloudwatch:DeleteDashboards", named)
                .await,
        )
    }
}

impl Dashboard {
    fn asked<'a>(&'a self, aws: &'a Aws) -> Asked<'a> {
        asked(aws, &self.region, &self.name)
    }
}

/// What its texts say of whose it is.
fn tags(body: &Json) -> Tags {
    let widgets = body.get("widgets").and_then(Json::as_array);
    let texts = widgets.into_iter().flatten();
    let texts = texts.map(|widget| text(widget, "/properties/markdown"));
    let owners = texts.filter_map(|text| {
        let (_, owner) = text.split_once(&format!("`{OWNER_TAG} = "))?;
        owner.split_once('`')
    });
    owners
        .map(|(owner, _)| (OWNER_TAG.to_owned(), owner.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: Json, owner: Option<&str>) {
        let tags = tags(&body);
        assert_eq!(tags.get(OWNER_TAG).map(String::as_str), owner, "{body}");
    }

    #[test]
    fn a_text_says_whose_it_is() {
        let text = |text: &str| json!({ "type": "text", "properties": { "markdown": text } });
        let ours = format!("# Ours\n\n{}, and more", mark("hub/eu-west-1/bus"));
        let graph = json!({ "type": "metric", "properties": {} });
        check(
            json!({ "widgets": [graph, text(&ours)] }),
            Some("hub/eu-west-1/bus"),
        );
        check(json!({ "widgets": [text("# Theirs")] }), None);
        for odd in [
            json!(null),
            json!("x"),
            json!({ "widgets": {} }),
            json!({ "widgets": [1] }),
        ] {
            check(odd, None);
        }
    }
}
