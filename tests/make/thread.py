"""One case through the stations, on both nodes over real statements, or on Pakistan's node alone from paper.

    story = both(two_nodes(settings))         a case with its people, demand to interview done, on both nodes
    story.go("contract_signed")               the steps up to and with the one named, each told to the other node
    story = alone()                           the same on Pakistan's node alone, with Japan's steps from paper
    story = both(corridor, route="direct")    an employer's own offer: nobody permits, publishes or recruits
    story = both(corridor, route="professional")  an own offer for an engineer: a degree, no test, no guidance
    story = both(corridor, route="inside")    the same for one who lives in Japan: the status is changed there, nobody travels

Each step is the act of whoever may, at its own moment; `story.case` is the case on the present node.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.money import Money
from rahdari.domain.candidates.actions import give_consent, record_degree
from rahdari.domain.candidates.models import File
from rahdari.domain.contracts import actions as contracts
from rahdari.domain.contracts.models import CostDeclaration, Offer
from rahdari.domain.contracts.queries import lines_of
from rahdari.domain.contracts.rules import CostTold, lines_hash
from rahdari.domain.departures import actions as departures
from rahdari.domain.departures.rules.registration import Receipt
from rahdari.domain.exams import actions as exams
from rahdari.domain.exams.models import Booking, Sitting
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.models import Case
from rahdari.domain.residence import actions as residence
from tests.make import candidates, jobs, organisations, standing
from tests.make import exams as make_exams
from tests.make.people import actor, organisation
from tests.make.placements import TOKYO
from tests.make.two_nodes import Corridor

EXAM_BODY, SUPPORT = make_exams.BODY, "jp:org:rso"
TESTS = (("NURSING_CARE_SKILL", "NURSING_CARE", ""), ("JFT_BASIC", "", "JFT_A2"))
AIRPORT, HANEDA, FLIGHT = "ISB", "HND", "PK898"
# The moment of each step, by the clock of Japan's offices (a working day at noon).
NOONS = {
    "demand_filed": (2026, 11, 25),
    "demand_attested": (2026, 11, 26),
    "demand_permitted": (2026, 11, 27),
    "vacancy_published": (2026, 11, 28),
    "application_filed": (2026, 11, 30),
    "test_booked": (2026, 12, 1),
    "results_recorded": (2026, 12, 10),
    "candidate_nominated": (2026, 12, 11),
    "interview_set": (2026, 12, 14),
    "interview_answered": (2026, 12, 15),
    "selected": (2026, 12, 18),
    "terms_confirmed": (2026, 12, 19),
    "costs_declared": (2026, 12, 20),
    "costs_confirmed": (2026, 12, 21),
    "contract_signed": (2026, 12, 22),
    "guidance_given": (2026, 12, 25),
    "coe_filed": (2026, 12, 28),
    "coe_issued": (2027, 2, 20),
    "change_filed": (2027, 2, 22),
    "visa_filed": (2027, 2, 24),
    "visa_issued": (2027, 3, 3),
    "registration_applied": (2027, 3, 8),
    "registered": (2027, 3, 9),
    "flight_booked": (2027, 3, 10),
    "departed": (2027, 3, 20),
    "arrived": (2027, 3, 21),
    "status_changed": (2027, 3, 22),
    "work_begun": (2027, 4, 1),
}
STEPS = tuple(NOONS)
CHANGED = ("change_filed", "status_changed")
TRAVELLED = (
    "coe_filed", "coe_issued", "visa_filed", "visa_issued", "registration_applied", "registered", "flight_booked", "departed",
    "arrived",
)  # fmt: skip
PASSED_THROUGH = {  # steps a route does not have
    "oep": CHANGED,
    "direct": ("demand_permitted", "vacancy_published", *CHANGED),
    "professional": (
        "demand_permitted",
        "vacancy_published",
        "test_booked",
        "results_recorded",
        "guidance_given",
        *CHANGED,
    ),
    "inside": ("demand_attested", "demand_permitted", "vacancy_published", *TRAVELLED),
}
ALONE = ("direct", "inside", "professional")  # routes on which the worker names themself


IDS = ("demand_id", "vacancy_id", "case_id")
KEPT: dict[tuple[str, ...], standing.Standing] = {}


def at(step: str) -> dt.datetime:
    """The moment of a step."""
    return dt.datetime(*NOONS[step], 12, 0, tzinfo=TOKYO).astimezone(dt.UTC)


def on(step: str) -> dt.date:
    """The day of a step."""
    return dt.date(*NOONS[step])


def receipts(paid_on: dt.date) -> list[Receipt]:
    """The fees of the route by promoter, paid at a bank."""
    fees = {"REGISTRATION": 500, "OPF_WELFARE": 4000, "STATE_LIFE": 2500, "OEC_PROMOTION": 200}
    return [Receipt(item, rupees * 100, f"HBL-{item}", paid_on) for item, rupees in fees.items()]


def cost(amount: int = 15_000, code: str = "OEP_SERVICE_PLACEMENT", **changed: str) -> CostTold:
    """A line of cost in rupees."""
    told = {"payer": "worker", "payee": "promoter", "basis": "ceiling of the fee rules", "channel": "bank"} | changed
    return CostTold(code, Money("PKR", amount * 100), **told)


@dataclass
class Story:
    """A case under way; `corridor` is None where one state is alone. `nth` tells the people of one demand apart."""

    corridor: Corridor | None = None
    route: str = "oep"
    done: list[str] = field(default_factory=list)
    people: dict[str, Actor] = field(default_factory=dict)
    file: File | None = None
    demand_id: UUID | None = None
    vacancy_id: UUID | None = None
    case_id: UUID | None = None
    sittings: list[UUID] = field(default_factory=list)
    nth: int = 0
    beside_nothing: bool = False  # nothing but the story was on the nodes when it began

    @property
    def alone(self) -> bool:
        return self.corridor is None

    def on(self, node: str) -> Any:
        """Where a step is taken: on its node, or here where one state is alone."""
        return nullcontext() if self.corridor is None else self.corridor.on(node)

    def case(self) -> Case:
        """The case as it stands on the present node."""
        return Case.objects.get(pk=self.case_id)

    def offer(self) -> Offer:
        """The offer as it stands on the present node."""
        return Offer.objects.get(case=self.case_id)

    def lines_hash(self) -> str:
        """The hash of the lines of cost that count on the present node."""
        return lines_hash(lines_of(CostDeclaration.objects.filter(case=self.case_id, replaced_at=None)))

    def who(self, role: str, body: str | None = None, node: str = "pk", **told: Any) -> Actor:
        """Somebody in a role, the same person each time."""
        key = f"{role} {body or ''} {node}"
        if key not in self.people:
            with self.on(node):
                self.people[key] = actor(role, body, node=node, **told)
        return self.people[key]

    def go(self, until: str, start: str = "") -> Story:
        """Takes every step that was not taken up to and with the one named, or begins where another test came so far."""
        passed = (*self.done, *PASSED_THROUGH.get(self.route, CHANGED))
        way = [step for step in STEPS[: STEPS.index(until) + 1] if step not in passed]
        if not way or not self.beside_nothing:
            return self._walk(way)
        begins = ("alone" if self.alone else self.route, str(self.demand_id), *self.done, "")
        began = standing.counted()
        reached = next((n for n in range(len(way), 0, -1) if (held := KEPT.get((*begins, *way[:n]))) and held.began == began), 0)
        if reached:
            held = KEPT[(*begins, *way[:reached])]
            standing.put_back(held.rows)
            self._know(held.known)
        self._walk(way[reached:])
        if reached < len(way):
            KEPT[(*begins, *way)] = standing.Standing(began, standing.take_out(), self._known())
        return self

    def _walk(self, way: Sequence[str]) -> Story:
        for step in way:
            self.take(step)
        return self

    def _known(self) -> dict[str, Any]:
        told = {name: copy(getattr(self, name)) for name in ("done", "people", "file", *IDS, "sittings")}
        return told if self.corridor is None else told | {"carried": set(self.corridor.carried)}

    def _know(self, known: dict[str, Any]) -> None:
        for name, value in known.items():
            setattr(self.corridor if name == "carried" else self, name, copy(value))

    def take(self, step: str) -> None:
        """Takes one step and lets the other node hear of it."""
        TAKE[step](self)
        self.done.append(step)
        if self.corridor is not None:
            self.corridor.exchange(at=at(step))

    def recruiter(self, role: str = "promoter_manager") -> Actor:
        """Whoever recruits; where nobody does the worker themself."""
        return self.people["worker"] if self.route in ALONE else self.who(role, jobs.PROMOTER)

    def fees(self, paid_on: dt.date | None = None) -> list[Receipt]:
        """The fees of the state on the route, paid at a bank."""
        registration = {"direct": 2500, "professional": 2500}.get(self.route, 500)
        return [
            replace(one, amount=registration * 100) if one.item == "REGISTRATION" else one
            for one in receipts(paid_on or on("visa_issued"))
        ]

    def paper(self, step: str, number: str = "17/2026") -> dict[str, Any]:
        """The paper of a step where one state is alone; nothing where both are there."""
        return {"paper": jobs.paper(at(step), number=number)} if self.alone else {}


def both(corridor: Corridor, route: str = "oep") -> Story:
    """A story over both nodes."""
    beside_nothing = standing.begins_alone(*standing.SCHEMAS)
    for code in ("pk", "jp"):
        with corridor.on(code):
            for kind, body in (("OEP", jobs.PROMOTER), ("ACCEPTING_ORG", jobs.EMPLOYER), ("EXAM_BODY", EXAM_BODY)):
                organisation(kind, body)
    with corridor.on("pk"):
        organisations.licensed(jobs.PROMOTER, jobs.LICENCE, at=at("demand_filed") - dt.timedelta(days=30))
    corridor.exchange(at=at("demand_filed") - dt.timedelta(days=30))
    return Story(corridor, route, beside_nothing=beside_nothing)


def alone() -> Story:
    """A story on Pakistan's node alone."""
    return Story(beside_nothing=standing.begins_alone("public"))


