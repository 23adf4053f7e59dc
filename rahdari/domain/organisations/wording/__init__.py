"""The words of organisations: identifiers, licences and their orders, matches, labels of forms."""

from . import identifiers, labels, licences, matches

REASONS = identifiers.REASONS
REFUSALS = {**licences.REFUSALS, **matches.REFUSALS}
FAULTS = identifiers.FAULTS
PERMISSIONS = {**licences.PERMISSIONS, **matches.PERMISSIONS}
STATEMENTS = licences.STATEMENTS
STATES = {**licences.STATES, **matches.STATES}
CODES = {**identifiers.CODES, **licences.CODES, **matches.CODES}
LABELS = {**labels.LABELS, **matches.LABELS}
