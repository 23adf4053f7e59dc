"""Event → later work: a table, like `urls.py`. What stands above a package follows here, after its commit.

A package tells an event with `unit.tell` (`rahdari.base.work`). Each reaction is called with
the actor, the moment and the event's facts, in one transaction with the mark that the
event was taken: it happens once. Several are taken together; where one of them fails each is taken alone, and
the one that fails stays and is tried again with growing pauses: no other event waits for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at, now
from rahdari.base.models import OutboxEntry
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.actions import compare_file
from rahdari.domain.contracts.actions import end_offers
from rahdari.domain.cooperation.actions import send_reveal, tell_reveal
from rahdari.domain.departures.actions import renew_permission
from rahdari.domain.exams.actions import flag_anomaly, follow_booking
from rahdari.domain.exams.queries.voided import void_exams
from rahdari.domain.exams.rules.voids import FRAUD
from rahdari.domain.fields.queries.orders import order_stops
from rahdari.domain.notices.actions import draft_answer_notice, draft_exam_notice
from rahdari.domain.organisations.actions import screen_organisation
from rahdari.domain.placements.actions import end_cases, follow_file, hold_cases, release_cases, tell_worker
from rahdari.domain.placements.rules.holds import (
    CERTIFICATE,
    CLOSED_LICENCES,
    CLOSED_ORDERS,
    FIELD_ORDER,
    LICENCE,
    OPEN_LICENCES,
    OPEN_ORDERS,
    PERMISSION,
    VOID,
)
from rahdari.web.logs import log

Reaction = Callable[..., object]


def screen(*, actor: Actor, at: dt.datetime, organisation: str, **_told: object) -> int:
    """An organisation that is new, or whose licence changed, is compared with the others."""
    return screen_organisation(actor=actor, organisation=organisation, at=at)


def follow_merged(*, actor: Actor, at: dt.datetime, kept: str, gone: str, pseudonym: str, **_told: object) -> int:
    """Cases and seats of a file that ended in another one follow."""
    return _follow(actor, at, kept, gone, pseudonym, parted=False)


def follow_parted(*, actor: Actor, at: dt.datetime, kept: str, gone: str, pseudonym: str, **_told: object) -> int:
    """Cases and seats go back to the file they had."""
    return _follow(actor, at, kept, gone, pseudonym, parted=True)


def _follow(actor: Actor, at: dt.datetime, kept: str, gone: str, pseudonym: str, *, parted: bool) -> int:
    files = {"kept": UUID(kept), "gone": UUID(gone), "pseudonym": UUID(pseudonym)}
    return sum(follow(actor=actor, **files, parted=parted, at=at) for follow in (follow_file, follow_booking))


def compare(*, actor: Actor, at: dt.datetime, file: str, **_told: object) -> int:
    """A file that is new or corrected is compared with the others."""
    return compare_file(actor=actor, file=UUID(file), at=at)


def run_rules_of_fraud(*, actor: Actor, at: dt.datetime, sitting: str, **_told: object) -> int:
    """After every session, and when its traces come, the rules look for signs of fraud."""
    return flag_anomaly(actor=actor, sitting_id=UUID(sitting), at=at)


def tell_of_fraud(*, actor: Actor, at: dt.datetime, voiding: str, code: str, **_told: object) -> object:
    """Results made void for fraud: the notice to the other state is drafted with its evidence."""
    return draft_exam_notice(actor=actor, voiding=UUID(voiding), at=at) if code in FRAUD else None


def tell_of_answer(*, actor: Actor, at: dt.datetime, answer: str, category: str, **_told: object) -> object:
    """A wrongful act found in a private answer: the notice to the other state is drafted, without the worker."""
    return draft_answer_notice(actor=actor, answer=UUID(answer), category=category, at=at)


def hold_by_void(*, actor: Actor, at: dt.datetime, person: str, exam: str, field: str, **_told: object) -> int:
    """A test that was made void, and not passed otherwise, stops the cases of the person that ask for it."""
    if (exam, field) not in void_exams(UUID(person)):
        return 0
    return hold_cases(actor=actor, cause=VOID, of=person, exam=exam, at=at)


def go_on_with_test(*, actor: Actor, at: dt.datetime, person: str, **_told: object) -> int:
    """Cases that waited for a test go on once it was passed anew or reinstated, and no other is void."""
    return 0 if void_exams(UUID(person)) else release_cases(actor=actor, cause=VOID, of=person, at=at)


def hold_by_licence(*, actor: Actor, at: dt.datetime, organisation: str, state: str, **_told: object) -> int:
    """A licence that no longer holds stops the cases of its holder; one that is valid again releases them."""
    if settings.RAHDARI_NODE != "pk":
        return 0
    if state in CLOSED_LICENCES:
        return hold_cases(actor=actor, cause=LICENCE, of=organisation, at=at)
    return release_cases(actor=actor, cause=LICENCE, of=organisation, at=at) if state in OPEN_LICENCES else 0


def hold_by_order(*, actor: Actor, at: dt.datetime, field: str, state: str, order: str = "", **_told: object) -> int:
    """An order on a field, told by Japan, stops the cases whose certificate is not filed; a lifted one releases them.

    One that begins later, or touches other applications than new certificates, stops none of them (`hold_by_orders` of the
    timetable, once its day has come), and one that was changed to that releases them.
    """
    if settings.RAHDARI_NODE != "pk":
        return 0
    stops = state in CLOSED_ORDERS and (not order or order_stops(UUID(order), CERTIFICATE, day_at(at, "pk")))
    if stops:
        return hold_cases(actor=actor, cause=FIELD_ORDER, of=field, at=at)
    return release_cases(actor=actor, cause=FIELD_ORDER, of=field, at=at) if state in (*OPEN_ORDERS, *CLOSED_ORDERS) else 0


def hold_without_permission(*, actor: Actor, at: dt.datetime, demand: str, **_told: object) -> int:
    """A permission that ended stops the cases of its demand until there is a new one."""
    return hold_cases(actor=actor, cause=PERMISSION, of=demand, at=at)


def go_on_with_permission(*, actor: Actor, at: dt.datetime, demand: str, **_told: object) -> int:
    """A new permission attaches the cases that waited for it."""
    return release_cases(actor=actor, cause=PERMISSION, of=demand, at=at)


def end_permission_warnings(*, actor: Actor, at: dt.datetime, demand: str, **_told: object) -> int:
    """A permission that was extended or given anew ends what was warned of the one before."""
    return renew_permission(actor=actor, demand_id=UUID(demand), at=at)


def let_go(*, actor: Actor, at: dt.datetime, demand: str, reason: str, **_told: object) -> int:
    """A demand that is withdrawn lets its open cases go, on either node."""
    return end_cases(actor=actor, demand_id=UUID(demand), reason=reason, at=at)


def end_its_offers(*, actor: Actor, at: dt.datetime, demand: str, **_told: object) -> int:
    """The offers of a withdrawn demand end with its cases."""
    return end_offers(actor=actor, demand_id=UUID(demand), at=at)


def ask_who_it_is(*, actor: Actor, at: dt.datetime, reveal: str, **_told: object) -> object:
    """A firm's question who stands behind a profile goes to the other state."""
    return send_reveal(actor=actor, reveal=UUID(reveal), at=at)


