//! S3 server access logs. Fields are separated by spaces, `-` stands for absent. The time is in brackets; what a client sent is in
//! quotes, and its own quotes are not escaped. New fields are only ever appended: those since 2006 are listed in the groups
//! in which they came.

use crate::bucket::{BucketLog, OWN_FILES};
use crate::column::{Column, Time, Type, bigint, column, int, string, time};
use crate::format::Format;
use crate::kind::Kind::{Bracketed, MaybeClientText, Number, Version, Word};
use crate::layout::{Held, Layout, Projection, Shared};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::tokens::Field::One;
use crate::tokens::{Field, Tokens};
use crate::vended::{Path, Vended};

pub(super) static S3_ACCESS: LogType = LogType {
    name: "s3_access",
    title: "S3 server access log",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html",
    doc: "One record for each request that a bucket got, best effort and within hours. What clients sent, the URL and the two \
          headers, is not escaped. With date-based partitioning the files of a bucket lie in folders of their own, by day \
          of delivery or of the event, as the bucket's owner chose. Without, all files lie side by side, those of other \
          buckets with the same target among them: there are no partitions, and every query reads the whole folder.",
    schema_version: "1",
    database: "s3_access_logs_db",
    table_prefix: "s3_",
    scope: Scope::Regional,
    settings: &BucketLog,
    vended: Some(VENDED),
    layout: Layout::dated(
        "{account}/{region}/{name}/",
        "${day}",
        Projection {
            key: string(
                "day",
                "Day of delivery or of the event (UTC) as yyyy/MM/dd; name it in every query to read that day's folder only.",
            ),
            format: "yyyy/MM/dd",
            since: "2023/11/01",
            unit: "DAYS",
        },
    )
    .shared(OWN_FILES),
    format: Format::Tokens(TOKENS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/s3_access.log"),
};

const VENDED: Vended = Vended {
    service: "s3",
    log_type: "S3_SERVER_ACCESS_LOGS",
    fields: FIELDS,
    typed: true,
    columns: DELIVERED,
    path: Path {
        folder: "AWSLogs/{account-id}/s3",
        folder_is_told: false,
        suffix: "{region}/{yyyy}/{MM}/{dd}",
        resource: &[],
    },
    shared: Some(Shared {
        files: "",
        rest: "[^/]*",
        columns: &[("bucket_name", Held::Value("{name}"))],
    }),
};

#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "schema_version_id", "bucket_arn", "bucket_name", "request_time", "bucket_owner_id", "remote_ip", "requester",
    "request_id", "operation", "key_name", "request_uri", "http_status", "error_code", "bytes_sent_size",
    "object_size", "total_duration", "turn_around_duration", "referer", "user_agent", "version_id", "host_id",
    "signature_version", "cipher_suite", "authentication_type", "host_header", "tls_version", "access_point_arn",
    "acl_required", "source_region",
];

/// Where a field is not what the usual format makes of it.
#[rustfmt::skip]
const DELIVERED: &[Column] = &[
    string("schema_version_id", "Version of the record's fields, such as V_1_0."),
    string("bucket_arn", "ARN of the bucket."),
    time("request_time", Time::Iso, "When the request was received (ISO 8601, UTC)."),
    string("bucket_owner_id", "Canonical user id of the bucket's owner."),
    string("remote_ip", "Address of the client, or of the proxy before S3."),
    string("request_id", "Id of the request."),
    string("key_name", "Key of the object."),
    int("http_status", "Status code of the response."),
    string("error_code", "S3's code of the error, such as NoSuchKey."),
    bigint("bytes_sent_size", "Bytes of the response without headers."),
    bigint("object_size", "Bytes of the object."),
    bigint("total_duration", "Milliseconds from receiving the request to sending the response's last byte."),
    bigint("turn_around_duration", "Milliseconds that S3 worked: from the request's last byte to the response's first."),
    string("referer", "The Referer header."),
    string("user_agent", "The User-Agent header."),
    string("version_id", "Version of the object that was asked for."),
    string("host_id", "S3's extended request id."),
    string("signature_version", "Version of the signature: SigV2 or SigV4."),
    string("cipher_suite", "Cipher of the TLS connection."),
    string("authentication_type", "How the request was signed: AuthHeader or QueryString (a presigned URL)."),
    string("host_header", "Host name that the request was sent to."),
    string("tls_version", "Protocol version of the TLS connection, such as TLSv1.2."),
    string("access_point_arn", "ARN of the access point that was used."),
    column("acl_required", Type::Boolean, "Whether an ACL was needed to authorize the request."),
    string("source_region", "Region that the request came from."),
];

