"""Writes of accounts: bodies, people and their roles, signing in, factors, codes, recovery, tokens, the demonstration."""

from .bodies import name_bodies, name_body, seed_bodies
from .codes import Held, ask_code, enter_code
from .delegations import delegate_role, end_delegation
from .demonstration import demonstration, seed_demonstration
from .factors import add_passkey, add_totp, remove_factor, renew_recovery_codes
from .fields import reclose_fields
from .grants import end_role, grant_role
from .listing import forget_people, register_listed
from .opening import add_card, open_account
from .passwords import ask_new_password, change_password, choose_password
from .people import admit_staff, reset_factors
from .proxies import allow_proxy, ask_proxy, end_proxy
from .recovery import begin_recovery, cancel_recovery, confirm_recovery, register_at_counter
from .settings import change_settings, end_session
from .sign_in import enter_second_factor, prove_again, sign_in, sign_in_by_passkey, sign_out
from .tokens import make_token, note_token_use, revoke_token

__all__ = [
    "Held",
    "add_card",
    "add_passkey",
    "add_totp",
    "admit_staff",
    "allow_proxy",
    "ask_code",
    "ask_new_password",
    "ask_proxy",
    "begin_recovery",
    "cancel_recovery",
    "change_password",
    "change_settings",
    "choose_password",
    "confirm_recovery",
    "delegate_role",
    "demonstration",
    "end_delegation",
    "end_proxy",
    "end_role",
    "end_session",
    "enter_code",
    "enter_second_factor",
    "forget_people",
    "grant_role",
    "make_token",
    "name_bodies",
    "name_body",
    "note_token_use",
    "open_account",
    "prove_again",
    "reclose_fields",
    "register_at_counter",
    "register_listed",
    "remove_factor",
    "renew_recovery_codes",
    "reset_factors",
    "revoke_token",
    "seed_bodies",
    "seed_demonstration",
    "sign_in",
    "sign_in_by_passkey",
    "sign_out",
]
