//! The provider's functions: what the catalogue tells of a log, where a configuration needs one value only.

use logenabler_catalog::{Home, Log, LogType, Resource, event_patterns};
use tfplugin::{Dynamic, Function, FunctionError, Parameter, Signature, Type};

use crate::validate;

/// `table_name`.
pub(crate) struct TableName;

/// `ddl`.
pub(crate) struct Ddl;

/// `event_pattern`.
pub(crate) struct EventPattern;

impl Function for TableName {
    const NAME: &'static str = "table_name";

    fn definition() -> Signature {
        let doc = "The name of the table that the hub's function makes when this log is turned on, unless a \
            `logenabler_table_schema` changes it. What people query: where there is a view it is the view's. An ARN of a bucket \
            says neither account nor region; where the name depends on them, give both behind it.";
        let signature = Signature::new("Name of a log's table", doc, Type::String);
        home(signature.parameter(log_type()).parameter(arn()))
    }

    fn call(arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError> {
        let log = log(&arguments, 0, 1, 2)?;
        let name = log.told_name().map_err(blame(1))?;
        Ok(name.into())
    }
}

impl Function for Ddl {
    const NAME: &'static str = "ddl";

    fn definition() -> Signature {
        let doc = "The statements that would create, in Athena, the table of a log in the log type's usual form and the view \
            over it, where there is one; no `logenabler_table_schema` is looked at. They are for reading: what you run yourself \
            is yours, and the hub's function leaves it as it is. An ARN of a bucket says neither account nor region: give both \
            behind it.";
        let signature = Signature::new("Statements that create a log's table", doc, Type::String)
            .parameter(log_type())
            .parameter(Parameter::new(
                "bucket",
                Type::String,
                "S3 bucket that the log is delivered to.",
            ))
            .parameter(Parameter::new(
                "prefix",
                Type::String,
                "Prefix in that bucket; may be empty.",
            ))
            .parameter(arn());
        home(signature)
    }

    fn call(arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError> {
        let log = log(&arguments, 0, 3, 4)?;
        let tables = log.tables_at(text(&arguments, 1), text(&arguments, 2));
        Ok(tables.map_err(blame(1))?.ddl().into())
    }
}

impl Function for EventPattern {
    const NAME: &'static str = "event_pattern";

    fn definition() -> Signature {
        let doc = "The EventBridge patterns, as JSON, that let through exactly the API calls which may change logs of these \
            types. Several come out where one would be longer than EventBridge allows: make a rule of each.";
        Signature::new("Event patterns of log types", doc, Type::list(Type::String)).parameter(
            Parameter::new("log_types", Type::set(Type::String), "Names of log types."),
        )
    }

    fn call(arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError> {
        let names = arguments
            .first()
            .and_then(Dynamic::as_list)
            .unwrap_or_default();
        let types: Vec<&LogType> = names
            .iter()
            .map(|name| validate::known_log_type(name.as_str().unwrap_or_default()))
            .collect::<Result<_, _>>()
            .map_err(blame(0))?;
        let patterns = event_patterns(&types);
        Ok(Dynamic::List(
            patterns.into_iter().map(Dynamic::from).collect(),
        ))
    }
}

fn log_type() -> Parameter {
    Parameter::new("log_type", Type::String, "Name of the log type.")
}

fn arn() -> Parameter {
    Parameter::new("resource_arn", Type::String, "ARN of what writes the log.")
}

fn home(signature: Signature) -> Signature {
    let doc = "Account and region of the resource, in this order, where its ARN does not say them.";
    signature.variadic(Parameter::new("home", Type::String, doc))
}

/// The log that the arguments at these places tell of.
fn log(
    arguments: &[Dynamic],
    log_type: usize,
    arn: usize,
    home: usize,
) -> Result<Log, FunctionError> {
    let of_type = validate::known_log_type(text(arguments, log_type)).map_err(blame(log_type))?;
    let told = arguments.len().saturating_sub(home);
    if !matches!(told, 0 | 2) {
        let reason = "Give account and region, both or none.".to_owned();
        return Err(blame(home)(reason));
    }
    let (account, region) = (text(arguments, home), text(arguments, home + 1));
    if told > 0 {
        validate::account_id(account).map_err(blame(home))?;
        validate::region(region).map_err(blame(home + 1))?;
    }
    let log = Log::of(of_type, text(arguments, arn), Home { account, region });
    let log = log.map_err(blame(arn))?;
    let Resource {
        account: its_account,
        region: its_region,
        ..
    } = &log.resource;
    if told > 0 && (account, region) != (its_account.as_str(), its_region.as_str()) {
        let reason = format!(
            "The resource is in {its_region} of account {its_account}. Leave account and region out."
        );
        return Err(blame(home)(reason));
    }
    Ok(log)
}

fn text(arguments: &[Dynamic], index: usize) -> &str {
    arguments
        .get(index)
        .and_then(Dynamic::as_str)
        .unwrap_or_default()
}

fn blame(argument: usize) -> impl Fn(String) -> FunctionError {
    move |reason| FunctionError::new(reason).argument(argument)
}
