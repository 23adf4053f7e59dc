"""Pairing: a ceremony of two operators who exchange the fingerprints of their office keys by another channel."""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.keys import PublicKey

from ..access import PERMITS
from ..models import IssuedKeys, Link, Partner, PartnerKey, Witnessed
from ..outside import keyring
from ..outside.calling import NoAnswer, fetch_public, is_safe
from ..rules.keys import why_not_lifetimes
from ..rules.partners import why_not_change
from .alarms import quiet, ring

DOCUMENT = "/.well-known/rahdari-node"
FINGERPRINT = re.compile(r"[A-Za-z0-9_-]{43}")


def add_partner(*, actor: Actor, url: str, fingerprint: str, at: dt.datetime) -> Partner:
    """Pairs with the node at this address if its keys token is signed by the office key with this fingerprint.

    Refuses `partner_address`, `partner_fingerprint`, `partner_silent`, `partner_document` (with what is wrong in it),
    `partner_is_self`, `partner_paired`. Leaves the partner with its keys; streams of an earlier pairing go on.
    """
    url = url.rstrip("/")
    if not is_safe(url):
        raise Refused([Refusal("partner_address", {"url": url[:200]})])
    if not FINGERPRINT.fullmatch(fingerprint):
        raise Refused([Refusal("partner_fingerprint")])
    document, keys = _ceremony(url, fingerprint, at)
    with unit_of_work("exchange.add_partner", actor=actor, at=at) as unit:
        unit.permit(PERMITS["add_partner"])
        unit.alone("exchange.partner")
        held = Partner.objects.filter(node=document.node).first()
        if held is not None and held.state != "removed" and held.office_kid == fingerprint and held.url == url:
            unit.refuse([Refusal("partner_paired", {"node": document.node})])
        partner = held or Partner(node=document.node, paired_at=at)
        _take_document(partner, url, fingerprint, document, keys)
        unit.save(partner) if held else unit.add(partner)
        Link.objects.get_or_create(partner=partner)
        Link.objects.filter(partner=partner).update(asked_boot="", next_try_at=None, tries=0, problem="")
        _take_keys(unit, partner, keys, fingerprint)
        _witness(unit, partner)
        unit.about(partner, node=partner.node, office=fingerprint)
    return partner


def _ceremony(url: str, fingerprint: str, at: dt.datetime) -> tuple[tokens.NodeDocument, tokens.KeysToken]:
    """Fetches the node document and checks it from the fingerprint up."""
    try:
        reply = fetch_public(url, DOCUMENT)
    except NoAnswer as silence:
        raise Refused([Refusal("partner_silent", {"url": url[:200], "why": str(silence)[:200]})]) from None
    if reply.status != 200 or reply.headers.get("Content-Type", "").split(";")[0].strip() != "application/jose":
        raise Refused(
            [Refusal("partner_document", {"why": f"HTTP {reply.status}, {reply.headers.get('Content-Type', '')}"[:200]})]
        )
    try:
        document = tokens.read_node_document(reply.body.decode("ascii").strip())
        keys = tokens.read_keys_token(document.keys_token)
        _check(document, keys, fingerprint, at)
    except (Fault, UnicodeDecodeError) as fault:
        raise Refused([Refusal("partner_document", {"why": getattr(fault, "detail", "not a token")})]) from None
    if document.node == settings.RAHDARI_NODE:
        raise Refused([Refusal("partner_is_self")])
    return document, keys


def _check(document: tokens.NodeDocument, keys: tokens.KeysToken, fingerprint: str, at: dt.datetime) -> None:
    office = next((key for key in keys.keys if key.role == "office" and key.kid == fingerprint), None)
    if office is None or keys.jws.kid != fingerprint:
        raise Fault("key_unknown", "The keys token is not signed by the office key with this fingerprint.")
    jws.check(keys.jws, office)
    if not office.valid_at(keys.issued_at):
        raise Fault("key_out_of_validity", "The office key was not in force when it signed the keys token.")
    wrong = tokens.why_not_keys(keys, at) + why_not_lifetimes(keys.keys)
    if wrong:
        raise Fault("rule", " ".join(wrong))
    gateway = next((key for key in keys.keys if key.role == "gateway" and key.kid == document.jws.kid), None)
    if gateway is None or not gateway.valid_at(document.issued_at):
        raise Fault("key_unknown", "The node document is signed with no gateway key of its keys token that counts.")
    jws.check(document.jws, gateway)
    if (document.node, document.journal_origin) != (keys.node, keys.journal_origin):
        raise Fault("mismatch", "Node or journal origin differ between the document and its keys token.")
    if any(keyring.own_key(key.kid) for key in keys.keys):
        raise Fault("rule", "One of the keys is a key of this node.")


