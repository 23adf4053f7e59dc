"""Expo and interview days: announced to everybody on both nodes, called off, taken up from the other side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Marking, Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.queries import due_after
from rahdari.seals.forms import write_moment

from ..access import PERMITS
from ..messages import INTERVIEW_SET, event_told
from ..models import Event
from ..queries.events import employers_known, event_or_none, held_on
from ..rules.events import why_not_call_off, why_not_plan

PUBLIC = Marking("public")


def plan_event(
    *, actor: Actor, kind: str, place: str, begins_at: dt.datetime, ends_at: dt.datetime, zone: str, minutes: int = 30,
    pause: int = 10, tables: int = 1, language: str = "en", interpreter: str = "none", firms: Sequence[str] = (),
    at: dt.datetime,
) -> Event:  # fmt: skip
    """Announces an expo or interview day; an employer announces days of its own, the corporation those of any firms.

    Refuses `place_missing`, `ends_before_begin`, `day_without_times`, `less_than_48_h`, `firms_missing`, `too_many_firms`,
    `firm_without_demand` (this node knows no demand of it). Leaves the day for anyone to see, marked as announced late inside the
    target of `action_targets`, and told to the other side.
    """
    with unit_of_work("placements.plan_event", actor=actor, at=at) as unit:
        unit.permit(PERMITS["plan_event"])
        named = [actor.body] if actor.role == "employer" else list(dict.fromkeys(firms))
        known = employers_known(named)
        told = {"begins_at": begins_at, "ends_at": ends_at, "minutes": minutes, "pause": pause}
        unit.refuse(why_not_plan(place=place, firms=named, known=known, at=at, **told))  # type: ignore[arg-type]
        due = due_after("placements.plan_event", at, current_book(), "pk")
        event = Event(
            home=actor.node, level=PUBLIC.level, body=actor.body, kind=kind, place=place.strip(), zone=zone, tables=tables,
            language=language, interpreter=interpreter, firms=named, planned_at=at, **told,
            short_notice=due is not None and begins_at <= due,
        )  # fmt: skip
        _say(unit, event)
        unit.add(event)
        unit.about(event, kind=kind, firms=len(named), begins_at=begins_at)
    return event


def _say(unit: Unit, event: Event) -> None:
    """Tells the other side of the day as it stands."""
    day = {
        "kind": event.kind,
        "body": event.body,
        "ends": write_moment(event.ends_at),
        "pause": event.pause,
        "tables": event.tables,
        "firms": event.firms,
        "short_notice": event.short_notice,
        "state": event.state,
        "reason": event.reason or None,
    }
    content = event_told(
        event=str(event.pk), at=event.begins_at, zone=event.zone, minutes=event.minutes, place=event.place,
        language=event.language, interpreter=event.interpreter, day=day,
    )  # fmt: skip
    event.statement = unit.say(INTERVIEW_SET, content, marking=PUBLIC.told(), thread=event.pk).id


def call_off_event(*, actor: Actor, event_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Event:
    """Whoever announced a day calls it off, with a reason everybody sees.

    Refuses `slots_held` while candidates hold times of it (their employers give them others first), `reason_missing`,
    `not_own_event`, `wrong_state`, `stale`.
    """
    with unit_of_work("placements.call_off_event", actor=actor, at=at) as unit:
        unit.permit(PERMITS["call_off_event"])
        unit.alone(f"placements.event {event_id}")
        event = unit.lock(Event, event_id, seen=seen)
        unit.permit(PERMITS["call_off_event"], event)
        unit.refuse(why_not_call_off(state=event.state, reason=reason, taken=held_on(event).count()))
        event.state, event.reason = "called_off", reason
        _say(unit, event)
        unit.save(event)
        unit.about(event, reason=reason)
    return event


def mirror_event(*, actor: Actor, statement: Statement, at: dt.datetime) -> Event:
    """A node takes up a day that was announced or called off on the other one. Refuses `not_own_event` for one of its own."""
    with unit_of_work("placements.mirror_event", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_event"])
        data, day = statement.data, statement.data["day"]
        event = event_or_none(data["event"])
        if event is None:
            event = unit.add(Event(pk=UUID(data["event"]), **told_by(statement), **_told_day(data), planned_at=at))
        else:
            event = unit.lock(Event, event.pk)
            unit.refuse([] if event.home == statement.sender else [Refusal("not_own_event")])
            event.state, event.reason = day["state"], day["reason"] or ""
            unit.save(event)
        unit.about(event, state=event.state)
    return event


def _told_day(data: Any) -> dict[str, Any]:
    """The columns of a day as the other side told it."""
    day = data["day"]
    same = {name: data[name] for name in ("zone", "minutes", "place", "language", "interpreter")}
    same |= {name: day[name] for name in ("kind", "body", "pause", "tables", "firms", "short_notice", "state")}
    moments = {"begins_at": dt.datetime.fromisoformat(data["at"]), "ends_at": dt.datetime.fromisoformat(day["ends"])}
    return same | moments | {"reason": day["reason"] or ""}
