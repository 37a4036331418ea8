# A default of null leaves the choice to the provider: its documentation says what that is.

variable "central_region" {
  description = "Region of the hub: its event bus and its function."
  type        = string
  nullable    = false
}

variable "source_regions" {
  description = "Regions whose logs are to have tables. The central region is one only if it is named. Each needs a trail that logs management events."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.source_regions) > 0
    error_message = "Without a source region no log is ever noticed. Name the regions whose logs are to have tables, such as [\"eu-west-1\"]."
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
}

variable "event_bus_name" {
  description = "Name of the event bus. A second hub in the same region needs its own."
  type        = string
  default     = null
}

variable "function_name" {
  description = "Name of the function. A second hub in the same region needs its own."
  type        = string
  default     = null
}

variable "rule_name" {
  description = "Name of the rule in each source region. A second hub in the same region needs its own if both watch a region."
  type        = string
  default     = null
}

variable "function_package" {
  description = "Path of a zip with the function's bootstrap, instead of the one built into the provider."
  type        = string
  default     = null
}

variable "function_role_arn" {
  description = "Role of the function, where roles may not be made."
  type        = string
  default     = null
}

variable "forwarder_role_arn" {
  description = "Role that EventBridge takes on in every source region to send to the event bus, where roles may not be made."
  type        = string
  default     = null
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the function's role that is made here."
  type        = string
  default     = null
}

variable "memory_size" {
  description = "Memory of the function, in MiB."
  type        = number
  default     = null
}

variable "timeout" {
  description = "Longest run of the function, in seconds."
  type        = number
  default     = null
}

variable "reserved_concurrency" {
  description = "Runs of the function at the same time at most."
  type        = number
  default     = null
}

variable "log_level" {
  description = "Least severe message of the function that is logged: debug, info, warn or error."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that the function's log is kept."
  type        = number
  default     = null
}

variable "source_account_ids" {
  description = "Other accounts whose forwarders may send to the event bus."
  type        = set(string)
  default     = null
}

variable "organization_id" {
  description = "Organization whose every account may send to the event bus."
  type        = string
  default     = null
}

variable "external_id" {
  description = "External id that the function names when it takes on the catalog role of another account."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything made here, on top of the provider's default_tags."
  type        = map(string)
  default     = null
}
