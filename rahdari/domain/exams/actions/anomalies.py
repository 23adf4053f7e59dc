"""Signs of fraud: traces handed in, the rules run after every sitting, a person decides of each."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blind
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.jobs.queries import due_after

from ..access import PERMITS
from ..models import Anomaly, Sitting, Trace
from ..queries.signs import rate_of, traced_in
from ..queries.sittings import roster_of
from ..rules.anomalies import Hit, Rate, hits_in, limits_on
from ..rules.traces import lines_of_traces, why_not_decide_anomaly

DECIDE = "exams.decide_anomaly"


def hand_in_traces(*, actor: Actor, sitting_id: UUID, content: bytes, at: dt.datetime) -> Sitting:
    """The examiner hands in what its own system knows of each booking; the marks are kept as blind indexes alone.

    Refuses `before_sitting`, `not_on_roster` and what is wrong in the file by its line. Leaves the traces, those of an
    earlier file written anew, and the event `exams.traces_handed_in`, after which the rules run.
    """
    with unit_of_work("exams.hand_in_traces", actor=actor, at=at) as unit:
        unit.permit(PERMITS["hand_in_traces"])
        sitting = unit.lock(Sitting, sitting_id)
        unit.permit(PERMITS["hand_in_traces"], sitting)
        unit.refuse([Refusal("before_sitting", {"starts_at": sitting.starts_at})] if at < sitting.starts_at else [])
        lines = lines_of_traces(content)
        roster = {one.number: one for one in roster_of(sitting)}
        strangers = [one.number[:20] for one in lines if one.number not in roster]
        unit.refuse(Refusal("not_on_roster", {"number": number}, member="file") for number in strangers[:20])
        held = {one.booking_id: one for one in Trace.objects.filter(booking__sitting=sitting)}
        for line in {one.number: one for one in lines}.values():
            trace = held.get(roster[line.number].pk)
            new = trace is None
            trace = trace or Trace(booking=roster[line.number])
            trace.marks = {mark: blind(value, f"exams.{mark}") for mark, value in line.marks.items()}
            trace.photo, trace.seconds, trace.handed_in_at = line.photo, line.seconds, at
            unit.add(trace) if new else unit.save(trace)
        unit.tell("exams.traces_handed_in", sitting=sitting.pk)
        unit.about(sitting, lines=len(lines))
    return sitting


def flag_anomaly(*, actor: Actor, sitting_id: UUID, at: dt.datetime) -> int:
    """Runs the rules over a sitting and keeps each new sign of fraud with its measure; says how many are new.

    One that is known, also a dismissed one, is not told again; while it is open it follows what is known now. A pass rate is
    judged once every result is recorded. Leaves the clock of the examiner for each.
    """
    with unit_of_work("exams.flag_anomaly", actor=actor, at=at) as unit:
        unit.permit(PERMITS["flag_anomaly"])
        sitting = unit.lock(Sitting, sitting_id)
        unit.permit(PERMITS["flag_anomaly"], sitting)
        if sitting.home != actor.node:
            raise Missing(f"Sitting {sitting_id}")
        limits = limits_on(current_book(), day_at(at, actor.node), sitting.exam)
        rate = rate_of(sitting) if sitting.state == "sitting_recorded" else Rate()
        hits = hits_in(traced_in(sitting), rate, limits)
        known = {(one.rule, one.about): one for one in sitting.anomalies.select_for_update().defer("reason")}
        fresh = [hit for hit in hits if (hit.rule, hit.about) not in known]
        for hit in hits:
            held = known.get((hit.rule, hit.about))
            if held is None:
                _keep(unit, sitting, hit)
            elif held.state == "anomaly_open" and (held.numbers, held.measure) != (list(hit.numbers), dict(hit.measure)):
                held.numbers, held.measure = list(hit.numbers), dict(hit.measure)
                unit.save(held)
        unit.about(sitting, hits=len(hits), fresh=len(fresh))
    return len(fresh)


def _keep(unit: Unit, sitting: Sitting, hit: Hit) -> None:
    anomaly = Anomaly(sitting=sitting, rule=hit.rule, numbers=list(hit.numbers), about=hit.about, measure=dict(hit.measure))
    anomaly.flagged_at = unit.at
    unit.add(anomaly)
    unit.wait(
        DECIDE,
        anomaly,
        holder_body=sitting.body,
        holder_role="exam_body",
        holder_side=unit.actor.node,
        matter={"exam": sitting.exam, "code": f"sign_{hit.rule}"},
        url_name="exams.see_anomaly",
        url_args=[str(anomaly.pk)],
        due_at=due_after(DECIDE, unit.at, current_book(), unit.actor.node),
    )


def decide_anomaly(
    *, actor: Actor, anomaly_id: UUID, verdict: str, reason: str, seen: int | None = None, at: dt.datetime
) -> Anomaly:
    """An officer of the examiner upholds a sign of fraud or dismisses it, with a reason. No rule makes a result void by itself.

    Refuses `verdict_missing`, `reason_missing`, `wrong_state`, `stale`. Leaves the verdict; making results void is another step.
    """
    with unit_of_work("exams.decide_anomaly", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decide_anomaly"])
        found = Anomaly.objects.select_related("sitting").filter(pk=anomaly_id).first()
        if found is None:
            raise Missing(f"Anomaly {anomaly_id}")
        unit.permit(PERMITS["decide_anomaly"], found.sitting)
        anomaly = unit.lock(Anomaly, anomaly_id, seen=seen)
        unit.refuse(why_not_decide_anomaly(state=anomaly.state, verdict=verdict, reason=reason))
        anomaly.state, anomaly.reason, anomaly.decided_at, anomaly.decided_by = verdict, reason.strip(), at, actor.person
        unit.save(anomaly)
        unit.settle(DECIDE, anomaly)
        unit.about(anomaly, rule=anomaly.rule, verdict=verdict)
    return anomaly