def _demand_filed(story: Story) -> None:
    with story.on("jp"):
        changed = {} if story.route == "oep" else {"route": story.route, "promoter": "", "promoter_licence": ""}
        changed |= jobs.PROFESSIONAL if story.route == "professional" else {}
        story.demand_id = jobs.demand(at=at("demand_filed"), paper_only=story.alone, **changed).pk


def _demand_attested(story: Story) -> None:
    with story.on("pk"):
        jobs_actions.attest_demand(actor=story.who("attache"), demand_id=story.demand_id, at=at("demand_attested"))


def _demand_permitted(story: Story) -> None:
    with story.on("pk"):
        protector = story.who("protector", office="PEW")
        jobs_actions.permit_demand(actor=protector, demand_id=story.demand_id, at=at("demand_permitted"))


def _vacancy_published(story: Story) -> None:
    with story.on("pk"):
        demand = Demand.objects.get(pk=story.demand_id)
        story.vacancy_id = jobs.vacancy(of=demand, at=at("vacancy_published")).pk


def _application_filed(story: Story) -> None:
    with story.on("pk"):
        vacancy = Vacancy.objects.get(pk=story.vacancy_id or story.demand_id)
        worker, story.file = candidates.file(at=at("application_filed"), tests=())
        story.people["worker"] = worker
        if story.route == "professional":
            record_degree(actor=worker, **candidates.DEGREE, at=at("application_filed"))
        moment = at("application_filed")
        told = {"show_file": True, "in_japan": story.route == "inside"}
        made = placements.file_application(actor=worker, vacancy_id=vacancy.pk, **told, at=moment)
        story.case_id = made.pk


