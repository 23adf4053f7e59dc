"""Tables of candidates, on the sending side alone: files, what is allowed, papers, what was learnt and worked at."""

from .files import Consent, CounterVisit, File, FileChange, FileDraft, Qualification
from .likeness import Likeness, Merge
from .papers import Degree, FilePaper, Practice

__all__ = [
    "Consent",
    "CounterVisit",
    "Degree",
    "File",
    "FileChange",
    "FileDraft",
    "FilePaper",
    "Likeness",
    "Merge",
    "Practice",
    "Qualification",
]
