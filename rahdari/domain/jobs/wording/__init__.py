"""The words of jobs: refusals, steps of the line, states, codes, labels of forms."""

from . import demands, labels, steps

REFUSALS = demands.REFUSALS
PERMISSIONS = demands.PERMISSIONS
STATEMENTS = demands.STATEMENTS
STATES = demands.STATES
CODES = {**demands.CODES, **steps.CODES}
LABELS = labels.LABELS
