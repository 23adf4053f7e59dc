"""Rolling our keys, and following the partner's: only what the office key in force signed is believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.forms import read_moment, write_moment
from rahdari.seals.keys import ROLES, PrivateKey, PublicKey

from ..access import PERMITS
from ..messages import KEY_ROLLED, MARKING
from ..models import IssuedKeys, Journal, OfficeSigned, Partner, PartnerKey
from ..outside import keyring
from ..queries.partners import partners
from ..rules.keys import why_not_lifetimes
from ..rules.limits import AHEAD
from .alarms import quiet, ring
from .founding import fresh_key
from .pairing import put_key

REASONS = ("planned", "lost", "compromised")


def roll_keys(
    *,
    actor: Actor,
    roles: Sequence[str] = (),
    reason: str,
    passphrase: str,
    new_passphrase: str = "",
    tls: str = "",
    at: datetime,
) -> str:
    """Makes new keys for these roles, a keys token signed by the office key in force, and tells every partner; returns the token.

    `tls` is the hash of the key of the web server that partners are to pin from now on; unsaid, it stays as it is.

    Refuses `passphrase_wrong`, `key_role_unknown`, `reason_missing`. A planned roll goes on accepting the old keys for 30 days;
    the old sealing key opens until it expires. A new office key counts at a partner when its operator confirmed it.
    """
    with unit_of_work("exchange.roll_keys", actor=actor, at=at) as unit:
        unit.permit(PERMITS["roll_keys"])
        unit.alone("exchange.roll_keys")
        if reason not in REASONS:
            raise Refused([Refusal("reason_missing")])
        if not (roles or tls) or set(roles) - set(ROLES):
            raise Refused([Refusal("key_role_unknown")])
        office = open_office(passphrase, at)
        retire = [key for key in keyring.own_keys() if key.public.role in roles and key.signs_at(at)]
        for role in roles:
            key = fresh_key(role, at)
            keyring.keep(key, (new_passphrase or passphrase) if role == "office" else None)
        origin = Journal.objects.filter(closed_at=None).order_by("-number").values_list("origin", flat=True)[0]
        # What is told keeps the windows of the keys that retire, because they go on counting for a while; what is
        # served from now on ends them, because who pairs later is not told which have retired.
        token = keys_token(origin, office, set(), at, tls)
        issued = issue(unit, token)
        served = keys_token(origin, office, {key.public.kid for key in retire}, at, tls)
        if served != token:  # the same where nothing ends: a sealing key opens until its own end, an address is no key
            issued = issue(unit, served)
        for old in retire:
            keyring.retire(old.public.kid, at)
        content: dict[str, object] = {
            "keys_token": token,
            "at": write_moment(at),
            "reason": reason,
            "retire": [old.public.kid for old in retire],
        }
        for partner in partners():
            say_by_office(unit, partner, KEY_ROLLED, content, office)
        unit.about(issued, roles=list(roles), reason=reason, pinned=tls)
    return token


def open_office(passphrase: str, at: datetime) -> PrivateKey:
    """The office key in force, opened."""
    held = [key for key in keyring.own_keys() if key.public.role == "office" and key.pem and key.signs_at(at)]
    try:
        return keyring.office_key(held[-1].public.kid, passphrase)
    except (ValueError, IndexError):
        raise Refused([Refusal("passphrase_wrong", member="passphrase")]) from None


def keys_token(origin: str, office: PrivateKey, retired: set[str], at: datetime, tls: str = "") -> str:
    """A keys token over every key still needed; a key that is replaced ends now in it, the sealing key at its own end.

    Two sealing keys may be valid at once: those before them end as well. This node opens what is sealed to them all the same.
    """
    now_, publics = int(at.timestamp()), []
    sealing = [held for held in keyring.own_keys() if held.public.role == "sealing"]
    sealing.sort(key=lambda held: (held.retired_at is None, held.retired_at or 0, held.public.nbf))
    before = {held.public.kid for held in sealing[:-2]}
    for held in keyring.own_keys():
        key = held.public
        replaced = key.role != "sealing" and (key.kid in retired or held.retired_at is not None)
        ends = replaced or key.kid in before
        end = min(key.exp, held.retired_at or now_) if ends else key.exp
        publics.append(PublicKey(key.role, key.kid, min(key.nbf, end - 1), end, key.raw) if ends else key)
    pinned = tls or tokens.read_keys_token(keyring.keys_tokens()[-1]).tls
    return tokens.make_keys_token(
        node=settings.RAHDARI_NODE, journal_origin=origin, tls=pinned, keys=tuple(publics), issued_at=at, key=office
    )


def issue(unit: Unit, token: str) -> IssuedKeys:
    """Keeps a keys token of ours: from now on it is the one that is served."""
    read = tokens.read_keys_token(token)
    keyring.keep_keys_token(token)
    row = IssuedKeys(node=settings.RAHDARI_NODE, token=token, hash=read.hash, journal_origin=read.journal_origin, at=unit.at)
    return unit.add(row)


def say_by_office(unit: Unit, partner: Partner, type: str, content: dict[str, object], office: PrivateKey) -> None:
    """Says a statement that binds the state: signed here and now by the office key, carried like any other."""
    entry = unit.say(type, content, marking=MARKING, to=partner.node)
    token = tokens.make_statement(
        id=entry.id, type=type, sender=settings.RAHDARI_NODE, receiver=partner.node, thread=entry.thread or entry.id,
        in_reply_to=None, issued_at=unit.at, level=MARKING["level"], bodies=(), consent=None, language="en",
        data=entry.content, key=office,
    )  # fmt: skip
    OfficeSigned(entry=entry, token=token).save(force_insert=True)


def follow_keys(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """Takes over the keys a partner rolled to; refuses `keys_not_followed` with why. A new office key waits, ringing."""
    with unit_of_work("exchange.follow_keys", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_keys"])
        data = statement.data
        partner = Partner.objects.select_for_update().get(node=statement.sender)
        moment = read_moment(data["at"])
        keys = _believed(partner, data["keys_token"], at)
        own = dict(PartnerKey.objects.filter(partner=partner).values_list("kid", "retired_at"))
        if set(data["retire"]) - own.keys():
            raise _not_followed("a key to retire is not the sender's")
        if moment > at + AHEAD:
            raise _not_followed("its time lies ahead")
        retired = {*data["retire"], *(kid for kid, at_ in own.items() if at_ is not None)}
        wrong = tokens.why_not_keys(keys, max(at, moment), retired) + why_not_lifetimes(keys.keys)
        if wrong:
            raise _not_followed(" ".join(wrong))
        take_over(unit, partner, keys, retire=data["retire"], moment=moment, reason=data["reason"])
        unit.about(partner, rolled=len(keys.keys), reason=data["reason"])


def _not_followed(why: str) -> Refused:
    return Refused([Refusal("keys_not_followed", {"why": why})])


def _believed(partner: Partner, token: str, at: datetime) -> tokens.KeysToken:
    """The keys token if the partner's confirmed office key in force signed it, for its present node and journal."""
    try:
        keys = tokens.read_keys_token(token)
        rows = PartnerKey.objects.filter(partner=partner, role="office", kid=keys.jws.kid, confirmed=True, compromised=False)
        row = rows.first()
        if row is None or keys.jws.kid != partner.office_kid:
            raise Fault("key_unknown", "it is not signed by the office key in force")
        jws.check(keys.jws, PublicKey(row.role, row.kid, row.nbf, row.exp, bytes(row.raw)))
        if not row.nbf <= keys.issued_at.timestamp() < row.exp:
            raise Fault("key_out_of_validity", "its office key did not count when it was signed")
    except Fault as fault:
        raise _not_followed(fault.detail) from None
    if (keys.node, keys.journal_origin) != (partner.node, partner.journal_origin):
        raise _not_followed("it names another node or journal origin than the present one")
    held = {row.kid: (row.role, bytes(row.raw)) for row in PartnerKey.objects.filter(partner=partner)}
    if any(key.kid in held and held[key.kid] != (key.role, key.raw) for key in keys.keys):
        raise _not_followed("a known key came back in another role")
    return keys


