"""The writes of candidates: files, papers in them, visits at a counter, consents, what was passed and learnt."""

from .consents import give_consent, withdraw_consent
from .files import confirm_file, correct_file, keep_draft, open_file
from .learnt import record_degree, record_practice
from .papers import put_in_paper, take_out_paper
from .qualifications import record_qualification
from .visits import begin_visit, end_visit

__all__ = [
    "begin_visit",
    "confirm_file",
    "correct_file",
    "end_visit",
    "give_consent",
    "keep_draft",
    "open_file",
    "put_in_paper",
    "record_degree",
    "record_practice",
    "record_qualification",
    "take_out_paper",
    "withdraw_consent",
]
