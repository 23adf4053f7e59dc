"""Offer, confirmations, costs, contract: who may, what is left behind, and what the other node takes up or refuses."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.db import connection

from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import Contract, CostDeclaration, Offer
from rahdari.domain.contracts.queries import papers_of
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.queries import line_of
from tests.make import candidates, jobs
from tests.make.people import actor
from tests.make.statements import SCHEMAS, mailroom, told
from tests.make.thread import alone, at, both, cost, on
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def refused(story):
    """What the partner's mailroom did not take up."""
    return [[one.code for one in wrong.refusals] for _type, wrong in story.corridor.refused]


class TestOfferEmployment:
    def test_brings_the_same_terms_under_the_same_hash_to_both_nodes(self, story):
        story.go("selected")
        hashes = []
        for node in ("jp", "pk"):
            with story.on(node):
                offer = story.offer()
                hashes.append(offer.terms_hash)
                assert (offer.home, offer.state) == ("jp", "offered")
        assert hashes[0] == hashes[1] == offer.terms["terms_hash"]
        with story.on("pk"):
            tasks = dict(Waiting.objects.filter(closed_at=None).values_list("task", "holder_body"))
            assert tasks == {"contracts.confirm_terms": "WORKER", "contracts.declare_costs": jobs.PROMOTER}

    def test_is_one_act_with_one_audit_entry_and_one_statement_valid_by_its_schema(self, story):
        story.go("selected")
        with story.on("jp"):
            entry = AuditEntry.objects.get(verb="contracts.offer_employment")
            assert any(also.startswith("placements.record_decision") for also in entry.also)
            said = OutboxEntry.objects.get(type="placement.decided/1")
            SCHEMAS[said.type].validate(said.content)
            assert said.content["outcome"] == "selected"
            assert jobs.PROMOTER in said.marking["bodies"]

    def test_refuses_terms_that_are_worse_and_leaves_nothing(self, story):
        story.go("interview_answered")
        with story.on("jp"):
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            worse = dict(story.case().demand.terms) | {"leave": 0}
            with pytest.raises(Refused) as wrong:
                actions.offer_employment(
                    actor=employer, case_id=story.case_id, terms=worse, employer_signed_on=on("selected"), at=at("selected")
                )
            assert codes(wrong) == ["terms_worse"]
            assert not Offer.objects.exists()

    def test_refuses_another_employer_another_role_and_before_the_interview(self, story):
        story.go("interview_answered")
        told_ = {"case_id": story.case_id, "employer_signed_on": on("selected")}
        with story.on("jp"):
            with pytest.raises(Missing):
                actions.offer_employment(actor=actor("employer", "jp:org:other", node="jp"), **told_, at=at("selected"))
            with pytest.raises(Refused) as wrong:
                actions.offer_employment(actor=actor("isa_regional", node="jp"), **told_, at=at("selected"))
            assert codes(wrong) == ["not_permitted"]
            early = at("interview_answered")
            with pytest.raises(Refused) as wrong:
                actions.offer_employment(
                    actor=story.who("employer", jobs.EMPLOYER, "jp"), **told_ | {"employer_signed_on": early.date()}, at=early
                )
            assert codes(wrong) == ["no_interview"]

    def test_on_pakistans_node_it_needs_the_paper(self):
        story = alone().go("interview_answered")
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        with pytest.raises(Refused) as wrong:
            actions.offer_employment(actor=promoter, case_id=story.case_id, employer_signed_on=on("selected"), at=at("selected"))
        assert codes(wrong) == ["scan_missing"]
        story.take("selected")
        step = StationEvent.objects.get(step="selected")
        assert (step.source, step.stands_for, step.home) == ("paper", "jp", "pk")
        assert next(one for one in line_of(promoter, story.case()) if one.no == 9).hatched

    def test_terms_that_are_not_those_of_their_hash_are_not_taken_up(self, story):
        story.go("interview_answered")
        with story.on("jp"):
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            actions.offer_employment(actor=employer, case_id=story.case_id, employer_signed_on=on("selected"), at=at("selected"))
            entry = OutboxEntry.objects.get(type="placement.decided/1")
            statement = told(entry, "jp", "pk")
        forged = replace(statement, data={**statement.data, "terms": {**statement.data["terms"], "leave": 1}})
        with story.on("pk"):
            with pytest.raises(Refused) as wrong:
                actions.mirror_decision(actor=mailroom("pk"), statement=forged, at=at("selected"))
            assert codes(wrong) == ["hash_differs"]
            assert not Offer.objects.exists()

    def test_the_employers_word_confirms_what_was_entered_from_paper(self, story):
        """The paper was entered while the link was down; the same terms arrive by statement afterwards."""
        story.go("interview_answered")
        with story.on("jp"):
            actions.offer_employment(
                actor=story.who("employer", jobs.EMPLOYER, "jp"), case_id=story.case_id, employer_signed_on=on("selected"),
                at=at("selected"),
            )  # fmt: skip
        with story.on("pk"):
            actions.offer_employment(
                actor=story.who("promoter_manager", jobs.PROMOTER), case_id=story.case_id, employer_signed_on=on("selected"),
                paper=jobs.paper(at("selected")), at=at("selected"),
            )  # fmt: skip
            assert story.offer().home == "pk"
        story.corridor.deliver("jp", at=at("selected"))
        assert refused(story) == []
        with story.on("pk"):
            assert (story.offer().home, Offer.objects.count()) == ("jp", 1)
            paper = StationEvent.objects.get(step="selected", source="paper")
            assert paper.confirmed_by is not None


