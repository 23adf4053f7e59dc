"""Papers anyone can check: what was read in one, in words, and the card of a licence with its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import ONE_DAY
from rahdari.base.editions import current_book
from rahdari.base.work import Missing
from rahdari.domain.departures.queries.passes import lists_at_hand
from rahdari.domain.departures.rules.passes import PASS_KINDS, Shown, Verdict, check_pass, write_serial
from rahdari.domain.exchange.queries.papers import code_of_paper, paper_keys, sign_paper, signs_papers
from rahdari.domain.exchange.rules.papers import PaperRead, read_against
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.organisations.queries.register import LicenceSeen, licence_seen
from rahdari.domain.organisations.rules.standing import LICENSED, TOLD_STATES
from rahdari.seals.faults import Fault
from rahdari.seals.forms import write_moment
from rahdari.web.panels import Panel
from rahdari.web.words import sentence, spoken

LICENCE = "licence"
CERTIFICATE = "certificate"
FORM = "form"
KINDS = (LICENCE, CERTIFICATE, FORM, *PASS_KINDS)
LOOKED_UP_AT = {LICENCE: ("organisations.see_register", "q"), CERTIFICATE: ("exams.verify_certificate", "number")}
TESTS_AND_FIELDS = ("exam_kinds", "fields")
ROUTES = ("oep", "oec", "direct", "professional")
# How a finding of a pass is shown: to be stopped, or only to be known; the others warn.
BAD, QUIET = ("revoked", "expired", "not_yet_valid", "other_person"), ("compare", "compared")
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class LicenceCard:
    """The card of one licence: the entry, its signed paper, and the code a telephone reads."""

    seen: LicenceSeen
    token: str
    address: str
    code: SafeString
    issued_at: dt.datetime


def facts_read(read: PaperRead) -> Sequence[tuple[str, Sequence[str]]]:
    """What a genuine paper says, line by line in the reader's words; nothing of any other, and nothing of no known form."""
    paper = read.paper
    if paper is None or not read.genuine or paper.kind not in KINDS:
        return ()
    facts, labels, states = paper.facts, _labels(), _states()
    names = facts["names"] if isinstance(facts.get("names"), list) else []
    told: dict[str, Sequence[object]] = {
        "names": [str(one) for one in names],
        "born": [_day(facts.get("born"))],
        "exam": [str(facts.get("exam", ""))],
        "field": [str(facts.get("field", ""))],
        "level": [str(facts.get("level", ""))],
        "sat_on": [_day(facts.get("sat_on"))],
        "passport": [f"…{facts['passport']}" if facts.get("passport") else ""],
        "number": [str(facts.get("number", ""))],
        "registration": [str(facts.get("registration", ""))],
        "employer": [str(facts.get("employer", ""))],
        "route": [str(facts.get("route", ""))],
        "office": [str(facts.get("office", ""))],
        "serial": [write_serial(facts["serial"]) if type(facts.get("serial")) is int else ""],
        "from": [_day(facts.get("from"))],
        "state": [states.get(str(facts.get("state")), "")],
        "since": [_day(facts.get("since"))],
        "last_day": [paper.until - ONE_DAY if paper.until else ""],
        "node": [f"register_{paper.node}"],
        "form": [str(facts.get("form", ""))],
        "sha256": [str(facts.get("sha256", ""))],
        "issued_at": [paper.issued_at],
    }
    labels |= _labels_of_certificates() if paper.kind == CERTIFICATE else {}
    labels |= _labels_of_passes() if paper.kind in PASS_KINDS else {}
    lines = [(labels[name], [spoken(one) for one in values if one]) for name, values in told.items()]
    return [(label, values) for label, values in lines if values]


def _labels() -> dict[str, str]:
    return {
        "names": _("Name"),
        "born": _("Birth date"),
        "exam": _("Test"),
        "field": _("Field"),
        "level": _("Level"),
        "sat_on": _("Passed on"),
        "passport": _("Passport number ends in"),
        "number": _("Licence number"),
        "registration": _("Registration"),
        "employer": _("Employer"),
        "route": _("Way to Japan"),
        "office": _("Desk of the Protector"),
        "serial": _("Serial"),
        "from": _("Holds from"),
        "state": _("State"),
        "since": _("Since"),
        "last_day": _("Up to and including"),
        "node": _("Registered by"),
        "form": _("Form"),
        "sha256": _("Check number"),
        "issued_at": _("Said on"),
    }


def _labels_of_certificates() -> dict[str, str]:
    return {"number": _("Number of the certificate")}


