"""The words of organisations: identifiers, licences and their orders, labels of forms."""

from . import agreements, identifiers, individuals, labels, licences

REASONS = identifiers.REASONS
REFUSALS = {**licences.REFUSALS, **individuals.REFUSALS, **agreements.REFUSALS}
FAULTS = identifiers.FAULTS
PERMISSIONS = {**licences.PERMISSIONS, **individuals.PERMISSIONS, **agreements.PERMISSIONS}
STATEMENTS = licences.STATEMENTS
STATES = {**licences.STATES, **individuals.STATES}
CODES = {**identifiers.CODES, **licences.CODES, **individuals.CODES, **agreements.CODES}
LABELS = {**labels.LABELS, **individuals.LABELS, **agreements.LABELS}
