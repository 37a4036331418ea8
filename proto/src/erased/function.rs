//! A function behind values instead of types.

use std::marker::PhantomData;

use crate::dynamic::Dynamic;
use crate::function::{Function, FunctionError, Parameter, Signature};
use crate::panics;

pub(crate) trait AnyFunction: Send + Sync {
    fn signature(&self) -> &Signature;
    fn call(&self, arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError>;
}

pub(crate) struct ErasedFunction<F> {
    signature: Signature,
    of: PhantomData<fn() -> F>,
}

impl<F: Function> ErasedFunction<F> {
    pub(crate) fn new() -> Self {
        Self {
            signature: F::definition(),
            of: PhantomData,
        }
    }

    /// The parameter that an argument belongs to; the variadic one takes all that are left.
    fn parameter(&self, index: usize) -> Option<&Parameter> {
        self.signature
            .parameters
            .get(index)
            .or(self.signature.variadic.as_ref())
    }

    fn typed(&self, index: usize, argument: Dynamic) -> Result<Dynamic, FunctionError> {
        let parameter = self
            .parameter(index)
            .ok_or_else(|| FunctionError::new("There are too many arguments."))?;
        parameter
            .ty
            .conform(argument)
            .map_err(|error| FunctionError::new(error.detail()).argument(index))
    }
}

impl<F: Function> AnyFunction for ErasedFunction<F> {
    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn call(&self, arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError> {
        if arguments.len() < self.signature.parameters.len() {
            return Err(FunctionError::new("There are too few arguments."));
        }
        let typed = |(index, argument)| self.typed(index, argument);
        let arguments = arguments
            .into_iter()
            .enumerate()
            .map(typed)
            .collect::<Result<_, _>>()?;
        let result = panics::caught(|| F::call(arguments)).map_err(|panic| bug(&panic))??;
        self.signature
            .returns
            .conform(result)
            .map_err(|error| FunctionError::new(error.detail()))
    }
}

fn bug(panic: &crate::diagnostics::Diagnostics) -> FunctionError {
    FunctionError::new(
        panic
            .iter()
            .map(|diagnostic| diagnostic.detail.as_str())
            .collect::<String>(),
    )
}
