"""The words of contracts: the checker of costs, and offer, confirmations and contract."""

from . import costs, signing

REFUSALS = signing.REFUSALS
REASONS = costs.REASONS
FAULTS = costs.FAULTS
PERMISSIONS = signing.PERMISSIONS
STATES = signing.STATES
CODES = signing.CODES
LABELS = signing.LABELS
