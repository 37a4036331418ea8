# <region>/<event bus name>/<log type>
terraform import logenabler_table_schema.alb_access ap-southeast-2/log-enablement-bus/alb_access
