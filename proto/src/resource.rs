//! Resources: what Terraform creates, reads, updates and deletes.

use std::future::Future;

use serde_json::Value as Json;

use crate::call::Call;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::Model;
use crate::path::Path;
use crate::schema::Schema;

/// A managed resource of a provider with client `C`.
pub trait Resource<C: Send + Sync + 'static>: Send + Sync + 'static {
    /// One field per attribute and block of the schema.
    type Model: Model;

    /// The type name without the provider's: `jar` of `pantry_jar`.
    const NAME: &'static str;

    fn schema() -> Schema;

    /// Checks that concern more than one attribute. Pure; any value may be unknown.
    fn validate(config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Refines a plan: computes what follows from configuration, asks for replacement, warns. Pure
    /// and without I/O. Runs for every create and update, also when nothing seems to change; may
    /// run twice for one plan. Not for destroy.
    fn plan(client: &C, plan: &mut Plan<Self::Model>) -> Result<(), Diagnostics> {
        let _ = (client, plan);
        Ok(())
    }

    /// Makes the object. Every value of the answer must be known.
    fn create(
        call: &Call<C, Self::Model>,
        planned: Self::Model,
    ) -> impl Future<Output = Result<Self::Model, Diagnostics>> + Send;

    /// Looks at the object; `None` says that it is gone.
    fn read(
        call: &Call<C, Self::Model>,
        prior: Self::Model,
    ) -> impl Future<Output = Result<Option<Self::Model>, Diagnostics>> + Send;

    /// Changes the object in place. Every value of the answer must be known.
    fn update(
        call: &Call<C, Self::Model>,
        prior: Self::Model,
        planned: Self::Model,
    ) -> impl Future<Output = Result<Self::Model, Diagnostics>> + Send;

    /// Removes the object. An object that is already gone is a success.
    fn delete(
        call: &Call<C, Self::Model>,
        prior: Self::Model,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Finds what `terraform import` names. Terraform calls `read` afterwards, so what `read` needs
    /// is enough.
    fn import(
        call: &Call<C, Self::Model>,
        id: &str,
    ) -> impl Future<Output = Result<Self::Model, Diagnostics>> + Send {
        let _ = (call, id);
        async {
            let detail = "This resource type cannot be imported; create it with Terraform instead.";
            Err(Diagnostic::error("Import is not supported", detail).into())
        }
    }

    /// The id, as `import` takes it, of what these identifying attributes name; all others are null.
    fn id_of(identity: &Self::Model) -> Result<String, Diagnostics> {
        let _ = identity;
        let detail = "Import it by its id instead.";
        Err(Diagnostic::error("Import by identity is not supported", detail).into())
    }

    /// Turns state that an older version of the schema stored into today's form.
    fn upgrade(version: u64, state: Json) -> Result<Json, Diagnostics> {
        let _ = version;
        Ok(state)
    }

    /// Takes over the state of another resource type, for a `moved` block.
    fn adopt(source: Moved) -> Result<Json, Diagnostics> {
        let detail = format!(
            "State of {} cannot become state of this resource type: remove the moved block.",
            source.type_name
        );
        Err(Diagnostic::error("Move is not supported", detail).into())
    }
}

/// A plan in the making.
pub struct Plan<M> {
    /// What exists; none when it will be created.
    pub prior: Option<M>,
    /// What the user wrote.
    pub config: M,
    /// What will be: configuration, defaults, and unknown for what is computed. The hook may
    /// replace unknowns by values.
    pub planned: M,
    pub(crate) replace: Vec<Path>,
    pub(crate) warnings: Diagnostics,
}

impl<M> Plan<M> {
    pub fn is_create(&self) -> bool {
        self.prior.is_none()
    }

    /// The change of the value at this path needs a new object.
    pub fn replace(&mut self, path: Path) {
        self.replace.push(path);
    }

    pub fn warn(&mut self, diagnostic: Diagnostic) {
        self.warnings.push(diagnostic);
    }
}

/// Where a moved resource comes from.
#[derive(Clone)]
pub struct Moved {
    pub provider_address: String,
    pub type_name: String,
    pub schema_version: u64,
    pub state: Json,
}
