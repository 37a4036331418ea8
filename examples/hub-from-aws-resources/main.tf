# What logenabler_hub makes, by the ordinary resources of the AWS provider: for those who may use no others for it. All
# settings are the hub's own. Forwarders and table schemas are logenabler's, and take this bus for a hub's.

terraform {
  required_version = ">= 1.8"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}

provider "aws" {
  region = var.central_region
}

provider "logenabler" {
  region = var.central_region
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  bus       = "log-enablement-bus"
  function  = "EventDrivenLogEnabler"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition

  # Named by a policy that comes before the function does.
  function_arn = "arn:${local.partition}:lambda:${var.central_region}:${local.account}:function:${local.function}"
}

resource "logenabler_region_forwarder" "this" {
  for_each = var.source_regions

  region        = each.key
  event_bus_arn = aws_cloudwatch_event_bus.this.arn

  # EventBridge lets no rule send to a bus whose policy does not let it in.
  depends_on = [aws_cloudwatch_event_bus_policy.this]
}

resource "logenabler_table_schema" "alb_access" {
  event_bus_arn    = aws_cloudwatch_event_bus.this.arn
  log_type         = "alb_access"
  projection_start = "2024/01/01"

  depends_on = [aws_glue_catalog_database.schemas]
}
