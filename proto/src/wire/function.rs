//! Calls about functions.

use std::collections::HashMap;

use super::service::Service;
use super::tfplugin6::{self as pb, call_function, get_functions};
use super::{schema, value};
use crate::dynamic::Dynamic;
use crate::function::FunctionError;
use crate::provider::Provider;

impl<P: Provider> Service<P> {
    pub(super) fn functions(&self) -> HashMap<String, pb::Function> {
        let signatures = self.server.function_signatures();
        signatures
            .map(|(name, signature)| (name.to_owned(), schema::function(signature)))
            .collect()
    }

    pub(super) fn function_list(&self) -> get_functions::Response {
        get_functions::Response {
            functions: self.functions(),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn call(&self, request: &call_function::Request) -> call_function::Response {
        match self.try_call(request) {
            Ok(result) => call_function::Response {
                result: Some(value::encode(&result)),
                error: None,
            },
            Err(error) => call_function::Response {
                result: None,
                error: Some(encode(error)),
            },
        }
    }

    fn try_call(&self, request: &call_function::Request) -> Result<Dynamic, FunctionError> {
        let function = self.server.functions.get(&request.name);
        let function = function
            .ok_or_else(|| FunctionError::new(format!("There is no function {}.", request.name)))?;
        let argument = |(index, argument)| {
            value::decode_untyped(Some(argument))
                .map_err(|error| FunctionError::new(error.detail()).argument(index))
        };
        function.call(
            request
                .arguments
                .iter()
                .enumerate()
                .map(argument)
                .collect::<Result<_, _>>()?,
        )
    }
}

fn encode(error: FunctionError) -> pb::FunctionError {
    let argument = error.argument.and_then(|index| i64::try_from(index).ok());
    pb::FunctionError {
        text: error.text,
        function_argument: argument,
    }
}
