"""Who may do what with accounts: permission → clauses."""

from __future__ import annotations

from rahdari.base.access import Clause, anyone, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

from .rules.roles import NODE, OPERATOR, ROLES

NEWCOMER = "newcomer"  # staff who gave their password and have no second factor yet
COUNTER_ROLES = ("oec_counter", "oec_officer", "isa_regional")
GRANTERS = tuple(dict.fromkeys(granter for role in ROLES.values() for granter in (*role.granters, NODE)))


def _own_person(actor: Actor, subject: object) -> bool:
    return actor.person is not None and actor.person == getattr(subject, "person_id", None)


def _own_body(actor: Actor, subject: object) -> bool:
    return actor.body != "" and actor.body == getattr(subject, "body_id", None)


whole = Clause("signed in with every factor", lambda actor, _: actor.role != NEWCOMER, "second_factor_first")
staff = Clause("staff in a role", lambda actor, _: actor.role in ROLES and ROLES[actor.role].held)
own = Clause("one's own", _own_person, of_subject=True)
own_watch = Clause(
    "who lets watch",
    lambda a, s: a.person is not None and a.person == getattr(s, "worker_id", None),
    "not_own_watch",
    of_subject=True,
)
either_of_watch = Clause(
    "who lets watch, or who watches",
    lambda a, s: a.person is not None and a.person in (getattr(s, "worker_id", None), getattr(s, "person_id", None)),
    "not_own_watch",
    of_subject=True,
)
own_body = Clause("of one's own body", _own_body, of_subject=True)
alone = on_node("pk")  # where a worker opens an account by themself; elsewhere a counter registers them
worker = (on_node("pk"), signed_in, in_role("worker"))
by_the_node = in_role(OPERATOR, NODE)
at_counter = in_role(*COUNTER_ROLES)
own_or_counter = Clause(
    "one's own, or at the counter of the body", lambda a, s: _own_person(a, s) or _own_body(a, s), of_subject=True
)

PERMITS = permits(
    "accounts",
    {
        # open to anyone: the ways in
        "see_roles": (anyone,),
        "sign_in": (anyone,),
        "enter_second_factor": (anyone,),
        "sign_in_by_passkey": (anyone,),
        "ask_code": (anyone,),
        "enter_code": (anyone,),
        "ask_new_password": (anyone,),
        "choose_password": (anyone,),
        "demonstration": (anyone,),
        "see_outbox": (anyone,),
        # one's own account; the first ones also while the second factor is being set up
        "sign_out": (signed_in,),
        "see_factors": (signed_in,),
        "add_totp": (signed_in,),
        "add_passkey": (signed_in,),
        "prove_again": (signed_in, whole),
        "remove_factor": (signed_in, whole),
        "renew_recovery_codes": (signed_in, whole),
        "see_account": (signed_in, whole),
        "change_settings": (signed_in, whole),
        "change_password": (signed_in, whole, staff),
        "act_as": (signed_in, whole),
        "end_session": (signed_in, whole),
        "see_looks": (signed_in, whole),
        "see_letters": (signed_in, whole),
        # roles
        "see_people": (in_role(*GRANTERS),),
        "admit_staff": (in_role(*GRANTERS),),
        "grant_role": (in_role(*GRANTERS),),
        "reset_factors": (by_the_node,),
        "end_role": (signed_in, whole),
        "delegate_role": (signed_in, whole, staff),
        "end_delegation": (signed_in, whole),
        # tokens of programs
        "see_tokens": (signed_in, whole, staff),
        "make_token": (signed_in, whole, staff),
        "revoke_token": (signed_in, whole, own),
        "note_token_use": (signed_in,),
        # the counter
        "register_at_counter": (at_counter,),
        "begin_recovery": (at_counter,),
        "confirm_recovery": (at_counter, own_body),
        "cancel_recovery": (signed_in, whole, own_or_counter),
        # the operator's command line
        "seed_bodies": (by_the_node,),
        "name_body": (by_the_node,),
        "name_bodies": (by_the_node,),
        "seed_demonstration": (by_the_node,),
        "register_listed": (in_role("training_desk"),),
        "forget_people": (in_role("training_desk", "worker", "oec_counter", NODE),),
        "reclose_fields": (by_the_node,),
        # with the code that was answered from the phone: a new account where `alone` holds, else one that rested
        "open_account": (anyone,),
        "add_card": worker,
        # members of the family who watch a worker's way
        "ask_proxy": worker,
        "allow_proxy": (*worker, own_watch),
        "end_proxy": (*worker, either_of_watch),
        "see_watches": worker,
        "see_watched": worker,
    },
)

# What staff without a second factor may open: its set-up, and the way out.
SETTING_UP = frozenset(f"accounts.{name}" for name in ("see_factors", "add_totp", "add_passkey", "sign_out"))
