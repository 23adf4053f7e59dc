"""Filing, attesting, permitting, publishing, closing: whom each refuses, in which state, and what each leaves behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import jsonschema_rs
import pytest

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.clock import day_at
from rahdari.base.files import place_of
from rahdari.base.models import AuditEntry, OutboxEntry, StoredFile, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.messages import SCHEMAS
from rahdari.domain.jobs.models import Demand, DemandPapers, DemandStep, StepPaper, Vacancy
from rahdari.domain.jobs.queries.demands import demand_for, demands_visible_to, papers_for
from rahdari.domain.jobs.rules.papers import Scan
from tests.make import fields as make_fields
from tests.make import jobs as make
from tests.make.organisations import long_licensed
from tests.make.people import actor

pytestmark = pytest.mark.django_db
AT = make.AT


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def valid(entry):
    jsonschema_rs.validator_for(SCHEMAS[entry.type], validate_formats=True).validate(entry.content)
    return entry


def said():
    return [valid(one) for one in OutboxEntry.objects.filter(kind="statement").order_by("id")]


def nobody_but(*roles):
    """Actors of other roles, of the other node, strangers, machines."""
    others = {"employer": "jp", "promoter_manager": "pk", "protector": "pk", "attache": "pk", "worker": "pk", "exam_body": "jp"}
    for role, node in others.items():
        if role not in roles:
            yield Actor(node, role, f"{node}:org:other", uuid4(), office="PEW")
    yield stranger("pk")
    yield stranger("jp")
    yield machine("pk", "timetable")


def file(who, **changed):
    told = {"asked": make.asked(), "letter": make.scan(), "attorney": make.scan(), "power": make.power(), "at": AT}
    return actions.file_demand(actor=who, **(told | changed))


class TestFileDemandInJapan:
    @pytest.fixture(autouse=True)
    def _there(self, on_jp):
        pass

    def test_leaves_demand_papers_step_one_entry_and_two_statements(self):
        made = file(make.employer())
        assert (made.home, made.state, made.employer, made.employer_name) == (
            "jp", "filed", make.EMPLOYER, "ACCEPTING_ORG (invented)",
        )  # fmt: skip
        assert AuditEntry.objects.filter(verb="jobs.file_demand").count() == 1
        assert DemandStep.objects.get().step == "demand_filed"
        vacancy, papers = said()
        assert (vacancy.content["part"], vacancy.marking) == ("vacancy", {"level": "public", "bodies": []})
        assert vacancy.content["terms"]["terms_hash"] == made.terms_hash
        assert vacancy.content["promoter_licence"] == make.LICENCE
        assert papers.content["part"] == "papers"
        assert papers.marking["bodies"] == ["CWA", "EMB_PK_TOKYO", "PROTECTOR", "CONTACT_PK", make.PROMOTER]
        assert {vacancy.thread, papers.thread} == {made.pk}
        assert not Waiting.objects.exists()

    def test_keeps_the_papers_under_their_hash_and_names_them_in_the_statement(self):
        file(make.employer(), letter=make.scan("letter.pdf"))
        blob = said()[1].content["demand_letter"][0]
        assert place_of(blob["sha256"]).read_bytes() == make.scan("letter.pdf").content
        assert (blob["name"], blob["media_type"]) == ("letter.pdf", "application/pdf")
        assert "signatory" not in str(said()[0].content)

    def test_a_placement_business_files_for_an_employer(self):
        who = actor("placement_business", node="jp")
        make.employer()
        made = file(who, asked=make.asked(employer=make.EMPLOYER))
        assert (made.employer, made.placement_business) == (make.EMPLOYER, who.body)
        assert refused_codes(file, who=who) == ["employer_missing"]

    @pytest.mark.parametrize("who", list(nobody_but("employer", "attache")), ids=lambda one: f"{one.node} {one.role}")
    def test_refuses_everybody_else(self, who):
        assert set(refused_codes(file, who=who)) <= {"not_permitted", "sign_in_first"}
        assert not Demand.objects.exists() and not OutboxEntry.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"field": "LINEN_SUPPLY"}, "field_not_open"),
            ({"dispatch": True}, "dispatch_not_allowed"),
            ({"promoter": ""}, "promoter_not_licensed"),
            ({"promoter_licence": "12345"}, "promoter_not_licensed"),
            ({"terms": make.TERMS | {"comparable_pay": {"amount": 198_001, "currency": "JPY"}}}, "pay_below_comparable"),
            ({"closes_on": "2026-12-01"}, "closes_before_opens"),
            ({"municipality": "999999"}, "place_unknown"),
            ({"duty": "TRUCK"}, "duty_unknown"),
        ],
    )
    def test_refuses_what_the_law_forbids(self, changed, code):
        assert refused_codes(file, who=make.employer(), asked=make.asked(**changed)) == [code]
        assert not Demand.objects.exists() and not StoredFile.objects.exists()

    def test_refuses_a_stopped_field(self):
        make_fields.order("decided", "NURSING_CARE", at=AT)
        on = AT + dt.timedelta(days=11)
        assert refused_codes(file, who=make.employer(), asked=make.asked(on), at=on) == ["field_suspended"]

    @pytest.mark.parametrize("gone", ["letter", "attorney"])
    def test_refuses_without_its_papers(self, gone):
        assert refused_codes(file, who=make.employer(), **{gone: None}) == ["papers_missing"]

    def test_refuses_a_paper_for_a_step_of_its_own_side(self):
        assert refused_codes(file, who=make.employer(), paper=make.paper()) == ["own_side_step"]

    def test_says_every_reason_at_once(self):
        asked = make.asked(field="LINEN_SUPPLY", promoter="")
        assert refused_codes(file, who=make.employer(), asked=asked, letter=None) == [
            "field_not_open", "promoter_not_licensed", "papers_missing",
        ]  # fmt: skip

    def test_refuses_a_file_that_is_no_paper(self):
        assert refused_codes(file, who=make.employer(), letter=Scan("x.exe", b"MZ")) == ["file_kind_unknown"]


class TestFileDemandFromPaper:
    @pytest.fixture(autouse=True)
    def _licensed(self):
        long_licensed()

    def test_an_attache_enters_it_and_it_waits_for_the_mission(self):
        made = make.demand(paper_only=True)
        assert (made.home, made.source, made.state) == ("pk", "paper", "filed")
        step = DemandStep.objects.get()
        assert (step.source, step.stands_for, step.paper.number) == ("paper", "jp", "17/2026")
        assert StepPaper.objects.get().entered_role == "attache"
        assert said() == []
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body, waiting.holder_role) == ("jobs.attest_demand", "CWA", "attache")

    def test_three_days_count_only_where_both_states_work(self):
        make.demand(at=dt.datetime(2026, 12, 23, 3, 0, tzinfo=dt.UTC))  # 25 December closed in Pakistan; New Year in Japan
        assert day_at(Waiting.objects.get().due_at, "pk") == dt.date(2027, 1, 4)

    def test_the_corporation_may_enter_it_too(self):
        told = {"asked": make.asked(employer=make.EMPLOYER, employer_name="Hinata (invented)", route="oec", promoter="",
                                    promoter_licence="")}  # fmt: skip
        made = file(actor("oec_officer"), letter=None, paper=make.paper(), on=dt.date(2026, 11, 20), **told)
        assert (made.promoter, made.filed_on) == ("OEC", dt.date(2026, 11, 20))

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"scan": None}, "scan_missing"),
            ({"number": " "}, "number_missing"),
            ({"issuer": ""}, "issuer_missing"),
            ({"received_on": None}, "date_missing"),
            ({"received_on": dt.date(2026, 11, 26)}, "date_in_future"),
            ({"received_on": dt.date(2026, 11, 24)}, "received_before_dated"),
        ],
    )
    def test_refuses_a_paper_that_is_not_whole(self, changed, code):
        told = {"asked": make.asked(employer=make.EMPLOYER, employer_name="H (invented)"), "on": dt.date(2026, 11, 25)}
        paper = replace(make.paper(), **changed)
        assert refused_codes(file, who=actor("attache"), letter=None, paper=paper, **told) == [code]
        assert not Demand.objects.exists() and not StepPaper.objects.exists()

    def test_refuses_without_any_paper_and_one_of_tomorrow(self):
        told = {"asked": make.asked(employer=make.EMPLOYER, employer_name="H (invented)"), "letter": None}
        assert refused_codes(file, who=actor("attache"), **told) == ["scan_missing"]
        tomorrow = {"paper": make.paper(), "on": dt.date(2026, 11, 26)}
        assert "date_in_future" in refused_codes(file, who=actor("attache"), **told, **tomorrow)

    def test_keeping_a_paper_is_no_use_case_of_its_own(self):
        told = {"paper": make.paper(), "on": dt.date(2026, 11, 25), "own_side": False, "at": AT}
        assert refused_codes(actions.keep_paper, actor=actor("attache"), **told) == ["not_permitted"]


class TestAttestDemand:
    def test_numbers_tells_the_employer_and_wakes_the_protector(self):
        made = make.demand("attested")
        assert (made.state, made.attestor, made.attestation_no) == ("attested", "CWA", "CWA-2026-0001")
        step = said()[0]
        assert (step.content["step"], step.content["details"]) == (
            "demand_attested", {"attestation_no": "CWA-2026-0001", "attestor": "CWA"},
        )  # fmt: skip
        assert step.marking == {"level": "named_bodies", "bodies": ["CONTACT_JP", make.EMPLOYER]}
        waiting = Waiting.objects.get(closed_at=None)
        assert (waiting.task, waiting.holder_role) == ("jobs.permit_demand", "protector")
        assert day_at(waiting.due_at, "pk") == day_at(AT, "pk")

    def test_an_office_of_japan_attested_on_paper(self):
        made = make.demand()
        told = {"demand_id": made.pk, "attestor": "MOFA_JP", "at": AT}
        assert refused_codes(actions.attest_demand, actor=actor("attache"), **told) == ["scan_missing"]
        made = actions.attest_demand(actor=actor("attache"), paper=make.paper(number="M-77"), **told)
        assert (made.attestor, made.attestation_no) == ("MOFA_JP", "M-77")
        assert DemandStep.objects.get(step="demand_attested").source == "paper"
        assert said()[0].content["source"] == "paper"

    def test_the_missions_own_attestation_is_never_from_paper(self):
        made = make.demand()
        told = {"demand_id": made.pk, "paper": make.paper(), "at": AT}
        assert refused_codes(actions.attest_demand, actor=actor("attache"), **told) == ["own_side_step"]

    @pytest.mark.parametrize("who", list(nobody_but("attache")), ids=lambda one: f"{one.node} {one.role}")
    def test_refuses_everybody_else(self, who):
        made = make.demand()
        found = refused_codes(actions.attest_demand, actor=who, demand_id=made.pk, at=AT)
        assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}

    def test_refuses_twice_and_what_changed_meanwhile(self):
        made = make.demand("attested")
        assert "wrong_state" in refused_codes(actions.attest_demand, actor=actor("attache"), demand_id=made.pk, at=AT)
        assert refused_codes(actions.attest_demand, actor=actor("attache"), demand_id=made.pk, seen=1, at=AT) == ["stale"]

    def test_refuses_a_power_of_attorney_that_ended(self):
        made = make.demand(until=dt.date(2026, 11, 25))
        assert refused_codes(actions.attest_demand, actor=actor("attache"), demand_id=made.pk, at=AT) == ["poa_expired"]

    def test_refuses_before_the_papers_came_and_before_the_demand(self):
        made = make.demand()
        told = {"actor": actor("attache"), "demand_id": made.pk, "at": AT}
        assert refused_codes(actions.attest_demand, on=dt.date(2026, 11, 20), **told) == ["before_previous_step"]
        assert refused_codes(actions.attest_demand, on=dt.date(2026, 11, 26), **told) == ["date_in_future"]
        with unit_of_work("tests.lose", actor=actor("attache"), at=AT) as unit:
            DemandPapers.objects.all().delete()
            unit.about(made)
        assert refused_codes(actions.attest_demand, **told) == ["papers_missing"]

    def test_an_unknown_attestor(self):
        made = make.demand()
        told = {"demand_id": made.pk, "attestor": "NADRA", "at": AT}
        assert refused_codes(actions.attest_demand, actor=actor("attache"), **told) == ["attestor_unknown"]


class TestPermitDemand:
    def test_numbers_by_protectorate_and_year_and_holds_120_days(self):
        first = make.demand("permitted")
        second = make.demand("attested", opens_on=make.days(7))
        second = actions.permit_demand(actor=make.protector(), demand_id=second.pk, places=2, at=AT)
        other = actions.permit_demand(
            actor=make.protector("KHI"), demand_id=make.demand("attested", opens_on=make.days(8)).pk, at=AT
        )
        assert [one.permission_no for one in (first, second, other)] == ["PEW-2026-0001", "PEW-2026-0002", "KHI-2026-0001"]
        assert (first.permitted_on, first.permitted_until) == (dt.date(2026, 11, 25), dt.date(2027, 3, 26))
        assert second.permitted_places == 2
        told = next(one for one in said() if one.content["step"] == "demand_permitted")
        assert told.content["details"] == {
            "permission_no": "PEW-2026-0001", "protectorate": "PEW", "until": "2027-03-26", "places": 12,
        }  # fmt: skip
        waiting = Waiting.objects.filter(task="jobs.publish_vacancy", closed_at=None).first()
        assert (waiting.holder_body, waiting.holder_role, waiting.due_at) == (make.PROMOTER, "promoter_manager", None)

    def test_a_new_year_begins_at_one(self):
        made = make.demand("attested")
        later = dt.datetime(2027, 1, 4, 5, 0, tzinfo=dt.UTC)
        make.demand("permitted", opens_on=make.days(7))
        assert actions.permit_demand(actor=make.protector(), demand_id=made.pk, at=later).permission_no == "PEW-2027-0001"

    @pytest.mark.parametrize("who", list(nobody_but("protector")), ids=lambda one: f"{one.node} {one.role}")
    def test_refuses_everybody_else(self, who):
        made = make.demand("attested")
        found = refused_codes(actions.permit_demand, actor=who, demand_id=made.pk, at=AT)
        assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}
        made.refresh_from_db()
        assert made.state == "attested"

    def test_refuses_what_is_not_attested_and_what_is_permitted(self):
        filed = make.demand()
        assert refused_codes(actions.permit_demand, actor=make.protector(), demand_id=filed.pk, at=AT) == ["not_attested"]
        permitted = make.demand("permitted")
        found = refused_codes(actions.permit_demand, actor=make.protector(), demand_id=permitted.pk, at=AT)
        assert found == ["wrong_state"]

    def test_refuses_the_same_demand_again(self):
        make.demand("permitted")
        twin = make.demand("attested")
        assert refused_codes(actions.permit_demand, actor=make.protector(), demand_id=twin.pk, at=AT) == ["duplicate_demand"]

    @pytest.mark.parametrize("places", [0, 13])
    def test_refuses_more_places_than_asked(self, places):
        made = make.demand("attested")
        told = {"demand_id": made.pk, "places": places, "at": AT}
        assert refused_codes(actions.permit_demand, actor=make.protector(), **told) == ["over_places"]

    def test_refuses_an_officer_of_no_protectorate(self):
        made = make.demand("attested")
        found = refused_codes(actions.permit_demand, actor=make.protector(""), demand_id=made.pk, at=AT)
        assert found == ["no_protectorate"]


class TestPublishVacancy:
    def test_is_open_to_anyone_and_told(self):
        made = make.vacancy(places=5)
        assert (made.home, made.state, made.places, made.level) == ("pk", "open", 5, "public")
        told = said()[-1]
        assert told.marking == {"level": "public", "bodies": []}
        assert told.content["subject"] == "vacancy" and told.content["details"]["vacancy"] == str(made.pk)
        assert told.content["details"]["url"].endswith(f"/en/jobs/{made.pk}/")
        assert told.thread == made.demand_id
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_the_corporation_has_three_days_to_publish(self):
        asked = {"route": "oec", "promoter": "", "promoter_licence": ""}
        make.demand("permitted", **asked)
        waiting = Waiting.objects.get(task="jobs.publish_vacancy")
        assert (waiting.holder_body, waiting.holder_role) == ("OEC", "oec_officer")
        assert day_at(waiting.due_at, "pk") == dt.date(2026, 11, 28)

    @pytest.mark.parametrize("who", list(nobody_but("promoter_manager")), ids=lambda one: f"{one.node} {one.role}")
    def test_refuses_everybody_else(self, who):
        made = make.demand("permitted")
        told = {"demand_id": made.pk, "places": 1, "closes_on": make.days(30), "costs": [make.cost()], "at": AT}
        found = refused_codes(actions.publish_vacancy, actor=who, **told)
        assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}

    def test_another_promoter_does_not_even_see_the_demand(self):
        made = make.demand("permitted")
        other = actor("promoter_manager", "pk:org:other")
        told = {"demand_id": made.pk, "places": 1, "closes_on": make.days(30), "costs": [make.cost()], "at": AT}
        with pytest.raises(Missing):
            actions.publish_vacancy(actor=other, **told)

    @pytest.mark.parametrize(
        ("state", "changed", "code"),
        [
            ("attested", {}, "no_permission"),
            ("permitted", {"places": 13}, "over_permitted_places"),
            ("permitted", {"places": 0}, "no_places"),
            ("permitted", {"costs": []}, "costs_not_shown"),
            ("permitted", {"closes_on": dt.date(2026, 11, 25)}, "closes_before_opens"),
        ],
    )
    def test_refuses_what_the_permission_does_not_cover(self, state, changed, code):
        told = {"places": 12, "closes_on": make.days(30), "costs": [make.cost()], "at": AT} | changed
        made = make.demand(state)
        assert refused_codes(actions.publish_vacancy, actor=make.promoter(), demand_id=made.pk, **told) == [code]
        assert not Vacancy.objects.exists()

    def test_places_of_all_vacancies_together_stay_within_the_permission(self):
        made = make.demand("permitted")
        make.vacancy(of=made, places=7)
        told = {"demand_id": made.pk, "places": 6, "closes_on": make.days(30), "costs": [make.cost()], "at": AT}
        assert refused_codes(actions.publish_vacancy, actor=make.promoter(), **told) == ["over_permitted_places"]

    def test_refuses_once_the_permission_has_lapsed(self):
        made = make.demand("permitted")
        last = dt.datetime(2027, 3, 25, 3, 0, tzinfo=dt.UTC)
        told = {"demand_id": made.pk, "places": 1, "closes_on": dt.date(2027, 5, 1), "costs": [make.cost()]}
        assert actions.publish_vacancy(actor=make.promoter(), at=last, **told).pk
        on = last + dt.timedelta(days=1)
        assert refused_codes(actions.publish_vacancy, actor=make.promoter(), at=on, **told) == ["no_permission"]


class TestCloseVacancy:
    def test_tells_how_many_applied(self):
        made = make.vacancy()
        with unit_of_work("placements.file_application", actor=make.promoter(), at=AT) as unit:
            actions.count_applicant(actor=make.promoter(), vacancy_id=made.pk, at=AT)
            unit.about(made)
        closed = actions.close_vacancy(actor=make.promoter(), vacancy_id=made.pk, at=AT)
        assert (closed.state, closed.closed_on) == ("closed", dt.date(2026, 11, 25))
        assert said()[-1].content["details"] == {"applicants": 1}

    def test_refuses_twice_and_another_recruiter(self):
        made = make.vacancy()
        other = actor("promoter_manager", "pk:org:other")
        assert refused_codes(actions.close_vacancy, actor=other, vacancy_id=made.pk, at=AT) == ["not_own_demand"]
        actions.close_vacancy(actor=make.promoter(), vacancy_id=made.pk, at=AT)
        assert refused_codes(actions.close_vacancy, actor=make.promoter(), vacancy_id=made.pk, at=AT) == ["wrong_state"]

    def test_counting_applicants_is_no_use_case_of_its_own(self):
        made = make.vacancy()
        assert refused_codes(actions.count_applicant, actor=make.promoter(), vacancy_id=made.pk, at=AT) == ["not_permitted"]


class TestWhoSees:
    def test_offices_see_every_demand_and_parties_their_own(self):
        made = make.demand("permitted")
        seen = {
            role: made in demands_visible_to(actor(role))
            for role in (
                "protector",
                "attache",
                "bureau_officer",
                "contact_point_pk",
                "oec_officer",
                "training_desk",
                "opf_officer",
            )
        }
        assert seen == {
            "protector": True, "attache": True, "bureau_officer": True, "contact_point_pk": True,
            "oec_officer": False, "training_desk": False, "opf_officer": False,
        }  # fmt: skip
        assert demand_for(make.promoter(), made.pk) == made
        assert made not in demands_visible_to(actor("promoter_manager", "pk:org:other"))
        assert made not in demands_visible_to(stranger("pk"))

    def test_papers_the_partner_told_are_seen_by_those_it_named(self):
        made = make.demand("attested")
        with unit_of_work("tests.mark", actor=actor("attache"), at=AT) as unit:
            papers = DemandPapers.objects.get()
            papers.home, papers.level, papers.bodies = "jp", "named_bodies", ["CWA", "PROTECTOR"]
            unit.save(papers)
            unit.about(papers)
        assert papers_for(actor("attache"), made) and papers_for(make.protector(), made)
        assert papers_for(actor("bureau_officer"), made) is None and papers_for(make.promoter(), made) is None

    def test_a_vacancy_is_open_to_anyone(self):
        make.vacancy()
        assert visible_to(stranger("pk"), Vacancy.objects.all()).count() == 1
