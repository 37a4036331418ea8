# Which resources get tables, and whether any are made. A default of null leaves the choice to the provider.

variable "dry_run" {
  description = "Whether the function makes and changes no table, and only logs what it would do."
  type        = bool
  default     = null
}

variable "include_names" {
  description = "Names of resources that get tables; * stands for anything. Default: all."
  type        = set(string)
  default     = null

  validation {
    condition     = alltrue([for name in coalesce(var.include_names, []) : length(name) >= 1 && length(name) <= 128])
    error_message = "One of include_names is empty or too long. Give 1 to 128 characters, of which a * stands for anything."
  }
}

variable "exclude_names" {
  description = "Names of resources that get no tables, whatever includes them; * stands for anything."
  type        = set(string)
  default     = null

  validation {
    condition     = alltrue([for name in coalesce(var.exclude_names, []) : length(name) >= 1 && length(name) <= 128])
    error_message = "One of exclude_names is empty or too long. Give 1 to 128 characters, of which a * stands for anything."
  }
}

variable "include_tags" {
  description = "Tags, any of which gets a resource its tables; in a value * stands for anything."
  type        = map(string)
  default     = null

  validation {
    condition     = alltrue([for key in keys(coalesce(var.include_tags, {})) : length(key) >= 1 && length(key) <= 128])
    error_message = "One key of include_tags is empty or too long. Give 1 to 128 characters."
  }
}

variable "exclude_tags" {
  description = "Tags, any of which leaves a resource without tables; in a value * stands for anything."
  type        = map(string)
  default     = null

  validation {
    condition     = alltrue([for key in keys(coalesce(var.exclude_tags, {})) : length(key) >= 1 && length(key) <= 128])
    error_message = "One key of exclude_tags is empty or too long. Give 1 to 128 characters."
  }
}