def _take_document(partner: Partner, url: str, fingerprint: str, document: tokens.NodeDocument, keys: tokens.KeysToken) -> None:
    partner.url, partner.office_kid, partner.state = url, fingerprint, "paired"
    partner.journal_origin, partner.tls = document.journal_origin, keys.tls or ""
    partner.name, partner.contact_point = document.name, document.contact_point
    partner.types, partner.limits = list(document.types), dict(document.limits)
    partner.knows_keys = keyring.keys_tokens()[-1]


def _take_keys(unit: Unit, partner: Partner, keys: tokens.KeysToken, fingerprint: str) -> None:
    for key in keys.keys:
        put_key(unit, partner, key, confirmed=key.role != "office" or key.kid == fingerprint)
    if not IssuedKeys.objects.filter(node=partner.node, hash=keys.hash).exists():
        issued = IssuedKeys(node=partner.node, token=keys.token, hash=keys.hash, journal_origin=keys.journal_origin, at=unit.at)
        unit.add(issued)


def put_key(unit: Unit, partner: Partner, key: PublicKey, *, confirmed: bool = True) -> PartnerKey:
    """The row of a partner's key, made or given its present window; keys are never removed, nor taken back from a retirement."""
    row: PartnerKey | None = PartnerKey.objects.filter(partner=partner, kid=key.kid).first()
    if row is None:
        made = PartnerKey(partner=partner, role=key.role, kid=key.kid, raw=key.raw, nbf=key.nbf, exp=key.exp, confirmed=confirmed)
        return unit.add(made)
    if row.retired_at is None:
        row.nbf, row.exp = key.nbf, key.exp
    row.confirmed = row.confirmed or confirmed
    return unit.save(row)


def _witness(unit: Unit, partner: Partner) -> None:
    if not Witnessed.objects.filter(origin=partner.journal_origin).exists():
        unit.add(Witnessed(node=partner.node, origin=partner.journal_origin))


def change_partner(*, actor: Actor, node: str, to: str, at: dt.datetime) -> Partner:
    """Pauses a partner, resumes or removes it. Refuses `partner_unknown`, `wrong_state`. Keys, streams and journal stay."""
    with unit_of_work("exchange.change_partner", actor=actor, at=at) as unit:
        unit.permit(PERMITS["change_partner"])
        partner: Partner | None = Partner.objects.select_for_update().filter(node=node).first()
        if partner is None:
            raise Refused([Refusal("partner_unknown", {"node": node[:10]})])
        unit.refuse(why_not_change(partner.state, to))
        partner.state = to
        unit.save(partner)
        unit.about(partner, node=node, state=to)
    return partner


def refresh_document(partner: Partner, *, actor: Actor, at: dt.datetime) -> None:
    """Reads a partner's node document again for its types and limits; other keys in it ring and are not used."""
    reply = fetch_public(partner.url, DOCUMENT, partner.tls)
    try:
        document = tokens.read_node_document(reply.body.decode("ascii").strip())
        row = PartnerKey.objects.filter(partner=partner, kid=document.jws.kid, role="gateway").first()
        if row is None:
            raise Fault("key_unknown", "The node document is signed with another key.")
        jws.check(document.jws, PublicKey(row.role, row.kid, row.nbf, row.exp, bytes(row.raw)))
        foreign = _foreign(partner, tokens.read_keys_token(document.keys_token))
    except (Fault, UnicodeDecodeError):
        document, foreign = None, ["?"]
    with unit_of_work("exchange.tend", actor=actor, at=at) as unit:
        if document is None or document.node != partner.node or foreign:
            ring(unit, "foreign_keys", partner.node, "", kids=foreign)
        else:
            quiet(unit, "foreign_keys", partner.node)
            held = unit.lock(Partner, partner.pk)
            held.types, held.limits = list(document.types), dict(document.limits)
            unit.save(held)
        unit.about(partner, read_document=document is not None)
    Link.objects.filter(partner=partner).update(document_at=at)


def _foreign(partner: Partner, keys: tokens.KeysToken) -> list[str]:
    known = set(PartnerKey.objects.filter(partner=partner).values_list("kid", flat=True))
    return [key.kid for key in keys.keys if key.kid not in known]
