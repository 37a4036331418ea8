"""Configurations that the tests share."""

HUB_REGION = "ap-southeast-2"
HUB_ID = f"{HUB_REGION}/log-enablement-bus"

HUB = """
resource "logenabler_hub" "this" {
  tags = { team = "platform" }
}
"""

HUB_AND_FORWARDER = (
    HUB
    + """
resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
}
"""
)
FORWARDER_RULE = f"ForwardLoggingEvents-to-{HUB_REGION}"
