"""Refusals of accounts in words."""

REFUSALS: dict[str, object] = {}
