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
    include_names            = ["prod-*"]
    exclude_names            = ["*-test"]
    include_tags             = { logs = "athena" }
    exclude_tags             = { logs = "none" }
    enable_sns_notifications = true
    notification_email       = "logs@example.com"
  }

  assert {
    condition     = logenabler_hub.this.dry_run && logenabler_hub.this.sweep_schedule == "rate(12 hours)"
    error_message = "The function is not told what to do."
  }
  assert {
    condition     = endswith(logenabler_hub.this.notification_topic_arn, ":EventDrivenLogEnabler-notifications")
    error_message = "There is no topic."
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
