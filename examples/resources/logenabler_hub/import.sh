# <region>/<event bus name>
terraform import logenabler_hub.this ap-southeast-2/log-enablement-bus
