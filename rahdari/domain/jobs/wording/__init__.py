"""The words of jobs: refusals, steps of the line, states, codes, labels of forms."""

from . import demands, labels, portal, steps

REFUSALS = {**demands.REFUSALS, **portal.REFUSALS}
PERMISSIONS = {**demands.PERMISSIONS, **portal.PERMISSIONS}
STATEMENTS = demands.STATEMENTS
STATES = demands.STATES
CODES = {**demands.CODES, **steps.CODES, **portal.CODES}
LABELS = labels.LABELS
