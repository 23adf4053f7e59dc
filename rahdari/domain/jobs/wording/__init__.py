"""The words of jobs: refusals, steps of the line, states, codes, labels of forms."""

from . import demands, labels, steps, stops

REFUSALS = {**demands.REFUSALS, **stops.REFUSALS}
PERMISSIONS = {**demands.PERMISSIONS, **stops.PERMISSIONS}
STATEMENTS = {**demands.STATEMENTS, **stops.STATEMENTS}
STATES = {**demands.STATES, **stops.STATES}
CODES = {**demands.CODES, **steps.CODES, **stops.CODES}
LABELS = {**labels.LABELS, **stops.LABELS}