def tell_who_it_is(*, actor: Actor, at: dt.datetime, reveal: str, **_told: object) -> object:
    """What the person behind a profile answered, or took back, goes to the firm that asked."""
    return tell_reveal(actor=actor, reveal=UUID(reveal), at=at)


def write_to_worker(*, actor: Actor, at: dt.datetime, taken: str, **_told: object) -> object:
    """A step of a case that its worker is told of: the message is written, once."""
    return tell_worker(actor=actor, event_id=UUID(taken), at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "organisations.entry_kept": (screen,),
    "candidates.file_kept": (compare,),
    "candidates.files_merged": (follow_merged,),
    "candidates.files_parted": (follow_parted,),
    "exams.sitting_recorded": (run_rules_of_fraud,),
    "exams.traces_handed_in": (run_rules_of_fraud,),
    "exams.results_voided": (tell_of_fraud,),
    "contracts.wrongful_act_found": (tell_of_answer,),
    "exams.tests_void": (hold_by_void,),
    "exams.tests_stand": (go_on_with_test,),
    "organisations.licence_changed": (screen, hold_by_licence),
    "fields.order_mirrored": (hold_by_order,),
    "jobs.permission_ended": (hold_without_permission,),
    "jobs.permission_given": (go_on_with_permission, end_permission_warnings),
    "jobs.permission_extended": (end_permission_warnings,),
    "jobs.demand_closed": (let_go, end_its_offers),
    "placements.step_taken": (write_to_worker,),
    "candidates.reveal_asked": (ask_who_it_is,),
    "candidates.reveal_answered": (tell_who_it_is,),
}

