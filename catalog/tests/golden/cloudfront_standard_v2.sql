CREATE EXTERNAL TABLE `cloudfront_v2_access_logs_db`.`cloudfront_v2_e2example1abcd` (
  `date` date COMMENT 'Day on which the request was answered (UTC).',
  `time` string COMMENT 'Time of that day (UTC) as HH:mm:ss.',
  `x_edge_location` string COMMENT 'The edge location, such as FRA60-P3.',
  `sc_bytes` bigint COMMENT 'Bytes sent to the client, headers included.',
  `c_ip` string COMMENT 'Address of the client, or of the proxy before CloudFront.',
  `cs_method` string COMMENT 'HTTP method.',
  `cs_host` string COMMENT 'Domain name of the distribution, such as d111111abcdef8.cloudfront.net.',
  `cs_uri_stem` string COMMENT 'Path of the URL, URL-encoded.',
  `sc_status` int COMMENT 'Status code of the response, or 0 if the client was gone before.',
  `cs_referer` string COMMENT 'The Referer header, or -.',
  `cs_user_agent` string COMMENT 'The User-Agent header, URL-encoded.',
  `cs_uri_query` string COMMENT 'Query string of the URL, or -.',
  `cs_cookie` string COMMENT 'The Cookie header if cookies are logged, or -.',
  `x_edge_result_type` string COMMENT 'How the response was classified after its last byte: Hit, RefreshHit, Miss, LimitExceeded, CapacityExceeded, Error or Redirect.',
  `x_edge_request_id` string COMMENT 'Id of the request; the same in the header X-Amz-Cf-Id.',
  `x_host_header` string COMMENT 'The Host header.',
  `cs_protocol` string COMMENT 'Protocol of the request: http, https, grpcs, ws or wss.',
  `cs_bytes` bigint COMMENT 'Bytes received from the client, headers included.',
  `time_taken` float COMMENT 'Seconds from receiving the request to writing the response\'s last byte.',
  `x_forwarded_for` string COMMENT 'The X-Forwarded-For header, or -.',
  `ssl_protocol` string COMMENT 'Protocol version of the TLS connection, or - without TLS.',
  `ssl_cipher` string COMMENT 'Cipher of the TLS connection, or - without TLS.',
  `x_edge_response_result_type` string COMMENT 'How the response was classified just before it was sent.',
  `cs_protocol_version` string COMMENT 'HTTP version of the request, such as HTTP/2.0.',
  `fle_status` string COMMENT 'Outcome of field-level encryption, or - if it is not used.',
  `fle_encrypted_fields` int COMMENT 'How many fields were encrypted; NULL if field-level encryption is not used.',
  `c_port` int COMMENT 'Port of the client.',
  `time_to_first_byte` float COMMENT 'Seconds from receiving the request to writing the response\'s first byte.',
  `x_edge_detailed_result_type` string COMMENT 'More about the result where it is an error, else the same as x_edge_result_type.',
  `sc_content_type` string COMMENT 'The response\'s Content-Type header, or -.',
  `sc_content_len` bigint COMMENT 'The response\'s Content-Length header; NULL if it had none.',
  `sc_range_start` bigint COMMENT 'First byte of the range that the response holds; NULL if it holds all.',
  `sc_range_end` bigint COMMENT 'Last byte of that range.',
  `c_country` string COMMENT 'Country of the client by its address, as two letters.',
  `cache_behavior_path_pattern` string COMMENT 'Path pattern of the cache behavior that matched.'
)
COMMENT 'CloudFront standard log (v2) of e2example1abcd'
PARTITIONED BY (
  `hour` string COMMENT 'Hour of the records or of their delivery (UTC) as yyyy/MM/dd/HH; name it in every query to read that hour\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
WITH SERDEPROPERTIES (
  'field.delim' = '\t',
  'serialization.format' = '\t'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/AWSLogs/123456789012/CloudFront/E2EXAMPLE1ABCD/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.delivery' = 'arn:aws:logs:us-east-1:123456789012:delivery:a1B2c3D4e5F6g7H8',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'cloudfront_standard_v2',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE1ABCD',
  'logenabler.schema_version' = '1',
  'projection.enabled' = 'true',
  'projection.hour.format' = 'yyyy/MM/dd/HH',
  'projection.hour.interval' = '1',
  'projection.hour.interval.unit' = 'HOURS',
  'projection.hour.range' = '2024/11/01/00,NOW',
  'projection.hour.type' = 'date',
  'skip.header.line.count' = '1',
  'storage.location.template' = 's3://example-logs/AWSLogs/123456789012/CloudFront/E2EXAMPLE1ABCD/${hour}'
);

SELECT *
FROM "cloudfront_v2_access_logs_db"."cloudfront_v2_e2example1abcd"
WHERE "hour" >= date_format(current_timestamp - interval '1' hour, '%Y/%m/%d/%H')
LIMIT 10;

-- cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd: Top clients
-- The clients with the most requests, and what was sent to them. Made by logenabler for cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd, and kept as it is: save a changed one under another name.
SELECT
  "c_ip",
  count(*) AS requests,
  sum("sc_bytes") AS total_sent_bytes
FROM "cloudfront_v2_access_logs_db"."cloudfront_v2_e2example1abcd"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
GROUP BY 1
ORDER BY requests DESC
LIMIT 100;

-- cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd: Errors by hour
-- How many requests ended in an error, hour by hour. Made by logenabler for cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd, and kept as it is: save a changed one under another name.
SELECT
  "date",
  substr("time", 1, 2) AS hour,
  "sc_status",
  count(*) AS requests
FROM "cloudfront_v2_access_logs_db"."cloudfront_v2_e2example1abcd"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND "sc_status" >= 400
GROUP BY 1, 2, 3
ORDER BY date DESC, hour DESC, requests DESC
LIMIT 100;

-- cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd: Cache misses by path
-- The paths that went to the origin most, and how many bytes of them. Made by logenabler for cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd, and kept as it is: save a changed one under another name.
SELECT
  "cs_uri_stem",
  count(*) AS requests,
  sum("sc_bytes") AS total_sent_bytes
FROM "cloudfront_v2_access_logs_db"."cloudfront_v2_e2example1abcd"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND "x_edge_result_type" = 'Miss'
GROUP BY 1
ORDER BY requests DESC
LIMIT 100;

-- cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd: Slowest paths
-- How long requests took: half of them, and all but one in a hundred. Made by logenabler for cloudfront_v2_access_logs_db.cloudfront_v2_e2example1abcd, and kept as it is: save a changed one under another name.
SELECT
  "cs_uri_stem",
  count(*) AS requests,
  approx_percentile("time_taken", 0.5) AS median_seconds,
  approx_percentile("time_taken", 0.99) AS p99_seconds
FROM "cloudfront_v2_access_logs_db"."cloudfront_v2_e2example1abcd"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
GROUP BY 1
ORDER BY p99_seconds DESC
LIMIT 100;
