CREATE EXTERNAL TABLE `clb_access_logs_db`.`clb_old_shop_raw` (
  `timestamp` string COMMENT 'When the load balancer received the request (ISO 8601, UTC).',
  `elb_name` string COMMENT 'Name of the load balancer.',
  `request_ip` string COMMENT 'Address of the client, or of the proxy before the load balancer; IPv6 with or without brackets.',
  `request_port` int COMMENT 'Port of the client.',
  `backend_ip` string COMMENT 'Address of the instance, or - if the request reached none.',
  `backend_port` int COMMENT 'Port of the instance.',
  `request_processing_time` double COMMENT 'Seconds from receiving the request, or accepting the connection with TCP, to handing it to an instance; -1 if that never happened.',
  `backend_processing_time` double COMMENT 'Seconds until the instance began to answer, or with TCP was connected; -1 if that never happened.',
  `client_response_time` double COMMENT 'Seconds from the instance\'s first byte to the client; -1 if there was no answer.',
  `elb_response_code` string COMMENT 'Status code of the load balancer\'s response, or - with TCP.',
  `backend_response_code` string COMMENT 'Status code of the instance\'s response, or - with TCP.',
  `received_bytes` bigint COMMENT 'Bytes received from the client: the request\'s body or, with TCP, all, headers included.',
  `sent_bytes` bigint COMMENT 'Bytes sent to the client: the response\'s body or, with TCP, all, headers included.',
  `request_verb` string COMMENT 'HTTP method, or - with TCP or if the request could not be read.',
  `url` string COMMENT 'URL as the client sent it, with protocol, host and port, or - with TCP.',
  `protocol` string COMMENT 'HTTP version, or - with TCP or if the request could not be read.',
  `user_agent` string COMMENT 'The client\'s User-Agent header, or - with TCP.',
  `ssl_cipher` string COMMENT 'Cipher of the TLS connection, or - without TLS.',
  `ssl_protocol` string COMMENT 'Protocol version of the TLS connection, such as TLSv1.2, or - without TLS.'
)
COMMENT 'Classic Load Balancer access log of old-shop'
PARTITIONED BY (
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  'input.regex' = '([^ "]++) ([^ "]++) ([^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::([0-9]++))?+ ([^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::([0-9]++))?+ (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+) (-?+[0-9]*+) (-?+[0-9]*+) (-?+[0-9]*+) "([^ "]++)(?: ([^ "]*+(?:(?!(?: (?:-|HTTP/[0-9.]++))?+ ?+"(?=(?: "|(?: -)*+\\z)))[ "][^ "]*+)*+))?+(?: (-|HTTP/[0-9.]++))?+ ?+"(?=(?: "|(?: -)*+\\z))(?: "((?! "(?! (?:[^ "]++) (?:-(?![^ ])|[A-Za-z]++[0-9][^ "]*+)(?![^ ])))[^"]*+(?:"(?! (?:[^ "]++) (?:-(?![^ ])|[A-Za-z]++[0-9][^ "]*+)(?![^ ])| ")[^"]*+)*+)"(?= (?:[^ "]++) (?:-(?![^ ])|[A-Za-z]++[0-9][^ "]*+)(?![^ ]))(?![^"]*+(?:"(?! (?:[^ "]++) (?:-(?![^ ])|[A-Za-z]++[0-9][^ "]*+)(?![^ ]))[^"]*+)*+") ([^ "]++) (-(?![^ ])|[A-Za-z]++[0-9][^ "]*+)(?: [^\\n]*+)?+)?+(?: -)*+',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'clb_access',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/old-shop',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2014/03/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'storage.location.template' = 's3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/${day}'
);

CREATE OR REPLACE VIEW "clb_access_logs_db"."clb_old_shop" AS
SELECT
  CAST(try(from_iso8601_timestamp("timestamp")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "timestamp",
  nullif("elb_name", '-') AS "elb_name",
  nullif("request_ip", '-') AS "request_ip",
  "request_port" AS "request_port",
  nullif("backend_ip", '-') AS "backend_ip",
  "backend_port" AS "backend_port",
  "request_processing_time" AS "request_processing_time",
  "backend_processing_time" AS "backend_processing_time",
  "client_response_time" AS "client_response_time",
  nullif("elb_response_code", '-') AS "elb_response_code",
  nullif("backend_response_code", '-') AS "backend_response_code",
  "received_bytes" AS "received_bytes",
  "sent_bytes" AS "sent_bytes",
  nullif("request_verb", '-') AS "request_verb",
  nullif("url", '-') AS "url",
  nullif("protocol", '-') AS "protocol",
  nullif("user_agent", '-') AS "user_agent",
  nullif("ssl_cipher", '-') AS "ssl_cipher",
  nullif("ssl_protocol", '-') AS "ssl_protocol",
  "day" AS "day"
FROM "clb_access_logs_db"."clb_old_shop_raw"
WHERE regexp_like("$path", '/123456789012_elasticloadbalancing_eu-west-1_old-shop_[^/]*$');

SELECT *
FROM "clb_access_logs_db"."clb_old_shop"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- clb_access_logs_db.clb_old_shop: Top clients
-- The clients with the most requests, and what was sent to them. Made by logenabler for clb_access_logs_db.clb_old_shop, and kept as it is: save a changed one under another name.
SELECT
  "request_ip",
  count(*) AS requests,
  sum("sent_bytes") AS total_sent_bytes
FROM "clb_access_logs_db"."clb_old_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1
ORDER BY requests DESC
LIMIT 100;

-- clb_access_logs_db.clb_old_shop: Errors by hour
-- How many requests the load balancer answered with a server error, hour by hour. Made by logenabler for clb_access_logs_db.clb_old_shop, and kept as it is: save a changed one under another name.
SELECT
  date_trunc('hour', "timestamp") AS hour,
  "elb_response_code",
  count(*) AS requests
FROM "clb_access_logs_db"."clb_old_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "elb_response_code" LIKE '5%'
GROUP BY 1, 2
ORDER BY hour DESC, requests DESC
LIMIT 100;

-- clb_access_logs_db.clb_old_shop: Slowest instances
-- How long instances took to answer: half of the requests, all but one in a hundred, and the slowest. Made by logenabler for clb_access_logs_db.clb_old_shop, and kept as it is: save a changed one under another name.
SELECT
  "backend_ip",
  count(*) AS requests,
  approx_percentile("backend_processing_time", 0.5) AS median_seconds,
  approx_percentile("backend_processing_time", 0.99) AS p99_seconds,
  max("backend_processing_time") AS max_seconds
FROM "clb_access_logs_db"."clb_old_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "backend_processing_time" >= 0
GROUP BY 1
ORDER BY p99_seconds DESC
LIMIT 100;
