"""The words of residence: the counter, duties and deadlines, guidance and the first day of work."""

from . import beginning, deadlines, stay

REFUSALS = beginning.REFUSALS
REASONS = {**stay.REASONS, **deadlines.REASONS}
FAULTS = {**stay.FAULTS, **deadlines.FAULTS}
PERMISSIONS = beginning.PERMISSIONS
CODES = {**deadlines.CODES, **beginning.CODES}
LABELS = beginning.LABELS
