"""Load and chaos: nothing that goes wrong on the way from events to tables may change the tables."""
