"""Founding a node: its five keys, its keys token, its journal. Done once, by an operator at the machine."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work
from rahdari.seals.keys import ROLES, PrivateKey, new_key
from rahdari.seals.tokens import make_keys_token, read_keys_token

from ..access import PERMITS
from ..models import IssuedKeys, Journal
from ..outside import keyring
from ..rules.limits import SEALING_LIFETIME

LIFETIMES = {
    "office": dt.timedelta(days=5 * 365),
    "clerk": dt.timedelta(days=2 * 365),
    "gateway": dt.timedelta(days=2 * 365),
    "journal": dt.timedelta(days=5 * 365),
    "sealing": SEALING_LIFETIME,
}


def found_node(*, actor: Actor, passphrase: str, journal_origin: str, at: dt.datetime) -> str:
    """Makes the keys of this node and begins its journal; returns the fingerprint of the office key.

    A node that is founded already is left as it is and its fingerprint returned; what a stop in between left open is completed.
    """
    with unit_of_work("exchange.found_node", actor=actor, at=at) as unit:
        unit.permit(PERMITS["found_node"])
        unit.alone("exchange.found_node")
        journal = Journal.objects.order_by("number").first()
        if journal is None:
            journal = unit.add(Journal(number=1, origin=journal_origin, began_at=at))
        token = _keys_token(journal.origin, passphrase, at)
        read = read_keys_token(token)
        if not IssuedKeys.objects.filter(node=settings.RAHDARI_NODE, hash=read.hash).exists():
            unit.add(
                IssuedKeys(node=settings.RAHDARI_NODE, token=token, hash=read.hash, journal_origin=read.journal_origin, at=at)
            )
        unit.about(journal, origin=journal.origin, office=read.jws.kid)
    return read.jws.kid


def _keys_token(origin: str, passphrase: str, at: dt.datetime) -> str:
    try:
        return keyring.keys_tokens()[-1]
    except keyring.NotFounded:
        pass
    made = {role: fresh_key(role, at) for role in ROLES}
    for role, key in made.items():
        keyring.keep(key, passphrase if role == "office" else None)
    publics = tuple(key.public for key in made.values())
    token = make_keys_token(
        node=settings.RAHDARI_NODE, journal_origin=origin, tls=None, keys=publics, issued_at=at, key=made["office"]
    )
    keyring.keep_keys_token(token)
    return token


def fresh_key(role: str, at: dt.datetime) -> PrivateKey:
    """A new key of a role, in force from this second."""
    begins = int(at.timestamp())
    return new_key(role, begins, begins + int(LIFETIMES[role].total_seconds()))
