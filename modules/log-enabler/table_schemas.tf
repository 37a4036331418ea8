# Changes to the tables of a log type, which the hub's function uses from then on.

resource "logenabler_table_schema" "this" {
  for_each = var.table_schemas

  event_bus_arn    = logenabler_hub.this.event_bus_arn
  log_type         = each.key
  database_name    = each.value.database_name
  table_name       = each.value.table_name
  projection_start = each.value.projection_start
  parameters       = each.value.parameters
  columns          = each.value.columns

  dynamic "timeouts" {
    for_each = var.timeouts[*]

    content {
      create = timeouts.value.create
      update = timeouts.value.update
      delete = timeouts.value.delete
    }
  }
}
