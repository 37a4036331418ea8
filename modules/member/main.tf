# A forwarder in each source region of a member, with the role through which the hub's function works there.

resource "logenabler_region_forwarder" "this" {
  for_each = var.source_regions

  region                = each.key
  event_bus_arn         = var.event_bus_arn
  log_types             = local.log_types[each.key]
  rule_name             = var.rule_name
  role_arn              = var.forwarder_role_arn
  create_catalog_role   = true
  hub_function_role_arn = var.hub_function_role_arn
  external_id           = var.external_id
  tags                  = var.tags

  create_workgroup               = var.create_workgroups
  query_results_location         = lookup(var.query_results_locations, each.key, null)
  bytes_scanned_cutoff_per_query = var.bytes_scanned_cutoff_per_query

  dynamic "timeouts" {
    for_each = var.timeouts[*]

    content {
      create = timeouts.value.create
      update = timeouts.value.update
      delete = timeouts.value.delete
    }
  }

  lifecycle {
    precondition {
      condition     = length(setsubtract(keys(var.query_results_locations), var.source_regions)) == 0
      error_message = "query_results_locations names a region that is not one of source_regions. Take it out, or add it to source_regions."
    }
  }
}

data "logenabler_log_types" "everywhere" {}

data "logenabler_log_types" "here" {
  for_each = var.source_regions

  region = each.key
}

locals {
  # What exists only elsewhere is left out. What exists nowhere stays: the provider says what may have been meant.
  log_types = {
    for region in var.source_regions : region => var.log_types == null ? null : toset([
      for name in var.log_types : name
      if contains(data.logenabler_log_types.here[region].names, name) || !contains(data.logenabler_log_types.everywhere.names, name)
    ])
  }
}