const TOKENS: Tokens = Tokens {
    fixed: FIXED,
    appended: APPENDED,
};

#[rustfmt::skip]
const FIXED: &[Field] = &[
    One(Word, string("bucketowner", "Canonical user id of the bucket's owner.")),
    One(Word, string("bucket_name", "The bucket.")),
    One(Bracketed, time("requestdatetime", Time::Clf, "When the request was received (UTC), as 31/Jan/2024:23:59:59 +0000.")),
    One(Word, string("remoteip", "Address of the client, or of the proxy before S3, or - if S3 itself acted.")),
    One(Word, string("requester", "Canonical user id, ARN or service that asked, or - if it was not authenticated.")),
    One(Word, string("requestid", "Id of the request.")),
    One(Word, string("operation", "The operation, such as REST.GET.OBJECT, WEBSITE.GET.OBJECT, BATCH.DELETE.OBJECT or S3.EXPIRE.OBJECT.")),
    One(Word, string("key", "Key of the object, URL-encoded (twice, mostly), or - if the operation is on the bucket.")),
    One(MaybeClientText, string("request_uri", "First line of the request as the client sent it: method, path and HTTP version; - if there was none.")),
    One(Number, string("httpstatus", "Status code of the response, or -.")),
    One(Word, string("errorcode", "S3's code of the error, such as NoSuchKey, or - if there was none.")),
    One(Number, bigint("bytessent", "Bytes of the response without headers; NULL if there were none.")),
    One(Number, bigint("objectsize", "Bytes of the object; NULL where there is none.")),
    One(Number, bigint("totaltime", "Milliseconds from receiving the request to sending the response's last byte.")),
    One(Number, bigint("turnaroundtime", "Milliseconds that S3 worked: from the request's last byte to the response's first.")),
    One(MaybeClientText, string("referrer", "The Referer header, or -.")),
    One(MaybeClientText, string("useragent", "The User-Agent header, or -.")),
];

