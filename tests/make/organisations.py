"""Organisations for tests, made by the acts of those who may: one officer enters or applies, another decides.

licensed()                       the promoter of the demands, licensed since 2018, on the present node's register
entered("ACCEPTING_ORG", …)      another organisation of the present node's register, decided
applied()                        a promoter that applied and waits
individual()                     a person said to recruit without a licence
mirrored()                       an entry of Japan's register as Pakistan's node was told of it
"""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at
from rahdari.base.ids import new_id
from rahdari.base.models import OutboxEntry, Waiting
from rahdari.base.statements import Marking, Statement
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.messages import TYPE, EntryTold, registry_entry
from rahdari.domain.organisations.models import Individual, Organisation
from rahdari.domain.organisations.rules.entries import Entry, OfficerEntered, Paper, SecurityEntered
from rahdari.domain.organisations.rules.individuals import IndividualEntered
from rahdari.domain.organisations.rules.licences import Order
from tests.make.people import actor, bodies

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
PROMOTER, LICENCE = "pk:org:oep", "OP&HRD/4325/LHR/2018"
LAW = "ER 1979, rule (invented for the test)"
PDF = Paper("paper.pdf", b"%PDF-1.4\n% invented\n")
REGISTRARS = {"pk": "bureau_officer", "jp": "isa_regional"}
_number = count(1)


def officer(node: str = "") -> Actor:
    """A fresh officer of the register."""
    node = node or settings.RAHDARI_NODE
    bodies(node)
    return actor(REGISTRARS[node], node=node)


def entry(name: str = "Sitara Promoters (invented)", **changed: Any) -> Entry:
    """An organisation as its papers describe it."""
    number = next(_number)
    told = {
        "names": (name,),
        "address": "Saddar, Peshawar (invented)",
        "phones": (f"+92915{number:06}",) if settings.RAHDARI_NODE == "pk" else (f"+81255{number:06}"[:12],),
        "officers": (OfficerEntered("Bilal Sheikh (invented)", "owner", card(number)),) if settings.RAHDARI_NODE == "pk" else (),
    }
    return Entry(**(told | changed))


def card(number: int) -> str:
    """An invented card number."""
    return f"17301-{number:07}-1"


def someone() -> tuple[OfficerEntered, ...]:
    """An invented person behind an organisation of either side."""
    return (OfficerEntered("Sato Kenji (invented)", "manager"),)


def security(at: dt.datetime = AT) -> SecurityEntered:
    """A deposit of three lakh rupees."""
    return SecurityEntered(300_000_00, "PKR", "DSC-1", day_at(at, "pk"))


def entered(
    kind: str = "OEP", number: str = "", *, registry_id: str = "", at: dt.datetime = AT, since: dt.date | None = None,
    until: dt.date | None = None, decided: bool = True, **changed: Any,
) -> Organisation:  # fmt: skip
    """An organisation of the present node's register, from the file: valid since 2018, decided by a second officer."""
    made = actions.enter_organisation(
        actor=officer(), kind=kind, entry=entry(**changed), number=number, from_on=since or dt.date(2018, 3, 1), until=until,
        law=LAW, registry_id=registry_id, at=at,
    )  # fmt: skip
    if decided:
        made = actions.decide_order(actor=officer(), organisation_id=made.pk, at=at)
    return made


def licensed(registry_id: str = PROMOTER, number: str = LICENCE, *, at: dt.datetime = AT, **told: Any) -> Organisation:
    """A licensed promoter, the same each time; without end unless one is told."""
    there = Organisation.objects.filter(registry_id=registry_id).first()
    return there or entered("OEP", number, registry_id=registry_id, at=at, **told)


def long_licensed(registry_id: str = PROMOTER, number: str = LICENCE, *, at: dt.datetime = AT) -> Organisation:
    """As `licensed`, but entered long before the test begins: nothing of it waits, is told or heard any more."""
    there = Organisation.objects.filter(registry_id=registry_id).first()
    if there is None:
        there = licensed(registry_id, number, at=at)
        QuerySet(Waiting).filter(subject_id=str(there.pk)).delete()
        QuerySet(OutboxEntry).filter(type__in=["registry.published/1", "organisations.licence_changed"]).delete()
    return there


def applied(*, at: dt.datetime = AT, by: Actor | None = None, **changed: Any) -> Organisation:
    """A promoter whose application an officer entered from its papers."""
    return actions.apply_licence(actor=by or officer(), entry=entry(**changed), papers=(PDF,), security=security(at), at=at)


def mirrored() -> Organisation:
    """An entry of the other state's register, as the present node was told of it."""
    node, other = settings.RAHDARI_NODE, {"pk": "jp", "jp": "pk"}[settings.RAHDARI_NODE]
    kind, number = ("OEP", LICENCE) if other == "pk" else ("RSO", "24登-000001")
    told = EntryTold(
        f"{other}:org:there", kind, (("Latn", "There (invented)"),), number, (), "valid", dt.date(2024, 1, 1), None, "register", "",
        "There (invented)", (),
    )  # fmt: skip
    statement = Statement(
        new_id(), TYPE, other, node, new_id(), None, AT, Marking("public"), "en", registry_entry(told), "x" * 43
    )  # fmt: skip
    return actions.mirror_registry(actor=machine(node, "mailroom"), statement=statement, at=AT)


def order(at: dt.datetime = AT, **changed: Any) -> Order:
    """An order against a holder, heard three days ago and open to appeal for thirty days."""
    today = day_at(at, settings.RAHDARI_NODE)
    told: dict[str, Any] = {
        "ground": "fee_without_basis",
        "law": LAW,
        "known_by": "number",
        "shown_cause_on": today - dt.timedelta(days=20),
        "hearing_on": today - dt.timedelta(days=3),
        "appeal_until": today + dt.timedelta(days=30),
    }
    return Order(**(told | changed))


def made(use_case: str, of: Organisation, *, at: dt.datetime = AT, **changed: Any) -> Organisation:
    """An order entered by one officer and decided by another."""
    getattr(actions, use_case)(actor=officer(of.home), organisation_id=of.pk, order=order(at, **changed), at=at)
    return actions.decide_order(actor=officer(of.home), organisation_id=of.pk, at=at)


def individual(*, by: Actor | None = None, at: dt.datetime = AT, licence_shown: str = "", **changed: Any) -> Individual:
    """A person said to recruit without a licence, who may answer within ten days."""
    today = day_at(at, settings.RAHDARI_NODE)
    told: dict[str, Any] = {
        "name": "Tanveer Example (invented)",
        "ground": "sub_agent",
        "law": "Emigration Rules 1979, rule 11 (demonstration)",
        "text": "Three workers named him.",
        "asked_on": today,
        "reply_until": today + dt.timedelta(days=10),
        "phones": ("0300 7654321",) if settings.RAHDARI_NODE == "pk" else ("090 1234 5678",),
    }
    entered = IndividualEntered(**told | changed)
    return actions.record_individual(actor=by or officer(), entered=entered, papers=(PDF,), licence_shown=licence_shown, at=at)
