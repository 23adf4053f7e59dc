"""The writes of jobs: filing a demand and what stops it, attesting, permitting, publishing, and what the partner told of it."""

from .comparing import compare_demand
from .correcting import correct_demand, mirror_change
from .demands import file_demand, mirror_demand
from .demonstration import seed_vacancies
from .drafting import copy_demand, drop_draft, file_draft, save_draft, take_drafts
from .keeping import drop_search, keep_search, look_through, tell_of_new
from .lasting import (
    end_vacancy,
    expire_permission,
    extend_permission,
    mirror_expiry,
    mirror_extension,
    take_down_vacancy,
    warn_of_permission,
)
from .licences import check_licences
from .listing import relist_vacancies
from .objecting import (
    mirror_objection,
    mirror_refusal,
    object_to_demand,
    propose_refusal,
    refuse_attestation,
    refuse_permission,
    review_refusal,
)
from .papers import keep_paper
from .permitting import attest_demand, mirror_attestation, mirror_permission, permit_demand
from .publishing import close_vacancy, count_applicant, mirror_closing, mirror_vacancy, publish_vacancy
from .services import open_service
from .withdrawing import (
    mirror_withdrawal,
    record_place_freed,
    record_place_signed,
    record_place_taken,
    withdraw_demand,
)

__all__ = [
    "attest_demand",
    "check_licences",
    "close_vacancy",
    "compare_demand",
    "copy_demand",
    "correct_demand",
    "count_applicant",
    "drop_draft",
    "drop_search",
    "end_vacancy",
    "expire_permission",
    "extend_permission",
    "file_demand",
    "file_draft",
    "keep_paper",
    "keep_search",
    "look_through",
    "mirror_attestation",
    "mirror_change",
    "mirror_closing",
    "mirror_demand",
    "mirror_expiry",
    "mirror_extension",
    "mirror_objection",
    "mirror_permission",
    "mirror_refusal",
    "mirror_vacancy",
    "mirror_withdrawal",
    "object_to_demand",
    "open_service",
    "permit_demand",
    "propose_refusal",
    "publish_vacancy",
    "record_place_freed",
    "record_place_signed",
    "record_place_taken",
    "refuse_attestation",
    "refuse_permission",
    "relist_vacancies",
    "review_refusal",
    "save_draft",
    "seed_vacancies",
    "take_down_vacancy",
    "take_drafts",
    "tell_of_new",
    "warn_of_permission",
    "withdraw_demand",
]