BATCH, TOGETHER = 200, 20  # looked up at once, and taken in one unit of work
LONGEST_PAUSE = 3600.0  # seconds
_failed: dict[UUID, tuple[int, dt.datetime]] = {}  # of this process: how often, and when it is tried again


class _Elsewhere(Exception):
    """Another worker has the event, or had it."""


def react() -> int:
    """Takes every event that waits; returns how many were taken. Several workers may do this at once."""
    done = 0
    while some := _pass_over() + _take_all(_next()):
        done += some
    return done


def _take_all(pks: Sequence[UUID]) -> int:
    return sum(_take(pks[first : first + TOGETHER]) for first in range(0, len(pks), TOGETHER))


def _next() -> list[UUID]:
    """Events that something follows from, the oldest first, without those that rest."""
    moment = now()
    resting = [pk for pk, (_, until) in _failed.items() if until > moment]
    rows = OutboxEntry.objects.filter(kind="event", taken_at=None, type__in=REACTIONS).exclude(pk__in=resting)
    return list(rows.order_by("id").values_list("pk", flat=True)[:BATCH])


def _take(pks: Sequence[UUID]) -> int:
    """Does what follows from some events together, with one entry for all; says how many. Where one fails each is tried alone."""
    actor, at = machine(settings.RAHDARI_NODE, "timetable"), now()
    try:
        with unit_of_work("reactions.react", actor=actor, at=at) as unit:
            events = list(
                OutboxEntry.objects.select_for_update(skip_locked=True).filter(pk__in=pks, taken_at=None).order_by("id")
            )
            if not events:
                raise _Elsewhere
            for event in events:
                for reaction in REACTIONS[event.type]:
                    reaction(actor=actor, at=at, **event.content)
            OutboxEntry.objects.filter(pk__in=[event.pk for event in events]).update(taken_at=at)
            unit.about(events[0], events=[event.type for event in events])
    except _Elsewhere:
        return 0
    except Exception as error:
        if len(pks) > 1:
            return sum(_take([pk]) for pk in pks)
        _rests(pks[0], at, error)
        return 0
    for event in events:
        _failed.pop(event.pk, None)
    return len(events)


def _rests(pk: UUID, at: dt.datetime, error: Exception) -> None:
    """What followed from an event failed: it is tried again, later each time."""
    tries = _failed.get(pk, (0, at))[0] + 1
    pause = min(LONGEST_PAUSE, 2.0 ** min(tries, 20))
    _failed[pk] = (tries, at + dt.timedelta(seconds=pause))
    log.error("reaction", outbox_entry=str(pk), tries=tries, exc=error)


def _pass_over() -> int:
    """Marks the events nothing follows from, so that nobody looks at them again; one entry for all of them."""
    rows = OutboxEntry.objects.filter(kind="event", taken_at=None).exclude(type__in=REACTIONS)
    if not rows[:1]:
        return 0
    at = now()
    try:
        with unit_of_work("reactions.pass_over", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
            held = list(rows.order_by("id").select_for_update(skip_locked=True)[:BATCH])
            if not held:
                raise _Elsewhere
            OutboxEntry.objects.filter(pk__in=[event.pk for event in held]).update(taken_at=at)
            unit.about(held[0], events=len(held))
    except _Elsewhere:
        return 0
    return len(held)
