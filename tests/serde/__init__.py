"""Reads records with Hive's own SerDes and with the native reader, and compares: two readers, one truth."""
