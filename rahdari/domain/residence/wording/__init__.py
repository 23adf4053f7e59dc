"""The words of residence: the counter, duties and deadlines."""

from . import deadlines, stay

REASONS = {**stay.REASONS, **deadlines.REASONS}
FAULTS = {**stay.FAULTS, **deadlines.FAULTS}
CODES = {**deadlines.CODES}
