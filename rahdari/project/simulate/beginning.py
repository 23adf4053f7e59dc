"""The first day of a node in a run: keys, law, the demonstration's people, the scenario's. Done again, it adds nothing."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from rahdari.base.clock import now
from rahdari.base.reference import SHIPPED
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.actions import admit_staff, name_body, seed_demonstration
from rahdari.domain.accounts.models import Body, Grant
from rahdari.domain.exchange.actions import add_partner, found_node
from rahdari.domain.exchange.queries.partners import partner_of
from rahdari.domain.fields.actions import load_reference
from rahdari.domain.organisations.actions import decide_order, enter_organisation, record_agreement, seed_organisations
from rahdari.domain.organisations.models import Agreement
from rahdari.domain.organisations.rules.agreements import PartnerNamed, Terms
from rahdari.domain.organisations.rules.entries import Entry, OfficerEntered
from rahdari.project.launch.home import journal_origin, open_home
from rahdari.project.simulate.acting import DAY, Side
from rahdari.project.simulate.firms import EXAMINER, Firm, Promoter, firms, promoters
from rahdari.project.simulate.invented import MARK

LAW = "invented for the simulation"


def found(side: Side) -> str:
    """Makes the keys of the node; its fingerprint."""
    home = open_home(Path(settings.RAHDARI_HOME))
    passphrase = home.office_passphrase.read_text(encoding="utf-8").rstrip("\r\n")
    return found_node(actor=side.operator(), passphrase=passphrase, journal_origin=journal_origin(home), at=now())


def pair(side: Side, url: str, fingerprint: str) -> None:
    """Pairs with the other node, unless it is a partner at this address already: a later start may have found other ports."""
    held = partner_of(settings.RAHDARI_PARTNER)
    if held is None or held.url != url.rstrip("/"):
        add_partner(actor=side.operator(), url=url, fingerprint=fingerprint, at=now())


def settle_in(side: Side) -> None:
    """Puts the law and the offices into the node, and makes everybody the scenario needs."""
    with suppress(Refused):  # the edition is in force already
        load_reference(actor=side.operator(), folder=SHIPPED, at=now())
    seed_demonstration(actor=side.operator(), at=now())
    seed_organisations(actor=side.operator(), at=now())
    if side.node == "pk":
        _settle_promoters(side)
        _sign_agreements(side)
    else:
        _settle_firms(side)


def _settle_promoters(side: Side) -> None:
    made = promoters(side.chances, side.scenario.promoters)
    for number, one in enumerate(made):
        if one.new and not Body.objects.filter(pk=one.body).exists():
            _enter_promoter(side, one, number)
    for one in made:
        for number in range(2):  # the one who permits and a second pair of eyes
            _staff(
                side, "protector", "PROTECTOR", f"protector-{one.office.lower()}-{number + 1}", office=one.office, least=number
            )


def _enter_promoter(side: Side, one: Promoter, number: int) -> None:
    _body(side, one.body, "OEP", one.name)
    phone, card = f"+92915551{number:03}", f"17301-{9_000_000 + number:07}-1"
    entry = Entry(
        names=(one.name,),
        address="invented",
        phones=(phone,),
        officers=(OfficerEntered(f"Officer {number} {MARK}", "owner", card),),
    )
    _enter(side, "OEP", entry, one.licence, one.body, "bureau_officer")
    for role in ("promoter_manager", "promoter_clerk"):
        _staff(side, role, one.body, f"{role.replace('_', '-')}-{number + 1}")


def _settle_firms(side: Side) -> None:
    for number, one in enumerate(firms(side.chances, side.scenario.firms)):
        if one.new and not Body.objects.filter(pk=one.body).exists():
            _enter_firm(side, one, number)
    _staff(side, "exam_body", EXAMINER, "exam-body-1")


def _enter_firm(side: Side, one: Firm, number: int) -> None:
    _body(side, one.body, "ACCEPTING_ORG", one.name)
    _enter(
        side,
        "ACCEPTING_ORG",
        Entry(names=(one.name,), address=f"{one.town} (invented)"),
        one.corporate_number,
        one.body,
        "isa_regional",
    )
    _staff(side, "employer", one.body, f"employer-{number + 1}")


def _body(side: Side, body: str, kind: str, name: str) -> None:
    told = {"side": side.node, "kind": kind, "name_en": name, "name_ur": name, "name_ja": name}
    name_body(actor=side.operator(), body_id=body, **told, at=now())


def _enter(side: Side, kind: str, entry: Entry, number: str, registry_id: str, registrar: str) -> None:
    told = {
        "kind": kind,
        "entry": entry,
        "number": number,
        "from_on": side.today - 200 * DAY,
        "law": LAW,
        "registry_id": registry_id,
    }
    until = side.today.replace(year=side.today.year + 2, day=1) if kind == "OEP" else None
    made = side.act(enter_organisation, actor=side.who(registrar), until=until, **told)
    if made is not None:
        side.act(decide_order, actor=side.who(registrar, turn=1), organisation_id=made.pk)


def _staff(side: Side, role: str, body: str, address: str, *, office: str = "", least: int = 0) -> None:
    """Admits somebody unless more than so many hold the role there already."""
    if Grant.objects.filter(role=role, body_id=body, office=office, ends_at=None).count() > least:
        return
    email, name = (
        f"{address}@{side.node}.simulation.invalid",
        f"{role.replace('_', ' ').capitalize()} {address.rsplit('-', 1)[-1]} {MARK}",
    )
    told = {"email": email, "name": name, "language": "en", "role": role, "body_id": body, "office": office}
    admit_staff(actor=side.operator(), **told, at=now())


def _sign_agreements(side: Side) -> None:
    """The stand-ins for the agreements of the ministry, each with one firm and its figures to come."""
    for number, one in enumerate(firms(side.chances, side.scenario.agreements)):
        name = f"SIM-{number + 1:03} {MARK}"
        if Agreement.objects.filter(number=name).exists():
            continue
        signed_on = side.today - dt.timedelta(days=2)
        terms = Terms(
            number=name, country="JP", partners=(PartnerNamed("employer", (one.name,)),),
            subject=f"Workers of the field {one.field} {MARK}", signed_on=signed_on, from_on=signed_on,
            until=signed_on.replace(year=signed_on.year + 2, day=1), reference=LAW,
        )  # fmt: skip
        side.act(record_agreement, actor=side.who("contact_point_pk"), terms=terms)
