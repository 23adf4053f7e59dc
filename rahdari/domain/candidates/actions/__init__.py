"""The writes of candidates: files, papers in them, visits at a counter, consents, what was passed and learnt."""

from .consents import give_consent, withdraw_consent
from .files import confirm_file, correct_file, keep_draft, open_file
from .learnt import record_degree, record_practice
from .likeness import compare_file, judge_likeness
from .merging import ask_merge, merge_files, part_files, refuse_merge
from .papers import put_in_paper, take_out_paper
from .qualifications import record_qualification
from .visits import begin_visit, end_visit

__all__ = [
    "ask_merge",
    "begin_visit",
    "compare_file",
    "confirm_file",
    "correct_file",
    "end_visit",
    "give_consent",
    "judge_likeness",
    "keep_draft",
    "merge_files",
    "open_file",
    "part_files",
    "put_in_paper",
    "record_degree",
    "record_practice",
    "record_qualification",
    "refuse_merge",
    "take_out_paper",
    "withdraw_consent",
]
