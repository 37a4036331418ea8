# A default of null leaves the choice to the provider.

variable "source_regions" {
  description = "Regions of this account whose logs are to have tables. Each needs a trail that logs management events."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.source_regions) > 0
    error_message = "Without a source region no log is ever noticed. Name the regions whose logs are to have tables, such as [\"eu-west-1\"]."
  }
  validation {
    condition     = alltrue([for region in var.source_regions : can(regex("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", region))])
    error_message = "One of source_regions is not an AWS region. Name regions such as \"eu-west-1\"."
  }
}

variable "event_bus_arn" {
  description = "The hub's event bus: event_bus_arn of the module log-enabler."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:event-bus/.+$", var.event_bus_arn))
    error_message = "event_bus_arn is not the ARN of an event bus. Give event_bus_arn of the module log-enabler."
  }
}

variable "hub_function_role_arn" {
  description = "Role of the hub's function: function_role_arn of the module log-enabler."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.hub_function_role_arn))
    error_message = "hub_function_role_arn is not the ARN of a role. Give function_role_arn of the module log-enabler."
  }
}

variable "external_id" {
  description = "The hub's external id, where it has one: external_id of the module log-enabler."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@:/-]{2,}$", coalesce(var.external_id, "none")))
    error_message = "This cannot be the external_id. Give that of the hub: 2 to 1224 letters, digits and any of _+=,.@:/-"
  }
}

variable "log_types" {
  description = "Log types to watch. One that does not exist in a region is left out there. Default: all that exist in each region."
  type        = set(string)
  default     = null

  validation {
    condition     = var.log_types == null ? true : length(var.log_types) > 0
    error_message = "An empty log_types watches nothing. Name the log types to watch, or leave log_types out to watch all."
  }
}

variable "rule_name" {
  description = "Name of the rule in each source region. A second hub in the same region as the first needs its own."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,61}$", coalesce(var.rule_name, "none")))
    error_message = "This cannot be the rule_name. Take 1 to 61 letters, digits, '.', '-' and '_'."
  }
}

variable "forwarder_role_arn" {
  description = "Role that EventBridge takes on in every source region to send to the event bus, where roles may not be made."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", coalesce(var.forwarder_role_arn, "arn:aws:iam::123456789012:role/none")))
    error_message = "forwarder_role_arn is not the ARN of a role. Give one such as \"arn:aws:iam::123456789012:role/name\"."
  }
}

variable "tags" {
  description = "Tags of everything made here, on top of the provider's default_tags."
  type        = map(string)
  default     = null
}

variable "timeouts" {
  description = "Longest create, update and delete of each resource, such as \"5m\"."
  type = object({
    create = optional(string)
    update = optional(string)
    delete = optional(string)
  })
  default = null

  validation {
    condition     = alltrue([for limit in try(values(var.timeouts), []) : limit == null || can(regex("^([0-9]+ ?[a-z]+ ?)+$", limit))])
    error_message = "One of timeouts is not a duration. Write it as in \"30s\", \"5m\" or \"1h30m\"."
  }
}
