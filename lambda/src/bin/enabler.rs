//! The function `enabler`. Lambda starts it; run by hand, it explains an event without asking AWS anything.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs, io::Write, process::ExitCode};

use aws_config::{BehaviorVersion, timeout::TimeoutConfig};
use lambda_runtime::{Diagnostic, Error, LambdaEvent, service_fn};
use logenabler_lambda::{
    Aws, CloudError, Config, Function, Ledger, Means, Report, Run, Schemas, explain, handle,
};
use serde_json::value::RawValue;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{filter::Targets, prelude::*};

const USAGE: &str = "This is the function that Lambda runs. By hand, it explains an event:\n\n    enabler explain event.json\n";
/// `EX_USAGE` of sysexits.h.
const MISUSED: u8 = 64;
/// One answer that never comes must not use up the function's own time, or nothing would be logged about it.
const CALL_TIMEOUT: Duration = Duration::from_secs(20);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(8);
/// The module of the runtime that logs the errors and panics it is given; a panic is on stderr before.
const SAYS_FAILURES_AGAIN: &str = "lambda_runtime::layers::panic";

/// One thread: a run waits for AWS, and has a fraction of a processor.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Error> {
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => return Ok(misused(&format!("Invalid configuration: {error}.\n"))),
    };
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["explain", path] => Ok(explain_file(path)),
        [] if config.in_lambda => serve(config).await.map(|()| ExitCode::SUCCESS),
        _ => Ok(misused(USAGE)),
    }
}

async fn serve(config: Config) -> Result<(), Error> {
    log_from(&config);
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(CALL_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT);
    let sdk = aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts.build());
    let name = config.function_name.clone().unwrap_or_default();
    let (function, means) = set_up(config);
    let aws = Aws::new(sdk.load().await, means);
    let (aws, function, name) = (&aws, &function, &name);
    lambda_runtime::run(service_fn(
        async move |event: LambdaEvent<Box<RawValue>>| -> Result<Report, Diagnostic> {
            let run = Run {
                payload: event.payload.get(),
                account: account(&event.context.invoked_function_arn),
                trace_id: event.context.xray_trace_id.as_deref(),
                ends: ends(event.context.deadline),
            };
            let ledger = Ledger::default();
            let report = handle(aws, function, &run, &ledger).await;
            ledger
                .lines(name)
                .iter()
                .for_each(|line| said(&format!("{line}\n")));
            report.map_err(failed)
        },
    ))
    .await
}

/// What the function is to do, and with which means.
fn set_up(config: Config) -> (Function, Means) {
    let function = Function {
        workgroup: config.workgroup(),
        schemas: Schemas::new(config.schema_database),
        filter: config.filter,
        event_bus_arn: config.event_bus_arn,
        topic_arn: config.topic_arn,
        readers: config.readers,
        drift_watch: config.drift_watch,
    };
    let means = Means {
        function: config.function_name,
        external_id: config.external_id,
        dry_run: config.dry_run,
    };
    (function, means)
}

/// When Lambda ends the run, which it says in milliseconds since 1970.
fn ends(deadline: u64) -> Instant {
    let deadline = UNIX_EPOCH + Duration::from_millis(deadline);
    let left = deadline.duration_since(SystemTime::now());
    Instant::now() + left.unwrap_or_default()
}

/// Lines of JSON, unless Lambda is told to want plain ones. Why an event failed is said where it is known what it was about; the
/// runtime would only say it again.
fn log_from(config: &Config) {
    let said_once = Targets::new()
        .with_default(config.log_level)
        .with_target(SAYS_FAILURES_AGAIN, LevelFilter::OFF);
    let lines = tracing_subscriber::fmt::layer().with_target(false);
    let registry = tracing_subscriber::registry();
    if config.plain_log {
        let plain = lines.with_ansi(false).without_time();
        return registry.with(plain.with_filter(said_once)).init();
    }
    let json = lines
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false);
    registry.with(json.with_filter(said_once)).init();
}

/// Of an ARN; what starts the function by hand may have none.
fn account(arn: &str) -> Option<&str> {
    arn.starts_with("arn:")
        .then(|| arn.split(':').nth(4))
        .flatten()
}

fn failed(error: CloudError) -> Diagnostic {
    Diagnostic {
        error_type: "AwsCallFailed".to_owned(),
        error_message: error.to_string(),
    }
}

fn explain_file(path: &str) -> ExitCode {
    let read = fs::read(path).map_err(|error| format!("{path} cannot be read: {error}.\n"));
    let event = read.and_then(|bytes| {
        serde_json::from_slice(&bytes).map_err(|error| format!("{path} is not JSON: {error}.\n"))
    });
    match event {
        Ok(event) => {
            said(&explain(&event));
            ExitCode::SUCCESS
        }
        Err(reason) => misused(&reason),
    }
}

/// A reader that closes its end early is no failure of ours.
fn said(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn misused(reason: &str) -> ExitCode {
    let _ = std::io::stderr().write_all(reason.as_bytes());
    ExitCode::from(MISUSED)
}
