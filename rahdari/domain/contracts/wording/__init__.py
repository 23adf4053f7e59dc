"""The words of contracts: the checker of costs, offer, confirmations and contract, and the private questions."""

from . import costs, questions, receipts, services, signing

REFUSALS = signing.REFUSALS | questions.REFUSALS | receipts.REFUSALS | services.REFUSALS
REASONS = costs.REASONS
FAULTS = costs.FAULTS
PERMISSIONS = signing.PERMISSIONS | questions.PERMISSIONS | receipts.PERMISSIONS | services.PERMISSIONS
STATES = signing.STATES | questions.STATES | services.STATES
CODES = services.CODES | signing.CODES | questions.CODES | costs.CODES | receipts.CODES
LABELS = signing.LABELS | questions.LABELS | receipts.LABELS | services.LABELS
