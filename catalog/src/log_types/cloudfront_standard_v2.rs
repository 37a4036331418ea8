//! CloudFront standard logs of the second kind, which CloudWatch Logs delivers. A distribution's owner chooses fields, format and
//! folders; what is here is what nobody has to choose. `-` stands for absent, and whatever a client wrote is URL-encoded.

use std::borrow::Cow;

use crate::column::Type::{Date, Float};
use crate::column::{Column, Time, bigint, column, double, int, string, time};
use crate::delimited::Delimited;
use crate::distribution::DeliveredDistribution;
use crate::format::Format;
use crate::layout::{Layout, Shared};
use crate::log_type::{LogType, Scope};
use crate::log_types::cloudfront_standard::{columns_of_requests, questions_of_requests};
use crate::question::Question;
use crate::vended::{Path, Vended};

pub(super) static CLOUDFRONT_STANDARD_V2: LogType = LogType {
    name: "cloudfront_standard_v2",
    title: "CloudFront standard log (v2)",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html",
    doc: "One record for each request that a CloudFront distribution answered, as CloudWatch Logs delivers it. Fields, format and \
          folders are the owner's choice, and the table has what the delivery says: its fields in their order, as plain, w3c, \
          json or parquet, and its suffix path as partitions. In json and parquet the table's columns are strings; where \
          distributions share a folder, the view over it has types. Delivered within an hour, some up to a day later, best \
          effort. Times are UTC. Files of w3c begin with the names of their fields, and where there is a second such line it \
          is a row without a date.",
    schema_version: "1",
    database: "cloudfront_v2_access_logs_db",
    table_prefix: "cloudfront_v2_",
    scope: Scope::Global,
    settings: &DeliveredDistribution,
    vended: Some(Vended {
        service: "cloudfront",
        log_type: "ACCESS_LOGS",
        fields: FIELDS,
        typed: false,
        columns: OTHERS,
        path: Path {
            folder: "AWSLogs/{account-id}/CloudFront",
            folder_is_told: true,
            suffix: "",
            resource: &["DistributionId", "distributionid"],
        },
        shared: Some(FILES),
    }),
    layout: Layout::flat("AWSLogs/{account}/CloudFront/").shared(FILES),
    format: Format::Delimited(Delimited {
        separator: '\t',
        header_lines: 1,
        columns: Cow::Borrowed(COLUMNS),
    }),
    questions: questions_of_requests!(),
    sample: include_str!("../../samples/cloudfront_standard_v2.log"),
};

/// Files are called by distribution and hour.
const FILES: Shared = Shared {
    files: "{id}.",
    rest: "[^/]*",
    columns: &[],
};

#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status",
    "cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id",
    "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher",
    "x-edge-response-result-type", "cs-protocol-version", "fle-status", "fle-encrypted-fields", "c-port",
    "time-to-first-byte", "x-edge-detailed-result-type", "sc-content-type", "sc-content-len", "sc-range-start",
    "sc-range-end", "c-country", "cache-behavior-path-pattern",
];

const COLUMNS: &[Column] = columns_of_requests!(
    "cs_referer",
    string(
        "c_country",
        "Country of the client by its address, as two letters."
    ),
    string(
        "cache_behavior_path_pattern",
        "Path pattern of the cache behavior that matched."
    )
);

/// The fields that have to be chosen.
#[rustfmt::skip]
const OTHERS: &[Column] = &[
    time("timestamp", Time::Epoch, "When the response was sent, in seconds since 1970."),
    time("timestamp_ms", Time::Millis, "When the response was sent, in milliseconds since 1970."),
    double("origin_fbl", "Seconds from asking the origin to the first byte of its answer."),
    double("origin_lbl", "Seconds from asking the origin to the last byte of its answer."),
    string("asn", "Number of the client's autonomous system."),
    string("distribution_tenant_id", "Id of the distribution tenant, or -."),
    string("connection_id", "Id of the TLS connection; the same in the connection log."),
    string("viewer_request_log_data", "What a function wrote into the log at the viewer's request, or -."),
    string("viewer_response_log_data", "What a function wrote into the log at the viewer's response, or -."),
    string("cmcd_encoded_bitrate", "CMCD br: bit rate of the media object, in kbit/s, or -."),
    string("cmcd_buffer_length", "CMCD bl: milliseconds in the player's buffer, or -."),
    string("cmcd_buffer_starvation", "CMCD bs: whether the buffer ran empty since the last request, or -."),
    string("cmcd_content_id", "CMCD cid: id of the content, or -."),
    string("cmcd_object_duration", "CMCD d: milliseconds that the media object plays, or -."),
    string("cmcd_deadline", "CMCD dl: milliseconds until the first sample is needed, or -."),
    string("cmcd_measured_throughput", "CMCD mtp: throughput that the player measured, in kbit/s, or -."),
    string("cmcd_next_object_request", "CMCD nor: path of the next object, URL-encoded, or -."),
    string("cmcd_next_range_request", "CMCD nrr: byte range of the next request, or -."),
    string("cmcd_object_type", "CMCD ot: kind of the media object, or -."),
    string("cmcd_playback_rate", "CMCD pr: 1 in real time, 2 at double speed, 0 if paused, or -."),
    string("cmcd_requested_maximum_throughput", "CMCD rtp: throughput that the player asks for, in kbit/s, or -."),
    string("cmcd_streaming_format", "CMCD sf: format of the stream, or -."),
    string("cmcd_session_id", "CMCD sid: id of the playback session, or -."),
    string("cmcd_stream_type", "CMCD st: v if all segments are known, l if it is live, or -."),
    string("cmcd_startup", "CMCD su: whether the object is needed at once, or -."),
    string("cmcd_top_bitrate", "CMCD tb: highest bit rate that the player may use, in kbit/s, or -."),
    string("cmcd_version", "CMCD v: version of CMCD, or -."),
    string("s_ip", "Address of the CloudFront server."),
    string("primary_distribution_id", "With continuous deployment, id of the primary distribution, or -."),
    string("primary_distribution_dns_name", "With continuous deployment, domain name of the primary distribution, or -."),
    string("r_host", "Domain name of the origin that was asked, or -."),
    string("sr_reason", "Why that origin was chosen, or -."),
    string("x_edge_mqcs", "Quality score of the media, or -."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chosen::column_name;

    #[test]
    fn the_usual_fields_are_the_usual_columns() {
        let names: Vec<_> = FIELDS.iter().map(|field| column_name(field)).collect();
        let columns: Vec<_> = COLUMNS.iter().map(|column| column.name.as_ref()).collect();
        assert_eq!(names, columns);
    }

    #[test]
    fn each_field_is_there_once() {
        let mut names: Vec<_> = COLUMNS
            .iter()
            .chain(OTHERS)
            .map(|column| &column.name)
            .collect();
        assert_eq!(names.len(), 68);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 68);
    }
}
