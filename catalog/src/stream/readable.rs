//! Whether Athena can read what a stream writes as the service's own records, one a line.

use crate::look_up::{items, text};
use serde_json::Value;

/// Whether a service ends each record in a line break when it hands it to a stream, which by itself adds none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Records {
    Lines,
    /// Not, as far as is known: of records on one line Athena would read the first alone.
    RunTogether,
}

/// By which Athena tells how a file is compressed.
const ENDINGS: [&str; 7] = [".gz", ".bz2", ".deflate", ".lz4", ".snappy", ".zip", ".zst"];

/// What the stream does, and what helps.
pub(super) fn fault(s3: &Value, records: Records) -> Option<(&'static str, &'static str)> {
    // Unless it is said to be off, a conversion is on.
    let conversion = s3.get("DataFormatConversionConfiguration");
    if conversion.is_some_and(|it| it.is_object() && it.get("Enabled") != Some(&Value::Bool(false)))
    {
        return Some((
            "converts it to the columns of a Glue table of yours",
            "Query that table, or turn the conversion off",
        ));
    }
    if !is_told_by_ending(text(s3, "/CompressionFormat"), text(s3, "/FileExtension")) {
        return Some((
            "compresses its files, or ends their names, in a way that Athena cannot read",
            "Let it use GZIP with the ending .gz, or no compression and no such ending",
        ));
    }
    let processing = s3.pointer("/ProcessingConfiguration/Enabled");
    let processors = match processing == Some(&Value::Bool(true)) {
        true => items(s3, "/ProcessingConfiguration/Processors"),
        false => &[],
    };
    processed(processors, records)
}

fn is_told_by_ending(compression: &str, ending: &str) -> bool {
    let ending = ending.to_ascii_lowercase();
    match compression {
        "" | "UNCOMPRESSED" => !ENDINGS.iter().any(|known| ending.ends_with(known)),
        "GZIP" => ending.is_empty() || ending.ends_with(".gz"),
        _ => false,
    }
}

/// A function may make anything of a record, and a table with the columns of what came in would be wrong without a word.
fn processed(processors: &[Value], records: Records) -> Option<(&'static str, &'static str)> {
    let kinds = || processors.iter().map(|processor| text(processor, "/Type"));
    let harmless = [
        "AppendDelimiterToRecord",
        "MetadataExtraction",
        "RecordDeAggregation",
    ];
    if kinds().any(|kind| !harmless.contains(&kind)) {
        return Some((
            "changes its records",
            "Let it deliver them as they come, without a function that transforms them",
        ));
    }
    let whole = records == Records::Lines && kinds().all(|kind| kind != "RecordDeAggregation");
    if whole || processors.iter().any(ends_lines) {
        return None;
    }
    Some((
        "puts its records on one line, behind each other",
        "Turn on the stream's new line delimiter",
    ))
}

/// The delimiter is a line break if no other is given; it is written as a backslash and an n.
fn ends_lines(processor: &Value) -> bool {
    let is_delimiter = |parameter: &&Value| text(parameter, "/ParameterName") == "Delimiter";
    let given = items(processor, "/Parameters").iter().find(is_delimiter);
    let delimiter = given.map_or("\n", |parameter| text(parameter, "/ParameterValue"));
    text(processor, "/Type") == "AppendDelimiterToRecord" && matches!(delimiter, "\n" | "\\n")
}
