"""The writes of jobs: filing a demand, attesting, permitting, publishing, and taking up what the partner told of it."""

from .comparing import compare_demand
from .demands import file_demand, mirror_demand
from .demonstration import seed_vacancies
from .keeping import drop_search, keep_search, look_through, tell_of_new
from .licences import check_licences
from .listing import relist_vacancies
from .papers import keep_paper
from .permitting import attest_demand, mirror_attestation, mirror_permission, permit_demand
from .publishing import close_vacancy, count_applicant, mirror_closing, mirror_vacancy, publish_vacancy

__all__ = [
    "attest_demand",
    "check_licences",
    "close_vacancy",
    "compare_demand",
    "count_applicant",
    "drop_search",
    "file_demand",
    "keep_paper",
    "keep_search",
    "look_through",
    "mirror_attestation",
    "mirror_closing",
    "mirror_demand",
    "mirror_permission",
    "mirror_vacancy",
    "permit_demand",
    "publish_vacancy",
    "relist_vacancies",
    "seed_vacancies",
    "tell_of_new",
]
