CREATE EXTERNAL TABLE `alb_connection_logs_db`.`alb_connection_shop_raw` (
  `time` string COMMENT 'When the connection was opened, or the attempt failed (ISO 8601, UTC).',
  `client_ip` string COMMENT 'Address of the client; IPv6 without brackets.',
  `client_port` int COMMENT 'Port of the client.',
  `listener_port` int COMMENT 'Port of the load balancer\'s listener.',
  `tls_protocol` string COMMENT 'Protocol version of the TLS connection, or - without TLS.',
  `tls_cipher` string COMMENT 'Cipher of the TLS connection, or - without TLS.',
  `tls_handshake_latency` double COMMENT 'Seconds that the TLS handshake took; NULL without TLS or if it failed.',
  `leaf_client_cert_subject` string COMMENT 'Subject of the client\'s certificate, or - if it showed none.',
  `leaf_client_cert_validity` string COMMENT 'Validity of that certificate as NotBefore=time;NotAfter=time, or -.',
  `leaf_client_cert_serial_number` string COMMENT 'Serial number of that certificate, or -.',
  `tls_verify_status` string COMMENT 'Success, Failed:reason, or - if no certificate was asked for.',
  `conn_trace_id` string COMMENT 'Id of the connection; the same in the access log.',
  `tls_keyexchange` string COMMENT 'Key exchange of the TLS handshake, or -.',
  `elb` string COMMENT 'The load balancer as app/name/id.',
  `ip_address` string COMMENT 'Address of the load balancer node that took the connection.'
)
COMMENT 'Application Load Balancer connection log of shop'
PARTITIONED BY (
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  'input.regex' = '([^ "]++) ([^ "]++) (-?+[0-9]*+) (-?+[0-9]*+) ([^ "]++) ([^ "]++) (-?+[0-9]*+(?:\\.[0-9]*+)?+) "([^"]*+(?:"(?! (?:[^ "]++) (?:[^ "]++) (?:[^ "]++)(?![^ ]))[^"]*+)*+)"(?= (?:[^ "]++) (?:[^ "]++) (?:[^ "]++)(?![^ ]))(?![^"]*+(?:"(?! (?:[^ "]++) (?:[^ "]++) (?:[^ "]++)(?![^ ]))[^"]*+)*+") ([^ "]++) ([^ "]++) ([^ "]++)(?: ([^ "]++)(?: ([^ "]++)(?: ([^ "]++)(?: ([^ "]++)(?: [^\\n]*+)?+)?+)?+)?+)?+(?: -)*+',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-connections/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'alb_connection',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2023/11/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'storage.location.template' = 's3://example-connections/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/${day}'
);

CREATE OR REPLACE VIEW "alb_connection_logs_db"."alb_connection_shop" AS
SELECT
  CAST(try(from_iso8601_timestamp("time")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "time",
  nullif("client_ip", '-') AS "client_ip",
  "client_port" AS "client_port",
  "listener_port" AS "listener_port",
  nullif("tls_protocol", '-') AS "tls_protocol",
  nullif("tls_cipher", '-') AS "tls_cipher",
  "tls_handshake_latency" AS "tls_handshake_latency",
  nullif("leaf_client_cert_subject", '-') AS "leaf_client_cert_subject",
  nullif("leaf_client_cert_validity", '-') AS "leaf_client_cert_validity",
  nullif("leaf_client_cert_serial_number", '-') AS "leaf_client_cert_serial_number",
  nullif("tls_verify_status", '-') AS "tls_verify_status",
  nullif("conn_trace_id", '-') AS "conn_trace_id",
  nullif("tls_keyexchange", '-') AS "tls_keyexchange",
  nullif("elb", '-') AS "elb",
  nullif("ip_address", '-') AS "ip_address",
  "day" AS "day"
FROM "alb_connection_logs_db"."alb_connection_shop_raw"
WHERE regexp_like("$path", '/conn_log_123456789012_elasticloadbalancing_eu-west-1_app\.shop\.1a2b3c4d5e6f7081_[^/]*$');

SELECT *
FROM "alb_connection_logs_db"."alb_connection_shop"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- alb_connection_logs_db.alb_connection_shop: Failed handshakes by client
-- The clients whose TLS handshake failed most; on a listener without TLS, those with the most connections. Made by logenabler for alb_connection_logs_db.alb_connection_shop, and kept as it is: save a changed one under another name.
SELECT
  "client_ip",
  "listener_port",
  "tls_verify_status",
  count(*) AS connections
FROM "alb_connection_logs_db"."alb_connection_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "tls_handshake_latency" IS NULL
GROUP BY 1, 2, 3
ORDER BY connections DESC
LIMIT 100;

-- alb_connection_logs_db.alb_connection_shop: Refused client certificates
-- The certificates of clients that mutual TLS refused, and why. Made by logenabler for alb_connection_logs_db.alb_connection_shop, and kept as it is: save a changed one under another name.
SELECT
  "leaf_client_cert_subject",
  "tls_verify_status",
  count(*) AS connections,
  count(DISTINCT "client_ip") AS clients
FROM "alb_connection_logs_db"."alb_connection_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "tls_verify_status" LIKE 'Failed%'
GROUP BY 1, 2
ORDER BY connections DESC
LIMIT 100;

-- alb_connection_logs_db.alb_connection_shop: TLS versions and ciphers
-- Which versions and ciphers of TLS clients use: who would be left behind if one were turned off. Made by logenabler for alb_connection_logs_db.alb_connection_shop, and kept as it is: save a changed one under another name.
SELECT
  "tls_protocol",
  "tls_cipher",
  count(*) AS connections,
  count(DISTINCT "client_ip") AS clients
FROM "alb_connection_logs_db"."alb_connection_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1, 2
ORDER BY connections DESC
LIMIT 100;
