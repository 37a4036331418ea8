# What is made, from the defaults to everything that can be said. It is removed in the end.

variables {
  central_region = "ap-southeast-2"
  source_regions = ["ap-southeast-2", "eu-west-1"]
}

run "the_defaults" {
  assert {
    condition     = startswith(output.event_bus_arn, "arn:aws:events:ap-southeast-2:")
    error_message = "The event bus is not in the central region."
  }
  assert {
    condition     = { for region, urls in output.dead_letter_queue_urls : region => length(urls) } == { ap-southeast-2 = 2, eu-west-1 = 1 }
    error_message = "The hub and each forwarder have a queue."
  }
  assert {
    condition     = alltrue([for region, arns in output.rule_arns : startswith(arns[0], "arn:aws:events:${region}:")])
    error_message = "A forwarder's rule is not in its region."
  }
}

run "what_is_there_can_be_changed" {
  variables {
    source_regions       = ["eu-west-1", "us-east-1"]
    log_types            = ["alb_access", "cloudfront_standard", "waf"]
    cloudfront_web_acls  = true
    memory_size          = 256
    timeout              = 30
    reserved_concurrency = 2
    log_level            = "debug"
    log_retention_days   = 7
    tags                 = { team = "edge" }
    timeouts             = { create = "10m", update = "10m", delete = "10m" }
    table_schemas = {
      alb_access = {
        database_name    = "security_logs"
        table_name       = "alb_{resource_name}_log"
        projection_start = "2024/01/01"
        parameters       = { data_owner = "security" }
        columns          = [{ name = "elb_status_code", type = "int", comment = "Status." }]
      }
      waf = {}
    }
  }

  assert {
    condition     = join(" ", keys(output.rule_arns)) == "eu-west-1 us-east-1"
    error_message = "The forwarders are not those of the source regions."
  }
  assert {
    condition     = logenabler_hub.this.memory_size == 256 && logenabler_hub.this.log_retention_days == 7
    error_message = "The function was not changed."
  }
  assert {
    condition     = alltrue([for made in concat([logenabler_hub.this], values(logenabler_region_forwarder.this)) : made.tags_all == tomap({ team = "edge" })])
    error_message = "Not everything carries the tags."
  }
  assert {
    condition     = strcontains(output.table_ddl["alb_access"], "security_logs") && strcontains(output.table_ddl["alb_access"], "2024/01/01")
    error_message = "The table schema does not say what it was told to."
  }
}

run "what_is_made_and_told_can_be_chosen" {
  variables {
    sweep_schedule           = "rate(12 hours)"
    dry_run                  = true
    drift_watch              = true
    include_names            = ["prod-*"]
    exclude_names            = ["*-test"]
    include_tags             = { logs = "athena" }
    exclude_tags             = { logs = "none" }
    enable_saved_queries     = true
    enable_sns_notifications = true
    notification_email       = "logs@example.com"
    lake_formation_readers   = ["arn:aws:iam::123456789012:role/analyst"]
    create_alarms            = true
    quiet_days               = 3
    create_dashboard         = true
  }

  assert {
    condition     = logenabler_hub.this.dry_run && logenabler_hub.this.enable_saved_queries && logenabler_hub.this.drift_watch && logenabler_hub.this.sweep_schedule == "rate(12 hours)"
    error_message = "The function is not told what to do."
  }
  assert {
    condition     = endswith(logenabler_hub.this.notification_topic_arn, ":EventDrivenLogEnabler-notifications")
    error_message = "There is no topic."
  }
  assert {
    condition     = length(logenabler_hub.this.alarm_arns) == 3 && logenabler_hub.this.quiet_days == 3
    error_message = "There are no alarms."
  }
  assert {
    condition     = endswith(logenabler_hub.this.dashboard_arn, ":dashboard/EventDrivenLogEnabler-ap-southeast-2")
    error_message = "There is no dashboard."
  }
}

run "readers_have_workgroups" {
  variables {
    source_regions                 = ["eu-west-1", "us-east-1"]
    create_workgroups              = true
    query_results_locations        = { us-east-1 = "s3://query-results/logs/" }
    bytes_scanned_cutoff_per_query = 10000000000
  }

  assert {
    condition     = alltrue([for arn in values(output.workgroup_arns) : endswith(arn, ":workgroup/log-enablement-bus")])
    error_message = "The workgroups are not called as the event bus."
  }
  assert {
    condition = (
      logenabler_region_forwarder.this["us-east-1"].query_results_location == "s3://query-results/logs/"
      && logenabler_region_forwarder.this["eu-west-1"].query_results_location == null
    )
    error_message = "Results go where nobody said."
  }
}

run "members_may_send" {
  variables {
    source_account_ids = ["210987654321"]
    organization_id    = "o-a1b2c3d4e5"
    external_id        = "logs-of-everybody"
  }

  assert {
    condition     = output.external_id == "logs-of-everybody" && endswith(output.function_role_arn, ":role/EventDrivenLogEnablerRole-ap-southeast-2")
    error_message = "The outputs are not what a member needs."
  }
  assert {
    condition     = logenabler_hub.this.organization_id == "o-a1b2c3d4e5" && contains(logenabler_hub.this.source_account_ids, "210987654321")
    error_message = "The members are not let in."
  }
}

run "names_of_its_own" {
  variables {
    event_bus_name = "logs-bus"
    function_name  = "TableMaker"
    rule_name      = "to-tables"
  }

  assert {
    condition     = output.event_bus_name == "logs-bus" && output.function_name == "TableMaker" && output.schema_database_name == "logs_bus_schemas"
    error_message = "The hub does not have the names that it was given."
  }
  assert {
    condition     = alltrue([for arns in values(output.rule_arns) : endswith(arns[0], ":rule/to-tables")])
    error_message = "The rules do not have the name that they were given."
  }
}
