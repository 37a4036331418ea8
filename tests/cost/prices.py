"""AWS's list prices in us-east-1, before any free tier."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    """So many dollars for so many of something."""

    what: str
    dollars: float
    units: int
    unit: str
    page: str

    def of(self, quantity: float) -> float:
        return quantity / self.units * self.dollars


MILLION = 1_000_000
REQUESTS = Price("Lambda, runs", 0.20, MILLION, "runs", "lambda/pricing")
SECONDS = Price("Lambda, arm64, time", 0.0000133334, 1, "GB-second", "lambda/pricing")
EVENTS = Price("EventBridge, events to the hub", 1.00, MILLION, "events", "eventbridge/pricing")
GLUE_CALLS = Price("Glue, calls", 1.00, MILLION, "calls", "glue/pricing")
GLUE_OBJECTS = Price("Glue, tables", 1.00, 100_000, "tables and views", "glue/pricing")
LOGS = Price("CloudWatch, log", 0.53, 1, "GB, taken in and kept for a month", "cloudwatch/pricing")
METRICS = Price("CloudWatch, metrics", 0.30, 1, "metric", "cloudwatch/pricing")
DATA = Price("Data to other regions", 0.02, 1, "GB", "ec2/pricing/on-demand")
FURTHER_TRAIL = Price("CloudTrail, a further trail", 2.00, 100_000, "calls", "cloudtrail/pricing")
ALL = (REQUESTS, SECONDS, EVENTS, GLUE_CALLS, GLUE_OBJECTS, LOGS, METRICS, DATA, FURTHER_TRAIL)