class TestConfirmTerms:
    def test_tells_the_employer_the_hash_and_nothing_else(self, story):
        story.go("terms_confirmed")
        with story.on("pk"):
            entry = OutboxEntry.objects.filter(type="journey.stage/1").latest("id")
            assert entry.content["details"] == {"terms_hash": story.offer().terms_hash}
            assert jobs.EMPLOYER in entry.marking["bodies"]
        with story.on("jp"):
            assert story.offer().state == "terms_confirmed"

    def test_is_the_workers_own(self, story):
        story.go("selected")
        with story.on("pk"):
            other, _file = candidates.file()
            told_ = {"case_id": story.case_id, "terms_hash": story.offer().terms_hash, "at": at("terms_confirmed")}
            with pytest.raises(Missing):
                actions.confirm_terms(actor=other, **told_)
            with pytest.raises(Refused) as wrong:
                actions.confirm_terms(actor=story.who("promoter_manager", jobs.PROMOTER), **told_)
            assert set(codes(wrong)) == {"not_permitted"}
            with pytest.raises(Refused) as wrong:
                actions.confirm_terms(actor=story.people["worker"], **told_ | {"terms_hash": "0" * 64})
            assert codes(wrong) == ["hash_differs"]
            with pytest.raises(Refused) as wrong:
                actions.confirm_terms(actor=story.people["worker"], **told_, seen=9)
            assert codes(wrong) == ["stale"]

    def test_another_hash_than_japans_own_is_refused_there(self, story):
        story.go("selected")
        with (
            story.on("jp"),
            unit_of_work("tests.change", actor=story.who("employer", jobs.EMPLOYER, "jp"), at=at("selected")) as unit,
        ):
            offer = story.offer()
            offer.terms_hash = "f" * 64
            unit.save(offer)
            unit.about(offer)
        with story.on("pk"):
            actions.confirm_terms(
                actor=story.people["worker"], case_id=story.case_id, terms_hash=story.offer().terms_hash, at=at("terms_confirmed")
            )
        story.corridor.deliver("pk", at=at("terms_confirmed"))
        assert refused(story) == [["hash_differs"]]
        with story.on("jp"):
            assert story.offer().state == "offered"
            assert not StationEvent.objects.filter(step="terms_confirmed").exists()


class TestCosts:
    def test_are_told_without_the_way_of_payment_and_confirmed_by_one_hash(self, story):
        story.go("costs_confirmed")
        with story.on("pk"):
            ours = story.lines_hash()
            declared = OutboxEntry.objects.filter(type="journey.stage/1", content__step="costs_declared").get()
            assert set(declared.content["details"]["lines"][0]) == {"code", "money", "payer", "payee", "basis"}
        with story.on("jp"):
            assert story.offer().costs_hash == ours == story.lines_hash()
            assert story.offer().costs_confirmed_on == on("costs_confirmed")

    def test_a_later_declaration_takes_the_place_of_the_earlier_on_both_nodes(self, story):
        story.go("costs_declared")
        with story.on("pk"):
            promoter = story.who("promoter_manager", jobs.PROMOTER)
            actions.declare_costs(actor=promoter, case_id=story.case_id, lines=[], at=at("costs_declared"))
        story.corridor.exchange(at=at("costs_declared"))
        for node in ("pk", "jp"):
            with story.on(node):
                assert [one.lines for one in CostDeclaration.objects.filter(replaced_at=None)] == [[]]

    def test_the_workers_yes_is_theirs_alone_for_what_they_saw(self, story):
        story.go("costs_declared")
        worker = story.people["worker"]
        with story.on("pk"):
            told_ = {"case_id": story.case_id, "lines_hash_seen": story.lines_hash(), "alone": True, "at": at("costs_confirmed")}
            for changed, code in (({"alone": False}, "not_alone_in_session"), ({"lines_hash_seen": "0" * 64}, "lines_changed")):
                with pytest.raises(Refused) as wrong:
                    actions.confirm_costs(actor=worker, **told_ | changed)
                assert codes(wrong) == [code]
            by_program = replace(worker, channel="api")
            with pytest.raises(Refused) as wrong:
                actions.confirm_costs(actor=by_program, **told_)
            assert codes(wrong) == ["not_alone_in_session"]

    def test_nobody_but_whoever_recruits_declares(self, story):
        story.go("selected")
        with story.on("pk"):
            other = actor("promoter_manager", "pk:org:other")
            with pytest.raises(Missing):
                actions.declare_costs(actor=other, case_id=story.case_id, lines=[], at=at("costs_declared"))
            with pytest.raises(Refused) as wrong:
                actions.declare_costs(
                    actor=story.who("promoter_manager", jobs.PROMOTER), case_id=story.case_id, lines=[cost(15_001)],
                    at=at("costs_declared"),
                )  # fmt: skip
            assert codes(wrong) == ["over_ceiling"]
        with story.on("jp"), pytest.raises(Missing):
            other = actor("employer", "jp:org:other", node="jp")
            actions.declare_costs(actor=other, case_id=story.case_id, lines=[], at=at("costs_declared"))


