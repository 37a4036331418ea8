# One hub for two accounts: the tables of each are its own.

terraform {
  required_version = ">= 1.8"
  required_providers {
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}

provider "logenabler" {
  region              = "ap-southeast-2"
  allowed_account_ids = [var.hub_account_id]
}

# The same, in the account of the shop.
provider "logenabler" {
  alias               = "shop"
  region              = "eu-west-1"
  allowed_account_ids = [var.shop_account_id]

  assume_role {
    role_arn = "arn:aws:iam::${var.shop_account_id}:role/${var.role_name}"
  }
}

module "log_enabler" {
  source = "../../modules/log-enabler"

  central_region = "ap-southeast-2"
  source_regions = ["ap-southeast-2"]

  # Whose forwarders may send, and whom the function may take on a role of.
  source_account_ids = [var.shop_account_id]
  external_id        = "logs-of-everybody"
}

module "shop" {
  source    = "../../modules/member"
  providers = { logenabler = logenabler.shop }

  source_regions        = ["eu-west-1", "us-east-1"]
  event_bus_arn         = module.log_enabler.event_bus_arn
  hub_function_role_arn = module.log_enabler.function_role_arn
  external_id           = module.log_enabler.external_id
}
