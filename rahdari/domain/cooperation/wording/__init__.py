"""The words of cooperation: the agreement and its clauses, requests and their refusals."""

from . import agreement, requests

REFUSALS = requests.REFUSALS
STATES = requests.STATES
CODES = {**agreement.CODES, **requests.CODES}
PERMISSIONS = {**agreement.PERMISSIONS, **requests.PERMISSIONS}
STATEMENTS = requests.STATEMENTS
