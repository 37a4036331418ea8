//! What exists already, for `terraform query`: every object that is ours says so by its owner tag.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tfplugin::{Attribute, Call, Diagnostics, List, Schema, Value};

use crate::aws::{Aws, owners};
use crate::forwarder::Forwarder;
use crate::hub::Hub;
use crate::model::{self, needed};
use crate::table_schema::SchemaOfTables;
use crate::validate;

/// Where to look.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Query {
    region: Value<String>,
}

impl List<Aws> for Hub {
    type Query = Query;

    fn query() -> Schema {
        schema("The hubs of a region, for `terraform query` of Terraform 1.14 and later.")
    }

    async fn list(call: &Call<Aws, Query>, query: Query) -> Result<Vec<String>, Diagnostics> {
        let region = query.region(call.client())?;
        let owners = owners::of_buses(call.client(), &region).await?;
        Ok(ids(owners, "hub/"))
    }
}

impl List<Aws> for Forwarder {
    type Query = Query;

    fn query() -> Schema {
        schema("The forwarders of a region, for `terraform query` of Terraform 1.14 and later.")
    }

    async fn list(call: &Call<Aws, Query>, query: Query) -> Result<Vec<String>, Diagnostics> {
        let region = query.region(call.client())?;
        let owners = owners::of_rules(call.client(), &region).await?;
        Ok(ids(owners, "forwarder/"))
    }
}

impl List<Aws> for SchemaOfTables {
    type Query = Query;

    fn query() -> Schema {
        schema(
            "The table schemas of all hubs in a region, for `terraform query` of Terraform 1.14 and later.",
        )
    }

    async fn list(call: &Call<Aws, Query>, query: Query) -> Result<Vec<String>, Diagnostics> {
        let region = query.region(call.client())?;
        let owners = owners::of_templates(call.client(), &region).await?;
        Ok(ids(owners, "table_schema/"))
    }
}

impl Query {
    fn region(&self, aws: &Aws) -> Result<String, Diagnostics> {
        needed(&model::region(&self.region, aws), "region")
    }
}

fn schema(doc: &str) -> Schema {
    let region = Attribute::string("region", "AWS region to look in. Default: the provider's.");
    Schema::new(doc).attribute(region.optional().validate(validate::region))
}

/// The ids of owners of this kind.
fn ids(owners: BTreeSet<String>, kind: &str) -> Vec<String> {
    let id = |owner: &String| owner.strip_prefix(kind).map(str::to_owned);
    owners.iter().filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_and_the_model_name_the_same_attributes() {
        model::check_names::<Query>(&schema(""));
    }
}