def _test_booked(story: Story) -> None:
    moment = at("test_booked")
    if story.alone:
        school = story.who("training_desk", "pk:org:school")
        give_consent(actor=story.people["worker"], purpose="show_file", body=school.body, at=moment)
        return
    examiner = story.who("exam_body", EXAM_BODY, "jp")
    for exam, of_field, level in TESTS:
        with story.on("jp"):
            starts_at = at("results_recorded") - dt.timedelta(hours=8)
            opened = make_exams.sitting(exam, of_field, level, starts_at=starts_at, by=examiner, at=moment)
            story.sittings.append(opened.pk)
        story.corridor.exchange(at=moment)
        with story.on("pk"):
            exams.book_seat(actor=story.people["worker"], sitting_id=opened.pk, at=moment)


def _results_recorded(story: Story) -> None:
    moment = at("results_recorded")
    if story.alone:
        school, protector = story.who("training_desk", "pk:org:school"), story.who("protector", office="PEW")
        for number, (exam, of_field, level) in enumerate(TESTS):
            certificate_no = f"C-{number + len(TESTS) * story.nth}"
            told = {"exam": exam, "field": of_field, "level": level, "certificate_no": certificate_no}
            held = exams.record_certificate(
                actor=school, file_id=story.file.pk, on=on("results_recorded"), paper=jobs.paper(moment), **told, at=moment
            )
            exams.check_certificate(actor=protector, result_id=held.pk, certificate_no=certificate_no, at=moment)
        return
    with story.on("jp"):
        examiner = story.who("exam_body", EXAM_BODY, "jp")
        for sitting in Sitting.objects.filter(pk__in=story.sittings):
            lines = [make_exams.result_line(one, certificate_no=f"C-{one.number}") for one in sitting.bookings.all()]
            exams.record_results(actor=examiner, sitting_id=sitting.pk, results=lines, at=moment)


