//! CloudFront standard logs, the older ones that lie side by side in one folder. Fields are separated by tabs, `-` stands for
//! absent, and whatever a client wrote is URL-encoded. Two header lines top each file. Fields were only ever appended.

use std::borrow::Cow;

use crate::column::Type::{Date, Float};
use crate::column::{Column, bigint, column, int, string};
use crate::delimited::Delimited;
use crate::distribution::DistributionLog;
use crate::format::Format;
use crate::layout::{Layout, Shared};
use crate::log_type::{LogType, Scope};
use crate::question::Question;

/// What people ask of requests: of all that a query reads, or of those only for which that holds.
macro_rules! questions_of_requests {
    ($($only:literal)?) => {
        &[
            Question {
                name: "Top clients",
                doc: "The clients with the most requests, and what was sent to them.",
                by: &["{c_ip}"],
                counts: &["count(*) AS requests", "sum({sc_bytes}) AS total_sent_bytes"],
                only: &[$($only)?],
                first: "requests DESC",
            },
            Question {
                name: "Errors by hour",
                doc: "How many requests ended in an error, hour by hour.",
                by: &["{date}", "substr({time}, 1, 2) AS hour", "{sc_status}"],
                counts: &["count(*) AS requests"],
                only: &["{sc_status} >= 400", $($only)?],
                first: "date DESC, hour DESC, requests DESC",
            },
            Question {
                name: "Cache misses by path",
                doc: "The paths that went to the origin most, and how many bytes of them.",
                by: &["{cs_uri_stem}"],
                counts: &["count(*) AS requests", "sum({sc_bytes}) AS total_sent_bytes"],
                only: &["{x_edge_result_type} = 'Miss'", $($only)?],
                first: "requests DESC",
            },
            Question {
                name: "Slowest paths",
                doc: "How long requests took: half of them, and all but one in a hundred.",
                by: &["{cs_uri_stem}"],
                counts: &["count(*) AS requests", "approx_percentile({time_taken}, 0.5) AS median_seconds", "approx_percentile({time_taken}, 0.99) AS p99_seconds"],
                only: &[$($only)?],
                first: "p99_seconds DESC",
            },
        ]
    };
}
pub(super) use questions_of_requests;

pub(super) static CLOUDFRONT_STANDARD: LogType = LogType {
    name: "cloudfront_standard",
    title: "CloudFront standard log",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html",
    doc: "One record for each request that a CloudFront distribution answered. Delivered within an hour, some up to a day \
          later, best effort. Times are UTC. All files lie side by side in the folder that the distribution's prefix names, \
          so there is no partition and a query reads the whole folder: WHERE \"date\" narrows the rows, not what is read. \
          Real-time logs, which go to Kinesis, have no table. Files of the years before 2019 have fewer columns; what they \
          lack is NULL.",
    schema_version: "1",
    database: "cloudfront_access_logs_db",
    table_prefix: "cloudfront_",
    scope: Scope::Global,
    settings: &DistributionLog,
    vended: None,
    layout: Layout::flat("").shared(Shared {
        files: "{id}.",
        rest: "[^/]*",
        columns: &[],
    }),
    format: Format::Delimited(Delimited {
        separator: '\t',
        header_lines: 2,
        columns: Cow::Borrowed(COLUMNS),
    }),
    // The rows of a day, at least: all files have to be read for them.
    questions: questions_of_requests!("{date} >= current_date - interval '1' day"),
    sample: include_str!("../../samples/cloudfront_standard.log"),
};

/// The columns of a request, which both kinds of CloudFront's logs have in this order: with their own name of the Referer header
/// and, behind these, what one of them has more.
macro_rules! columns_of_requests {
    ($referer:literal $(, $more:expr)*) => {
        &[
            column("date", Date, "Day on which the request was answered (UTC)."),
            string("time", "Time of that day (UTC) as HH:mm:ss."),
            string("x_edge_location", "The edge location, such as FRA60-P3."),
            bigint("sc_bytes", "Bytes sent to the client, headers included."),
            string("c_ip", "Address of the client, or of the proxy before CloudFront."),
            string("cs_method", "HTTP method."),
            string("cs_host", "Domain name of the distribution, such as d111111abcdef8.cloudfront.net."),
            string("cs_uri_stem", "Path of the URL, URL-encoded."),
            int("sc_status", "Status code of the response, or 0 if the client was gone before."),
            string($referer, "The Referer header, or -."),
            string("cs_user_agent", "The User-Agent header, URL-encoded."),
            string("cs_uri_query", "Query string of the URL, or -."),
            string("cs_cookie", "The Cookie header if cookies are logged, or -."),
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
            $($more),*
        ]
    };
}
pub(super) use columns_of_requests;

const COLUMNS: &[Column] = columns_of_requests!("cs_referrer");
