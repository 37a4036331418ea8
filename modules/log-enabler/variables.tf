# What is watched, and how its tables differ. A default of null leaves the choice to the provider.

variable "central_region" {
  description = "Region of the hub: its event bus and its function."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", var.central_region))
    error_message = "\"${var.central_region}\" is not an AWS region. Name one, such as \"eu-west-1\"."
  }
}

variable "source_regions" {
  description = "Regions whose logs are to have tables. The central region is one only if it is named. Each needs a trail that logs management events."
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

variable "log_types" {
  description = "Log types to watch. One that does not exist in a region is left out there. Default: all that exist in each region."
  type        = set(string)
  default     = null

  validation {
    condition     = var.log_types == null ? true : length(var.log_types) > 0
    error_message = "An empty log_types watches nothing. Name the log types to watch, or leave log_types out to watch all."
  }
}

variable "cloudfront_web_acls" {
  description = "Whether web ACLs of CloudFront (scope CLOUDFRONT) must have tables. If true, a configuration that would miss them is refused."
  type        = bool
  default     = false
  nullable    = false
}

variable "table_schemas" {
  description = "Changes to the tables of a log type, by its name. Formats are those of logenabler_table_schema."
  type = map(object({
    database_name    = optional(string)
    table_name       = optional(string)
    projection_start = optional(string)
    parameters       = optional(map(string))
    columns = optional(list(object({
      name    = string
      type    = string
      comment = optional(string)
    })))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for schema in var.table_schemas : schema.table_name == null || can(regex("^[^{}]*{resource_name}[^{}]*$", schema.table_name))
    ])
    error_message = "A table_name in table_schemas lacks {resource_name}: all logs would have one table. Write it as in \"alb_{resource_name}\"."
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
