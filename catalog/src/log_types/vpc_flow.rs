//! VPC flow logs, and those of transit gateways. Which fields a record has, in which order, in text or in Parquet and in which
//! folders, whoever makes the flow log says once and for all; what they mean is the same everywhere.

use std::borrow::Cow;

use crate::column::{Column, Time, bigint, int, string, time};
use crate::delimited::Delimited;
use crate::flow_log::{DAILY, FlowLog};
use crate::format::Format;
use crate::log_type::{LogType, Scope};
use crate::question::Question;

pub(super) static VPC_FLOW: LogType = LogType {
    name: "vpc_flow",
    title: "VPC flow log",
    reference: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html",
    doc: "One record for each flow through a network interface within some minutes, best effort. Each flow log has a table of its \
          own, with the fields of its own format in their order, in text or in Parquet: its owner cannot change them later. \
          Without a format of its own it has the 14 fields below, and a transit gateway's flow log has all of a transit \
          gateway's. Where log_status is NODATA or SKIPDATA, nearly every field is NULL. With hourly partitions the \
          partition key is hour; with Hive-compatible folders the keys are the numbers year, month, day and, with hourly \
          partitions, hour: WHERE year = 2026 AND month = 3. Without a year and a month a query looks for every day that \
          there could be. Give a flow log in Parquet a prefix of its own: where files of text lie in the same folders, its \
          queries fail.",
    schema_version: "1",
    database: "vpc_flow_logs_db",
    table_prefix: "vpc_flow_",
    scope: Scope::Regional,
    settings: &FlowLog {
        dictionary: DICTIONARY,
    },
    vended: None,
    layout: DAILY,
    format: Format::Delimited(Delimited {
        separator: ' ',
        header_lines: 1,
        columns: Cow::Borrowed(DICTIONARY.split_at(14).0),
    }),
    questions: QUESTIONS,
    sample: include_str!("../../samples/vpc_flow.log"),
};

