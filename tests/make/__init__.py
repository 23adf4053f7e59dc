"""Makers: rows for tests, made by calling actions, so that none can hold a state the law forbids."""
