"""A service between two nodes: who may do what, what crosses, what is late, and what a wrong partner cannot tell."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db.models import QuerySet

from rahdari.base.actor import machine
from rahdari.base.models import AuditEntry, Letter, OutboxEntry, Waiting
from rahdari.base.money import Money
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.candidates.actions import withdraw_consent
from rahdari.domain.candidates.models import Consent
from rahdari.domain.contracts import actions as contracts
from rahdari.domain.contracts.models import Contract, Milestone, Offer
from rahdari.domain.contracts.queries.services import milestone_for, milestones_overdue
from rahdari.domain.departures import actions as departures
from rahdari.domain.jobs.messages import Subject, journey_stage
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.queries.demands import demands_visible_to, vacancy_for
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.models import Case, Turn
from rahdari.domain.placements.queries import case_for
from rahdari.domain.residence import actions as residence
from rahdari.project.mailroom import STEPS
from rahdari.project.timetable import watch_payments
from tests.make.people import actor, actor_as, worker
from tests.make.services import CLIENT, NUMBER, Remote, at, on, remote, terms
from tests.make.statements import mailroom, spoken

pytestmark = pytest.mark.django_db
LATE = dt.datetime(2027, 3, 20, 3, 0, tzinfo=dt.UTC)  # six days after the last day of the second payment


@pytest.fixture
def story(settings) -> Remote:
    return remote(settings)


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


class TestCase_:
    def test_opens_with_the_yes_and_tells_neither_birth_nor_family(self, story):
        story.go("revealed")
        with story.on("jp"):
            case = story.case()
            assert (case.state, case.route, case.employer, case.birth_year, case.file) == (
                "nominated",
                "remote",
                CLIENT,
                None,
                None,
            )
            assert "birth_year" not in case.profile and case.profile["available_from"] is None
        with story.on("pk"):
            assert story.case().worker == story.worker.person and story.case().number.startswith("A-2026-")

    def test_is_not_opened_by_a_yes_to_a_firm_that_seeks_people_in_japan(self, story):
        shown = story.line.shown()
        row = story.line.asked_who(shown)
        story.line.say_yes(row)
        for node in ("pk", "jp"):
            with story.on(node):
                assert not Case.objects.exists() and not Demand.objects.exists()

    def test_ends_when_the_yes_is_taken_back_before_the_contract(self, story):
        story.go("selected")
        with story.on("pk"):
            withdraw_consent(actor=story.worker, consent_id=Consent.objects.get(purpose="reveal").pk, at=at("service_signed"))
        story.line.carry(at=at("service_signed"))
        for node, state in (("pk", "withdrawn"), ("jp", "withdrawn")):
            with story.on(node):
                assert story.case().state == state
        with story.on("pk"), pytest.raises(Refused) as refused:
            told = {"terms_hash": story.offer().terms_hash, "at": at("service_begun")}
            contracts.agree_service(actor=story.worker, case_id=story.case_id, **told)
        assert codes(refused) == ["wrong_state"]

    def test_stands_when_the_yes_is_taken_back_after_the_contract(self, story):
        story.go("service_signed")
        with story.on("pk"):
            withdraw_consent(actor=story.worker, consent_id=Consent.objects.get(purpose="reveal").pk, at=at("service_begun"))
        story.line.carry(at=at("service_begun"))
        with story.on("jp"):
            assert story.case().state == "selected"

    def test_is_seen_by_its_two_sides_and_the_contact_points_alone(self, story):
        story.go("service_begun")
        with story.on("pk"):
            for role in ("protector", "bureau_officer", "attache", "oec_officer"):
                with pytest.raises(Missing):
                    case_for(actor(role, node="pk"), story.case_id)
            with pytest.raises(Missing):
                case_for(actor_as(worker("0345 7654321", "61101-7654321-2")), story.case_id)
            assert case_for(story.contact(), story.case_id)
        with story.on("jp"):
            for other in (story.line.other, actor("isa_regional", "ISA", node="jp")):
                with pytest.raises(Missing):
                    case_for(other, story.case_id)
            assert case_for(story.client, story.case_id)

    def test_stands_on_no_list_of_demands_and_no_vacancy_opens(self, story):
        story.go("revealed")
        with story.on("pk"):
            assert Vacancy.objects.get().state == "closed"
            assert not demands_visible_to(actor("protector", node="pk")).exists()
            with pytest.raises(Missing):
                vacancy_for(story.worker, Vacancy.objects.get().pk)
        with story.on("jp"):
            assert not demands_visible_to(story.client).exists()


class TestOffer:
    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({"payment": {"days": None}}, ["no_payment_terms"]),
            ({"rights": {"owner": ""}}, ["ip_unsettled"]),
            ({"trial": "unpaid"}, ["unpaid_trial"]),
        ],
        ids=str,
    )
    def test_refuses_terms_that_leave_the_worker_open(self, story, changed, refused):
        story.go("interview_answered")
        told = {"terms": terms(**changed), "employer_signed_on": on("selected"), "at": at("selected")}
        with story.on("jp"), pytest.raises(Refused) as wrong:
            contracts.offer_service(actor=story.client, case_id=story.case_id, **told)
        assert codes(wrong) == refused

    def test_names_the_client_as_the_register_does_whatever_is_typed(self, story):
        story.go("interview_answered")
        typed = terms() | {"client": {"name": "Somebody Else", "number": "1", "checked": "register"}}
        told = {"terms": typed, "employer_signed_on": on("selected"), "at": at("selected")}
        with story.on("jp"):
            offer = contracts.offer_service(actor=story.client, case_id=story.case_id, **told)
            assert offer.terms["client"] == {"name": "Asked Firm (invented)", "number": NUMBER, "checked": "register"}

    def test_of_a_client_the_register_has_ended_is_not_signed(self, story):
        story.go("selected")
        with story.on("pk"):
            terms_hash = story.offer().terms_hash
            typed = story.offer().terms | {"client": {"name": "Asked Firm (invented)", "number": "123", "checked": "form"}}
            QuerySet(Offer).filter(case=story.case_id).update(terms=with_hash(typed), terms_hash=with_hash(typed)["terms_hash"])
            told = {"terms_hash": story.offer().terms_hash, "at": at("service_signed")}
            with pytest.raises(Refused) as wrong:
                contracts.agree_service(actor=story.worker, case_id=story.case_id, **told)
            assert codes(wrong) == ["client_unknown"] and terms_hash != told["terms_hash"]

    def test_is_the_clients_alone(self, story):
        story.go("interview_answered")
        told = {"terms": terms(), "employer_signed_on": on("selected"), "at": at("selected")}
        with story.on("jp"), pytest.raises(Missing):
            contracts.offer_service(actor=story.line.other, case_id=story.case_id, **told)
        with story.on("pk"), pytest.raises(Refused) as wrong:
            contracts.offer_service(actor=story.worker, case_id=story.case_id, **told)
        assert "wrong_node" in codes(wrong)

    def test_is_no_way_to_offer_an_employment_and_the_other_way_round(self, story):
        story.go("interview_answered")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            contracts.offer_employment(
                actor=story.client, case_id=story.case_id, employer_signed_on=on("selected"), at=at("selected")
            )
        assert codes(wrong) == ["not_an_employment"]

    def test_can_be_declined_for_nothing(self, story):
        story.go("selected")
        with story.on("pk"):
            contracts.decline_offer(actor=story.worker, case_id=story.case_id, at=at("service_signed"))
        story.line.carry(at=at("service_signed"))
        with story.on("jp"):
            assert (story.case().state, story.offer().state) == ("withdrawn", "declined")

    def test_goes_to_the_reserve_when_a_place_is_free(self, story):
        story.go("interview_answered")
        told = {"terms": terms(), "employer_signed_on": on("selected"), "at": at("selected")}
        with story.on("jp"):
            placements.record_decision(actor=story.client, case_id=story.case_id, outcome="reserve", rank=1, at=at("selected"))
            offer = contracts.offer_service(actor=story.client, case_id=story.case_id, **told)
            assert offer.state == "offered"


class TestAgreement:
    def test_makes_the_same_contract_on_both_nodes_and_tells_nothing_of_the_person(self, story):
        story.go("service_signed")
        hashes = set()
        for node in ("pk", "jp"):
            with story.on(node):
                contract = Contract.objects.get()
                hashes.add(contract.terms_hash)
                assert (contract.coe_facts, contract.lands_on, story.offer().state) == ("{}", None, "signed")
                assert [(one.number, one.amount, one.currency) for one in Milestone.objects.all()] == [
                    (1, 150_000, "JPY"), (2, 350_000, "JPY"),
                ]  # fmt: skip
        assert len(hashes) == 1
        with story.on("pk"):
            said = [one.content for one in OutboxEntry.objects.filter(type="journey.stage/1").order_by("id")]
            signed = next(one for one in said if "service_signed" in json.dumps(one))
            text = json.dumps(signed)
            assert "birth" not in text and "passport" not in text

    def test_is_one_audit_entry_and_leaves_the_beginning_to_the_client(self, story):
        story.go("service_signed")
        with story.on("pk"):
            assert AuditEntry.objects.filter(verb="contracts.agree_service").count() == 1
            assert not Waiting.objects.filter(closed_at=None, task="contracts.agree_service").exists()
            turn = Turn.objects.get()
            assert (turn.holder, turn.task) == ("employer", "contracts.begin_service")
        with story.on("jp"):
            assert Waiting.objects.get(closed_at=None, task="contracts.begin_service").holder_body == CLIENT

    def test_waits_for_the_worker_and_for_nobody_else(self, story):
        story.go("selected")
        with story.on("pk"):
            row = Waiting.objects.get(closed_at=None, task="contracts.agree_service")
            assert row.holder_role == "worker" and Turn.objects.get().task == "contracts.agree_service"
            with pytest.raises(Missing):
                stranger = actor_as(worker("0345 7654321", "61101-7654321-2"))
                told = {"terms_hash": story.offer().terms_hash, "at": at("service_signed")}
                contracts.agree_service(actor=stranger, case_id=story.case_id, **told)

    @pytest.mark.parametrize(
        ("act", "told"),
        [
            (contracts.confirm_terms, {"terms_hash": "0" * 64}),
            (contracts.confirm_costs, {"lines_hash_seen": "0" * 64, "alone": True}),
            (contracts.sign_contract, {"terms_hash": "0" * 64, "lands_on": dt.date(2027, 3, 1)}),
            (contracts.agree_change, {"terms_hash": "0" * 64}),
            (contracts.rescind_contract, {"reason": "own_wish"}),
        ],
        ids=lambda one: getattr(one, "__name__", ""),
    )
    def test_has_none_of_the_steps_of_an_employment(self, story, act, told):
        story.go("selected")
        with story.on("pk"), pytest.raises(Refused) as wrong:
            act(actor=story.worker, case_id=story.case_id, **told, at=at("service_signed"))
        assert codes(wrong) == ["not_an_employment"]

    def test_opens_no_certificate_no_guidance_and_no_first_day_of_work(self, story):
        story.go("service_signed")
        told = {"actor": story.client, "case_id": story.case_id, "at": at("service_begun")}
        with story.on("jp"):
            for act, more in (
                (residence.record_guidance, {"minutes": 180, "confirmed": True}),
                (departures.file_coe, {"bureau": "TOKYO", "receipt_no": "T-1", "council_member": True}),
                (residence.begin_work, {}),
            ):
                with pytest.raises((Refused, Missing)):
                    act(**told, **more)
            assert story.case().station == 11

    def test_stands_against_a_partner_that_tells_other_terms(self, story):
        story.go("selected")
        content = stage(story, "service_terms_confirmed", 10, {"terms_hash": "0" * 64})
        assert refused_on(story, "jp", content) == ["hash_differs"]


def stage(story: Remote, step: str, station: int, details: dict[str, Any], when: str = "service_signed") -> dict[str, Any]:
    told_on = on(when)
    subject = Subject("case", story.case_id)
    return journey_stage(subject=subject, station=station, step=step, on=told_on, acting="WORKER", details=details)


def refused_on(story: Remote, node: str, content: dict[str, Any], when: str = "service_signed") -> list[str]:
    """What a node answers to a step that its partner tells it."""
    sender, contact = ("jp", "CONTACT_PK") if node == "pk" else ("pk", "CONTACT_JP")
    told = {"sender": sender, "receiver": node, "thread": story.case_id, "bodies": (contact,), "at": at(when)}
    statement = spoken("journey.stage/1", content, **told)
    with story.on(node), pytest.raises(Refused) as wrong:
        STEPS[content["step"]](actor=mailroom(node), statement=statement, at=at(when))
    return codes(wrong)


class TestMilestones:
    def test_are_delivered_by_the_worker_alone_and_paid_by_the_client_alone(self, story):
        story.go("service_begun")
        when = at("first_delivered")
        with story.on("pk"):
            mine = story.milestone().pk
            stranger = actor_as(worker("0345 7654321", "61101-7654321-2"))
            for other in (stranger, actor("promoter_manager", "pk:org:alpha", node="pk")):
                with pytest.raises((Missing, Refused)):
                    contracts.deliver_milestone(actor=other, milestone_id=mine, at=when)
            with pytest.raises(Refused) as wrong:
                contracts.pay_milestone(
                    actor=story.worker, milestone_id=mine, money=Money("JPY", 150_000), on=on("first_delivered"), at=when
                )
            assert "wrong_node" in codes(wrong)
        with story.on("jp"):
            theirs = story.milestone().pk
            with pytest.raises(Missing):
                contracts.accept_milestone(actor=story.line.other, milestone_id=theirs, at=when)
            with pytest.raises(Missing):
                milestone_for(story.line.other, theirs)
            with pytest.raises(Refused) as wrong:
                contracts.deliver_milestone(actor=story.client, milestone_id=theirs, at=when)
            assert "wrong_node" in codes(wrong)

    def test_count_the_days_of_the_payment_from_the_delivery_on_both_nodes(self, story):
        story.go("first_delivered")
        for node in ("pk", "jp"):
            with story.on(node):
                assert story.milestone().pay_by == on("first_delivered") + dt.timedelta(days=30)
        with story.on("jp"):
            row = Waiting.objects.get(closed_at=None, task="contracts.pay_milestone")
            assert (row.holder_body, row.due_at.date()) == (CLIENT, dt.date(2027, 2, 11))

    def test_are_given_back_with_a_reason_and_delivered_again(self, story):
        story.go("first_delivered")
        with story.on("jp"):
            told = {"reason": "part_missing", "at": at("first_accepted")}
            contracts.return_milestone(actor=story.client, milestone_id=story.milestone().pk, **told)
            assert not Waiting.objects.filter(closed_at=None, task="contracts.pay_milestone").exists()
        story.line.carry(at=at("first_accepted"))
        with story.on("pk"):
            milestone = story.milestone()
            assert (milestone.state, milestone.reason, milestone.pay_by) == ("milestone_returned", "part_missing", None)
            contracts.deliver_milestone(actor=story.worker, milestone_id=milestone.pk, at=at("first_paid"))
        story.line.carry(at=at("first_paid"))
        with story.on("jp"):
            assert story.milestone().pay_by == on("first_paid") + dt.timedelta(days=30)

    @pytest.mark.parametrize(
        ("money", "code"),
        [
            (Money("JPY", 149_999), "paid_less"),
            (Money("USD", 150_000), "other_currency"),
            (Money("PKR", 2**53 - 1), "other_currency"),
            (Money("JPY", -150_000), "paid_less"),
        ],
        ids=str,
    )
    def test_are_not_paid_by_less_or_in_other_money(self, story, money, code):
        story.go("first_accepted")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            told = {"money": money, "on": on("first_paid"), "at": at("first_paid")}
            contracts.pay_milestone(actor=story.client, milestone_id=story.milestone().pk, **told)
        assert codes(wrong) == [code]

    def test_are_paid_once(self, story):
        story.go("first_paid")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            told = {"money": Money("JPY", 150_000), "on": on("first_paid"), "at": at("first_paid")}
            contracts.pay_milestone(actor=story.client, milestone_id=story.milestone().pk, **told)
        assert codes(wrong) == ["wrong_state"]

    def test_stand_against_a_partner_that_tells_the_workers_step_or_another_sum(self, story):
        story.go("first_accepted")
        less = stage(story, "milestone_paid", 18, {"milestone": 1, "money": {"amount": 1, "currency": "JPY"}}, "first_accepted")
        assert refused_on(story, "pk", less, "first_paid") == ["paid_less"]
        unknown = stage(story, "milestone_accepted", 18, {"milestone": 2}, "first_accepted")
        assert refused_on(story, "pk", unknown, "first_paid") == ["wrong_state"]
        not_theirs = stage(story, "milestone_delivered", 18, {"milestone": 2}, "first_accepted")
        assert refused_on(story, "pk", not_theirs, "first_paid") == ["wrong_node"]


class TestLatePayment:
    def test_goes_to_the_contact_point_once_with_a_message_to_the_worker(self, story):
        story.go("second_delivered")
        with story.on("pk"):
            assert watch_payments(at=dt.datetime(2027, 3, 14, 12, tzinfo=dt.UTC)) == 0
            assert watch_payments(at=LATE) == 1 and watch_payments(at=LATE) == 0
            row = Waiting.objects.get(closed_at=None, task="contracts.take_up_overdue")
            assert (row.holder_body, row.holder_role) == ("CONTACT_PK", "contact_point_pk")
            assert Letter.objects.filter(template="contracts/letters/payment_late", to_person=story.worker.person).count() == 1
        with story.on("jp"):
            assert watch_payments(at=LATE) == 0

    def test_is_taken_up_by_the_contact_point_alone_and_closed_by_the_payment(self, story):
        story.go("second_delivered")
        with story.on("pk"):
            watch_payments(at=LATE)
            late = story.milestone(2).pk
            told = {"milestone_id": late, "outcome": "client_asked", "note": "By telephone.", "at": LATE}
            for other in (story.worker, actor("oec_officer", node="pk")):
                with pytest.raises((Refused, Missing)):
                    contracts.take_up_overdue(actor=other, **told)
            kept = contracts.take_up_overdue(actor=story.contact(), **told)
            assert (kept.outcome, kept.note) == ("client_asked", "By telephone.")
            with pytest.raises(Refused) as wrong:
                contracts.take_up_overdue(actor=story.contact(), **told)
            assert codes(wrong) == ["wrong_state"]
        story.go("second_paid")
        with story.on("pk"):
            assert not milestones_overdue(dt.date(2027, 6, 1))
            assert not Waiting.objects.filter(closed_at=None, task="contracts.take_up_overdue").exists()

    def test_is_told_by_the_node_alone(self, story):
        story.go("second_delivered")
        with story.on("pk"):
            with pytest.raises(Refused):
                contracts.tell_overdue(actor=story.contact(), milestone_id=story.milestone(2).pk, at=LATE)
            with pytest.raises(Refused) as wrong:
                contracts.tell_overdue(actor=machine("pk", "timetable"), milestone_id=story.milestone(1).pk, at=LATE)
            assert codes(wrong) == ["wrong_state"]


class TestEnd:
    def test_by_the_worker_without_notice_only_where_the_terms_are_not_kept(self, story):
        story.go("second_delivered")
        with story.on("pk"):
            told = {"actor": story.worker, "case_id": story.case_id, "at": LATE}
            with pytest.raises(Refused) as wrong:
                contracts.end_service(**told, reason="notice_given", last_on=dt.date(2027, 3, 21))
            assert codes(wrong) == ["notice_too_short"]
            contracts.end_service(**told, reason="terms_not_kept")
        story.line.carry(at=LATE)
        with story.on("jp"):
            assert (story.service().ended_by, story.service().reason, story.case().station) == ("worker", "terms_not_kept", 19)
            with pytest.raises(Refused) as wrong:
                contracts.end_service(actor=story.client, case_id=story.case_id, reason="agreed_by_both", at=LATE)
            assert codes(wrong) == ["ended_before"]
        story.go("second_paid")  # what was delivered is paid all the same
        with story.on("pk"):
            assert story.milestone(2).state == "milestone_paid"

    def test_lets_nothing_be_delivered_after_the_last_day(self, story):
        story.go("first_paid")
        with story.on("jp"):
            told = {"reason": "agreed_by_both", "last_on": on("first_paid"), "at": at("first_paid")}
            contracts.end_service(actor=story.client, case_id=story.case_id, **told)
        story.line.carry(at=at("first_paid"))
        with story.on("pk"), pytest.raises(Refused) as wrong:
            contracts.deliver_milestone(actor=story.worker, milestone_id=story.milestone(2).pk, at=at("second_delivered"))
        assert codes(wrong) == ["service_over"]

    def test_by_both_at_once_leaves_on_each_node_its_own_word(self, story):
        story.go("first_paid")
        when = at("first_paid")
        with story.on("jp"):
            contracts.end_service(actor=story.client, case_id=story.case_id, reason="agreed_by_both", at=when)
        with story.on("pk"):
            contracts.end_service(actor=story.worker, case_id=story.case_id, reason="terms_not_kept", at=when)
        story.line.carry(at=when)
        for node, by in (("pk", "worker"), ("jp", "client")):
            with story.on(node):
                assert story.service().ended_by == by
