"""Writes of accounts: bodies, people and their roles, signing in, factors, codes, recovery, tokens, the demonstration."""

from .bodies import name_body, seed_bodies
from .delegations import delegate_role, end_delegation
from .grants import end_role, grant_role
from .people import admit_staff

__all__ = [
    "admit_staff",
    "delegate_role",
    "end_delegation",
    "end_role",
    "grant_role",
    "name_body",
    "seed_bodies",
]