class TestSignContract:
    def test_tells_what_the_form_asks_and_keeps_it_closed_on_both_nodes(self, story):
        story.go("contract_signed")
        for node in ("pk", "jp"):
            with story.on(node):
                contract = Contract.objects.get()
                facts = json.loads(contract.coe_facts)
                assert (facts["birth_date"], facts["sex"], facts["health_fit"]) == ("2001-03-14", "F", True)
                with connection.cursor() as cursor:
                    cursor.execute("select coe_facts from contracts_contract")
                    assert facts["passport_no"].encode() not in bytes(cursor.fetchone()[0])
                event = StationEvent.objects.get(step="contract_signed")
                assert facts["passport_no"] not in json.dumps(event.details)
        with story.on("jp"):
            assert story.file.cnic not in str([one.coe_facts for one in Contract.objects.all()])
            tasks = set(Waiting.objects.filter(closed_at=None, holder_body=jobs.EMPLOYER).values_list("task", flat=True))
            assert tasks >= {"departures.file_coe", "residence.record_guidance"}

    def test_needs_terms_and_costs(self, story):
        story.go("selected")
        with story.on("pk"):
            told_ = {"case_id": story.case_id, "terms_hash": story.offer().terms_hash, "lands_on": on("arrived")}
            with pytest.raises(Refused) as wrong:
                actions.sign_contract(actor=story.people["worker"], **told_, at=at("contract_signed"))
            assert codes(wrong) == ["terms_not_confirmed", "costs_not_confirmed"]

    def test_refuses_who_is_not_eighteen_on_landing(self, story):
        story.go("costs_confirmed")
        with story.on("pk"):
            told_ = {"case_id": story.case_id, "terms_hash": story.offer().terms_hash}
            with pytest.raises(Refused) as wrong:
                actions.sign_contract(
                    actor=story.people["worker"], **told_, lands_on=dt.date(2026, 1, 1), at=at("contract_signed")
                )
            assert codes(wrong) == ["date_in_past"]

    def test_a_step_out_of_turn_is_not_taken_up_and_moves_nothing(self, story):
        story.go("selected")
        with story.on("pk"):
            entries = OutboxEntry.objects.filter(type="journey.stage/1")
            assert not entries.filter(content__step="contract_signed").exists()
        story.go("contract_signed")
        with story.on("pk"):
            entry = OutboxEntry.objects.get(content__step="contract_signed")
            statement = told(entry, "pk", "jp")
        with story.on("jp"):
            with pytest.raises(Refused) as wrong:
                actions.mirror_step(actor=mailroom("jp"), statement=statement, at=at("contract_signed"))
            assert codes(wrong) == ["wrong_state"]
            assert Contract.objects.count() == 1


class TestWhoSees:
    def test_terms_and_costs_are_seen_by_their_parties_and_not_by_others(self, story):
        story.go("costs_confirmed")
        with story.on("jp"):
            assert papers_of(story.who("employer", jobs.EMPLOYER, "jp"), story.case_id).declarations
            with pytest.raises(Missing):
                papers_of(actor("employer", "jp:org:other", node="jp"), story.case_id)
            with pytest.raises(Missing):
                papers_of(actor("visa_desk", node="jp"), story.case_id)
        with story.on("pk"):
            papers = papers_of(story.people["worker"], story.case_id)
            assert papers.offer is not None
            assert papers_of(story.who("promoter_manager", jobs.PROMOTER), story.case_id).offer is not None
            with pytest.raises(Missing):
                papers_of(actor("promoter_manager", "pk:org:other"), story.case_id)

    def test_only_the_mailroom_takes_up_what_is_told(self, story):
        story.go("terms_confirmed")
        with story.on("pk"):
            statement = told(OutboxEntry.objects.get(content__step="terms_confirmed"), "pk", "jp")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.mirror_step(actor=story.who("employer", jobs.EMPLOYER, "jp"), statement=statement, at=at("terms_confirmed"))
        assert codes(wrong) == ["not_permitted"]
