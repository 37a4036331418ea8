# A hub in the central region, and a forwarder in each source region. What cannot work is refused in the plan.

resource "logenabler_hub" "this" {
  region                   = var.central_region
  event_bus_name           = var.event_bus_name
  function_name            = var.function_name
  function_package         = var.function_package
  architecture             = var.architecture
  function_role_arn        = var.function_role_arn
  memory_size              = var.memory_size
  timeout                  = var.timeout
  reserved_concurrency     = var.reserved_concurrency
  log_level                = var.log_level
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  source_account_ids       = var.source_account_ids
  organization_id          = var.organization_id
  external_id              = var.external_id
  sweep_schedule           = var.sweep_schedule
  dry_run                  = var.dry_run
  drift_watch              = var.drift_watch
  include_names            = var.include_names
  exclude_names            = var.exclude_names
  include_tags             = var.include_tags
  exclude_tags             = var.exclude_tags
  enable_saved_queries     = var.enable_saved_queries
  enable_sns_notifications = var.enable_sns_notifications
  notification_email       = var.notification_email
  notification_topic_arn   = var.notification_topic_arn
  lake_formation_readers   = var.lake_formation_readers
  create_alarms            = var.create_alarms
  quiet_days               = var.quiet_days
  create_dashboard         = var.create_dashboard
  tags                     = var.tags

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
      condition = length(local.of_cloudfront) == 0 || anytrue([for region in var.source_regions : region == local.home])
      error_message = (
        local.home == null
        ? "There is no CloudFront in the partition of ${var.central_region}: ${local.do_without}."
        : "CloudFront and its web ACLs report in ${local.home} only: add \"${local.home}\" to source_regions, or ${local.do_without}."
      )
    }
    precondition {
      condition     = !var.cloudfront_web_acls || var.log_types == null || contains(local.named, "waf")
      error_message = "cloudfront_web_acls is true, but log_types lacks \"waf\": add it to log_types, or take cloudfront_web_acls out."
    }
    precondition {
      condition     = length(local.idle_regions) == 0
      error_message = "None of log_types exists in ${join(", ", local.idle_regions)}: take that out of source_regions, or add to log_types what exists there."
    }
    precondition {
      condition     = length(setsubtract(keys(var.query_results_locations), var.source_regions)) == 0
      error_message = "query_results_locations names a region that is not one of source_regions. Take it out, or add it to source_regions."
    }
  }
}

resource "logenabler_region_forwarder" "this" {
  for_each = var.source_regions

  region        = each.key
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_types     = local.log_types[each.key]
  rule_name     = var.rule_name
  role_arn      = var.forwarder_role_arn
  tags          = var.tags

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
}

locals {
  # The log types that exist only where CloudFront is managed.
  only_at_home = toset(["cloudfront_standard", "cloudfront_standard_v2"])

  # From where CloudFront is managed, in the partition of the central region. Only these two partitions have it.
  home = (
    startswith(var.central_region, "cn-") ? "cn-northwest-1" :
    can(regex("^([a-z]{2}-(gov|iso)|eusc-)", var.central_region)) ? null : "us-east-1"
  )

  named         = var.log_types == null ? toset([]) : var.log_types
  of_cloudfront = setunion(setintersection(local.named, local.only_at_home), var.cloudfront_web_acls ? ["cloudfront_web_acls"] : [])

  # null, which leaves the choice to the provider, is all that exist in the region.
  log_types = {
    for region in var.source_regions : region => var.log_types == null ? null : toset([
      for name in local.named : name if region == local.home || !contains(local.only_at_home, name)
    ])
  }
  idle_regions = [
    for region, names in local.log_types : region if names == null ? false : length(names) == 0
  ]

  # What to change in the configuration where CloudFront is out of reach.
  do_without = join(" and ", [
    for name in local.of_cloudfront :
    name == "cloudfront_web_acls" ? "take cloudfront_web_acls out" : "take \"${name}\" out of log_types"
  ])
}
