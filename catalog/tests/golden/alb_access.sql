CREATE EXTERNAL TABLE `alb_access_logs_db`.`alb_shop_raw` (
  `type` string COMMENT 'Protocol of the request: http, https, h2, grpcs, ws or wss.',
  `time` string COMMENT 'When the response was sent or, for WebSockets, the connection closed (ISO 8601, UTC).',
  `elb` string COMMENT 'The load balancer as app/name/id.',
  `client_ip` string COMMENT 'Address of the client, or of the proxy before the load balancer; IPv6 with or without brackets.',
  `client_port` int COMMENT 'Port of the client.',
  `target_ip` string COMMENT 'Address of the target, or - if the request reached none or went to a Lambda function.',
  `target_port` int COMMENT 'Port of the target.',
  `request_processing_time` double COMMENT 'Seconds from receiving the request to handing it to a target; -1 if it never got there.',
  `target_processing_time` double COMMENT 'Seconds until the target began to answer; -1 if it did not.',
  `response_processing_time` double COMMENT 'Seconds from the target\'s first header byte to the client; -1 if there was no answer.',
  `elb_status_code` int COMMENT 'Status code of the load balancer\'s response.',
  `target_status_code` string COMMENT 'Status code of the target\'s response, or - if there was none.',
  `received_bytes` bigint COMMENT 'Bytes received from the client, headers included.',
  `sent_bytes` bigint COMMENT 'Bytes sent to the client, headers included.',
  `request_verb` string COMMENT 'HTTP method, or - if the request could not be read.',
  `request_url` string COMMENT 'URL as the client sent it, with protocol, host and port.',
  `request_proto` string COMMENT 'HTTP version, or - if the request could not be read.',
  `user_agent` string COMMENT 'The client\'s User-Agent header, cut at 8 KB.',
  `ssl_cipher` string COMMENT 'Cipher of the TLS connection, or - without TLS.',
  `ssl_protocol` string COMMENT 'Protocol version of the TLS connection, or - without TLS.',
  `target_group_arn` string COMMENT 'ARN of the target group.',
  `trace_id` string COMMENT 'The X-Amzn-Trace-Id header.',
  `domain_name` string COMMENT 'Host name that the client gave in the TLS handshake (SNI), or -.',
  `chosen_cert_arn` string COMMENT 'ARN of the certificate shown to the client, session-reused, or -.',
  `matched_rule_priority` string COMMENT 'Priority of the listener rule that matched: 0 is the default rule, -1 an error in the rules.',
  `request_creation_time` string COMMENT 'When the request was received (ISO 8601, UTC).',
  `actions_executed` string COMMENT 'The actions taken, separated by commas, such as waf,forward.',
  `redirect_url` string COMMENT 'Where a redirect action sent the client, or -.',
  `lambda_error_reason` string COMMENT 'Code of the error that a Lambda target, authentication or WAF gave, or -.',
  `target_port_list` string COMMENT 'The targets that processed the request, as address:port.',
  `target_status_code_list` string COMMENT 'The status codes of those targets.',
  `classification` string COMMENT 'Desync mitigation\'s verdict: Acceptable, Ambiguous, Severe, or - if the request was fine.',
  `classification_reason` string COMMENT 'Code of the reason for that verdict.',
  `conn_trace_id` string COMMENT 'Id of the connection; the same in the connection log.',
  `transformed_host` string COMMENT 'Host header after a transform changed it, or -.',
  `transformed_uri` string COMMENT 'URI after a transform changed it, or -.',
  `request_transform_status` string COMMENT 'Whether the transforms worked, such as TransformSuccess, or -.',
  `ip_address` string COMMENT 'Address of the load balancer node that took the request.'
)
COMMENT 'Application Load Balancer access log of shop'
PARTITIONED BY (
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  'input.regex' = '([^ "]++) ([^ "]++) ([^ "]++) ([^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::([0-9]++))?+ ([^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::([0-9]++))?+ (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+) (-?+[0-9]*+) (-?+[0-9]*+) (-?+[0-9]*+) "([^ "]++)(?: ([^ "]*+(?:(?!(?: (?:-|HTTP/[0-9.]++))?+ ?+"(?= "))[ "][^ "]*+)*+))?+(?: (-|HTTP/[0-9.]++))?+ ?+"(?= ") "((?! "(?! (?:[^ "]++) (?:[^ "]++) (?:[^ "]++) "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)" (?:-?+[0-9]*+) (?:[^ "]++) "(?:[^"]*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)"(?![^ ])))[^"]*+(?:"(?! (?:[^ "]++) (?:[^ "]++) (?:[^ "]++) "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)" (?:-?+[0-9]*+) (?:[^ "]++) "(?:[^"]*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)"(?![^ ])| ")[^"]*+)*+)"(?= (?:[^ "]++) (?:[^ "]++) (?:[^ "]++) "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)" (?:-?+[0-9]*+) (?:[^ "]++) "(?:[^"]*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)"(?![^ ]))(?![^"]*+(?:"(?! (?:[^ "]++) (?:[^ "]++) (?:[^ "]++) "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)" (?:-?+[0-9]*+) (?:[^ "]++) "(?:[^"]*+)" "(?:[^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "(?:[^"]*+)"(?![^ ]))[^"]*+)*+") ([^ "]++) ([^ "]++) ([^ "]++) "([^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "([^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "([^"]*+)" (-?+[0-9]*+) ([^ "]++) "([^"]*+)" "([^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "([^"]*+)"(?: "?+((?<=")(?:(?:[0-9A-Fa-f.\\[\\]]*+:)++[0-9]++(?: (?:[0-9A-Fa-f.\\[\\]]*+:)++[0-9]++)*+|-?+)(?=")|(?<!")(?:(?:[0-9A-Fa-f.\\[\\]]*+:)++[0-9]++|-)(?!"))"?+ "?+((?<=")[^"]*+(?=")|(?<!")[^ "]++(?!"))"?+(?: "([^"]*+)" "([^"]*+)"(?: ([^ "]++)(?: "([^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "([^"\\\\]*+(?:\\\\[^\\n][^"\\\\]*+)*+)" "([^"]*+)"(?: ([^ "]++)(?: [^\\n]*+)?+)?+)?+)?+)?+)?+(?: -)*+',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'alb_access',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2018/01/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'storage.location.template' = 's3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/${day}'
);