def take_over(
    unit: Unit, partner: Partner, keys: tokens.KeysToken, *, retire: Sequence[str], moment: datetime, reason: str
) -> None:
    """Writes the partner's keys; retired ones count on for 30 days when planned, no longer at all otherwise."""
    for kid in retire:
        row = PartnerKey.objects.select_for_update().get(partner=partner, kid=kid)
        if row.role == "office":
            continue  # the old office key counts until the new one is confirmed
        row.retired_at = row.retired_at or moment
        row.compromised = row.compromised or reason == "compromised"
        unit.save(row)
    fresh_office = False
    for key in keys.keys:
        known = PartnerKey.objects.filter(partner=partner, kid=key.kid).exists()
        fresh_office = fresh_office or (key.role == "office" and not known)
        if not (known and key.role == "office"):
            put_key(unit, partner, key, confirmed=known or key.role != "office")
    partner.tls = keys.tls or ""
    unit.save(partner)
    if not IssuedKeys.objects.filter(node=partner.node, hash=keys.hash).exists():
        issued = IssuedKeys(node=partner.node, token=keys.token, hash=keys.hash, journal_origin=keys.journal_origin, at=unit.at)
        unit.add(issued)
    if fresh_office:
        ring(unit, "office_key_waits", partner.node)


def confirm_office(*, actor: Actor, node: str, fingerprint: str, at: datetime) -> Partner:
    """An operator confirms by another channel the thumbprint of a partner's new office key, which is in force from now on."""
    with unit_of_work("exchange.follow_keys", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_keys"])
        partner: Partner | None = Partner.objects.select_for_update().filter(node=node).first()
        row = PartnerKey.objects.filter(partner__node=node, role="office", kid=fingerprint).first()
        if partner is None or row is None:
            raise Refused([Refusal("partner_fingerprint")])
        row.confirmed = True
        unit.save(row)
        for old in PartnerKey.objects.filter(partner=partner, role="office", confirmed=True).exclude(kid=fingerprint):
            old.retired_at = old.retired_at or at
            unit.save(old)
        partner.office_kid = fingerprint
        unit.save(partner)
        quiet(unit, "office_key_waits", node)
        unit.about(partner, office=fingerprint)
    return partner


def take_keys_by_hand(*, actor: Actor, token: str, at: datetime) -> Partner:
    """Follows a keys token that came as a file (`rahdari partner keys FILE`), as if it had come in a statement."""
    try:
        node = tokens.read_keys_token(token).node
    except Fault as fault:
        raise _not_followed(fault.detail) from None
    with unit_of_work("exchange.follow_keys", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_keys"])
        partner: Partner | None = Partner.objects.select_for_update().filter(node=node).first()
        if partner is None:
            raise Refused([Refusal("partner_unknown", {"node": node})])
        keys = _believed(partner, token, at)
        gone = [row.kid for row in PartnerKey.objects.filter(partner=partner) if _ended(row, keys, at)]
        take_over(unit, partner, keys, retire=gone, moment=at, reason="planned")
        unit.about(partner, by_hand=True)
    return partner


def _ended(row: PartnerKey, keys: tokens.KeysToken, at: datetime) -> bool:
    """Whether the new token ends a key that had not ended before."""
    told = next((key for key in keys.keys if key.kid == row.kid), None)
    return row.role != "office" and told is not None and told.exp <= at.astimezone(UTC).timestamp() < row.exp


def note_followed(unit: Unit, partner_node: str, token: str) -> None:
    """The partner took up our rolled keys: from now on we sign for it with the new ones."""
    partner = Partner.objects.select_for_update().get(node=partner_node)
    partner.knows_keys = token
    unit.save(partner)
