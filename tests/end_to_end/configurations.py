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


def call(arguments: str, name: str = "log_enabler") -> str:
    """A call of the module, as users write it."""
    return f'module "{name}" {{\n  source = "../../modules/log-enabler"\n{arguments}\n}}\n'


def regions(central: str, *sources: str) -> str:
    """The two arguments that every call needs."""
    listed = ", ".join(f'"{source}"' for source in sources)
    return f'  central_region = "{central}"\n  source_regions = [{listed}]\n'
