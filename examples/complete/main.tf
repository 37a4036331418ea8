# A hub in one region, and every region whose logs are to have tables.

terraform {
  required_version = ">= 1.8"
  required_providers {
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}

provider "logenabler" {
  region = var.hub_region

  default_tags {
    tags = {
      project = "log-tables"
    }
  }
}

resource "logenabler_hub" "this" {
  log_retention_days = 14
}

resource "logenabler_region_forwarder" "this" {
  for_each = var.source_regions

  region        = each.key
  event_bus_arn = logenabler_hub.this.event_bus_arn
}