def _candidate_nominated(story: Story) -> None:
    told = {"rank": 1, "rule": "by_the_employer" if story.route in ALONE else "test_score"}
    with story.on("pk"):
        placements.nominate_candidate(actor=story.recruiter(), case_id=story.case_id, **told, at=at("candidate_nominated"))


def _employer(story: Story) -> Actor:
    """The employer on its node; whoever recruits, entering its papers, where one state is alone."""
    if story.alone:
        return story.who("promoter_manager", jobs.PROMOTER)
    return story.who("employer", jobs.EMPLOYER, "jp")


def _interview_set(story: Story) -> None:
    starts_at = at("selected") - dt.timedelta(hours=1)
    told = {"starts_at": starts_at, "place": "video link", "language": "ja"} | story.paper("interview_set", "")
    with story.on("jp"):
        placements.set_interview(actor=_employer(story), case_id=story.case_id, **told, at=at("interview_set"))


def _interview_answered(story: Story) -> None:
    with story.on("pk"):
        placements.answer_interview(
            actor=story.people["worker"], case_id=story.case_id, answer="yes", at=at("interview_answered")
        )


def _selected(story: Story) -> None:
    told = {"employer_signed_on": on("selected")} | story.paper("selected", "")
    with story.on("jp"):
        contracts.offer_employment(actor=_employer(story), case_id=story.case_id, **told, at=at("selected"))


def _worker_acts(step: str, act: Callable[..., Any], members: Callable[[Story], dict[str, Any]]) -> Callable[[Story], None]:
    def take(story: Story) -> None:
        with story.on("pk"):
            act(actor=story.people["worker"], case_id=story.case_id, **members(story), at=at(step))

    return take


