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
    sample: include_str!("../../samples/cloudfront_standard_v2.log"),
};

/// Files are called by distribution and hour.
const FILES: Shared = Shared {
    files: "{id}.",
    rest: "[^/]*",
    column: None,
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

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    column("date", Date, "Day on which the request was answered (UTC)."),
    string("time", "Time of that day (UTC) as HH:mm:ss."),
    string("x_edge_location", "The edge location, such as FRA60-P3."),
    bigint("sc_bytes", "Bytes sent to the client, headers included."),
    string("c_ip", "Address of the client, or of the proxy before CloudFront."),
    string("cs_method", "HTTP method."),
    string("cs_host", "Domain name of the distribution, such as d111111abcdef8.cloudfront.net."),
    string("cs_uri_stem", "Path of the URL, URL-encoded."),
    int("sc_status", "Status code of the response, or 0 if the client was gone before."),
    string("cs_referer", "The Referer header, or -."),
    string("cs_user_agent", "The User-Agent header, URL-encoded."),
    string("cs_uri_query", "Query string of the URL, or -."),
    string("cs_cookie", "The Cookie header, or -."),
    string("x_edge_result_type", "How the response was classified after its last byte: Hit, RefreshHit, Miss, LimitExceeded, CapacityExceeded, Error or Redirect."),
    string("x_edge_request_id", "Id of the request; the same in the header X-Amz-Cf-Id."),
    string("x_host_header", "The Host header."),
    string("cs_protocol", "Protocol of the request: http, https, grpcs, ws or wss."),
    bigint("cs_bytes", "Bytes received from the client, headers included."),
    column("time_taken", Float, "Seconds from receiving the request to writing the response's last byte."),
    string("x_forwarded_for", "The X-Forwarded-For header, or -."),
    string("ssl_protocol", "Protocol version of the TLS connection, or - without TLS."),
    string("ssl_cipher", "Cipher of the TLS connection, or - without TLS."),
    string("x_edge_response_result_type", "How the response was classified just before it was sent."),
    string("cs_protocol_version", "HTTP version of the request, such as HTTP/2.0."),
    string("fle_status", "Outcome of field-level encryption, or - if it is not used."),
    int("fle_encrypted_fields", "How many fields were encrypted; NULL if field-level encryption is not used."),
    int("c_port", "Port of the client."),
    column("time_to_first_byte", Float, "Seconds from receiving the request to writing the response's first byte."),
    string("x_edge_detailed_result_type", "More about the result where it is an error, else the same as x_edge_result_type."),
    string("sc_content_type", "The response's Content-Type header, or -."),
    bigint("sc_content_len", "The response's Content-Length header; NULL if it had none."),
    bigint("sc_range_start", "First byte of the range that the response holds; NULL if it holds all."),
    bigint("sc_range_end", "Last byte of that range."),
    string("c_country", "Country of the client by its address, as two letters."),
    string("cache_behavior_path_pattern", "Path pattern of the cache behavior that matched."),
];

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
