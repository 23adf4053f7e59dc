"""The reads of the exchange."""
