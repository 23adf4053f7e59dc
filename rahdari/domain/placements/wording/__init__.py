"""The words of placements: eligibility, and the case from application to decision."""

from . import cases, eligibility

REASONS = eligibility.REASONS
FAULTS = eligibility.FAULTS
REFUSALS = cases.REFUSALS
PERMISSIONS = cases.PERMISSIONS
STATEMENTS = cases.STATEMENTS
STATES = cases.STATES
CODES = {**eligibility.CODES, **cases.CODES}
LABELS = cases.LABELS
