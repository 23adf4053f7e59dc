"""The words of contracts: the checker of costs, offer, confirmations and contract, and the private questions."""

from . import costs, questions, receipts, signing

REFUSALS = signing.REFUSALS | questions.REFUSALS | receipts.REFUSALS
REASONS = costs.REASONS
FAULTS = costs.FAULTS
PERMISSIONS = signing.PERMISSIONS | questions.PERMISSIONS | receipts.PERMISSIONS
STATES = signing.STATES | questions.STATES
CODES = signing.CODES | questions.CODES | costs.CODES | receipts.CODES
LABELS = signing.LABELS | questions.LABELS | receipts.LABELS
