"""With which of our keys to sign for whom, and to which of theirs to seal: the newest one the other knows."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from rahdari.seals.keys import PrivateKey, PublicKey
from rahdari.seals.tokens import read_keys_token

from ..models import Partner, PartnerKey
from ..outside import keyring


class NoKey(RuntimeError):
    """No key of ours may sign now."""


def own_signer(role: str, partner: Partner | None, at: dt.datetime, *, newest: bool = False) -> PrivateKey:
    """The key of a role to sign with: the newest the partner knows from our keys tokens, else the newest at all."""
    usable = [key for key in keyring.own_keys() if key.public.role == role and key.pem and key.public.valid_at(at)]
    known = _kids_in(partner.knows_keys) if partner is not None and partner.knows_keys and not newest else frozenset()
    fresh = [key for key in usable if key.signs_at(at)]
    told = [key for key in fresh if key.public.kid in known] or [key for key in usable if key.public.kid in known]
    for key in reversed(told or fresh):
        found = keyring.private_key(key.public.kid)
        if found is not None:
            return found
    raise NoKey(role)


@lru_cache(maxsize=64)
def _kids_in(token: str) -> frozenset[str]:
    return frozenset(key.kid for key in read_keys_token(token).keys)


class NoSealingKey(RuntimeError):
    """The partner has no sealing key that is in force; nothing can be sealed to it until it rolls one."""


def sealing_key(partner: Partner, at: dt.datetime) -> PublicKey:
    """The partner's sealing key to use now: the newest in force."""
    stamp = int(at.timestamp())
    rows = PartnerKey.objects.filter(partner=partner, role="sealing", nbf__lte=stamp, exp__gt=stamp, compromised=False)
    fresh = rows.filter(retired_at=None).order_by("-nbf").first() or rows.order_by("-nbf").first()
    if fresh is None:
        raise NoSealingKey(partner.node)
    return PublicKey(fresh.role, fresh.kid, fresh.nbf, fresh.exp, bytes(fresh.raw))
