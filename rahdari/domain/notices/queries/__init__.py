"""Reads of notices: what an office drafted, what the contact points sent and received, each behind its marking."""
