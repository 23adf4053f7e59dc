"""The words of organisations: identifiers, licences and their orders, labels of forms."""

from . import identifiers, imports, labels, licences

REASONS = identifiers.REASONS
REFUSALS = {**licences.REFUSALS, **imports.REFUSALS}
FAULTS = identifiers.FAULTS
PERMISSIONS = {**licences.PERMISSIONS, **imports.PERMISSIONS}
STATEMENTS = licences.STATEMENTS
STATES = {**licences.STATES, **imports.STATES}
CODES = {**identifiers.CODES, **licences.CODES, **imports.CODES}
LABELS = {**labels.LABELS, **imports.LABELS}
