"""Loads every module that closes a gap: they put their hooks in place when they are imported."""

from . import (
    cloudtrail,
    delivery,
    elb,
    elbv2,
    event_tags,
    events,
    glue,
    iam,
    lambda_,
    lambda_state,
    logs,
    network_firewall,
    route53resolver,
    s3,
    sqs,
    wafv2,
)

GAPS = (
    cloudtrail,
    delivery,
    elb,
    elbv2,
    event_tags,
    events,
    glue,
    iam,
    lambda_,
    lambda_state,
    logs,
    network_firewall,
    route53resolver,
    s3,
    sqs,
    wafv2,
)
