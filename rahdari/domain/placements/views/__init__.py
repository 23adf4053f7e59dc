"""The doors for people: the desk of cases, and the worker's own line."""
