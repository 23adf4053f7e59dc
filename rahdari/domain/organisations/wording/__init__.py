"""The words of organisations: identifiers, licences and their orders, labels of forms."""

from . import agreements, identifiers, labels, licences

REASONS = identifiers.REASONS
REFUSALS = {**licences.REFUSALS, **agreements.REFUSALS}
FAULTS = identifiers.FAULTS
PERMISSIONS = {**licences.PERMISSIONS, **agreements.PERMISSIONS}
STATEMENTS = licences.STATEMENTS
STATES = licences.STATES
CODES = {**identifiers.CODES, **licences.CODES, **agreements.CODES}
LABELS = {**labels.LABELS, **agreements.LABELS}
