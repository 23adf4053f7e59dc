"""A firm asks who stands behind a profile; the person says yes for this firm, or nothing leaves; a yes can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal
from rahdari.base.seen import note_look
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries.letters import letter_to
from rahdari.domain.organisations.queries.standing import due_after, licence_on

from ..access import PERMITS
from ..models import Consent, File, Reveal, ShownProfile
from ..queries.profiles import profile_stands
from ..queries.reveals import reveal_for, what_is_sent
from ..queries.shown import is_over, shown_for
from ..rules.reveals import REVEAL, state_after, way_of, why_not_answer, why_not_ask, why_not_take_answer
from ..rules.showing import Asking


def ask_reveal(*, actor: Actor, shown_id: UUID, purpose: str, at: dt.datetime) -> Reveal:
    """A firm asks who stands behind a profile it was shown, and for what; once for each profile.

    Refuses `purpose_missing`, `profile_over`, `reveal_asked_before`, `firm_may_not_ask` once the register ended the permission
    of the firm, or of the business it asks through; `Missing` for a profile it was not shown. Leaves the
    question, which crosses in the thread of the enquiry.
    """
    with unit_of_work("candidates.ask_reveal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_reveal"])
        shown = unit.lock(ShownProfile, shown_for(actor, shown_id).pk)
        before = Reveal.objects.filter(shown=shown).exists()
        unit.refuse(why_not_ask(purpose=purpose, over=is_over(shown, at), before=before, may_employ=_may_employ(unit, shown)))
        row = Reveal(
            home=actor.node,
            shown=shown,
            firm=shown.firm,
            firm_name=shown.firm_name,
            through=shown.through,
            purpose=purpose.strip(),
            asked_at=at,
            asked_by=actor.person,
            until=_until(at),
        )
        unit.add(row)
        unit.tell("candidates.reveal_asked", reveal=row.pk)
        unit.about(row)
    return row


def _may_employ(unit: Unit, shown: ShownProfile) -> bool:
    """Whether the register lets the firm employ today, and the placement business place."""
    node, book = unit.actor.node, current_book()
    day = day_at(unit.at, node)
    bodies = {kind: body for kind, body in (("ACCEPTING_ORG", shown.firm), ("JP_PLACEMENT", shown.through)) if body}
    answers = (licence_on(organisation=body, kind=kind, day=day, node=node, book=book) for kind, body in bodies.items())
    return all(one.is_valid for one in answers)


def mirror_reveal(*, actor: Actor, shown_id: UUID, asked: UUID, by: Asking, purpose: str, at: dt.datetime) -> Reveal:
    """Takes up that a firm of the other state asks who stands behind a profile; the person has its term to say yes.

    Refuses `profile_not_shown` for one that was never shown to this firm, `reveal_asked_before`. What became of the person
    meanwhile changes nothing that can be seen from outside: who is not there to be asked stays silent.
    """
    with unit_of_work("candidates.mirror_reveal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_reveal"])
        shown = ShownProfile.objects.select_for_update(of=("self",)).filter(pk=shown_id, enquiry=by.enquiry).first()
        unit.refuse([] if shown is not None else [Refusal("profile_not_shown")])
        assert shown is not None
        unit.refuse([Refusal("reveal_asked_before")] if Reveal.objects.filter(shown=shown).exists() else [])
        row = Reveal(
            home=by.home,
            shown=shown,
            asked=asked,
            firm=shown.firm,
            firm_name=shown.firm_name,
            firm_number=by.firm_number,
            through=shown.through,
            through_name=by.through_name,
            purpose=purpose,
            asked_at=at,
            until=_until(at),
        )
        unit.add(row)
        _write(unit, row)
        unit.about(row)
    return row


def _until(at: dt.datetime) -> dt.datetime:
    due = due_after("candidates.answer_reveal", at, current_book(), "pk")
    return due if due is not None else at


def _write(unit: Unit, row: Reveal) -> None:
    """A message to the person that somebody asks; it names neither the firm nor what was asked."""
    profile = row.shown.profile
    if profile is None or not profile_stands(profile, unit.at):
        return
    person = Person.objects.filter(pk=profile.file.person_id, is_active=True).first()
    if person is not None:
        address = format_lazy("{}{}", settings.RAHDARI_ADDRESS, reverse_lazy("candidates.see_reveals"))
        told = letter_to(person, {"address": address, "day": day_at(row.until, "pk")})
        write_letter(unit, **told, template="candidates/letters/reveal_asked")


def answer_reveal(
    *, actor: Actor, reveal_id: UUID, yes: bool, contact: str = "", seen: int | None = None, at: dt.datetime
) -> Reveal:
    """A person says yes or no to one firm; a yes sends name, what they can do, and the contact they give, to that firm alone.

    Refuses `reveal_over`, `contact_wrong`, `wrong_state`, `stale`; `Missing` for a question to somebody else. A yes leaves the
    consent, what was sent, and a line among who looked; a no leaves nothing that leaves the house before the term is over,
    and may become a yes until then.
    """
    with unit_of_work("candidates.answer_reveal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_reveal"])
        row = unit.lock(Reveal, reveal_for(actor, reveal_id, at).pk, seen=seen)
        unit.refuse(why_not_answer(state=row.state, yes=yes, contact=contact, until=row.until, at=at))
        if yes:
            file = _file_behind(row)
            contacted = {"way": way_of(contact), "value": contact.strip()}
            row.told = json.dumps({**what_is_sent(file), "contact": contacted}, ensure_ascii=False)
            row.state, row.answered_at, row.consent = "revealed", at, _consent(unit, file, row.firm)
            note_look(actor=_reader(row), about=file.person_id, purpose="candidates.see_shown", at=at)
            unit.tell("candidates.reveal_answered", reveal=row.pk)
        else:
            row.state, row.declined_at = "reveal_declined", at
        unit.save(row)
        unit.about(row, yes=yes)
    return row


def _file_behind(row: Reveal) -> File:
    """The file that goes on of the person a question is put to."""
    assert row.shown.profile is not None
    file: File = row.shown.profile.file
    return file if file.merged_into is None else file.merged_into


def _reader(row: Reveal) -> Actor:
    """The firm as who looked: nobody of its people is known on this node."""
    return Actor(node=row.home, role="placement_business" if row.through else "employer", body=row.through or row.firm)


def _consent(unit: Unit, file: File, firm: str) -> Consent:
    """The consent a yes gives; one that holds for another profile shown to the same firm is the same consent."""
    held = Consent.objects.filter(file=file, purpose=REVEAL, body=firm, withdrawn_at=None).first()
    return held or unit.add(Consent(file=file, purpose=REVEAL, body=firm, given_at=unit.at))


def end_reveal(*, actor: Actor, reveal_id: UUID, at: dt.datetime) -> Reveal:
    """The term of a question is over without a yes: the firm is told that, and nothing else. Refuses `wrong_state`."""
    with unit_of_work("candidates.end_reveal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_reveal"])
        row = unit.lock(Reveal, reveal_id)
        unit.refuse(why_not_take_answer(state=row.state, person=False) if row.state != "revealed" else [Refusal("wrong_state")])
        row.state, row.answered_at = "not_revealed", at
        unit.save(row)
        unit.tell("candidates.reveal_answered", reveal=row.pk)
        unit.about(row)
    return row


def mirror_reveal_answer(*, actor: Actor, shown_id: UUID, person: Mapping[str, Any] | None, at: dt.datetime) -> Reveal:
    """Takes up what the person behind a profile said to a firm of this state; a second answer takes a yes back.

    Refuses `reveal_not_known`, `wrong_state`. Leaves name and contact closed at rest for that firm, or nothing of them.
    """
    with unit_of_work("candidates.mirror_reveal_answer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_reveal_answer"])
        row: Reveal | None = Reveal.objects.select_for_update(of=("self",)).filter(shown=shown_id).first()
        unit.refuse(why_not_take_answer(state=row.state if row else None, person=person is not None))
        assert row is not None
        row.state = state_after(row.state, person=person is not None)
        row.told = json.dumps(person, ensure_ascii=False) if person is not None else None
        if row.state == "reveal_withdrawn":
            row.withdrawn_at = at
        else:
            row.answered_at = at
        unit.save(row)
        unit.about(row, state=row.state)
    return row


def _take_back(unit: Unit, rows: Iterable[Reveal]) -> None:
    """A yes that no longer holds: nothing of what it sent is kept here, and the other node is told to keep nothing."""
    for row in rows:
        row.state, row.told, row.withdrawn_at = "reveal_withdrawn", None, unit.at
        unit.save(row)
        unit.tell("candidates.reveal_answered", reveal=row.pk)
