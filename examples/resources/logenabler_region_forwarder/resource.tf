resource "logenabler_hub" "this" {
  region = "ap-southeast-2"
}

resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_types     = ["alb_access"]
}
