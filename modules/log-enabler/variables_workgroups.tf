# Workgroups of Athena for those who query the tables. A default of null leaves the choice to the provider.

variable "create_workgroups" {
  description = "Whether to make a workgroup of Athena in each source region, called as the event bus."
  type        = bool
  default     = null
}

variable "query_results_locations" {
  description = "By source region, where results of queries in its workgroup go: into a bucket of that region. Elsewhere each reader says where."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for location in values(var.query_results_locations) : can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([^/ ]+/)*$", location))
    ])
    error_message = "One of query_results_locations is not a folder in a bucket. Give one such as \"s3://bucket/prefix/\"."
  }
}

variable "bytes_scanned_cutoff_per_query" {
  description = "Most bytes that a query in a workgroup may read before Athena stops it."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.bytes_scanned_cutoff_per_query, 10000000) >= 10000000
    error_message = "Athena has no lower limit. Choose a bytes_scanned_cutoff_per_query of 10000000 or more."
  }
}
