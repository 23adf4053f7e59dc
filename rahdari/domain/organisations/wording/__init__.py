"""The words of organisations: identifiers, licences and their orders, labels of forms."""

from . import identifiers, labels, licences

REASONS = identifiers.REASONS
REFUSALS = licences.REFUSALS
FAULTS = identifiers.FAULTS
PERMISSIONS = licences.PERMISSIONS
STATEMENTS = licences.STATEMENTS
STATES = licences.STATES
CODES = {**identifiers.CODES, **licences.CODES}
LABELS = labels.LABELS
