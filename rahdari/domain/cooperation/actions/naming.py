"""Who stands behind a profile, asked and answered between the nodes in the thread of the firm's enquiry.

The question and the answer are requests of the kind of an enquiry; no contact point acts on them, and none reads who it is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.candidates.actions import mirror_reveal, mirror_reveal_answer
from rahdari.domain.candidates.models import Reveal
from rahdari.domain.candidates.rules.showing import Asking
from rahdari.domain.jobs.actions import open_service
from rahdari.domain.jobs.models import Vacancy
from rahdari.domain.jobs.rules.line import SERVICE_ROUTE
from rahdari.domain.jobs.rules.remote import ServiceWanted
from rahdari.domain.placements.actions import RevealedTo, end_service_case, open_service_case

from ..access import PERMITS
from ..messages import MARKING
from ..models import Enquiry, Request
from ..queries.requests import asked_of
from ..rules.enquiries import KIND, LONGEST, LONGEST_PURPOSE, NAMING, profile_of, why_not_name
from ..rules.requests import Question, Value
from .requesting import _answer, _ask


def send_reveal(*, actor: Actor, reveal: UUID, at: dt.datetime) -> Request:
    """The node sends a firm's question about a profile, behind the answer that showed it; `Missing` without its enquiry."""
    with unit_of_work("cooperation.send_reveal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["send_reveal"])
        row = Reveal.objects.select_related("shown").get(pk=reveal)
        enquiry = Enquiry.objects.select_related("request").filter(asked=row.shown.enquiry).first()
        if enquiry is None or enquiry.request is None:
            raise Missing(f"Enquiry of {reveal}")
        facts: dict[str, Value] = {
            "profile": str(row.shown_id),
            "purpose": row.purpose,
            "firm_name": enquiry.firm_name,
            "firm_number": enquiry.firm_number,
            "firm_body": enquiry.firm,
            "through_name": enquiry.through_name,
            "through_body": enquiry.through,
        }
        told = {code: value for code, value in facts.items() if value}
        _open_service(unit, enquiry)
        request = _ask(unit, KIND, (NAMING,), told, language=enquiry.language, after=enquiry.request, waits=False)
        request.accept_by = row.until
        unit.save(request)
        unit.about(request, kind=KIND, number=request.number)
    return request


def tell_reveal(*, actor: Actor, reveal: UUID, at: dt.datetime) -> Request:
    """The node tells what became of a firm's question: who it is after a yes, to the firm alone; else that no consent holds.

    After a yes that was taken back a second answer says so, and the other node keeps nothing of the first. Where the firm asks
    for remote work, a yes opens the worker's case with it, and one taken back before the contract ends it.
    """
    with unit_of_work("cooperation.tell_reveal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["tell_reveal"])
        row = Reveal.objects.get(pk=reveal)
        assert row.asked is not None
        request = unit.lock(Request, Request.objects.get(asked=row.asked).pk)
        yes = row.state == "revealed" and row.told is not None
        more = {"person": json.loads(row.told)} if yes and row.told is not None else None
        bodies = [body for body in dict.fromkeys((row.firm, row.through)) if body]
        marking = {"level": "named_bodies", "bodies": bodies} if yes else MARKING
        if yes or row.state != "reveal_withdrawn" or request.answered is not None:
            _answer(unit, request, {NAMING: yes}, request.language, more, marking)
        _follow_with_case(unit, row)
        unit.about(request, kind=KIND, number=request.number)
    return request


def _open_service(unit: Unit, enquiry: Enquiry) -> Vacancy | None:
    """Station 1 of a service from home, on either node, for an enquiry after remote work; None for any other."""
    if enquiry.work_kind != SERVICE_ROUTE or enquiry.asked is None or enquiry.request is None:
        return None
    of_firm = {"client": enquiry.firm, "client_name": enquiry.firm_name, "through": enquiry.through}
    wanted = ServiceWanted(enquiry.asked, **of_firm, people=max(1, enquiry.people), on=day_at(enquiry.request.asked_at, "jp"))
    return open_service(actor=unit.actor, wanted=wanted, at=unit.at)


def _follow_with_case(unit: Unit, row: Reveal) -> None:
    """A yes to a client opens the worker's case, one taken back before the contract ends it; told with the answer."""
    if row.state == "reveal_withdrawn":
        end_service_case(actor=unit.actor, case_id=row.shown_id, at=unit.at)
        return
    enquiry = Enquiry.objects.filter(asked=row.shown.enquiry).first()
    vacancy = _open_service(unit, enquiry) if row.state == "revealed" and enquiry is not None else None
    if vacancy is None or row.consent is None or row.shown.profile is None:
        return
    revealed = RevealedTo(row.shown_id, row.consent.file, row.consent, day_at(row.shown.profile.published_at, "pk"))
    open_service_case(actor=unit.actor, vacancy_id=vacancy.pk, revealed=revealed, at=unit.at)


def _ask_person(unit: Unit, request: Request, question: Question) -> None:
    """Puts the question of a firm of the other state to the person, through whom the profile was shown."""
    facts = question.facts
    shown = profile_of(facts)
    unit.refuse([] if shown is not None else [Refusal("profile_not_shown")])
    assert shown is not None
    enquiry = Enquiry.objects.filter(request__thread=request.thread).first()
    unit.refuse([] if enquiry is not None and enquiry.asked is not None else [Refusal("request_not_known", member="of")])
    assert enquiry is not None and enquiry.asked is not None
    by = Asking(request.home, enquiry.asked, enquiry.firm_number[: LONGEST["firm_number"]], enquiry.through_name)
    purpose = str(facts.get("purpose") or "")[:LONGEST_PURPOSE]
    told = {"shown_id": shown, "asked": request.asked, "by": by, "purpose": purpose}
    row = mirror_reveal(actor=unit.actor, **told, at=unit.at)  # type: ignore[arg-type]  # each by its name
    request.accept_by = row.until
    unit.save(request)


def _take_naming(unit: Unit, request: Request, answers: Mapping[str, Any], statement: Statement) -> None:
    """What the person answered, kept for the firm; the request itself keeps a yes or a no.

    A yes that is taken back is taken up whatever became of the request meanwhile.
    """
    shown = profile_of(next(one.facts for one in asked_of(request) if one.code == NAMING))
    told = statement.data.get("person")
    person = told if answers.get(NAMING) is True else None
    unit.refuse([] if shown is not None else [Refusal("profile_not_shown")])
    assert shown is not None
    if told is not None:
        row = Reveal.objects.filter(shown=shown).first()
        unit.refuse(why_not_name(statement.marking, [body for body in (row.firm, row.through) if body] if row else []))
    mirror_reveal_answer(actor=unit.actor, shown_id=shown, person=person, at=unit.at)
    request.state, request.answers = "answered", json.dumps({NAMING: person is not None})
    request.answered, request.answered_hash, request.answered_at = statement.id, statement.hash, statement.issued_at
    unit.save(request)
