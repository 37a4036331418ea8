# The function, and who may have it work for them. A default of null leaves the choice to the provider.

variable "function_package" {
  description = "Path of a zip with the function's bootstrap, instead of the one built into the provider."
  type        = string
  default     = null

  validation {
    condition     = var.function_package != ""
    error_message = "function_package is empty. Give the path of a zip with the function's bootstrap, or leave it out."
  }
}

variable "architecture" {
  description = "Processor of the function: arm64 or x86_64. Default: that of the zip."
  type        = string
  default     = null

  validation {
    condition     = contains(["arm64", "x86_64"], coalesce(var.architecture, "arm64"))
    error_message = "Lambda has no such architecture. Choose \"arm64\" or \"x86_64\", or leave it out."
  }
}

variable "memory_size" {
  description = "Memory of the function, in MiB."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.memory_size, 128) >= 128 && coalesce(var.memory_size, 128) <= 10240
    error_message = "Lambda does not give a function so much or so little memory. Choose a memory_size from 128 to 10240."
  }
}

variable "timeout" {
  description = "Longest run of the function, in seconds."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.timeout, 60) >= 1 && coalesce(var.timeout, 60) <= 900
    error_message = "Lambda does not let a function run so long or so short. Choose a timeout from 1 to 900."
  }
}

variable "reserved_concurrency" {
  description = "Runs of the function at the same time at most; 0 stops it."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.reserved_concurrency, 1) >= 0
    error_message = "reserved_concurrency cannot be negative. Choose 0 to stop the function, or leave it out to have no limit."
  }
}

variable "log_level" {
  description = "Least severe message of the function that is logged: debug, info, warn or error."
  type        = string
  default     = null

  validation {
    condition     = contains(["debug", "info", "warn", "error"], coalesce(var.log_level, "info"))
    error_message = "The function knows no such log_level. Choose \"debug\", \"info\", \"warn\" or \"error\"."
  }
}

variable "log_retention_days" {
  description = "Days that the function's log is kept."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.log_retention_days, 30) >= 1
    error_message = "A log is kept for a day at least. Choose a number of log_retention_days that CloudWatch Logs knows, such as 30."
  }
}

variable "function_role_arn" {
  description = "Role of the function, where roles may not be made."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", coalesce(var.function_role_arn, "arn:aws:iam::123456789012:role/none")))
    error_message = "function_role_arn is not the ARN of a role. Give one such as \"arn:aws:iam::123456789012:role/name\"."
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

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the function's role that is made here."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", coalesce(var.permissions_boundary_arn, "arn:aws:iam::123456789012:policy/none")))
    error_message = "permissions_boundary_arn is not the ARN of a policy. Give one such as \"arn:aws:iam::123456789012:policy/name\"."
  }
}

variable "source_account_ids" {
  description = "Other accounts whose forwarders may send to the event bus: see the module member."
  type        = set(string)
  default     = null

  validation {
    condition     = alltrue([for id in coalesce(var.source_account_ids, []) : can(regex("^[0-9]{12}$", id))])
    error_message = "One of source_account_ids is not an account. Write its 12 digits in quotes, such as \"210987654321\"."
  }
}

variable "organization_id" {
  description = "Organization whose every account may send to the event bus."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^o-[a-z0-9]{10,32}$", coalesce(var.organization_id, "o-a1b2c3d4e5")))
    error_message = "organization_id is not an organization. Take what \"aws organizations describe-organization\" calls Id, such as \"o-a1b2c3d4e5\"."
  }
}

variable "external_id" {
  description = "External id that the function names when it takes on the catalog role of another account."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@:/-]{2,}$", coalesce(var.external_id, "none")))
    error_message = "This cannot be the external_id. Take 2 to 1224 letters, digits and any of _+=,.@:/-"
  }
}

variable "sweep_schedule" {
  description = "How often the function looks for logs that no event told of: rate(...), cron(...) or never."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^(never|(rate|cron)\\(.+\\))$", coalesce(var.sweep_schedule, "never")))
    error_message = "sweep_schedule is not a schedule. Choose one such as \"rate(1 day)\" or \"cron(0 3 * * ? *)\", or \"never\"."
  }
}
