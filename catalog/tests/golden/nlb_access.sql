CREATE EXTERNAL TABLE `nlb_access_logs_db`.`nlb_gate_raw` (
  `type` string COMMENT 'Type of the listener: always tls.',
  `version` string COMMENT 'Version of the record\'s format: 2.0, or 1.0 in the oldest.',
  `time` string COMMENT 'When the connection ended (ISO 8601, UTC, without a zone).',
  `elb` string COMMENT 'The load balancer as net/name/id.',
  `listener_id` string COMMENT 'Id of the TLS listener.',
  `client_ip` string COMMENT 'Address of the client; IPv6 with or without brackets.',
  `client_port` int COMMENT 'Port of the client.',
  `target_ip` string COMMENT 'Address that the client connected to: the listener\'s or, through an endpoint service, the VPC endpoint\'s.',
  `target_port` int COMMENT 'Port that the client connected to.',
  `tcp_connection_time_ms` double COMMENT 'Milliseconds from the connection\'s beginning to its end.',
  `tls_handshake_time_ms` double COMMENT 'Milliseconds that the TLS handshake took, delays of the client included; NULL if there was none or it failed.',
  `received_bytes` bigint COMMENT 'Bytes received from the client, after decryption.',
  `sent_bytes` bigint COMMENT 'Bytes sent to the client, before encryption.',
  `incoming_tls_alert` int COMMENT 'Number of the TLS alert that the client sent; NULL if it sent none.',
  `cert_arn` string COMMENT 'ARN of the certificate shown to the client, or - if its hello was not valid.',
  `certificate_serial` string COMMENT 'Kept free by AWS: always -.',
  `tls_cipher_suite` string COMMENT 'Cipher suite agreed upon, or - if the handshake failed.',
  `tls_protocol_version` string COMMENT 'TLS version agreed upon, such as tlsv13, or - if the handshake failed.',
  `tls_named_group` string COMMENT 'Key exchange of the TLS handshake, which AWS calls tls_keyexchange now; - in older records.',
  `domain_name` string COMMENT 'Host name that the client gave in the TLS handshake (SNI), URL-encoded, or -.',
  `alpn_fe_protocol` string COMMENT 'Application protocol agreed upon with the client: h2, http/1.1 or http/1.0, or -.',
  `alpn_be_protocol` string COMMENT 'Application protocol agreed upon with the target: h2, http/1.1 or http/1.0, or -.',
  `alpn_client_preference_list` string COMMENT 'Application protocols that the client offered, each in quotes, separated by commas, URL-encoded and cut at 256 bytes, or -.',
  `tls_connection_creation_time` string COMMENT 'When the connection was opened (ISO 8601, UTC, without a zone).'
)
COMMENT 'Network Load Balancer access log of gate'
PARTITIONED BY (
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  'input.regex' = '([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++) ([^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::([0-9]++))?+ ([^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::([0-9]++))?+ (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+(?:\\.[0-9]*+)?+) (-?+[0-9]*+) (-?+[0-9]*+) (-?+[0-9]*+) ([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++)(?: ([^ "]++) ([^ "]++) ([^ ]++)(?: ([^ "]++)(?: [^\\n]*+)?+)?+)?+(?: -)*+',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'nlb_access',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/gate/8f7e6d5c4b3a2910',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2019/01/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'storage.location.template' = 's3://example-logs/web/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/${day}'
);

CREATE OR REPLACE VIEW "nlb_access_logs_db"."nlb_gate" AS
SELECT
  nullif("type", '-') AS "type",
  nullif("version", '-') AS "version",
  CAST(try(from_iso8601_timestamp("time")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "time",
  nullif("elb", '-') AS "elb",
  nullif("listener_id", '-') AS "listener_id",
  nullif("client_ip", '-') AS "client_ip",
  "client_port" AS "client_port",
  nullif("target_ip", '-') AS "target_ip",
  "target_port" AS "target_port",
  "tcp_connection_time_ms" AS "tcp_connection_time_ms",
  "tls_handshake_time_ms" AS "tls_handshake_time_ms",
  "received_bytes" AS "received_bytes",
  "sent_bytes" AS "sent_bytes",
  "incoming_tls_alert" AS "incoming_tls_alert",
  nullif("cert_arn", '-') AS "cert_arn",
  nullif("certificate_serial", '-') AS "certificate_serial",
  nullif("tls_cipher_suite", '-') AS "tls_cipher_suite",
  nullif("tls_protocol_version", '-') AS "tls_protocol_version",
  nullif("tls_named_group", '-') AS "tls_named_group",
  nullif("domain_name", '-') AS "domain_name",
  nullif("alpn_fe_protocol", '-') AS "alpn_fe_protocol",
  nullif("alpn_be_protocol", '-') AS "alpn_be_protocol",
  nullif("alpn_client_preference_list", '-') AS "alpn_client_preference_list",
  CAST(try(from_iso8601_timestamp("tls_connection_creation_time")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "tls_connection_creation_time",
  "day" AS "day"
FROM "nlb_access_logs_db"."nlb_gate_raw"
WHERE regexp_like("$path", '/123456789012_elasticloadbalancing_eu-west-1_net\.gate\.8f7e6d5c4b3a2910_[^/]*$');

SELECT *
FROM "nlb_access_logs_db"."nlb_gate"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- nlb_access_logs_db.nlb_gate: TLS failures by client
-- The clients whose TLS handshake failed most, and the alert that they sent. Made by logenabler for nlb_access_logs_db.nlb_gate, and kept as it is: save a changed one under another name.
SELECT
  "client_ip",
  "incoming_tls_alert",
  count(*) AS connections
FROM "nlb_access_logs_db"."nlb_gate"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "tls_protocol_version" IS NULL
GROUP BY 1, 2
ORDER BY connections DESC
LIMIT 100;

-- nlb_access_logs_db.nlb_gate: Top talkers by bytes
-- The clients that sent and got the most bytes. Made by logenabler for nlb_access_logs_db.nlb_gate, and kept as it is: save a changed one under another name.
SELECT
  "client_ip",
  count(*) AS connections,
  sum("received_bytes") AS total_received_bytes,
  sum("sent_bytes") AS total_sent_bytes
FROM "nlb_access_logs_db"."nlb_gate"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1
ORDER BY total_sent_bytes + total_received_bytes DESC
LIMIT 100;

-- nlb_access_logs_db.nlb_gate: TLS versions and ciphers
-- Which versions and ciphers of TLS clients use: who would be left behind if one were turned off. Made by logenabler for nlb_access_logs_db.nlb_gate, and kept as it is: save a changed one under another name.
SELECT
  "tls_protocol_version",
  "tls_cipher_suite",
  count(*) AS connections
FROM "nlb_access_logs_db"."nlb_gate"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1, 2
ORDER BY connections DESC
LIMIT 100;
