terraform {
  required_providers {
    logenabler = {
      source = "logenabler/logenabler"
    }
  }
}

provider "logenabler" {
  region = "ap-southeast-2"

  default_tags {
    tags = {
      team = "platform"
    }
  }
}
