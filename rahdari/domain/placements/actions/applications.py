"""Station 5: a worker applies for a vacancy with their file; station 7: whoever recruits names them to the employer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models.functions import Length

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.candidates.actions import give_consent
from rahdari.domain.candidates.models import Consent, File
from rahdari.domain.candidates.queries import consent_in_force, file_of, passed_tests, still_missing, waiving
from rahdari.domain.candidates.rules.files import NOMINATE, SHOW_FILE
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.actions import count_applicant
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.jobs.queries.clocks import LAST_MOMENT
from rahdari.domain.jobs.queries.demands import min_age
from rahdari.domain.jobs.rules.line import is_inside, is_published
from rahdari.domain.jobs.rules.papers import PAPER, SYSTEM

from ..access import PERMITS
from ..messages import NOMINATED, nominated
from ..models import Case, Nomination, StationEvent
from ..queries.cases import case_for
from ..queries.parties import WORKER, carries, to_employer
from ..queries.professional import learnt_told, why_not_professional
from ..queries.ranking import candidates_a_place, named_for, place_in, rule_of
from ..rules.cases import why_not_apply, why_not_inside, why_not_nominate
from ..rules.ranking import why_not_more, why_not_named_alone, why_not_shortlisted
from .steps import record_step
from .waiting import _wait_for

SIDE = "pk"


def file_application(*, actor: Actor, vacancy_id: UUID, show_file: bool = False, in_japan: bool = False, at: dt.datetime) -> Case:
    """A worker applies for a vacancy; `show_file` allows whoever recruits and the employer to see the file for it.

    Refuses `file_missing`, `under_age`, `vacancy_closed`, `already_applied`, `consent_missing`, `licence_not_valid`, and
    `not_in_japan` for places that begin with a change of status in Japan, to whoever does not say to live there (`in_japan`).
    Leaves the case with its number, the consents, one more applicant counted, and the task of whoever recruits.
    """
    with unit_of_work("placements.file_application", actor=actor, at=at) as unit:
        unit.permit(PERMITS["file_application"])
        vacancy = unit.lock(Vacancy, vacancy_id, beside=("demand",))
        file = file_of(actor.person)
        if file is None:
            unit.refuse([Refusal("file_missing")])
            raise AssertionError("refused above")
        unit.refuse(_why_not_apply(file, vacancy, show_file, at))
        unit.refuse(why_not_inside(inside=is_inside(vacancy.demand.route), in_japan=in_japan))
        if show_file:
            for purpose, body in ((SHOW_FILE, vacancy.publisher), (NOMINATE, vacancy.demand.employer)):
                give_consent(actor=actor, purpose=purpose, body=body, at=at)
        case = unit.add(_case(unit, file, vacancy))
        record_step(actor=actor, case_id=case.pk, step="application_filed", on=day_at(at, SIDE), acting=WORKER, at=at)
        count_applicant(actor=actor, vacancy_id=vacancy.pk, at=at)
        _wait_for_recruiter(unit, case)
        unit.about(case, vacancy=vacancy.pk, number=case.number)
    return case


def _why_not_apply(file: File, vacancy: Vacancy, show_file: bool, at: dt.datetime) -> list[Refusal]:
    today, demand = day_at(at, SIDE), vacancy.demand
    allowed = show_file or (
        consent_in_force(file, SHOW_FILE, vacancy.publisher, at) is not None
        and consent_in_force(file, NOMINATE, demand.employer, at) is not None
    )
    return why_not_apply(
        born=file.birth_date,
        min_age=min_age(current_book(), demand.kind, today),
        vacancy_state=vacancy.state,
        closes_on=vacancy.closes_on,
        today=today,
        applied=Case.objects.filter(person=file.pseudonym, vacancy=vacancy).exists(),
        consent=allowed,
    )


def _case(unit: Unit, file: File, vacancy: Vacancy) -> Case:
    demand, today = vacancy.demand, day_at(unit.at, SIDE)
    return Case(
        home=unit.actor.node,
        number=_next_number(unit, today),
        person=file.pseudonym,
        worker=unit.actor.person,
        file=file,
        demand=demand,
        vacancy=vacancy,
        route=demand.route,
        employer=demand.employer,
        placement_business=demand.placement_business,
        promoter=vacancy.publisher if is_published(demand.route) else "",
        name=file.name,
        birth_year=file.birth_date.year,
        applied_on=today,
        opened_at=unit.at,
    )


def _next_number(unit: Unit, today: dt.date) -> str:
    """The next receipt of the year; the numbers are held alone, and the newest is found at the end of their index.

    Six digits are the least: a longer number is a later one.
    """
    begin = f"A-{today.year}-"
    unit.alone(f"placements.case {begin}")
    given = Case.objects.exclude(number="").filter(number__startswith=begin).order_by(Length("number").desc(), "-number")
    newest = given.values_list("number", flat=True).first() or f"{begin}0"
    return f"{begin}{int(newest.removeprefix(begin)) + 1:06}"


def _wait_for_recruiter(unit: Unit, case: Case) -> None:
    """Whoever recruits names the candidates within ten working days of the closing (a target); where nobody does, the worker."""
    closing = dt.datetime.combine(case.vacancy.closes_on, LAST_MOMENT, ZONES[SIDE])
    due_at = due_after("placements.nominate_candidate", closing, current_book(), SIDE)
    _wait_for(unit, "nominate_candidate", case, *carries(case, SIDE), due_at=due_at)


def nominate_candidate(
    *, actor: Actor, case_id: UUID, rank: int, rule: str, seen: int | None = None, at: dt.datetime
) -> Nomination:
    """Whoever recruits names a candidate to the employer, with their rank and the rule it was given by; without one, the worker.

    Refuses `licence_not_valid`, `tests_missing` (for professional work `degree_or_practice_missing`,
    `working_language_missing`), `consent_missing` for this employer, `barred_person`, `not_shortlisted`,
    `over_nomination_limit`, `not_own_case`, `wrong_state`, `stale`. Leaves the nomination told with the profile, to employer
    and placement business alone.
    """
    with unit_of_work("placements.nominate_candidate", actor=actor, at=at) as unit:
        unit.permit(PERMITS["nominate_candidate"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen, beside=("demand", "vacancy", "file"))
        unit.permit(PERMITS["nominate_candidate"], case)
        file, demand = _file(case), case.demand
        consent = consent_in_force(file, NOMINATE, case.employer, at)
        unit.refuse(
            why_not_nominate(
                state=case.state,
                tests_missing=still_missing(file, demand.tests, demand.field),
                consent=consent is not None,
                barred_until=file.barred_until,
                today=day_at(at, SIDE),
                rule=rule,
                rank=rank,
            )
        )
        unit.refuse(why_not_professional(file, demand, day_at(at, SIDE)))
        unit.refuse(_why_not_named(unit, case, rule, rank))
        today = day_at(at, SIDE)
        case.state, case.profile = "nominated", _profile(file, demand, rank, rule) | learnt_told(file, demand, today)
        unit.save(case)
        marking = to_employer(case)
        nomination = Nomination(home=actor.node, case=case, on=today, rank=rank, rule=rule, consent=consent)
        nomination.level, nomination.bodies = marking.level, list(marking.bodies)
        if demand.is_shared:
            content = _told(case, consent)
            nomination.statement = unit.say(NOMINATED, content, marking=marking.told(), thread=case.pk, language="en").id
        unit.add(nomination)
        record_step(actor=actor, case_id=case.pk, step="candidate_nominated", on=today, at=at)
        unit.settle("placements.nominate_candidate", case)
        unit.about(nomination, case=case.pk, rank=rank, rule=rule)
    return nomination


def _why_not_named(unit: Unit, case: Case, rule: str, rank: int) -> list[Refusal]:
    """What the declared criteria and the number of places say against naming a candidate; the count is held alone."""
    unit.alone(f"placements.nominations {case.vacancy_id}")
    declared, demand = rule_of(case.vacancy), case.demand
    if not case.promoter:
        return why_not_named_alone(rule=rule, rank=rank)
    place = place_in(case, declared)[0] if declared is not None else None
    places = case.vacancy.places or demand.permitted_places or demand.places
    own: dict[str, Any] = {
        "rule": rule,
        "rank": rank,
        "place": place.rank if place is not None else None,
        "declared": declared is not None,
    }
    more = why_not_more(nominated=named_for(case.vacancy), places=places, a_place=candidates_a_place())
    return [*why_not_shortlisted(**own), *more]


def _file(case: Case) -> File:
    if case.file is None:
        raise ValueError("a case of the sending side has its file")
    return case.file


def _told(case: Case, consent: Consent | None) -> dict[str, Any]:
    return nominated(
        case=str(case.pk),
        person=str(case.person),
        vacancy=str(case.vacancy_id),
        profile=case.profile,
        consent=str(consent.pk) if consent is not None else "",
        promoter=case.promoter,
    )


def _profile(file: File, demand: Demand, rank: int, rule: str) -> dict[str, Any]:
    """What the employer is told of a person: no number, no address, no family; training where it stands for a test."""
    passed = passed_tests(file)
    interned = [
        {"stage": one.stage, "field": one.field, "months": one.months, "on": one.ended_on.isoformat()}
        for one in waiving(file, demand.tests, demand.field)
    ]
    tests = [
        {
            "exam": one.exam,
            "result": str(one.result) if one.result else None,
            "on": one.passed_on.isoformat(),
            "source": one.source,
        }
        for one in passed
    ]
    return ({"internships": interned} if interned else {}) | {
        "rank": rank,
        "rule": rule,
        "name": file.name,
        "birth_year": file.birth_date.year,
        "sex": None,
        "skills": file.skills,
        "tests": tests,
        "education": file.education,
        "work": file.work,
        "languages": file.languages,
        "available_from": file.available_from.isoformat() if file.available_from else None,
    }


def mirror_nomination(*, actor: Actor, statement: Statement, at: dt.datetime) -> Case:
    """Japan's node takes up a candidate named for a vacancy of its own demand; the employer's task begins.

    Refuses `already_known`, `not_own_demand`; `Missing` while the vacancy was not told.
    """
    with unit_of_work("placements.mirror_nomination", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_nomination"])
        data = statement.data
        vacancy = unit.lock(Vacancy, UUID(data["vacancy"]))
        demand = vacancy.demand
        unit.refuse([] if demand.home == actor.node else [Refusal("not_own_demand")])
        unit.refuse([Refusal("already_known")] if Case.objects.filter(pk=data["case"]).exists() else [])
        on = day_at(statement.issued_at, statement.sender)
        told = {name: data[name] for name in data if name not in ("case", "person", "vacancy", "consent", "promoter")}
        case = Case(
            **told_by(statement),
            id=UUID(data["case"]),
            person=UUID(data["person"]),
            demand=demand,
            vacancy=vacancy,
            route=demand.route,
            employer=demand.employer,
            placement_business=demand.placement_business,
            promoter=data.get("promoter") or (vacancy.publisher if is_published(demand.route) else ""),
            name=data["name"],
            birth_year=data.get("birth_year"),
            profile=told,
            state="nominated",
            station=7,
            opened_at=at,
        )
        unit.add(case)
        unit.add(Nomination(**told_by(statement), case=case, on=on, rank=data["rank"], rule=data["rule"]))
        _add_told_tests(unit, case, statement)
        record_step(actor=actor, case_id=case.pk, step="candidate_nominated", on=on, acting=case.promoter, told=statement, at=at)
        _wait_for_interview(unit, case)
        unit.about(case, vacancy=vacancy.pk)
    return case


def _add_told_tests(unit: Unit, case: Case, statement: Statement) -> None:
    """Station 6 as the nomination tells it; hatched where a test, or the training in its place, was only shown on paper."""
    tests, interned = statement.data["tests"], statement.data.get("internships", [])
    if not tests and not interned:
        return
    by_paper = bool(interned) or any(one["source"] == PAPER for one in tests)
    unit.add(
        StationEvent(
            **told_by(statement),
            case=case,
            station=6,
            step="tests_passed",
            on=max(dt.date.fromisoformat(one["on"]) for one in [*tests, *interned]),
            acting="EXAM_BODY",
            source=PAPER if by_paper else SYSTEM,
            stands_for="jp" if by_paper else "",
            details={"tests": [one["exam"] for one in tests]},
            at=unit.at,
        )
    )


def _wait_for_interview(unit: Unit, case: Case) -> None:
    unit.wait(
        "placements.set_interview",
        case,
        holder_body=case.placement_business or case.employer,
        holder_role="placement_business" if case.placement_business else "employer",
        holder_side="jp",
        matter={"name": case.name, "field": case.demand.field},
        url_name="placements.see_case",
        url_args=[str(case.pk)],
        due_at=due_after("placements.set_interview", unit.at, current_book(), "jp"),
    )
