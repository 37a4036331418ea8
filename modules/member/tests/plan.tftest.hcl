# What a plan tells, and what it refuses. Nothing is made.

variables {
  source_regions        = ["eu-west-1", "us-east-1"]
  event_bus_arn         = "arn:aws:events:ap-southeast-2:111111111111:event-bus/log-enablement-bus"
  hub_function_role_arn = "arn:aws:iam::111111111111:role/EventDrivenLogEnablerRole-ap-southeast-2"
}

run "each_region_has_a_role_for_the_hub" {
  command = plan

  assert {
    condition = alltrue([
      for region, arn in output.catalog_role_arns : endswith(arn, ":role/LogEnablerCatalog-ap-southeast-2-${region}")
    ])
    error_message = "The catalog roles are not those that the hub's function looks for."
  }
  assert {
    condition     = contains(output.log_types["us-east-1"], "cloudfront_standard") && !contains(output.log_types["eu-west-1"], "cloudfront_standard")
    error_message = "A region watches something else than what exists there."
  }
}

run "what_is_said_arrives" {
  command = plan

  variables {
    log_types          = ["alb_access", "cloudfront_standard"]
    rule_name          = "to-tables"
    forwarder_role_arn = "arn:aws:iam::222222222222:role/forwarder"
    external_id        = "logs-of-everybody"
    tags               = { team = "shop" }
    timeouts           = { create = "10m" }

    create_workgroups              = true
    query_results_locations        = { us-east-1 = "s3://query-results/logs/" }
    bytes_scanned_cutoff_per_query = 10000000000
  }

  assert {
    condition     = alltrue([for arn in values(output.workgroup_arns) : endswith(arn, ":workgroup/log-enablement-bus")])
    error_message = "The workgroups are not called as the event bus."
  }
  assert {
    condition     = join(" ", output.log_types["eu-west-1"]) == "alb_access" && length(output.log_types["us-east-1"]) == 2
    error_message = "A log type is watched where it does not exist, or not where it does."
  }
  assert {
    condition     = alltrue([for arns in values(output.rule_arns) : endswith(arns[0], ":rule/to-tables")])
    error_message = "The rules do not have the name that they were given."
  }
}

run "what_no_workgroup_can_have_is_refused" {
  command = plan

  variables {
    create_workgroups              = true
    query_results_locations        = { eu-west-1 = "s3://query-results" }
    bytes_scanned_cutoff_per_query = 9999999
  }

  expect_failures = [
    var.query_results_locations,
    var.bytes_scanned_cutoff_per_query,
  ]
}

run "results_of_a_region_that_is_no_source_are_refused" {
  command = plan

  variables {
    create_workgroups       = true
    query_results_locations = { eu-west-2 = "s3://query-results/" }
  }

  expect_failures = [logenabler_region_forwarder.this]
}

run "what_cannot_be_is_refused" {
  command = plan

  variables {
    source_regions        = ["Ireland"]
    event_bus_arn         = "log-enablement-bus"
    hub_function_role_arn = "arn:aws:lambda:ap-southeast-2:111111111111:function:EventDrivenLogEnabler"
    external_id           = "x"
    log_types             = []
    rule_name             = "to/tables"
    forwarder_role_arn    = "role"
    timeouts              = { create = "soon" }
  }

  expect_failures = [
    var.source_regions,
    var.event_bus_arn,
    var.hub_function_role_arn,
    var.external_id,
    var.log_types,
    var.rule_name,
    var.forwarder_role_arn,
    var.timeouts,
  ]
}