def _labels_of_passes() -> dict[str, str]:
    return {"number": _("Clearance"), "node": _("Given by")}


def pass_read(typed: str, shown: Shown, at: dt.datetime) -> Verdict | None:
    """What is to be said of a pass by what this node has at hand; None for any other paper, and for what is none."""
    verdict = check_pass(typed, paper_keys(), lists=lists_at_hand(at), shown=shown, at=at)
    paper = verdict.read.paper
    return verdict if verdict.read.genuine and paper is not None and paper.kind in PASS_KINDS else None


def verdict_told(verdict: Verdict) -> dict[str, Any]:
    """What was found of a pass, ready for JSON."""
    list_at, until = verdict.list_issued_at, verdict.list_until
    return {
        "outcome": verdict.outcome,
        "findings": list(verdict.findings),
        "compared": list(verdict.compared),
        "differ": list(verdict.differ),
        "revoked_on": verdict.revoked_on.isoformat() if verdict.revoked_on else None,
        "list_issued_at": write_moment(list_at) if list_at else None,
        "list_next_update": write_moment(until) if until else None,
        "paper": paper_told(verdict.read),
    }


def _states() -> dict[str, str]:
    return {state: sentence(f"licence_{state}", {}, ("STATES", "CODES")) for state in TOLD_STATES}


def looked_up_at(read: PaperRead) -> str:
    """Where a genuine paper can be looked up as of now; empty for one without a number, or of no known form."""
    paper = read.paper
    if paper is None or not read.genuine or paper.kind not in LOOKED_UP_AT or not paper.facts.get("number"):
        return ""
    place, name = LOOKED_UP_AT[paper.kind]
    return f"{reverse(place)}?{urlencode({name: str(paper.facts['number'])}, safe='/')}"


def paper_told(read: PaperRead) -> dict[str, Any] | None:
    """A genuine paper, ready for JSON; None for any other."""
    if read.paper is None or not read.genuine:
        return None
    paper = read.paper
    told = {"node": paper.node, "kind": paper.kind, "facts": paper.facts, "issued_at": write_moment(paper.issued_at)}
    return told | {"until": paper.until.isoformat() if paper.until else None}


def _day(value: object) -> dt.date | str:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return ""


def licence_card(actor: Actor, organisation_id: UUID, at: dt.datetime) -> LicenceCard:
    """The card of a licence that holds today and is this state's own; `Missing` for any other and while no key is in force."""
    day = day_at(at, actor.node)
    seen = licence_seen(organisation_id, day)
    row, standing = seen.found.row, seen.found.standing
    if row.home != actor.node or not standing.is_valid or not signs_papers(at):
        raise Missing(f"card of licence {organisation_id}")
    facts: dict[str, object] = {"id": row.registry_id, "holder": row.kind, "number": row.number, "state": standing.state}
    facts["since"] = standing.since.isoformat() if standing.since else None
    token = _signed(facts, seen.found.names, standing.until, at)
    address, code = code_of_paper(token)
    return LicenceCard(seen, token, address, code, at)


def _signed(facts: dict[str, object], names: Sequence[str], until: dt.date | None, at: dt.datetime) -> str:
    """The paper with as many names as it has room for."""
    for most in range(min(len(names), MOST_NAMES), 0, -1):
        try:
            return sign_paper(LICENCE, facts | {"names": list(names[:most])}, until=until, at=at)
        except Fault:
            continue
    return sign_paper(LICENCE, facts | {"names": []}, until=until, at=at)


def licence_card_panel(actor: Actor, row: Organisation) -> Panel | None:
    """On the public page of a licence: the way to its card, where it has one."""
    has_one = row.home == actor.node and row.state in LICENSED and signs_papers()
    return Panel("checks/_licence_card.html", {"row": row}) if has_one else None


def read_here(typed: str) -> PaperRead:
    """Reads a paper as somebody typed or pasted it: the token alone, or the whole address out of its code."""
    return read_against("".join(typed.split()).rpartition("#")[2], paper_keys())


def words_for_reading() -> dict[str, dict[str, str]]:
    """The words the page's own script needs to say what a paper says."""
    codes = {row["code"] for table in TESTS_AND_FIELDS for row in current_book().rows(table)}
    more = {"certificates": _labels_of_certificates(), "codes": {code: spoken(code) for code in sorted(codes)}}
    more |= {"passes": _labels_of_passes(), "routes": {code: spoken(code) for code in ROUTES}}
    return more | {"labels": _labels(), "states": _states(), "nodes": {one: spoken(f"register_{one}") for one in ("pk", "jp")}}
