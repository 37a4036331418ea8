# What a plan tells, and what it refuses. Nothing is made.

variables {
  central_region = "ap-southeast-2"
  source_regions = ["eu-west-1"]
}

run "the_defaults_are_the_providers" {
  command = plan

  assert {
    condition     = output.event_bus_name == "log-enablement-bus" && output.function_name == "EventDrivenLogEnabler"
    error_message = "The names are not the provider's defaults."
  }
  assert {
    condition     = logenabler_hub.this.memory_size == 128 && logenabler_hub.this.timeout == 60
    error_message = "The function's size is not the provider's default."
  }
  assert {
    condition     = join(" ", keys(output.log_types)) == "eu-west-1" && contains(output.log_types["eu-west-1"], "alb_access")
    error_message = "Not every log type of the source region is watched."
  }
  assert {
    condition     = length(output.table_ddl) == 0
    error_message = "Nobody asked for a table schema."
  }
}

run "cloudfront_is_watched_at_its_home" {
  command = plan

  variables {
    source_regions      = ["eu-west-1", "us-east-1"]
    log_types           = ["alb_access", "cloudfront_standard", "waf"]
    cloudfront_web_acls = true
  }

  assert {
    condition     = contains(output.log_types["us-east-1"], "cloudfront_standard")
    error_message = "CloudFront is not watched in us-east-1."
  }
  assert {
    condition     = !contains(output.log_types["eu-west-1"], "cloudfront_standard")
    error_message = "CloudFront is watched where it reports nothing."
  }
}

run "cloudfront_without_its_home_is_refused" {
  command = plan

  variables {
    log_types = ["alb_access", "cloudfront_standard"]
  }

  expect_failures = [logenabler_hub.this]
}

run "web_acls_of_cloudfront_without_their_home_are_refused" {
  command = plan

  variables {
    cloudfront_web_acls = true
  }

  expect_failures = [logenabler_hub.this]
}

run "a_region_with_nothing_to_watch_is_refused" {
  command = plan

  variables {
    source_regions = ["eu-west-1", "us-east-1"]
    log_types      = ["cloudfront_standard"]
  }

  expect_failures = [logenabler_hub.this]
}

run "no_source_region_is_refused" {
  command = plan

  variables {
    source_regions = []
  }

  expect_failures = [var.source_regions]
}

run "no_log_type_is_refused" {
  command = plan

  variables {
    log_types = []
  }

  expect_failures = [var.log_types]
}

run "what_no_region_is_called_is_refused" {
  command = plan

  variables {
    central_region = "Sydney"
    source_regions = ["Ireland"]
  }

  expect_failures = [var.central_region, var.source_regions]
}

run "what_the_function_cannot_be_is_refused" {
  command = plan

  variables {
    function_package         = ""
    architecture             = "arm"
    memory_size              = 64
    timeout                  = 901
    reserved_concurrency     = -1
    log_level                = "trace"
    log_retention_days       = 0
    function_role_arn        = "role"
    forwarder_role_arn       = "arn:aws:iam::123456789012:user/me"
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/boundary"
  }

  expect_failures = [
    var.function_package,
    var.architecture,
    var.memory_size,
    var.timeout,
    var.reserved_concurrency,
    var.log_level,
    var.log_retention_days,
    var.function_role_arn,
    var.forwarder_role_arn,
    var.permissions_boundary_arn,
  ]
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

  expect_failures = [logenabler_hub.this]
}

run "what_cannot_be_named_or_let_in_is_refused" {
  command = plan

  variables {
    event_bus_name     = "default"
    function_name      = "log enabler"
    rule_name          = "to/tables"
    source_account_ids = ["2109-8765-4321"]
    organization_id    = "example.com"
    external_id        = "x"
    timeouts           = { create = "soon" }
    table_schemas      = { alb_access = { table_name = "everybody" } }
  }

  expect_failures = [
    var.event_bus_name,
    var.function_name,
    var.rule_name,
    var.source_account_ids,
    var.organization_id,
    var.external_id,
    var.timeouts,
    var.table_schemas,
  ]
}

run "what_nobody_can_be_told_or_asked_is_refused" {
  command = plan

  variables {
    sweep_schedule         = "daily"
    include_names          = [""]
    exclude_names          = [""]
    include_tags           = { "" = "x" }
    exclude_tags           = { "" = "x" }
    notification_email     = "nobody"
    notification_topic_arn = "logs"
    lake_formation_readers = ["everybody"]
    quiet_days             = 8
  }

  expect_failures = [
    var.sweep_schedule,
    var.include_names,
    var.exclude_names,
    var.include_tags,
    var.exclude_tags,
    var.notification_email,
    var.notification_topic_arn,
    var.lake_formation_readers,
    var.quiet_days,
  ]
}
