"""The words of jobs: refusals, steps of the line, states, codes, labels of forms."""

from . import demands, drafts, labels, portal, steps, stops

REFUSALS = {**demands.REFUSALS, **stops.REFUSALS, **portal.REFUSALS, **drafts.REFUSALS}
PERMISSIONS = {**demands.PERMISSIONS, **stops.PERMISSIONS, **portal.PERMISSIONS, **drafts.PERMISSIONS}
STATEMENTS = {**demands.STATEMENTS, **stops.STATEMENTS}
STATES = {**demands.STATES, **stops.STATES}
CODES = {**demands.CODES, **steps.CODES, **stops.CODES, **portal.CODES, **drafts.CODES}
LABELS = {**labels.LABELS, **stops.LABELS, **drafts.LABELS}
