"""Writes of organisations: entries, applications, orders, appeals, expiry, checks, the mirrored register, matches."""

from .appeals import appeal_licence_order, decide_appeal
from .applying import apply_licence, enter_organisation, grant_licence, refuse_licence, register_support_org
from .checking import check_licence, keep_power_of_attorney
from .demonstration import seed_organisations
from .expiring import expire_licence, warn_of_expiry
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

__all__ = [
    "appeal_licence_order",
    "apply_licence",
    "cancel_licence",
    "check_licence",
    "confirm_match",
    "decide_appeal",
    "decide_order",
    "dismiss_match",
    "disqualify_employer",
    "doubt_match",
    "enter_organisation",
    "expire_licence",
    "grant_licence",
    "keep_power_of_attorney",
    "mirror_registry",
    "refuse_licence",
    "register_support_org",
    "rekey_names",
    "renew_licence",
    "restore_employer",
    "restore_licence",
    "screen_organisation",
    "seed_organisations",
    "surrender_licence",
    "suspend_licence",
    "take_match",
    "warn_of_expiry",
    "withdraw_order",
]
