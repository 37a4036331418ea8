variable "central_region" {
  description = "Region of the event bus and the function."
  type        = string
  default     = "ap-southeast-2"
}

variable "source_regions" {
  description = "Regions to watch. Logs of CloudFront are reported in us-east-1 only."
  type        = set(string)
  default     = ["ap-southeast-2", "eu-west-1", "us-east-1"]
}

variable "function_package" {
  description = "Path of the function's zip, as `make package` builds it."
  type        = string
}

variable "architecture" {
  description = "Processor that the zip is for: arm64 or x86_64."
  type        = string
  default     = "arm64"
}
