"""The writes of candidates: files, papers in them, visits at a counter, consents, what was passed and learnt."""

from .consents import give_consent, withdraw_consent
from .demonstration import seed_candidates
from .dependants import record_dependant, remove_dependant
from .erasing import end_terms, erase_file
from .files import confirm_file, correct_file, keep_draft, open_file
from .keying import rekey_files
from .learnt import record_degree, record_internship, record_practice
from .likeness import compare_file, judge_likeness
from .listing import draft_list, map_list, withdraw_list
from .merging import ask_merge, merge_files, part_files, refuse_merge
from .papers import put_in_paper, take_out_paper
from .profiles import hide_profile, publish_profile
from .qualifications import record_qualification
from .revealing import answer_reveal, ask_reveal, end_reveal, mirror_reveal, mirror_reveal_answer
from .showing import mirror_profiles, show_profiles
from .taking import take_list, undo_list
from .training import add_trainees, leave_training, open_cohort, open_course, record_attendance, record_completion
from .visits import begin_visit, end_visit
from .voiding import bar_file, void_qualification

__all__ = [
    "add_trainees",
    "answer_reveal",
    "ask_merge",
    "ask_reveal",
    "bar_file",
    "begin_visit",
    "compare_file",
    "confirm_file",
    "correct_file",
    "draft_list",
    "end_reveal",
    "end_terms",
    "end_visit",
    "erase_file",
    "give_consent",
    "hide_profile",
    "judge_likeness",
    "keep_draft",
    "leave_training",
    "map_list",
    "merge_files",
    "mirror_profiles",
    "mirror_reveal",
    "mirror_reveal_answer",
    "open_cohort",
    "open_course",
    "open_file",
    "part_files",
    "publish_profile",
    "put_in_paper",
    "record_attendance",
    "record_completion",
    "record_degree",
    "record_dependant",
    "record_internship",
    "record_practice",
    "record_qualification",
    "refuse_merge",
    "rekey_files",
    "remove_dependant",
    "seed_candidates",
    "show_profiles",
    "take_list",
    "take_out_paper",
    "undo_list",
    "void_qualification",
    "withdraw_consent",
    "withdraw_list",
]
