"""What goes wrong at every AWS call that every resource makes, and whether the next apply puts it right."""
