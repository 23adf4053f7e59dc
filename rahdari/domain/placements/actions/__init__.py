"""The writes of placements: applying, nominating, interviewing, deciding, and the one writer of the line."""

from .applications import file_application, mirror_nomination, nominate_candidate
from .decisions import mirror_decision, record_decision
from .interviews import answer_interview, mirror_answer, mirror_interview, set_interview
from .steps import record_step
from .timetables import draft_timetable, send_timetable, withdraw_timetable

__all__ = [
    "answer_interview",
    "draft_timetable",
    "file_application",
    "mirror_answer",
    "mirror_decision",
    "mirror_interview",
    "mirror_nomination",
    "nominate_candidate",
    "record_decision",
    "record_step",
    "send_timetable",
    "set_interview",
    "withdraw_timetable",
]