CREATE OR REPLACE VIEW "alb_access_logs_db"."alb_shop" AS
SELECT
  nullif("type", '-') AS "type",
  CAST(try(from_iso8601_timestamp("time")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "time",
  nullif("elb", '-') AS "elb",
  nullif("client_ip", '-') AS "client_ip",
  "client_port" AS "client_port",
  nullif("target_ip", '-') AS "target_ip",
  "target_port" AS "target_port",
  "request_processing_time" AS "request_processing_time",
  "target_processing_time" AS "target_processing_time",
  "response_processing_time" AS "response_processing_time",
  "elb_status_code" AS "elb_status_code",
  nullif("target_status_code", '-') AS "target_status_code",
  "received_bytes" AS "received_bytes",
  "sent_bytes" AS "sent_bytes",
  nullif("request_verb", '-') AS "request_verb",
  nullif("request_url", '-') AS "request_url",
  nullif("request_proto", '-') AS "request_proto",
  nullif("user_agent", '-') AS "user_agent",
  nullif("ssl_cipher", '-') AS "ssl_cipher",
  nullif("ssl_protocol", '-') AS "ssl_protocol",
  nullif("target_group_arn", '-') AS "target_group_arn",
  nullif("trace_id", '-') AS "trace_id",
  nullif("domain_name", '-') AS "domain_name",
  nullif("chosen_cert_arn", '-') AS "chosen_cert_arn",
  nullif("matched_rule_priority", '-') AS "matched_rule_priority",
  CAST(try(from_iso8601_timestamp("request_creation_time")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "request_creation_time",
  nullif("actions_executed", '-') AS "actions_executed",
  nullif("redirect_url", '-') AS "redirect_url",
  nullif("lambda_error_reason", '-') AS "lambda_error_reason",
  nullif("target_port_list", '-') AS "target_port_list",
  nullif("target_status_code_list", '-') AS "target_status_code_list",
  nullif("classification", '-') AS "classification",
  nullif("classification_reason", '-') AS "classification_reason",
  nullif("conn_trace_id", '-') AS "conn_trace_id",
  nullif("transformed_host", '-') AS "transformed_host",
  nullif("transformed_uri", '-') AS "transformed_uri",
  nullif("request_transform_status", '-') AS "request_transform_status",
  nullif("ip_address", '-') AS "ip_address",
  "day" AS "day"
FROM "alb_access_logs_db"."alb_shop_raw"
WHERE regexp_like("$path", '/123456789012_elasticloadbalancing_eu-west-1_app\.shop\.1a2b3c4d5e6f7081_[^/]*$');

SELECT *
FROM "alb_access_logs_db"."alb_shop"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- alb_access_logs_db.alb_shop: Top clients
-- The clients with the most requests, and what was sent to them. Made by logenabler for alb_access_logs_db.alb_shop, and kept as it is: save a changed one under another name.
SELECT
  "client_ip",
  count(*) AS requests,
  sum("sent_bytes") AS total_sent_bytes
FROM "alb_access_logs_db"."alb_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1
ORDER BY requests DESC
LIMIT 100;

-- alb_access_logs_db.alb_shop: Errors by hour
-- How many requests the load balancer answered with a server error, hour by hour. Made by logenabler for alb_access_logs_db.alb_shop, and kept as it is: save a changed one under another name.
SELECT
  date_trunc('hour', "time") AS hour,
  "elb_status_code",
  count(*) AS requests
FROM "alb_access_logs_db"."alb_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "elb_status_code" >= 500
GROUP BY 1, 2
ORDER BY hour DESC, requests DESC
LIMIT 100;

-- alb_access_logs_db.alb_shop: Slowest targets
-- How long targets took to answer: half of the requests, all but one in a hundred, and the slowest. Made by logenabler for alb_access_logs_db.alb_shop, and kept as it is: save a changed one under another name.
SELECT
  "target_ip",
  "target_group_arn",
  count(*) AS requests,
  approx_percentile("target_processing_time", 0.5) AS median_seconds,
  approx_percentile("target_processing_time", 0.99) AS p99_seconds,
  max("target_processing_time") AS max_seconds
FROM "alb_access_logs_db"."alb_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "target_processing_time" >= 0
GROUP BY 1, 2
ORDER BY p99_seconds DESC
LIMIT 100;

-- alb_access_logs_db.alb_shop: Refused requests by URL
-- The URLs that are refused most, or not there. Made by logenabler for alb_access_logs_db.alb_shop, and kept as it is: save a changed one under another name.
SELECT
  "request_url",
  "elb_status_code",
  count(*) AS requests
FROM "alb_access_logs_db"."alb_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "elb_status_code" BETWEEN 400 AND 499
GROUP BY 1, 2
ORDER BY requests DESC
LIMIT 100;
