"""Tokens of programs: how they look, how long they live, and why one is not made."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection

from rahdari.base.refusal import Refusal

MARK = "rahdari_"
SHOWN = 8  # letters of the secret that are shown in lists
LONGEST_LIFE = dt.timedelta(days=366)
MOST_TOKENS = 20


def token_hash(secret: str) -> str:
    """What is kept of a token: it holds 256 random bits, so one fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def shown_prefix(secret: str) -> str:
    """The beginning of a token, to tell it from others."""
    return secret[: len(MARK) + SHOWN]


def why_not_make(
    scopes: Collection[str], known: Collection[str], expires_at: dt.datetime, held: int, role: str, at: dt.datetime
) -> list[Refusal]:
    """Every reason against a token: `known` are the permissions a program may ask for, `held` the tokens in force."""
    refused = []
    if not scopes:
        refused.append(Refusal("scopes_missing", member="scopes"))
    refused += [Refusal("scope_unknown", {"scope": scope}, member="scopes") for scope in sorted(set(scopes) - set(known))]
    if not at < expires_at <= at + LONGEST_LIFE:
        refused.append(Refusal("token_life_too_long", {"days": LONGEST_LIFE.days}, member="expires_on"))
    if held >= MOST_TOKENS:
        refused.append(Refusal("too_many_tokens", {"most": MOST_TOKENS}))
    if not role:
        refused.append(Refusal("no_role_for_token"))
    return refused
