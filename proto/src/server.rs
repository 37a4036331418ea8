//! A provider with all that it offers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::action::Action;
use crate::data_source::DataSource;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::Dynamic;
use crate::erased::{
    AnyAction, AnyDataSource, AnyFunction, AnyList, AnyResource, ErasedAction, ErasedDataSource,
    ErasedFunction, ErasedList, ErasedResource,
};
use crate::function::{Function, Signature};
use crate::list::List;
use crate::provider::Provider;
use crate::resource::Resource;
use crate::schema::{Missing, Schema};

/// A provider and its resources, data sources, functions and actions, one line each.
pub struct Server<P: Provider> {
    pub(crate) schema: Schema,
    pub(crate) resources: BTreeMap<String, Arc<dyn AnyResource<P::Client>>>,
    pub(crate) data_sources: BTreeMap<String, Arc<dyn AnyDataSource<P::Client>>>,
    pub(crate) functions: BTreeMap<String, Arc<dyn AnyFunction>>,
    pub(crate) lists: BTreeMap<String, Arc<dyn AnyList<P::Client>>>,
    pub(crate) actions: BTreeMap<String, Arc<dyn AnyAction<P::Client>>>,
}

impl<P: Provider> Server<P> {
    pub fn new() -> Self {
        Self {
            schema: P::schema(),
            resources: BTreeMap::new(),
            data_sources: BTreeMap::new(),
            functions: BTreeMap::new(),
            lists: BTreeMap::new(),
            actions: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn resource<R: Resource<P::Client>>(mut self) -> Self {
        self.resources.insert(
            type_name::<P>(R::NAME),
            Arc::new(ErasedResource::<R>::new::<P::Client>()),
        );
        self
    }

    /// Makes the objects of a resource something that can be looked for.
    #[must_use]
    pub fn list<R: List<P::Client>>(mut self) -> Self {
        self.lists.insert(
            type_name::<P>(R::NAME),
            Arc::new(ErasedList::<R>::new::<P::Client>()),
        );
        self
    }

    #[must_use]
    pub fn action<A: Action<P::Client>>(mut self) -> Self {
        self.actions.insert(
            type_name::<P>(A::NAME),
            Arc::new(ErasedAction::<A>::new::<P::Client>()),
        );
        self
    }

    #[must_use]
    pub fn data_source<D: DataSource<P::Client>>(mut self) -> Self {
        self.data_sources.insert(
            type_name::<P>(D::NAME),
            Arc::new(ErasedDataSource::<D>::new::<P::Client>()),
        );
        self
    }

    #[must_use]
    pub fn function<F: Function>(mut self) -> Self {
        self.functions
            .insert(F::NAME.to_owned(), Arc::new(ErasedFunction::<F>::new()));
        self
    }
}

/// For documentation generators and tests.
impl<P: Provider> Server<P> {
    pub fn provider_schema(&self) -> &Schema {
        &self.schema
    }

    /// Type names and schemas, in order of name.
    pub fn resource_schemas(&self) -> impl Iterator<Item = (&str, &Schema)> {
        self.resources
            .iter()
            .map(|(name, resource)| (name.as_str(), resource.schema()))
    }

    pub fn data_source_schemas(&self) -> impl Iterator<Item = (&str, &Schema)> {
        self.data_sources
            .iter()
            .map(|(name, source)| (name.as_str(), source.schema()))
    }

    /// What narrows a search, by resource.
    pub fn list_schemas(&self) -> impl Iterator<Item = (&str, &Schema)> {
        self.lists
            .iter()
            .map(|(name, list)| (name.as_str(), list.query()))
    }

    pub fn action_schemas(&self) -> impl Iterator<Item = (&str, &Schema)> {
        self.actions
            .iter()
            .map(|(name, action)| (name.as_str(), action.schema()))
    }

    pub fn function_signatures(&self) -> impl Iterator<Item = (&str, &Signature)> {
        self.functions
            .iter()
            .map(|(name, function)| (name.as_str(), function.signature()))
    }

    /// What Terraform would refuse in any of the schemas; a test of every provider asserts that
    /// there is nothing.
    pub fn problems(&self) -> Vec<String> {
        let all = [(P::NAME, &self.schema)]
            .into_iter()
            .chain(self.resource_schemas())
            .chain(self.data_source_schemas())
            .chain(self.list_schemas())
            .chain(self.action_schemas());
        all.flat_map(|(name, schema)| {
            schema
                .problems()
                .into_iter()
                .map(move |problem| format!("{name}: {problem}"))
        })
        .collect()
    }
}

/// For tests of providers, without Terraform: configuration and state are what serde makes of JSON.
impl<P: Provider> Server<P> {
    /// What `terraform validate` says about a resource.
    pub fn validate_resource(&self, type_name: &str, config: Dynamic) -> Diagnostics {
        let checked = self.resource_and(type_name, config, |resource, config| {
            Ok(resource.validate(&config))
        });
        checked.unwrap_or_else(|error| error)
    }

    /// What `terraform plan` shows for a resource: the state to come.
    pub fn plan_resource(
        &self,
        type_name: &str,
        client: &P::Client,
        prior: Option<&Dynamic>,
        config: Dynamic,
    ) -> Result<Dynamic, Diagnostics> {
        self.resource_and(type_name, config, |resource, config| {
            let conform = |prior: &Dynamic| {
                resource
                    .schema()
                    .object
                    .conform(prior.clone(), Missing::Refused)
            };
            let prior = prior.map(conform).transpose()?;
            Ok(resource.plan(client, prior.as_ref(), &config)?.state)
        })
    }

    fn resource_and<T>(
        &self,
        type_name: &str,
        config: Dynamic,
        action: impl FnOnce(&dyn AnyResource<P::Client>, Dynamic) -> Result<T, Diagnostics>,
    ) -> Result<T, Diagnostics> {
        let missing =
            || Diagnostic::error("Unknown resource type", format!("There is no {type_name}."));
        let resource = self.resources.get(type_name).ok_or_else(missing)?;
        let config = resource.schema().object.conform(config, Missing::Refused)?;
        action(resource.as_ref(), config)
    }
}

impl<P: Provider> Default for Server<P> {
    fn default() -> Self {
        Self::new()
    }
}

fn type_name<P: Provider>(name: &str) -> String {
    format!("{}_{name}", P::NAME)
}
