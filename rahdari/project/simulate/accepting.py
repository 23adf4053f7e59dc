"""What firms and officers of the accepting side do on a simulated day: each looks at what waits and takes the next step."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Count

from rahdari.base.clock import ZONES, now
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.domain.contracts.actions import call_reserve, offer_employment
from rahdari.domain.contracts.models import Offer
from rahdari.domain.exams.actions import open_seats, record_results
from rahdari.domain.exams.models import Booking, Sitting
from rahdari.domain.exams.rules.results import ResultLine
from rahdari.domain.jobs.actions import correct_demand, file_demand
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.changes import CHANGEABLE
from rahdari.domain.jobs.rules.demands import PowerOfAttorney
from rahdari.domain.jobs.rules.papers import Scan
from rahdari.domain.jobs.rules.terms_facts import CorrectionFacts, DemandFacts
from rahdari.domain.placements.actions import record_decision, record_no_show, set_interview
from rahdari.domain.placements.models import Case, Interview
from rahdari.domain.placements.rules.moves import CANDIDATE
from rahdari.project.simulate.acting import DAY, Side
from rahdari.project.simulate.firms import EXAMINER, Firm, fields_of, firms, promoters, skill_test
from rahdari.project.simulate.invented import MARK

Act = Callable[[Side], None]
PDF = b"%PDF-1.4\n% invented paper of the simulation\n"
PREFECTURES = {
    "Niigata": "15",
    "Sendai": "04",
    "Nagano": "20",
    "Gifu": "21",
    "Okayama": "33",
    "Matsuyama": "38",
    "Kumamoto": "43",
    "Fukui": "18",
}
TERMS: dict[str, Any] = {
    "pay_basic": {"amount": 198_000, "currency": "JPY", "per": "month"},
    "comparable_pay": {"amount": 198_000, "currency": "JPY"},
    "allowances": [{"code": "night", "money": {"amount": 20_000, "currency": "JPY"}, "basis": "four nights a month"}],
    "deductions": [{"code": "tax", "money": {"amount": 46_800, "currency": "JPY"}, "basis": "by law"}],
    "hours_week": 40, "days_year": 250, "overtime": "paid_by_law", "leave": 10, "length_months": 36,
    "housing": {"code": "employer_charged", "money": {"amount": 24_000, "currency": "JPY"}, "m2": "18"},
    "work_place": "fixed", "return_travel": "employer", "language": "en",
}  # fmt: skip
VENUES = ("Lahore", "Karachi", "Islamabad", "Peshawar")
SITTING_EVERY, SITTING_IN, SITTINGS = 7, 8, 5  # days between sittings, days of booking, how many rounds
MINUTES, SLOTS = 30, 16  # of an interview; of one interviewer a day, from one o'clock in Japan on
BEGINS = dt.time(13, 0)
NOT_SELECTED = (("skill_below", 4), ("language_below", 4), ("experience_below", 2), ("places_filled", 3))


def key_of(case: Case) -> tuple[str, int, str]:
    """Who it is, as this side knows them; the same in every run of a seed."""
    return case.name, case.birth_year or 0, case.employer


def demand(side: Side) -> None:
    """Each firm files its demand on the first days."""
    for number, firm in enumerate(firms(side.chances, side.scenario.firms)):
        if side.day >= number % 2 and not Demand.objects.filter(employer=firm.body, filed_on__gte=side.begins_on).exists():
            _file(side, firm, number)


def _file(side: Side, firm: Firm, number: int) -> None:
    all_promoters = promoters(side.chances, side.scenario.promoters)
    promoter = all_promoters[number % len(all_promoters)]
    pay = 198_000 + int(side.chances.number(firm.body, "pay") * 40) * 1000
    asked = {
        "route": "oep", "kind": "ssw1", "promoter": promoter.body, "promoter_licence": promoter.licence, "field": firm.field,
        "places": side.scenario.places, "prefecture": PREFECTURES[firm.town], "tests": [skill_test(firm.field), "JFT_BASIC"],
        "terms": TERMS | {"pay_basic": {"amount": pay, "currency": "JPY", "per": "month"}},
        "opens_on": (side.today + 2 * DAY).isoformat(), "closes_on": (side.today + 80 * DAY).isoformat(),
    }  # fmt: skip
    power = PowerOfAttorney(side.today - 30 * DAY, side.today + 330 * DAY, f"Sato Kenji {MARK}")
    side.act(
        file_demand, actor=side.who("employer", firm.body), asked=read_facts(DemandFacts, asked, current_book()),
        letter=Scan("letter.pdf", PDF + firm.body.encode()), power=power,
        attorney=Scan("attorney.pdf", PDF + b"attorney " + firm.body.encode()),
    )  # fmt: skip


def meet_objections(side: Side) -> None:
    """A firm answers an objection by paying more for housing itself."""
    for one in Demand.objects.filter(state="objected", home=side.node):
        terms = {name: value for name, value in one.terms.items() if name != "terms_hash"}
        terms["housing"] = terms["housing"] | {"money": {"amount": 20_000, "currency": "JPY"}}
        told = {name: getattr(one, name) for name in CHANGEABLE} | {"terms": terms}
        told |= {name: told[name].isoformat() for name in ("opens_on", "closes_on")}
        asked = read_facts(CorrectionFacts, told, current_book())
        actor = side.who("employer", one.employer)
        side.act(correct_demand, actor=actor, demand_id=one.pk, asked=asked, reason="answers_objection")


def seats(side: Side) -> None:
    """The examiner opens seats for both tests a week ahead, as many as people are looked for."""
    first = side.scenario.applying[0] - 1
    week, over = divmod(side.day - first, SITTING_EVERY)
    if over or not 0 <= week < SITTINGS:
        return
    fields = fields_of(firms(side.chances, side.scenario.firms))
    on = side.today + SITTING_IN * DAY
    tests = [*((skill_test(field), field, "", 10, 1) for field in fields), ("JFT_BASIC", "", "JFT_A2", 14, len(fields))]
    for exam, field, level, hour, times in tests:
        starts_at = dt.datetime.combine(on, dt.time(hour), ZONES["jp"])
        if Sitting.objects.filter(exam=exam, field=field, starts_at=starts_at).exists():
            continue
        rooms = max(1, math.ceil(0.75 * side.scenario.people * times / len(fields) / side.scenario.seats))
        for room in range(rooms):
            side.act(
                open_seats, actor=side.who("exam_body", EXAMINER), exam=exam, field=field, level=level,
                venue=f"{VENUES[room % len(VENUES)]} {room + 1} {MARK}", starts_at=starts_at, seats=side.scenario.seats,
                booking_until=on - DAY, basis=f"the scenario {side.scenario.name}",
            )  # fmt: skip


def results(side: Side) -> None:
    """The examiner records the results of sittings three days ago."""
    held = Sitting.objects.filter(state="seats_open", starts_at__lt=now() - 2 * DAY).annotate(booked=Count("bookings"))
    for sitting in held.filter(booked__gt=0):
        lines = [_line(side, sitting, one) for one in sitting.bookings.filter(state="seat_booked").order_by("number")]
        if lines:
            side.act(record_results, actor=side.who("exam_body", EXAMINER), sitting_id=sitting.pk, results=lines)


def _line(side: Side, sitting: Sitting, booking: Booking) -> ResultLine:
    about = (booking.passport_no, sitting.exam, sitting.starts_at.date())
    if side.happens("test_no_show", *about):
        return ResultLine(booking.number, "no_show")
    if side.happens("test_failed", *about):
        return ResultLine(booking.number, "fail", True)
    return ResultLine(booking.number, "pass", True, f"{sitting.exam[:4]}-{sitting.starts_at:%m%d}-{booking.passport_no}")


def invite(side: Side) -> None:
    """Firms set a time for each candidate: the next that an interviewer of theirs has free."""
    taken: dict[str, dict[dt.date, int]] = {}
    for case in Case.objects.filter(state="nominated").order_by("opened_at", "id"):
        on = _working(side, side.today + side.chances.days(*side.scenario.span("interview_ahead"), "ahead", *key_of(case)) * DAY)
        place = taken.setdefault(case.employer, {})
        number = place[on] = place.get(on, _set_already(side, case.employer, on)) + 1
        starts_at = dt.datetime.combine(on, BEGINS, ZONES["jp"]) + (number - 1) % SLOTS * dt.timedelta(minutes=MINUTES)
        _set(side, case, starts_at, f"Interviewer {(number - 1) // SLOTS + 1} {MARK}")


def _set(side: Side, case: Case, starts_at: dt.datetime, interviewer: str = "") -> None:
    told = {"place": "video link (invented)", "minutes": MINUTES, "language": "ja", "interviewer": interviewer}
    side.act(set_interview, actor=side.who("employer", case.employer), case_id=case.pk, starts_at=starts_at, **told)


def _set_already(side: Side, employer: str, on: dt.date) -> int:
    begin = dt.datetime.combine(on, dt.time(0), ZONES["jp"])
    held = Interview.objects.filter(case__employer=employer, superseded_by=None, starts_at__gte=begin, starts_at__lt=begin + DAY)
    return held.exclude(interviewer="").count()


def _working(side: Side, day: dt.date) -> dt.date:
    while not side.open_on(day):
        day += DAY
    return day


def move(side: Side) -> None:
    """Firms set the time a worker proposed instead."""
    proposed = Interview.objects.filter(answer="no", superseded_by=None, case__state__in=("interview_set", "missed"))
    for interview in proposed.select_related("case"):
        if interview.other_times:
            _set(side, interview.case, dt.datetime.fromisoformat(interview.other_times[0]))


def decide(side: Side) -> None:
    """After an interview the firm selects, puts on its reserve list, or does not select with a reason; or nobody came."""
    held = Interview.objects.filter(case__state="interview_set", superseded_by=None, starts_at__lt=now() - dt.timedelta(hours=1))
    ranks = dict(
        Case.objects.filter(state="reserve").values("demand").annotate(n=Count("id")).values_list("demand", "n")
    )  # everybody ever put there keeps a number of their own
    for interview in held.exclude(answer="no").select_related("case").order_by("starts_at", "id"):
        case = interview.case
        employer, told = side.who("employer", case.employer), {"case_id": case.pk}
        if interview.why == "first" and side.happens("interview_no_show", *key_of(case)):
            side.act(record_no_show, actor=employer, party=CANDIDATE, **told)
            continue
        lot = side.chances.number("decision", *key_of(case))
        if lot < side.scenario.share("selected"):
            side.act(offer_employment, actor=employer, employer_signed_on=side.today, **told)
        elif lot < side.scenario.share("selected") + side.scenario.share("reserve"):
            ranks[case.demand_id] = ranks.get(case.demand_id, 0) + 1
            side.act(record_decision, actor=employer, outcome="reserve", rank=ranks[case.demand_id], **told)
        else:
            reason = side.chances.weighed(NOT_SELECTED, "not selected", *key_of(case))
            side.act(record_decision, actor=employer, outcome="not_selected", reason=reason, **told)


def give_up(side: Side) -> None:
    """Who did not come and said nothing within the days they have is not selected."""
    silent = Interview.objects.filter(case__state="missed", superseded_by=None, heard_at=None, missed_at__lt=now() - 7 * DAY)
    for interview in silent.select_related("case"):
        told = {"case_id": interview.case_id, "outcome": "not_selected", "reason": "did_not_appear"}
        side.act(record_decision, actor=side.who("employer", interview.case.employer), **told)


def call(side: Side) -> None:
    """For each offer that was declined the firm calls the next of its reserve list."""
    declined = Offer.objects.filter(state="declined", case__home="pk").values("case__demand").annotate(n=Count("id"))
    late = Case.objects.filter(state="selected", decisions__outcome="reserve").values("demand")
    called: dict[UUID, int] = dict(late.annotate(n=Count("id", distinct=True)).values_list("demand", "n"))
    for pk, number in declined.values_list("case__demand", "n"):
        free = number - called.get(pk, 0)
        reserve = Case.objects.filter(demand=pk, state="reserve", decisions__outcome="reserve").order_by("decisions__rank")
        for case in reserve[: max(0, free)]:
            actor = side.who("employer", case.employer)
            side.act(call_reserve, actor=actor, case_id=case.pk, employer_signed_on=side.today)


OFFICES: tuple[Act, ...] = (demand, meet_objections, seats, results, invite, move, decide, give_up, call)
