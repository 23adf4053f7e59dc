"""The words of fields: refusals, reasons, states and codes."""

from . import orders, standing, suspension

REFUSALS = orders.REFUSALS
REASONS = {**suspension.REASONS, **standing.REASONS}
FAULTS = suspension.FAULTS
STATES = {**orders.STATES, **standing.STATES}
CODES = {**standing.FIELD_NAMES, **suspension.CODES, **orders.CODES, **standing.CODES}
PERMISSIONS = orders.PERMISSIONS
STATEMENTS = orders.STATEMENTS
