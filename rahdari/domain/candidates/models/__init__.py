"""Tables of candidates, nearly all on the sending side alone: files, what is allowed, papers, what was learnt and worked at."""

from .dependants import Dependant
from .files import Consent, CounterVisit, File, FileChange, FileDraft, Qualification
from .likeness import Likeness, Merge
from .lists import ListRow, ListSheet, PeopleList
from .papers import Degree, FilePaper, Internship, Practice
from .profiles import TalentProfile
from .purposes import CNIC, NAME_KEY, PASSPORT
from .reveals import Reveal
from .shown import ShownProfile
from .training import Attendance, Cohort, Course, Trainee

__all__ = [
    "CNIC",
    "NAME_KEY",
    "PASSPORT",
    "Attendance",
    "Cohort",
    "Consent",
    "CounterVisit",
    "Course",
    "Degree",
    "Dependant",
    "File",
    "FileChange",
    "FileDraft",
    "FilePaper",
    "Internship",
    "Likeness",
    "ListRow",
    "ListSheet",
    "Merge",
    "PeopleList",
    "Practice",
    "Qualification",
    "Reveal",
    "ShownProfile",
    "TalentProfile",
    "Trainee",
]
