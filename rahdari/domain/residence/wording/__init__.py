"""The words of residence: the counter, duties and deadlines, guidance, a change of status, the first day of work."""

from . import beginning, changes, deadlines, stay

REFUSALS = {**beginning.REFUSALS, **changes.REFUSALS}
REASONS = {**stay.REASONS, **deadlines.REASONS}
STATES = changes.STATES
FAULTS = {**stay.FAULTS, **deadlines.FAULTS}
PERMISSIONS = {**beginning.PERMISSIONS, **changes.PERMISSIONS}
CODES = {**deadlines.CODES, **beginning.CODES, **changes.CODES}
LABELS = {**beginning.LABELS, **changes.LABELS}
