//! Calls about data sources.

use super::service::Service;
use super::tfplugin6::{read_data_source, validate_data_resource_config};
use super::value;
use crate::diagnostics::Diagnostics;
use crate::erased::Outcome;
use crate::provider::Provider;

impl<P: Provider> Service<P> {
    pub(super) fn validate_data_source(
        &self,
        request: &validate_data_resource_config::Request,
    ) -> validate_data_resource_config::Response {
        let found = self.data_source(&request.type_name).and_then(|source| {
            let config = value::decode(&source.schema().object, request.config.as_ref())?;
            Ok(source.validate(&config))
        });
        validate_data_resource_config::Response {
            diagnostics: value::diagnostics(found.unwrap_or_else(|error| error)),
        }
    }

    pub(super) async fn read_data(
        &self,
        request: read_data_source::Request,
    ) -> read_data_source::Response {
        let (state, diagnostics) = match self.try_read_data(&request).await {
            Ok(outcome) => (Some(value::encode(&outcome.state)), outcome.diagnostics),
            Err(reasons) => (None, reasons),
        };
        read_data_source::Response {
            state,
            diagnostics: value::diagnostics(diagnostics),
            deferred: None,
        }
    }

    async fn try_read_data(
        &self,
        request: &read_data_source::Request,
    ) -> Result<Outcome, Diagnostics> {
        let source = self.data_source(&request.type_name)?;
        let config = value::decode(&source.schema().object, request.config.as_ref())?;
        Ok(source.read(self.context()?, config).await)
    }
}
