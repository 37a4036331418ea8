"""Elastic Load Balancing: the attributes that moto does not know yet."""

from moto.elbv2.models import FakeLoadBalancer

FakeLoadBalancer.VALID_ATTRS |= {"health_check_logs.s3.bucket", "health_check_logs.s3.prefix"}
