"""The words of organisations: identifiers, licences and their orders, labels of forms."""

from . import identifiers, individuals, labels, licences

REASONS = identifiers.REASONS
REFUSALS = {**licences.REFUSALS, **individuals.REFUSALS}
FAULTS = identifiers.FAULTS
PERMISSIONS = {**licences.PERMISSIONS, **individuals.PERMISSIONS}
STATEMENTS = licences.STATEMENTS
STATES = {**licences.STATES, **individuals.STATES}
CODES = {**identifiers.CODES, **licences.CODES, **individuals.CODES}
LABELS = {**labels.LABELS, **individuals.LABELS}
