"""Opening the one file of a person, and correcting it: by themself, or at the counter for whoever stands before it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries.people import person_by_identity
from rahdari.domain.organisations.rules import normalise

from ..access import PERMITS
from ..models import CounterVisit, File, FileChange, FileDraft
from ..queries.files import AT_COUNTER, COUNTER, file_at_hand, file_of
from ..queries.finding import file_known
from ..rules.file_facts import FileFacts
from ..rules.files import CHANGE_REASONS, CORRECTED, why_not_open
from ..rules.settling import settled
from .keeping import _put


def open_file(*, actor: Actor, told: FileFacts, identity: str = "", at: dt.datetime) -> File:
    """Opens the file of the person who acts, or at a counter of the person with this number of identity card.

    One opened at a counter its owner looks over afterwards. The passport may come later; its two lines, where typed, must agree
    with everything else. Refuses `identity_missing`, `duplicate_person` where card or passport is in a file already,
    `name_not_latin`, `passport_wrong`, `passport_expired`, `mrz_mismatch` and each wrong check digit, `date_in_future`. Leaves
    the file with the pseudonym under which the partner will know the person, and the event `candidates.file_kept`.
    """
    with unit_of_work("candidates.open_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_file"])
        unit.alone("candidates.file")
        person = _person(actor, identity)
        card = (person.identity if person is not None else None) or ""
        told_so = settled(told, card, current_book(), day_at(at, "pk"))
        known = file_known(person, card, told_so.members["passport_no"] or "")
        unit.refuse([*why_not_open(identity=bool(card), known=known), *told_so.against])
        file = File(
            person=person,
            cnic=card,
            opened_at=at,
            opened_by=actor.person,  # type: ignore[misc]  # signed in, or refused above
            opened_for=actor.body,
            source="counter" if actor.role == COUNTER else "self",
            confirmed_at=None if actor.role == COUNTER else at,
        )
        _put(file, told_so.members)
        unit.add(file)
        if actor.role == COUNTER:
            until = at + AT_COUNTER
            unit.add(CounterVisit(file=file, body=actor.body, officer=actor.person, begun_at=at, until=until))  # type: ignore[misc]
        FileDraft.objects.filter(person=person).delete()
        unit.tell("candidates.file_kept", file=file.pk)
        unit.about(file, at_counter=actor.role == COUNTER, passport=bool(file.passport_no), zone=file.zone_agrees)
    return file


def _person(actor: Actor, identity: str) -> Person | None:
    if actor.role == COUNTER:
        return person_by_identity(normalise("cnic", identity) or "") if identity else None
    person: Person | None = Person.objects.filter(pk=actor.person, staff=False).first()
    return person


def correct_file(
    *,
    actor: Actor,
    told: FileFacts,
    reason: str = "typing",
    file_id: UUID | None = None,
    seen: int | None = None,
    at: dt.datetime,
) -> File:
    """Corrects a file: the person their own, a counter the one in front of it; what stood before is kept, closed at rest.

    Refuses what `open_file` refuses of what is told, `reason_missing`, `nothing_changed`, `stale`. What was said to others
    before is not taken back: it stands in their own rows. Leaves the event `candidates.file_kept`.
    """
    with unit_of_work("candidates.correct_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["correct_file"])
        unit.alone("candidates.file")
        file = unit.lock(File, file_at_hand(actor, file_id, at).pk, seen=seen)
        told_so = settled(told, file.cnic, current_book(), day_at(at, "pk"))
        unit.refuse([] if reason in CHANGE_REASONS else [Refusal("reason_missing", member="reason")])
        taken = file_known(None, file.cnic, told_so.members["passport_no"] or "", without=file.pk)
        unit.refuse([*([Refusal("duplicate_person")] if taken else []), *told_so.against])
        before = {name: getattr(file, name) for name in CORRECTED if getattr(file, name) != told_so.members[name]}
        unit.refuse([] if before or told.zone.strip() else [Refusal("nothing_changed")])
        _keep_change(unit, file, before, reason)
        zone_stood = file.zone_agrees and not told.zone.strip() and not before.keys() & ZONE_MEMBERS
        _put(file, told_so.members | ({"zone_agrees": True} if zone_stood else {}))
        if zone_stood:
            file.doubts = [one for one in file.doubts if one != "no_zone"]
        file.confirmed_at = file.confirmed_at or (at if actor.role == "worker" else None)
        unit.save(file)
        unit.tell("candidates.file_kept", file=file.pk)
        unit.about(file, members=sorted(before), reason=reason)
    return file


ZONE_MEMBERS = {"name", "birth_date", "sex", "passport_no", "passport_until"}


def _keep_change(unit: Unit, file: File, before: dict[str, Any], reason: str) -> None:
    change = FileChange(
        file=file,
        at=unit.at,
        by=unit.actor.person,  # type: ignore[misc]  # signed in, or refused above
        role=unit.actor.role,
        body=unit.actor.body,
        members=sorted(before),
        before=json.dumps(before, ensure_ascii=False, default=str),
        reason=reason,
    )
    unit.add(change)


def keep_draft(*, actor: Actor, told: dict[str, Any], at: dt.datetime) -> FileDraft:
    """Keeps what a person typed of their file so far, so that it can be gone on with; opening the file ends it.

    Refuses `file_there` once the file is open. Nothing of it is checked, and nothing of it is told to anyone.
    """
    with unit_of_work("candidates.keep_draft", actor=actor, at=at) as unit:
        unit.permit(PERMITS["keep_draft"])
        unit.refuse([Refusal("file_there")] if File.objects.filter(person=actor.person).exists() else [])
        unit.alone(f"candidates.draft {actor.person}")
        draft = FileDraft.objects.select_for_update().filter(person=actor.person).first()
        new = draft is None
        draft = draft or FileDraft(person_id=actor.person)  # type: ignore[misc]
        draft.told, draft.kept_at = json.dumps(told, ensure_ascii=False, default=str), at
        if new:
            unit.add(draft)
        else:
            unit.save(draft)
        unit.about(draft, members=sorted(told))
    return draft


def confirm_file(*, actor: Actor, at: dt.datetime) -> File:
    """A person looked over the file a centre or a counter entered for them, and says that it is right.

    Refuses `file_missing`, `wrong_state` where they did so before.
    """
    with unit_of_work("candidates.confirm_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["confirm_file"])
        found = file_of(actor.person)
        unit.refuse([] if found is not None else [Refusal("file_missing")])
        file = unit.lock(File, found.pk)  # type: ignore[union-attr]  # refused above
        unit.refuse([] if file.confirmed_at is None else [Refusal("wrong_state")])
        file.confirmed_at = at
        unit.save(file)
        unit.about(file, source=file.source)
    return file
