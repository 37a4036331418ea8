# Tables for every log, in every region where somebody may turn one on.

terraform {
  required_version = ">= 1.8"
  required_providers {
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}

# One provider serves all regions.
provider "logenabler" {
  region = var.central_region

  default_tags {
    tags = {
      project = "log-tables"
    }
  }
}

module "log_enabler" {
  source = "../../modules/log-enabler"

  central_region     = var.central_region
  source_regions     = var.source_regions
  log_retention_days = 14

  # Web ACLs of CloudFront report in us-east-1 only. With this, leaving that region out is an error, not a gap.
  cloudfront_web_acls = true

  # Every table has all columns without this. It is how to change what its log type says.
  table_schemas = {
    # Records begin in 2024, so queries need not look at older folders.
    alb_access = {
      projection_start = "2024/01/01"
    }
    # A parameter of the company's own, on every table of web ACLs.
    waf = {
      parameters = {
        data_owner = "security"
      }
    }
  }
}
