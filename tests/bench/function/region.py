"""A source region with 5,000 resources, of which some log: all that a sweep of it asks."""

from __future__ import annotations

from collections import Counter, deque
from typing import Any

from bench.function import answers
from bench.function.events import EVENT, REGION
from bench.function.glue import Glue, answered, refused, xml
from bench.function.server import Answer
from terraform import ROOT

ACCOUNT: str = EVENT["account"]
PATTERN = (ROOT / "catalog/tests/golden/patterns.json").read_text().splitlines()[0]
FIRST, SECOND = "central-logs", "other-logs"

# The bucket that each resource logs to, by its ARN.
Settings = dict[str, str | None]


class SourceRegion(Glue):
    """One rule sends everything to the hub, a trail logs there, and one bucket takes all logs."""

    def __init__(self, schema_database: str) -> None:
        super().__init__({schema_database: {}})
        balancer = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer"
        self.balancers = some(2500, f"{balancer}/app/shop-{{0:04}}/{{0:016x}}", 5)
        self.buckets = some(1500, "arn:aws:s3:::pictures-{:04}", 5)
        self.classic = some(500, f"{balancer}/old-{{:04}}", 5)
        web_acl = f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl"
        self.web_acls = some(300, f"{web_acl}/acl-{{0:04}}/{{0:036x}}", 1)
        self.flow_logs = some(200, f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc-flow-log/fl-{{:017x}}", 1)
        self.started: deque[dict[str, Any]] = deque()

    @property
    def kinds(self) -> tuple[Settings, ...]:
        return self.balancers, self.buckets, self.classic, self.web_acls, self.flow_logs

    @property
    def size(self) -> int:
        return sum(map(len, self.kinds))

    def change(self) -> None:
        """Of each kind, one in a hundred: by turns its log is turned off, or on or elsewhere."""
        for settings in self.kinds:
            arns = list(settings)
            settings.update(dict.fromkeys(arns[::200]))
            settings.update(dict.fromkeys(arns[101::200], SECOND))

    @property
    def logging(self) -> Counter[tuple[str, str]]:
        """What has to have tables that are on, the bucket that they have to point at, and how many."""
        each = Counter({log: 1 for settings in self.kinds for log in on(settings).items()})
        each.update({log: len(answers.LOGS) - 1 for log in on(self.balancers).items()})
        return each

    @property
    def tables_on(self) -> Counter[tuple[str, str]]:
        """The same as the tables over files say it."""
        marked = ((table["Parameters"], table["StorageDescriptor"].get("Location")) for table in self.tables)
        return Counter(
            (marks["logenabler.resource_arn"], location.split("/")[2])
            for marks, location in marked
            if location and marks["logenabler.enabled"] == "true"
        )

    def _ListRuleNamesByTarget(self, asked: dict[str, Any]) -> Answer:
        return answered({"RuleNames": ["forward"]})

    def _DescribeRule(self, asked: dict[str, Any]) -> Answer:
        return answered({"State": "ENABLED", "EventPattern": PATTERN})

    def _DescribeTrails(self, asked: dict[str, Any]) -> Answer:
        """One trail, of another region, that logs in this one as well."""
        trail = {"TrailARN": f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/all"}
        return answered({"trailList": [trail] if asked["includeShadowTrails"] else []})

    def _GetTrailStatus(self, asked: dict[str, Any]) -> Answer:
        return answered({"IsLogging": True})

    def _GetEventSelectors(self, asked: dict[str, Any]) -> Answer:
        return answered({"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True}]})

    def _ListFirewalls(self, asked: dict[str, Any]) -> Answer:
        return answered({"Firewalls": []})

    def _ListResolverQueryLogConfigs(self, asked: dict[str, Any]) -> Answer:
        return answered({"ResolverQueryLogConfigs": []})

    def _DescribeDeliveries(self, asked: dict[str, Any]) -> Answer:
        return answered({"deliveries": []})

    def _InvokeFunction(self, asked: dict[str, Any]) -> Answer:
        self.started.append(asked)
        return Answer(status=202, body=b"")

    def _DescribeLoadBalancers(self, asked: dict[str, str]) -> Answer:
        is_classic = asked["Version"] == "2012-06-01"
        things = self.classic if is_classic else self.balancers
        found, marker = page(things, asked["PageSize"], asked.get("Marker"))
        return xml(answers.load_balancers(found, marker, is_classic))

    def _DescribeLoadBalancerAttributes(self, asked: dict[str, str]) -> Answer:
        if name := asked.get("LoadBalancerName"):
            balancer = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/{name}"
            return xml(answers.classic_attributes(self.classic[balancer]))
        return xml(answers.attributes(self.balancers[asked["LoadBalancerArn"]]))

    def _ListBuckets(self, asked: dict[str, str]) -> Answer:
        found, token = page(self.buckets, asked["max-buckets"], asked.get("continuation-token"))
        return xml(answers.buckets(found, token))

    def _GetBucketLogging(self, asked: dict[str, str]) -> Answer:
        return xml(answers.bucket_logging(self.buckets[f"arn:aws:s3:::{asked['Bucket']}"]))

    def _ListLoggingConfigurations(self, asked: dict[str, Any]) -> Answer:
        found, marker = page(on(self.web_acls), asked["Limit"], asked.get("NextMarker"))
        configurations = [answers.web_acl_logging(arn, self.web_acls[arn]) for arn in found]
        more = {"NextMarker": marker} if marker else {}
        return answered({"LoggingConfigurations": configurations, **more})

    def _GetLoggingConfiguration(self, asked: dict[str, Any]) -> Answer:
        arn = asked["ResourceArn"]
        if not (bucket := self.web_acls[arn]):
            return refused("WAFNonexistentItemException")
        return answered({"LoggingConfiguration": answers.web_acl_logging(arn, bucket)})

    def _DescribeFlowLogs(self, asked: dict[str, str]) -> Answer:
        """A flow log whose log is turned off is gone."""
        there = on(self.flow_logs)
        if id := asked.get("FlowLogId.1"):
            there = {arn: bucket for arn, bucket in there.items() if arn.endswith(f"/{id}")}
        found, token = page(there, asked.get("MaxResults", "1000"), asked.get("NextToken"))
        return xml(answers.flow_logs({arn: there[arn] for arn in found}, token))


def some(count: int, arn: str, one_in: int) -> Settings:
    """So many resources, of which one in so many logs."""
    return {arn.format(number): None if number % one_in else FIRST for number in range(count)}


def on(settings: Settings) -> Settings:
    return {arn: bucket for arn, bucket in settings.items() if bucket}


def page(things: Settings, size: str | int, token: str | None) -> tuple[list[str], str]:
    """The ARNs on a page, and how to go on; nothing behind the last."""
    begin = int(token or 0)
    end = begin + int(size)
    return list(things)[begin:end], str(end) if end < len(things) else ""
