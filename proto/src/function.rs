//! Functions: pure computations that configurations call as `provider::pantry::label("x")`.

use crate::dynamic::Dynamic;
use crate::schema::Type;

/// A function of a provider.
pub trait Function: Send + Sync + 'static {
    const NAME: &'static str;

    fn definition() -> Signature;

    /// Computes the result. Arguments have the types of the definition; those of the variadic
    /// parameter come last.
    fn call(arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError>;
}

/// What a function takes and gives.
#[derive(Clone, Debug)]
pub struct Signature {
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) variadic: Option<Parameter>,
    pub(crate) returns: Type,
}

impl Signature {
    /// `summary` is one line, `description` Markdown.
    pub fn new(summary: &str, description: &str, returns: Type) -> Self {
        Self {
            summary: summary.to_owned(),
            description: description.to_owned(),
            parameters: Vec::new(),
            variadic: None,
            returns,
        }
    }

    #[must_use]
    pub fn parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// A last parameter that may be given any number of times.
    #[must_use]
    pub fn variadic(mut self, parameter: Parameter) -> Self {
        self.variadic = Some(parameter);
        self
    }

    pub fn summary(&self) -> &str {
        &self.summary
    }

    pub fn description(&self) -> &str {
        &self.description
    }

    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    pub fn variadic_parameter(&self) -> Option<&Parameter> {
        self.variadic.as_ref()
    }

    pub fn returns(&self) -> &Type {
        &self.returns
    }
}

/// One parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) doc: String,
    pub(crate) null: bool,
    pub(crate) unknown: bool,
}

impl Parameter {
    pub fn new(name: &str, ty: Type, doc: &str) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            doc: doc.to_owned(),
            null: false,
            unknown: false,
        }
    }

    /// Null may be given; otherwise Terraform refuses it.
    #[must_use]
    pub fn allow_null(mut self) -> Self {
        self.null = true;
        self
    }

    /// Unknown may be given; otherwise Terraform does not call the function and takes the result
    /// for unknown.
    #[must_use]
    pub fn allow_unknown(mut self) -> Self {
        self.unknown = true;
        self
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn ty(&self) -> &Type {
        &self.ty
    }

    pub fn doc(&self) -> &str {
        &self.doc
    }
}

/// Why a function has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    pub(crate) text: String,
    pub(crate) argument: Option<usize>,
}

impl FunctionError {
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            argument: None,
        }
    }

    /// Blames one argument, counted from 0.
    #[must_use]
    pub fn argument(mut self, index: usize) -> Self {
        self.argument = Some(index);
        self
    }
}