/// The first 14 are the default format. Numbers have the widths that they have in Parquet files.
#[rustfmt::skip]
const DICTIONARY: &[Column] = &[
    int("version", "Highest version among the record's fields; 2 in the default format."),
    string("account_id", "Account of the interface, or of the transit gateway; unknown where an AWS service owns it."),
    string("interface_id", "Id of the network interface; - for a regional NAT gateway."),
    string("srcaddr", "Address that the flow came from; of the interface, its primary private one."),
    string("dstaddr", "Address that the flow went to; of the interface, its primary private one."),
    int("srcport", "Port that the flow came from."),
    int("dstport", "Port that the flow went to."),
    int("protocol", "IANA's number of the protocol, such as 6 for TCP."),
    bigint("packets", "Packets of the flow."),
    bigint("bytes", "Bytes of the flow."),
    time("start", Time::Seconds, "When its first packet of the interval came, in seconds since 1970."),
    time("end", Time::Seconds, "When its last packet of the interval came, in seconds since 1970."),
    string("action", "ACCEPT, or REJECT by security groups, network ACLs or after the connection was closed."),
    string("log_status", "OK, NODATA where nothing flowed, or SKIPDATA where records were left out."),
    string("vpc_id", "Id of the interface's VPC."),
    string("subnet_id", "Id of the interface's subnet."),
    string("instance_id", "Id of the interface's instance, if it is in your account."),
    int("tcp_flags", "TCP's flags within the interval, added up: 1 FIN, 2 SYN, 4 RST, 18 SYN-ACK."),
    string("type", "IPv4, IPv6 or EFA."),
    string("pkt_srcaddr", "Address in the packets that they came from, whatever they passed through."),
    string("pkt_dstaddr", "Address in the packets that they went to, whatever they passed through."),
    string("region", "Region of the interface, or of the transit gateway."),
    string("az_id", "Id of the interface's Availability Zone."),
    string("sublocation_type", "wavelength, outpost or localzone, where the interface is in one."),
    string("sublocation_id", "Id of that place."),
    string("pkt_src_aws_service", "AWS service whose address pkt_srcaddr is, such as S3."),
    string("pkt_dst_aws_service", "AWS service whose address pkt_dstaddr is, such as S3."),
    string("flow_direction", "ingress or egress, as the interface sees it."),
    int("traffic_path", "Number of the way that egress takes, such as 1 within the VPC or 8 through an internet gateway."),
    string("ecs_cluster_arn", "ARN of the ECS cluster of a task."),
    string("ecs_cluster_name", "Name of that cluster."),
    string("ecs_container_instance_arn", "ARN of the task's container instance, if it runs on one."),
    string("ecs_container_instance_id", "Id of that container instance."),
    string("ecs_container_id", "Runtime id of the task's first container."),
    string("ecs_second_container_id", "Runtime id of its second container."),
    string("ecs_service_name", "Name of the ECS service that started the task."),
    string("ecs_task_definition_arn", "ARN of the task's definition."),
    string("ecs_task_arn", "ARN of the task."),
    string("ecs_task_id", "Id of the task."),
    string("reject_reason", "Why, beside security groups and ACLs: BPA for public access blocked, EC for encryption controls."),
    string("resource_id", "Id of the regional NAT gateway."),
    int("encryption_status", "Whether it was encrypted: 0 no, 1 by the hardware, 2 by the application, 3 by both."),
    string("instance_tag", "Value of the instance's tag that the flow log names."),
    string("instance_tag_2", "Value of the second such tag."),
    string("interface_tag", "Value of the interface's tag that the flow log names."),
    string("interface_tag_2", "Value of the second such tag."),
    string("asg_tag", "Value of the Auto Scaling group's tag that the flow log names."),
    string("asg_tag_2", "Value of the second such tag."),
    string("interface_type", "What the interface belongs to, such as nat_gateway or vpc_endpoint."),
    string("next_hop_interface_id", "Id of the interface that egress goes to next, or ingress came from last."),
    string("next_hop_subnet_id", "Id of that interface's subnet."),
    string("next_hop_az_id", "Id of that interface's Availability Zone."),
    string("next_hop_vpc_id", "Id of that interface's VPC."),
    string("next_hop_interface_type", "What that interface belongs to."),
    string("resource_type", "What a transit gateway's flow log is of: TransitGateway."),
    string("tgw_id", "Id of the transit gateway."),
    string("tgw_attachment_id", "Id of its attachment."),
    string("tgw_src_vpc_account_id", "Account of the VPC that the flow came from."),
    string("tgw_dst_vpc_account_id", "Account of the VPC that the flow went to."),
    string("tgw_src_vpc_id", "Id of the VPC that the flow came from."),
    string("tgw_dst_vpc_id", "Id of the VPC that the flow went to."),
    string("tgw_src_subnet_id", "Id of the subnet that the flow came from."),
    string("tgw_dst_subnet_id", "Id of the subnet that the flow went to."),
    string("tgw_src_eni", "Id of the attachment's interface that the flow came from."),
    string("tgw_dst_eni", "Id of the attachment's interface that the flow went to."),
    string("tgw_src_az_id", "Id of the Availability Zone that the flow came from."),
    string("tgw_dst_az_id", "Id of the Availability Zone that the flow went to."),
    string("tgw_pair_attachment_id", "Id of the attachment at the flow's other end."),
    bigint("packets_lost_no_route", "Packets lost for want of a route."),
    bigint("packets_lost_blackhole", "Packets lost to a route into nothing."),
    bigint("packets_lost_mtu_exceeded", "Packets lost for being too large."),
    bigint("packets_lost_ttl_expired", "Packets lost for having passed too many routers."),
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "Top talkers by bytes",
        doc: "Between whom the most bytes went.",
        by: &["{srcaddr}", "{dstaddr}"],
        counts: &["sum({bytes}) AS total_bytes"],
        only: &["{bytes} IS NOT NULL"],
        first: "total_bytes DESC",
    },
    Question {
        name: "Rejected by port",
        doc: "The ports to which most traffic was rejected, and from how many sources.",
        by: &["{dstport}"],
        counts: &["count(*) AS flows", "count(DISTINCT {srcaddr}) AS sources"],
        only: &["{action} = 'REJECT'"],
        first: "flows DESC",
    },
    Question {
        name: "Rejected by source",
        doc: "Whose traffic was rejected most; one that tried many ports looks for an open one.",
        by: &["{srcaddr}"],
        counts: &[
            "count(*) AS flows",
            "count(DISTINCT {dstport}) AS ports",
            "count(DISTINCT {dstaddr}) AS destinations",
        ],
        only: &["{action} = 'REJECT'"],
        first: "flows DESC",
    },
    Question {
        name: "Traffic by hour",
        doc: "How many bytes were accepted and rejected, hour by hour.",
        by: &["date_trunc('hour', {start}) AS hour", "{action}"],
        counts: &["sum({bytes}) AS total_bytes"],
        only: &["{bytes} IS NOT NULL"],
        first: "hour DESC, total_bytes DESC",
    },
];
