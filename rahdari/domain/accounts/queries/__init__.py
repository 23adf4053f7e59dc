"""Reads of accounts: who acts, in which roles; one's own account; the roles of the house; the demonstration's people."""

from .actors import (
    ACTING_AS,
    SECOND_FACTOR,
    actor_by_token,
    actor_for,
    actor_of,
    grants_of,
    kind_of_body,
    needs_second_factor,
)
from .bodies import names_of
from .demonstration import demonstration_people
from .people import person_by_password, person_by_phone, person_for_sign_in

__all__ = [
    "ACTING_AS",
    "SECOND_FACTOR",
    "actor_by_token",
    "actor_for",
    "actor_of",
    "demonstration_people",
    "grants_of",
    "kind_of_body",
    "names_of",
    "needs_second_factor",
    "person_by_password",
    "person_by_phone",
    "person_for_sign_in",
]
