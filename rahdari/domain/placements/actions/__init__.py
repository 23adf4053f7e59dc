"""The writes of placements: applying, nominating, interviewing, deciding, and the one writer of the line."""

from .applications import file_application, mirror_nomination, nominate_candidate
from .changing import record_changed_terms
from .decisions import mirror_decision, record_decision
from .demonstration import seed_events
from .ending import end_cases
from .events import call_off_event, mirror_event, plan_event
from .following import follow_file
from .holding import hold_cases, mirror_hold, release_cases
from .interviews import answer_interview, mirror_answer, mirror_interview, set_interview
from .missing import explain_no_show, record_no_show
from .moving import ask_move, decide_move
from .ranking import declare_ranking, refuse_application, reopen_application
from .releasing import release_selected
from .rerouting import answer_move, close_case, move_case
from .services import RevealedTo, end_service_case, open_service_case
from .slots import book_slot, mirror_slot
from .steps import record_step
from .telling import tell_worker
from .timetables import draft_timetable, send_timetable, withdraw_timetable
from .withdrawing import mirror_withdrawal, return_nomination, withdraw_application

__all__ = [
    "RevealedTo",
    "answer_interview",
    "answer_move",
    "ask_move",
    "book_slot",
    "call_off_event",
    "close_case",
    "decide_move",
    "declare_ranking",
    "draft_timetable",
    "end_cases",
    "end_service_case",
    "explain_no_show",
    "file_application",
    "follow_file",
    "hold_cases",
    "mirror_answer",
    "mirror_decision",
    "mirror_event",
    "mirror_hold",
    "mirror_interview",
    "mirror_nomination",
    "mirror_slot",
    "mirror_withdrawal",
    "move_case",
    "nominate_candidate",
    "open_service_case",
    "plan_event",
    "record_changed_terms",
    "record_decision",
    "record_no_show",
    "record_step",
    "refuse_application",
    "release_cases",
    "release_selected",
    "reopen_application",
    "return_nomination",
    "seed_events",
    "send_timetable",
    "set_interview",
    "tell_worker",
    "withdraw_application",
    "withdraw_timetable",
]
