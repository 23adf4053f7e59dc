"""Demands, vacancies, files and cases for the house tests: what belongs to another, lists that grow, things for every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count, cycle
from typing import Any

from django.test import Client, override_settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.models import Consent
from rahdari.domain.jobs.actions import save_draft
from rahdari.domain.jobs.models import DemandPapers
from rahdari.domain.organisations.models import Match, Organisation
from rahdari.domain.organisations.rules.entries import AccountEntered
from tests.make import agreements, candidates, events, jobs, organisations, own_files, placements, registers
from tests.make.people import sign_in, sign_in_as, worker

Told = tuple[Callable[[], Any], list[Any]]


def demand_of_another(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:other")
    return jobs.demand("permitted", at=now()).pk


def paper_of_another(client: Client) -> Any:
    return [demand_of_another(client), DemandPapers.objects.get().power_of_attorney[0]["sha256"]]


def vacancy_of_another(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:other")
    return jobs.vacancy(at=now()).pk


def demand_of_another_employer(client: Client) -> Any:
    sign_in(client, "employer", "jp:org:other", node="jp")
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        return jobs.demand(at=now()).pk


def draft_of_another_employer(client: Client) -> Any:
    sign_in(client, "employer", "jp:org:other", node="jp")
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        return save_draft(actor=jobs.employer(), typed={"asked.places": "3"}, at=now()).pk


def case_of_another(state: str) -> Callable[[Client], Any]:
    def prepare(client: Client) -> Any:
        sign_in(client, "promoter_manager", "pk:org:other")
        return placements.case(state, at=now())[1].pk

    return prepare


def line_of_another(client: Client) -> Any:
    sign_in_as(client, worker("0300 7654321"))
    return placements.case("interview_set", at=now())[1].pk


def consent_of_another(client: Client) -> Any:
    sign_in_as(client, worker("0300 7654321"))
    placements.applied(at=now())
    return Consent.objects.get(purpose="nominate").pk


FOREIGN: dict[str, tuple[str, Callable[[Client], Any]]] = {
    "jobs.see_demand": ("pk", demand_of_another),
    "jobs.see_paper": ("pk", paper_of_another),
    "jobs.publish_vacancy": ("pk", demand_of_another),
    "jobs.close_vacancy": ("pk", vacancy_of_another),
    "jobs.take_down_vacancy": ("pk", vacancy_of_another),
    "jobs.correct_demand": ("jp", demand_of_another_employer),
    "jobs.withdraw_demand": ("jp", demand_of_another_employer),
    "jobs.copy_demand": ("jp", demand_of_another_employer),
    "jobs.file_draft": ("jp", draft_of_another_employer),
    "jobs.save_draft_again": ("jp", draft_of_another_employer),
    "jobs.drop_draft": ("jp", draft_of_another_employer),
    "candidates.withdraw_consent": ("pk", consent_of_another),
    "placements.see_case": ("pk", case_of_another("applied")),
    "placements.see_line": ("pk", line_of_another),
    "placements.nominate_candidate": ("pk", case_of_another("applied")),
    "placements.set_interview": ("pk", case_of_another("nominated")),
    "placements.answer_interview": ("pk", line_of_another),
    "placements.record_decision": ("pk", case_of_another("interview_set")),
}
# The mission, the Protector and the Bureau work on every demand; a vacancy is open to anyone.
OF_ONE_BODY = {"jobs.attest_demand", "jobs.permit_demand", "jobs.compare_demand", "placements.file_application"} | {
    f"jobs.{name}"
    for name in (
        "refuse_attestation", "object_to_demand", "propose_refusal", "refuse_permission", "review_refusal", "extend_permission",
    )
}  # fmt: skip


def demands(client: Client) -> Told:
    sign_in(client, "protector")
    return (lambda: jobs.demand(at=now())), []


def vacancies(client: Client) -> Told:
    of = jobs.demand("permitted", at=now(), places=60)
    return (lambda: jobs.vacancy(of=of, places=1, at=now())), []


def steps_of_a_demand(client: Client) -> Told:
    more, _none = vacancies(client)
    sign_in(client, "protector")
    return more, [jobs.Demand.objects.get().pk]


def cases(client: Client) -> Told:
    vacancy = jobs.vacancy(at=now())
    sign_in(client, "promoter_manager", jobs.PROMOTER)
    return (lambda: placements.applied(vacancy, at=now())), []


def own_applications(client: Client) -> Told:
    of = jobs.demand("permitted", at=now(), places=60)
    who, _file = candidates.file(at=now())
    sign_in_as(client, Person.objects.get(pk=who.person))

    def more() -> None:
        vacancy = jobs.vacancy(of=of, places=1, at=now())
        placements.actions.file_application(actor=who, vacancy_id=vacancy.pk, show_file=True, at=now())

    return more, []


def register(client: Client) -> Told:
    sign_in(client, "bureau_officer")
    return _one_more_promoter, []


def _one_more_promoter() -> None:
    number = next(_promoters)
    organisations.licensed(f"pk:org:n{number}", f"OP&HRD/{number:04}/LHR", at=now(), name=f"Promoter {number} (invented)")


def imports(client: Client) -> Told:
    sign_in(client, "bureau_officer")
    return (lambda: registers.drafted(at=now())), []


def one_licence(client: Client) -> Told:
    row = organisations.licensed(at=now())
    turns = cycle(["suspend_licence", "restore_licence"])
    grounds = {"suspend_licence": "fee_without_basis", "restore_licence": "matter_settled"}

    def more() -> None:
        turn = next(turns)
        organisations.made(turn, row, at=now(), ground=grounds[turn])

    sign_in(client, "bureau_officer")
    return more, [row.pk]


def agreements_of_the_ministry(client: Client) -> Told:
    sign_in(client, "contact_point_pk")
    return agreements.with_figures, []


def months_of_an_agreement(client: Client) -> Told:
    row, months = agreements.agreement(signed_on=dt.date(2020, 1, 1), from_on=dt.date(2020, 1, 1)), count(1)
    sign_in(client, "oec_officer")
    return (lambda: agreements.figures(row, f"{2021 + (n := next(months)) // 12}-{n % 12 + 1:02}", 10, 8, 6)), [row.pk]


def individuals(client: Client) -> Told:
    sign_in(client, "bureau_officer")
    return (lambda: organisations.individual(at=now())), []


def matches(client: Client) -> Told:
    sign_in(client, "bureau_officer")
    known = organisations.licensed(at=now())

    def more() -> None:
        _one_more_promoter()
        other = Organisation.objects.exclude(pk=known.pk).latest("id")
        with unit_of_work("tests.match", actor=machine("pk", "timetable"), at=now()) as unit:
            match = Match(organisation=other, other=known, pair=f"{known.pk}:{other.pk}", codes=["like_name"], found_at=now())
            unit.about(unit.add(match))

    return more, []


def net(client: Client) -> Told:
    sign_in(client, "bureau_officer")
    account = (AccountEntered("Bank (invented)", "PK36SCBL0000001123456702"),)
    known = organisations.licensed(at=now(), accounts=account)

    def more() -> None:
        number = next(_promoters)
        organisations.licensed(f"pk:org:n{number}", f"OP&HRD/{number:04}/LHR", at=now(), name=f"P {number}", accounts=account)

    return more, [known.pk]


_promoters = count(1)
LISTS: dict[str, tuple[str, str, Callable[[Client], Told]]] = {
    "vacancies, for anyone": ("pk", "jobs.see_vacancies", vacancies),
    "licences at the desk": ("pk", "organisations.see_organisations", register),
    "agreements, for anyone": ("pk", "organisations.see_agreements", agreements_of_the_ministry),
    "agreements at the desk": ("pk", "organisations.see_agreement_files", agreements_of_the_ministry),
    "one agreement": ("pk", "organisations.see_agreement", months_of_an_agreement),
    "one agreement at the desk": ("pk", "organisations.see_agreement_file", months_of_an_agreement),
    "registers handed in": ("pk", "organisations.see_imports", imports),
    "persons without a licence": ("pk", "organisations.see_individuals", individuals),
    "one organisation": ("pk", "organisations.see_organisation", one_licence),
    "one licence": ("pk", "organisations.see_licence", one_licence),
    "matches": ("pk", "organisations.see_matches", matches),
    "what is shared": ("pk", "organisations.see_links", net),
    "demands": ("pk", "jobs.see_demands", demands),
    "one demand": ("pk", "jobs.see_demand", steps_of_a_demand),
    "cases": ("pk", "placements.see_cases", cases),
    "own applications": ("pk", "placements.see_lines", own_applications),
    "own file": ("pk", "candidates.see_file", own_applications),
}
LISTS |= own_files.LISTS
LISTS |= {"expo and interview days, for anyone": ("pk", "placements.see_events", events.days)}


def things(node: str) -> dict[str, Any]:
    """A demand, a vacancy and a case for the pages of Pakistan's desks to show; a demand on Japan's."""
    if node == "jp":
        return {"demand_id": jobs.demand(at=now()).pk, "import_id": registers.drafted(at=now()).pk}
    _who, case = placements.case("nominated", at=now())
    agreement = agreements.with_figures()
    day = events.event(events.actor("oec_officer", "OEC"), at=now())
    told = {"demand_id": case.demand_id, "vacancy_id": case.vacancy_id, "case_id": case.pk, "agreement_id": agreement.pk}
    return told | {"event_id": day.pk}
    return {"demand_id": case.demand_id, "vacancy_id": case.vacancy_id, "case_id": case.pk} | {
        "import_id": registers.drafted(at=now()).pk
    }
