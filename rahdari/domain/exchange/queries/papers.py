"""Papers of this state that anyone can check without a network, and the keys to check them by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from rahdari.seals.keys import PrivateKey
from rahdari.seals.tokens import make_paper

from ..outside import keyring
from ..rules.keys import KnownKey
from ..rules.papers import PaperKey, paper_key
from .partners import known_keys


def paper_keys() -> list[PaperKey]:
    """The keys that sign the papers of this state and of each paired one, own first; none before this node has keys."""
    own = [KnownKey(settings.RAHDARI_NODE, one.public, _moment(one.retired_at)) for one in keyring.own_keys()]
    return [found for key in [*own, *known_keys()] if (found := paper_key(key)) is not None]


def signs_papers(at: dt.datetime | None = None) -> bool:
    """Whether this node has a clerk's key at all, or one in force at a moment; before it is founded it signs nothing."""
    own = (one for one in keyring.own_keys() if one.public.role == "clerk" and one.pem)
    return any(at is None or one.signs_at(at) for one in own)


def sign_paper(kind: str, facts: dict[str, Any], *, until: dt.date | None, at: dt.datetime) -> str:
    """The paper, signed by the clerk's key; `NotFounded` where none is in force, `Fault` for too many facts."""
    return make_paper(node=settings.RAHDARI_NODE, kind=kind, facts=facts, issued_at=at, until=until, key=clerk_key(at))


def clerk_key(at: dt.datetime) -> PrivateKey:
    """The key that signs papers, and lists of them, at a moment; `NotFounded` where none is in force."""
    signers = [one for one in keyring.own_keys() if one.public.role == "clerk" and one.pem and one.signs_at(at)]
    key = keyring.private_key(signers[-1].public.kid) if signers else None
    if key is None:
        raise keyring.NotFounded("no clerk's key is in force")
    return key


def code_of_paper(token: str) -> tuple[str, SafeString]:
    """The address under which a paper is checked, and the code that opens it on a telephone."""
    address = f"{settings.RAHDARI_ADDRESS}{reverse('checks.check_paper')}#{token}"
    picture = segno.make(address, error="l", micro=False).svg_inline(scale=4, border=2, omitsize=True)
    return address, mark_safe(picture)  # noqa: S308


def _moment(stamp: int | None) -> dt.datetime | None:
    return None if stamp is None else dt.datetime.fromtimestamp(stamp, dt.UTC)