#[rustfmt::skip]
const APPENDED: &[&[Field]] = &[
    &[
        One(Word, string("versionid", "Version of the object that was asked for, or -.")),
    ],
    &[
        One(Word, string("hostid", "S3's extended request id.")),
        One(Version, string("sigv", "Version of the signature: SigV2 or SigV4, or - if the request was not signed.")),
        One(Word, string("ciphersuite", "Cipher of the TLS connection, or - without TLS.")),
        One(Word, string("authtype", "How the request was signed: AuthHeader, QueryString (a presigned URL), or - if it was not.")),
        One(Word, string("endpoint", "Host name that the request was sent to.")),
        One(Version, string("tlsversion", "Protocol version of the TLS connection, such as TLSv1.2, or - without TLS.")),
    ],
    &[
        One(Word, string("accesspointarn", "ARN of the access point that was used, or -.")),
    ],
    &[
        One(Word, string("aclrequired", "Yes if an ACL was needed to authorize the request, else -.")),
    ],
    &[
        One(Word, string("sourceregion", "Region that the request came from, or - if that is not known.")),
    ],
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "Who deletes",
        doc: "Who removed objects, how many, and when last.",
        by: &["{requester}", "{bucket_name}", "{operation}"],
        counts: &[
            "count(*) AS requests",
            "max({requestdatetime|request_time}) AS latest",
        ],
        only: &["{operation} LIKE '%DELETE%'"],
        first: "requests DESC",
    },
    Question {
        name: "Errors by operation",
        doc: "The operations that failed most, and with which error.",
        by: &[
            "{operation}",
            "{httpstatus|http_status}",
            "{errorcode|error_code}",
        ],
        counts: &["count(*) AS requests"],
        only: &["try_cast({httpstatus|http_status} AS integer) >= 400"],
        first: "requests DESC",
    },
    Question {
        name: "Top requesters",
        doc: "Who sent the most requests, and how many bytes they got.",
        by: &["{requester}", "{remoteip|remote_ip}"],
        counts: &[
            "count(*) AS requests",
            "sum({bytessent|bytes_sent_size}) AS total_bytes",
        ],
        only: &[],
        first: "requests DESC",
    },
    Question {
        name: "Requests without a signature",
        doc: "What was read or written by nobody in particular: public objects.",
        by: &["{operation}", "{key|key_name}", "{remoteip|remote_ip}"],
        counts: &["count(*) AS requests"],
        only: &[
            "{requester} IS NULL",
            "try_cast({httpstatus|http_status} AS integer) < 400",
        ],
        first: "requests DESC",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Reject, Row};
    use std::collections::BTreeMap;

    const BEFORE: &str =
        "0a1b shop-data [03/Mar/2026:03:03:03 +0000] 203.0.113.7 - 3E57 REST.GET.OBJECT a";
    const STATUS: &str = "403 AccessDenied 243 - 8 -";

    /// What stands behind the user agent, from the oldest form to tomorrow's. The first two are older than any text that could
    /// play the others.
    const AFTER: [&str; 8] = [
        "",
        " -",
        " - Zm9y= SigV4 ECDHE AuthHeader shop-data.s3.amazonaws.com TLSv1.2",
        " - Zm9y= - - - shop-data.s3-website-eu-west-1.amazonaws.com - -",
        " v1 Zm9y= - ECDHE - shop-data.s3.amazonaws.com TLSv1.2 - Yes",
        " - Zm9y= SigV4 ECDHE AuthHeader shop-data.s3.amazonaws.com TLSv1.2 - - eu-west-1",
        " - Zm9y= SigV4 ECDHE AuthHeader shop-data.s3.amazonaws.com TLSv1.2 - - eu-west-1 - -",
        r#" - Zm9y= SigV4 ECDHE AuthHeader shop-data.s3.amazonaws.com TLSv1.2 - - eu-west-1 "new" "er" 7"#,
    ];

    fn read(line: &str) -> Result<Row<'_>, Reject> {
        S3_ACCESS.read(line.as_bytes()).unwrap()
    }

    fn line(texts: [&str; 3], after: &str) -> String {
        let [uri, referrer, agent] = texts;
        format!(r#"{BEFORE} "{uri}" {STATUS} "{referrer}" "{agent}"{after}"#)
    }

    fn values<'a>(line: &'a str, row: &Row<'a>) -> BTreeMap<&'static str, &'a str> {
        let text =
            |value: &Option<&'a [u8]>| value.map_or("NULL", |text| str::from_utf8(text).unwrap());
        let values = row.values.iter().map(text);
        assert_eq!(values.len(), TOKENS.columns().count(), "{line}");
        TOKENS
            .columns()
            .map(|column| column.name.as_ref())
            .zip(values)
            .collect()
    }

    /// In lines of every age the texts come out as they went in, and every other column stays where it is.
    fn check(texts: [&str; 3]) {
        for after in AFTER {
            let line = line(texts, after);
            let row = read(&line).unwrap_or_else(|reject| panic!("{reject}: {line}"));
            let values = values(&line, &row);
            let of_client = ["request_uri", "referrer", "useragent"];
            assert_eq!(of_client.map(|name| values[name]), texts, "{line}");
            let before = [
                "requestdatetime",
                "key",
                "httpstatus",
                "bytessent",
                "objectsize",
            ];
            let expected = ["03/Mar/2026:03:03:03 +0000", "a", "403", "243", "NULL"];
            assert_eq!(before.map(|name| values[name]), expected, "{line}");
            let mut later = after.split_ascii_whitespace();
            for column in APPENDED.iter().copied().flatten().flat_map(Field::columns) {
                assert_eq!(
                    values[column.name.as_ref()],
                    later.next().unwrap_or("NULL"),
                    "{line}"
                );
            }
            assert_eq!(row.unknown_trailing, later.count(), "{line}");
        }
    }

    #[test]
    fn quotes_of_clients_move_nothing_whatever_the_age_of_the_line() {
        let check_uri = |uri| check([uri, "-", "curl"]);
        check_uri("GET / HTTP/1.1");
        check_uri(r#"GET /" HTTP/1.1"#);
        check_uri(r#"GET /a "b" c HTTP/1.1"#);
        check_uri(r#"GET /a" "b HTTP/1.1"#);
        check_uri(r#"GET /a" - - - - - - - - HTTP/1.1"#);
        check_uri("-");
        let check_referrer = |referrer| check(["GET / HTTP/1.1", referrer, "curl"]);
        check_referrer("");
        check_referrer("\"");
        check_referrer(r#"an "odd" one"#);
        check_referrer(r#"https://h/?q="größe" 🦀"#);
        check_referrer(r#"x" - h SigV4 c a h TLSv1.2 - - - y"#);
        let check_agent = |agent| check(["GET / HTTP/1.1", "-", agent]);
        check_agent("");
        check_agent("\"");
        check_agent(r#"Mozilla/5.0 (iPad)""#);
        check_agent(r#"x "y" z"#);
        check_agent(r#"x "y" 1 2 3 4 5 6 7 8 9 10 11 12"#);
        check_agent(r#"x" -"#);
        check_agent(r#"\"x\" \"#);
    }

    /// Nobody asked for what S3 does by itself, and one request deletes many objects.
    #[test]
    fn texts_that_nobody_sent_are_dashes() {
        for after in AFTER {
            let line = format!("{BEFORE} - 204 - - 9 - - - -{after}");
            let row = read(&line).unwrap();
            let values = values(&line, &row);
            let of_client = ["request_uri", "referrer", "useragent"];
            assert_eq!(of_client.map(|name| values[name]), ["-"; 3], "{line}");
            assert_eq!(
                [values["key"], values["httpstatus"]],
                ["a", "204"],
                "{line}"
            );
        }
    }

    #[test]
    fn a_text_that_plays_the_rest_of_the_line_is_rejected() {
        let written_since_2019 = AFTER.iter().skip(2);
        for after in written_since_2019 {
            for forged in &AFTER[2..] {
                let agent = format!(r#"x"{forged} a b c d"#);
                let line = line(["GET / HTTP/1.1", "-", &agent], after);
                assert_eq!(read(&line).unwrap_err().column, "useragent", "{line}");
            }
        }
        for after in AFTER {
            let forged = format!(r#"GET /a" {STATUS} "b HTTP/1.1"#);
            for texts in [
                [forged.as_str(), "-", "curl"],
                ["GET / HTTP/1.1", &forged, "curl"],
                ["GET / HTTP/1.1", "-", &forged],
            ] {
                let line = line(texts, after);
                assert_eq!(read(&line).unwrap_err().column, "request_uri", "{line}");
            }
        }
    }

    /// Each could be read with a longer referrer, or with a longer user agent.
    #[test]
    fn a_line_with_two_readings_is_rejected() {
        for after in AFTER {
            for (referrer, agent) in [
                (r#"x" "y"#, "z"),
                ("x", r#"y" "z"#),
                (r#"x" "#, "z"),
                ("x", r#" "z"#),
            ] {
                let line = line(["GET / HTTP/1.1", referrer, agent], after);
                assert_eq!(read(&line).unwrap_err().column, "useragent", "{line}");
            }
        }
    }

    #[test]
    fn groups_that_a_line_lacks_are_null_as_a_whole() {
        let newest = line(["GET / HTTP/1.1", "-", "curl"], AFTER[5]);
        let whole = read(&newest).unwrap().values;
        let widths: Vec<usize> = (0..=APPENDED.len())
            .map(|present| {
                FIXED.len()
                    + APPENDED[..present]
                        .iter()
                        .map(|group| group.len())
                        .sum::<usize>()
            })
            .collect();
        let mut line = newest.as_str();
        for width in (FIXED.len()..whole.len()).rev() {
            line = line.rsplit_once(' ').unwrap().0;
            let row = read(line);
            assert_eq!(row.is_ok(), widths.contains(&width), "{line}");
            let Ok(row) = row else { continue };
            assert_eq!(row.values[..width], whole[..width], "{line}");
            assert!(row.values[width..].iter().all(Option::is_none), "{line}");
        }
    }

    #[test]
    fn samples_are_of_every_age() {
        let last_read = |line| read(line).ok()?.values.iter().rposition(Option::is_some);
        let ages: std::collections::BTreeSet<_> =
            S3_ACCESS.sample.lines().filter_map(last_read).collect();
        assert_eq!(Vec::from_iter(ages), [16, 17, 23, 24, 25, 26]);
        assert!(S3_ACCESS.sample.lines().any(|line| read(line).is_err()));
        assert!(
            S3_ACCESS
                .sample
                .lines()
                .any(|line| read(line).is_ok_and(|row| row.unknown_trailing > 0))
        );
    }
}
