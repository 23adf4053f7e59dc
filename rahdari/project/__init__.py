"""The roof: the only place that sees everything. Tables that join the packages, settings, commands."""
