# Who hears of it. A default of null leaves the choice to the provider.

variable "enable_sns_notifications" {
  description = "Whether the function publishes to a topic of SNS what becomes of logs."
  type        = bool
  default     = null
}

variable "notification_email" {
  description = "E-mail address that is subscribed to the topic made here."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+[.][^@ .]+$", coalesce(var.notification_email, "logs@example.com")))
    error_message = "notification_email is not an e-mail address. Give one such as \"logs@example.com\"."
  }
}

variable "notification_topic_arn" {
  description = "Topic of your own, instead of one made here."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", coalesce(var.notification_topic_arn, "arn:aws:sns:eu-west-1:123456789012:none")))
    error_message = "notification_topic_arn is not the ARN of a topic. Give one such as \"arn:aws:sns:eu-west-1:123456789012:name\"."
  }
}
