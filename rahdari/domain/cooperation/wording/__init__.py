"""The words of cooperation: the agreement and its clauses, requests, enquiries of firms, and their refusals."""

from . import agreement, enquiries, requests

REFUSALS = {**requests.REFUSALS, **enquiries.REFUSALS}
STATES = {**requests.STATES, **enquiries.STATES}
CODES = {**agreement.CODES, **requests.CODES, **enquiries.CODES}
PERMISSIONS = {**agreement.PERMISSIONS, **requests.PERMISSIONS, **enquiries.PERMISSIONS}
LABELS = enquiries.LABELS
STATEMENTS = requests.STATEMENTS
