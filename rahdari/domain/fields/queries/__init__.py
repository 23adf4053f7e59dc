"""Reads of fields: how each stands, its history, the tables, what a ministry asked and what was ordered."""
