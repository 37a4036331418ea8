CREATE EXTERNAL TABLE `network_firewall_flow_logs_db`.`network_firewall_flow_egress` (
  `firewall_name` string COMMENT 'The firewall.',
  `availability_zone` string COMMENT 'Availability Zone of the firewall\'s endpoint.',
  `event_timestamp` string COMMENT 'When the record was made, in seconds since 1970.',
  `event` struct<`timestamp`:string,`flow_id`:bigint,`event_type`:string,`src_ip`:string,`src_port`:int,`dest_ip`:string,`dest_port`:int,`proto`:string,`icmp_type`:int,`icmp_code`:int,`app_proto`:string,`app_proto_ts`:string,`app_proto_tc`:string,`tls_inspected`:boolean,`netflow`:struct<`pkts`:bigint,`bytes`:bigint,`start`:string,`end`:string,`age`:int,`min_ttl`:int,`max_ttl`:int,`tx_cnt`:bigint>,`tcp`:struct<`tcp_flags`:string,`tcp_flags_ts`:string,`tcp_flags_tc`:string,`syn`:boolean,`fin`:boolean,`rst`:boolean,`psh`:boolean,`ack`:boolean,`urg`:boolean,`ecn`:boolean,`cwr`:boolean>> COMMENT 'One direction of a connection: its addresses, what was counted (netflow), and the flags that TCP had set (tcp). What a record lacks is NULL.'
)
COMMENT 'AWS Network Firewall flow log of egress'
PARTITIONED BY (
  `hour` string COMMENT 'Hour of delivery (UTC) as yyyy/MM/dd/HH; bound it in every query to read those hours\' folders only.'
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
  'ignore.malformed.json' = 'true',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://firewall-logs-example/egress/AWSLogs/123456789012/network-firewall/flow/eu-west-1/egress/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'network_firewall_flow',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:network-firewall:eu-west-1:123456789012:firewall/egress',
  'logenabler.schema_version' = '1',
  'projection.enabled' = 'true',
  'projection.hour.format' = 'yyyy/MM/dd/HH',
  'projection.hour.interval' = '1',
  'projection.hour.interval.unit' = 'HOURS',
  'projection.hour.range' = '2020/11/01/00,NOW',
  'projection.hour.type' = 'date',
  'storage.location.template' = 's3://firewall-logs-example/egress/AWSLogs/123456789012/network-firewall/flow/eu-west-1/egress/${hour}'
);

SELECT *
FROM "network_firewall_flow_logs_db"."network_firewall_flow_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' hour, '%Y/%m/%d/%H')
LIMIT 10;

-- network_firewall_flow_logs_db.network_firewall_flow_egress: Top talkers by bytes
-- Between whom the most bytes went. Made by logenabler for network_firewall_flow_logs_db.network_firewall_flow_egress, and kept as it is: save a changed one under another name.
SELECT
  "event"."src_ip",
  "event"."dest_ip",
  sum("event"."netflow"."bytes") AS total_bytes,
  sum("event"."netflow"."pkts") AS total_packets
FROM "network_firewall_flow_logs_db"."network_firewall_flow_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
GROUP BY 1, 2
ORDER BY total_bytes DESC
LIMIT 100;

-- network_firewall_flow_logs_db.network_firewall_flow_egress: Traffic by port
-- Which ports and protocols are used, and how much. Made by logenabler for network_firewall_flow_logs_db.network_firewall_flow_egress, and kept as it is: save a changed one under another name.
SELECT
  "event"."dest_port",
  "event"."proto",
  "event"."app_proto",
  count(DISTINCT "event"."flow_id") AS flows,
  sum("event"."netflow"."bytes") AS total_bytes
FROM "network_firewall_flow_logs_db"."network_firewall_flow_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
GROUP BY 1, 2, 3
ORDER BY flows DESC
LIMIT 100;