def _costs_declared(story: Story) -> None:
    if story.route in ALONE:
        fees = (
            []
            if story.route == "inside"
            else [cost(one.amount // 100, one.item, payee="government", basis="fee of the state") for one in story.fees()]
        )
        with story.on("jp"):
            contracts.declare_costs(actor=_employer(story), case_id=story.case_id, lines=fees, at=at("costs_declared"))
        return
    with story.on("pk"):
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        contracts.declare_costs(actor=promoter, case_id=story.case_id, lines=[cost()], at=at("costs_declared"))


def _guidance_given(story: Story) -> None:
    if story.alone:
        return
    with story.on("jp"):
        residence.record_guidance(
            actor=_employer(story), case_id=story.case_id, minutes=180, confirmed=True, at=at("guidance_given")
        )


def _coe_filed(story: Story) -> None:
    told = {"bureau": "TOKYO", "receipt_no": "TYO-12345", "council_member": True} | story.paper("coe_filed")
    with story.on("jp"):
        departures.file_coe(actor=_employer(story), case_id=story.case_id, **told, at=at("coe_filed"))


def _coe_issued(story: Story) -> None:
    bureau = _employer(story) if story.alone else story.who("isa_regional", "ISA", "jp", office="TOKYO")
    told = {"coe_number": "COE-777"} | story.paper("coe_issued")
    with story.on("jp"):
        departures.decide_coe(actor=bureau, case_id=story.case_id, **told, at=at("coe_issued"))


def _change_filed(story: Story) -> None:
    told = {"bureau": "TOKYO", "receipt_no": "TYO-C-12345", "council_member": True}
    stay = {"from_status": "student", "stay_ends_on": dt.date(2027, 3, 31)}
    with story.on("jp"):
        residence.file_change(actor=_employer(story), case_id=story.case_id, **told, **stay, at=at("change_filed"))


def _status_changed(story: Story) -> None:
    with story.on("jp"):
        bureau = story.who("isa_regional", "ISA", "jp", office="TOKYO")
        residence.decide_change(actor=bureau, case_id=story.case_id, until=dt.date(2028, 3, 22), at=at("status_changed"))


def _visa_issued(story: Story) -> None:
    desk = story.who("protector", office="PEW") if story.alone else story.who("visa_desk", "EMB_JP_PK", "jp")
    with story.on("jp"):
        departures.decide_visa(actor=desk, case_id=story.case_id, **story.paper("visa_issued"), at=at("visa_issued"))


def _registration_applied(story: Story) -> None:
    paid = on("registration_applied") - dt.timedelta(days=1)
    told = {"receipts": story.fees(paid), "insurance_no": "SLIC-1", "insured_on": paid, "oriented_on": paid}
    with story.on("pk"):
        departures.apply_registration(actor=story.recruiter(), case_id=story.case_id, **told, at=at("registration_applied"))


def _registered(story: Story) -> None:
    with story.on("pk"):
        protector, told = story.who("protector", office="PEW"), {"terms_hash": story.offer().terms_hash}
        departures.issue_clearance(actor=protector, case_id=story.case_id, **told, at=at("registered"))


def _flight_booked(story: Story) -> None:
    leaves = at("departed")
    told = {"flight": FLIGHT, "leaves_from": AIRPORT, "airport": HANEDA, "leaves_at": leaves}
    with story.on("pk"):
        clerk = story.recruiter("promoter_clerk")
        eta = leaves + dt.timedelta(hours=14)
        departures.build_manifest(actor=clerk, case_ids=[story.case_id], **told, eta=eta, at=at("flight_booked"))


def _departed(story: Story) -> None:
    with story.on("pk"):
        protector = story.who("protector", office="PEW")
        departures.record_departure(actor=protector, case_id=story.case_id, at=at("departed"))


def _arrived(story: Story) -> None:
    told = {"airport": HANEDA, "picked_up": True} | story.paper("arrived", "")
    with story.on("jp"):
        actor = story.who("attache", "CWA") if story.alone else _employer(story)
        departures.confirm_arrival(actor=actor, case_id=story.case_id, **told, at=at("arrived"))


def _work_begun(story: Story) -> None:
    with story.on("jp"):
        actor = story.who("attache", "CWA") if story.alone else _employer(story)
        residence.begin_work(actor=actor, case_id=story.case_id, **story.paper("work_begun", ""), at=at("work_begun"))


def _visa_filed(story: Story) -> None:
    with story.on("pk"):
        clerk = story.recruiter("promoter_clerk")
        departures.record_visa_filed(actor=clerk, case_id=story.case_id, at=at("visa_filed"))


TAKE: dict[str, Callable[[Story], None]] = {
    "demand_filed": _demand_filed,
    "demand_attested": _demand_attested,
    "demand_permitted": _demand_permitted,
    "vacancy_published": _vacancy_published,
    "application_filed": _application_filed,
    "test_booked": _test_booked,
    "results_recorded": _results_recorded,
    "candidate_nominated": _candidate_nominated,
    "interview_set": _interview_set,
    "interview_answered": _interview_answered,
    "selected": _selected,
    "terms_confirmed": _worker_acts(
        "terms_confirmed", contracts.confirm_terms, lambda story: {"terms_hash": story.offer().terms_hash}
    ),
    "costs_declared": _costs_declared,
    "costs_confirmed": _worker_acts(
        "costs_confirmed", contracts.confirm_costs, lambda story: {"lines_hash_seen": story.lines_hash(), "alone": True}
    ),
    "contract_signed": _worker_acts(
        "contract_signed",
        contracts.sign_contract,
        lambda story: {
            "terms_hash": story.offer().terms_hash,
            "lands_on": None if story.route == "inside" else on("arrived"),
            "health_fit": True,
        },
    ),
    "guidance_given": _guidance_given,
    "coe_filed": _coe_filed,
    "coe_issued": _coe_issued,
    "change_filed": _change_filed,
    "status_changed": _status_changed,
    "visa_filed": _visa_filed,
    "visa_issued": _visa_issued,
    "registration_applied": _registration_applied,
    "registered": _registered,
    "flight_booked": _flight_booked,
    "departed": _departed,
    "arrived": _arrived,
    "work_begun": _work_begun,
}
__all__ = ["Booking", "Story", "alone", "at", "both", "cost", "on", "partial", "receipts"]
