# <region>/<rule name>
terraform import logenabler_region_forwarder.ireland eu-west-1/ForwardLoggingEvents-to-ap-southeast-2
