"""Writes of organisations: entries, orders, appeals, checks, the mirrored register, imports, matches, individuals, agreements."""

from .agreements import correct_agreement, end_agreement, record_agreement, review_agreement, warn_of_review
from .appeals import appeal_licence_order, decide_appeal
from .applying import apply_licence, enter_organisation, grant_licence, refuse_licence, register_support_org
from .checking import check_licence, keep_power_of_attorney
from .demonstration import seed_organisations
from .demonstration_agreements import seed_agreements
from .expiring import expire_licence, warn_of_expiry
from .figures import correct_figures, record_figures, remind_of_figures
from .importing import draft_import, map_import, submit_import, withdraw_import
from .individuals import decide_individual, lift_individual, record_individual, record_individual_reply
from .keying import rekey_names
from .matching import confirm_match, dismiss_match, doubt_match, screen_organisation, take_match
from .mirroring import mirror_registry
from .ordering import (
    cancel_licence,
    decide_order,
    disqualify_employer,
    renew_licence,
    restore_employer,
    restore_licence,
    surrender_licence,
    suspend_licence,
    withdraw_order,
)
from .taking_in import decide_import
from .undoing import ask_undo_import, undo_import

__all__ = [
    "appeal_licence_order",
    "apply_licence",
    "ask_undo_import",
    "cancel_licence",
    "check_licence",
    "confirm_match",
    "correct_agreement",
    "correct_figures",
    "decide_appeal",
    "decide_import",
    "decide_individual",
    "decide_order",
    "dismiss_match",
    "disqualify_employer",
    "doubt_match",
    "draft_import",
    "end_agreement",
    "enter_organisation",
    "expire_licence",
    "grant_licence",
    "keep_power_of_attorney",
    "lift_individual",
    "map_import",
    "mirror_registry",
    "record_agreement",
    "record_figures",
    "record_individual",
    "record_individual_reply",
    "refuse_licence",
    "register_support_org",
    "rekey_names",
    "remind_of_figures",
    "renew_licence",
    "restore_employer",
    "restore_licence",
    "review_agreement",
    "screen_organisation",
    "seed_agreements",
    "seed_organisations",
    "submit_import",
    "surrender_licence",
    "suspend_licence",
    "take_match",
    "undo_import",
    "warn_of_expiry",
    "warn_of_review",
    "withdraw_import",
    "withdraw_order",
]
