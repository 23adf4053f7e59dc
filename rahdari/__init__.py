"""Rahdari: the open platform on which two states run a labour-migration corridor."""

__version__ = "0.1.0"
