"""The words of organisations: identifiers, licences and their orders, labels of forms."""

from . import identifiers, imports, individuals, labels, licences

REASONS = identifiers.REASONS
REFUSALS = {**licences.REFUSALS, **individuals.REFUSALS, **imports.REFUSALS}
FAULTS = identifiers.FAULTS
PERMISSIONS = {**licences.PERMISSIONS, **individuals.PERMISSIONS, **imports.PERMISSIONS}
STATEMENTS = licences.STATEMENTS
STATES = {**licences.STATES, **individuals.STATES, **imports.STATES}
CODES = {**identifiers.CODES, **licences.CODES, **individuals.CODES, **imports.CODES}
LABELS = {**labels.LABELS, **individuals.LABELS, **imports.LABELS}
