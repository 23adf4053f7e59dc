"""What people and officers of the sending side do on a simulated day: each looks at what waits and takes the next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.db.models import Count, Q

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.base.money import Money
from rahdari.domain.accounts.actions import register_at_counter
from rahdari.domain.accounts.queries.people import person_by_identity
from rahdari.domain.candidates.actions import open_file
from rahdari.domain.candidates.models import File, Qualification
from rahdari.domain.candidates.rules.file_facts import FileFacts
from rahdari.domain.contracts.actions import confirm_costs, confirm_terms, declare_costs, decline_offer, sign_contract
from rahdari.domain.contracts.models import CostDeclaration, Offer
from rahdari.domain.contracts.queries import lines_of
from rahdari.domain.contracts.rules import CostTold, lines_hash
from rahdari.domain.exams.actions import book_seat
from rahdari.domain.exams.models import Booking, Result, Sitting
from rahdari.domain.jobs.actions import attest_demand, object_to_demand, permit_demand, publish_vacancy
from rahdari.domain.jobs.models import Demand, DemandStep, Vacancy
from rahdari.domain.jobs.rules.stops import Point
from rahdari.domain.jobs.rules.terms_facts import CostFacts
from rahdari.domain.placements.actions import answer_interview, explain_no_show, file_application, nominate_candidate
from rahdari.domain.placements.models import Case, Interview
from rahdari.project.simulate.acting import DAY, Side
from rahdari.project.simulate.firms import promoters, skill_test
from rahdari.project.simulate.invented import Person, person

LANGUAGE_TEST, TESTS = "JFT_BASIC", 2  # every demand of a scenario asks for this one and a skill test
FEE, LANDS_IN = 15_000, 90  # rupees a worker pays the promoter; days from the contract to the day of landing they expect
OTHER_TIME = dt.timedelta(days=4)
Act = Callable[[Side], None]
Seats = dict[str, list[tuple[UUID, list[int]]]]  # by test the sittings, each with the seats that are left


def number_of(passport: str | None) -> int:
    """The number of an invented person, out of the passport that `invented` gave them."""
    return int(str(passport).removeprefix("ZZ")) - 1_000_000


def number_in(case: Case) -> int:
    """The number of the invented person of a case."""
    assert case.file is not None
    return number_of(case.file.passport_no)


def account_of(case: Case) -> UUID:
    """The account of the person of a case."""
    assert case.worker is not None
    return case.worker


def office_of(side: Side, promoter: str) -> str:
    """The Protectorate a promoter goes to."""
    return next(one.office for one in promoters(side.chances, side.scenario.promoters) if one.body == promoter)


def attest(side: Side) -> None:
    """The mission attests demands that came before today."""
    for pk in Demand.objects.filter(state="filed", source="system", filed_on__lt=side.today).values_list("pk", flat=True):
        side.act(attest_demand, actor=side.who("attache"), demand_id=pk)


def permit(side: Side) -> None:
    """The Protector permits what was attested, or objects once."""
    objected = set(DemandStep.objects.filter(step="demand_objected").values_list("demand_id", flat=True))
    for demand in Demand.objects.filter(state="attested", source="system", attested_on__lt=side.today):
        protector = side.who("protector", "PROTECTOR", office_of(side, demand.promoter))
        if demand.pk not in objected and side.happens("demand_objected", demand.employer):
            points = [Point("terms", "deductions_unclear", "How much is taken for housing? (invented)")]
            side.act(object_to_demand, actor=protector, demand_id=demand.pk, points=points)
        else:
            side.act(permit_demand, actor=protector, demand_id=demand.pk)


def publish(side: Side) -> None:
    """The promoter publishes every place of a permitted demand, with what the worker pays."""
    money = {"amount": FEE, "currency": "PKR"}
    fee = CostFacts.model_validate({"code": "OEP_SERVICE_PLACEMENT", "money": money, "payer": "worker"})
    for demand in Demand.objects.filter(state="permitted", vacancies=None, source="system"):
        side.act(
            publish_vacancy, actor=side.who("promoter_manager", demand.promoter), demand_id=demand.pk,
            places=demand.permitted_places, closes_on=side.today + 40 * DAY, costs=[fee],
        )  # fmt: skip


def come(side: Side) -> None:
    """Those whose day it is come: an account at the counter, a file, an application, seats in both tests."""
    first, last = side.scenario.applying
    days = last - first + 1
    come, now_come = (
        side.scenario.people * min(max(0, number), days) // days for number in (side.day - first, side.day - first + 1)
    )
    for number in range(come, now_come):
        _open(side, person(side.chances, number, side.scenario.share("woman"), side.begins_on))
    mine = {"demand__source": "system", "demand__filed_on__gte": side.begins_on}
    vacancies = list(Vacancy.objects.filter(state="open", **mine).select_related("demand").order_by("demand__employer"))
    seats = free_seats(side)
    without = File.objects.exclude(pk__in=Case.objects.exclude(file=None).values("file")).exclude(passport_index=None)
    for file in without.order_by("opened_at", "id") if vacancies else ():
        _apply(side, file, side.chances.pick(vacancies, number_of(file.passport_no), "vacancy"), seats)


def _open(side: Side, one: Person) -> None:
    """An account and a file, unless they are there."""
    account = person_by_identity(one.card)
    if account is None:
        told = {"name": one.shown_as, "identity": one.card, "phone": one.phone, "language": "ur"}
        account = side.act(register_at_counter, actor=side.who("oec_counter"), **told)
    if account is not None and not File.objects.filter(person=account).exists():
        facts = read_facts(FileFacts, _facts(one, side.today), current_book())
        side.act(open_file, actor=side.worker(account.pk), told=facts)


def _apply(side: Side, file: File, vacancy: Vacancy, seats: Seats) -> None:
    worker = side.worker(file.person_id)
    if side.act(file_application, actor=worker, vacancy_id=vacancy.pk, show_file=True) is not None:
        for exam in (f"{skill_test(vacancy.demand.field)} {vacancy.demand.field}", LANGUAGE_TEST):
            book(side, file.person_id, exam, seats)


def _facts(one: Person, today: dt.date) -> dict[str, object]:
    return {
        "name": one.name, "name_urdu": one.name_urdu, "father_name": one.father, "birth_date": one.born_on.isoformat(),
        "sex": one.sex, "birthplace": one.town, "passport_no": one.passport,
        "passport_until": today.replace(year=today.year + 7, day=1).isoformat(), "skills": [],
        "languages": [{"language": "ja", "level": one.japanese}], "education": [one.schooling],
        "work": [{"isco": "5322", "months": one.months_of_work}] if one.months_of_work else [],
        "available_from": (today + 60 * DAY).isoformat(),
    }  # fmt: skip


def free_seats(side: Side) -> Seats:
    """By test (with its field) the sittings that can be booked today, the next first, each with its seats left."""
    open_ones = Sitting.objects.filter(state="seats_open", starts_at__gt=now() + 2 * DAY, booking_until__gte=side.today)
    taken = Count("bookings", filter=~Q(bookings__state="seat_cancelled"))
    found: Seats = {}
    for sitting in open_ones.annotate(taken=taken).order_by("starts_at", "id"):
        exam = f"{sitting.exam} {sitting.field}".strip()
        found.setdefault(exam, []).append((sitting.pk, [sitting.seats - sitting.taken]))
    return found


def book(side: Side, worker: UUID, exam: str, seats: Seats) -> None:
    """Books the next sitting that has a seat left."""
    for sitting, left in seats.get(exam, []):
        if left[0] > 0:
            left[0] -= 1
            side.act(book_seat, actor=side.worker(worker), sitting_id=sitting)
            return


def sit_again(side: Side) -> None:
    """Some of those who failed or were not there book another sitting, once."""
    seats = free_seats(side)
    failed = Result.objects.filter(state="result_stands", outcome__in=("fail", "no_show"), recorded_at__gte=now() - 2 * DAY)
    for result in failed.exclude(booking=None).select_related("booking__file", "booking__sitting"):
        booking, exam = result.booking, f"{result.exam} {result.field}".strip()
        assert booking is not None
        file = booking.file
        assert file is not None
        again = Booking.objects.filter(file=file, sitting__exam=result.exam, booked_on__gt=booking.booked_on)
        if not again.exists() and side.happens("test_again", number_of(file.passport_no), exam):
            book(side, file.person_id, exam, seats)


def nominate(side: Side) -> None:
    """The promoter names those who passed both tests, in the order in which they applied."""
    waiting = (
        Case.objects.filter(state="applied", worker__isnull=False)
        .select_related("demand")
        .order_by("vacancy", "applied_on", "number")
    )
    passed = dict(
        Qualification.objects.filter(void_from=None, file__in=waiting.values("file"))
        .values("file").annotate(tests=Count("exam", distinct=True)).values_list("file", "tests")
    )  # fmt: skip
    named = dict(Case.objects.exclude(nomination=None).values("vacancy").annotate(n=Count("id")).values_list("vacancy", "n"))
    for case in waiting.filter(file__in=[file for file, tests in passed.items() if tests >= TESTS]):
        rank = named.get(case.vacancy_id, 0) + 1
        promoter = side.who("promoter_manager", case.promoter)
        if side.act(nominate_candidate, actor=promoter, case_id=case.pk, rank=rank, rule="order_of_application") is not None:
            named[case.vacancy_id] = rank


def answer(side: Side) -> None:
    """Workers say whether they come; some can only at another time."""
    asked = Interview.objects.filter(
        answer="", superseded_by=None, missed_at=None, starts_at__gt=now(), case__state="interview_set"
    )
    for interview in asked.select_related("case__file"):
        case = interview.case
        no = interview.why == "first" and side.happens("interview_no", number_in(case))
        told = {"answer": "no", "other_times": [interview.starts_at + OTHER_TIME]} if no else {"answer": "yes"}
        side.act(answer_interview, actor=side.worker(account_of(case)), case_id=case.pk, **told)


def explain(side: Side) -> None:
    """Workers who did not come say why, and when they can."""
    missed = Interview.objects.filter(case__state="missed", superseded_by=None, heard_at=None).exclude(missed_at=None)
    for interview in missed.select_related("case"):
        other = interview.starts_at + dt.timedelta(days=(side.today - interview.starts_at.date()).days + 5)
        told = {"text": "The bus did not run. (invented)", "other_times": [other]}
        side.act(explain_no_show, actor=side.worker(account_of(interview.case)), case_id=interview.case_id, **told)


def consider_offers(side: Side) -> None:
    """Costs are declared, terms confirmed or the offer declined, then the costs confirmed and the contract signed, a day each."""
    for offer in Offer.objects.filter(state__in=("offered", "terms_confirmed")).select_related("case__file"):
        case = offer.case
        worker = side.worker(account_of(case))
        declared = CostDeclaration.objects.filter(case=case, replaced_at=None)
        if not declared:
            line = CostTold(
                "OEP_SERVICE_PLACEMENT", Money("PKR", FEE * 100), payer="worker", payee="promoter",
                basis="ceiling of the fee rules", channel="bank",
            )  # fmt: skip
            side.act(declare_costs, actor=side.who("promoter_manager", case.promoter), case_id=case.pk, lines=[line])
        if offer.state == "offered":
            if side.happens("offer_declined", number_in(case)):
                side.act(decline_offer, actor=worker, case_id=case.pk)
            else:
                side.act(confirm_terms, actor=worker, case_id=case.pk, terms_hash=offer.terms_hash)
        elif offer.costs_confirmed_on is None:
            seen = lines_hash(lines_of(declared))
            side.act(confirm_costs, actor=worker, case_id=case.pk, lines_hash_seen=seen, alone=True)
        else:
            lands_on = side.today + LANDS_IN * DAY
            told = {"terms_hash": offer.terms_hash, "lands_on": lands_on, "health_fit": True}
            side.act(sign_contract, actor=worker, case_id=case.pk, **told)


OFFICES: tuple[Act, ...] = (attest, permit, publish)
PEOPLE: tuple[Act, ...] = (come, sit_again, nominate, answer, explain, consider_offers)
