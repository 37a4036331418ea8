terraform {
  required_version = ">= 1.8"
  required_providers {
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}
