"""Reads of cooperation: the Memorandum as data, and the requests between contact points."""
