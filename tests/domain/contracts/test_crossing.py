"""What both sides say at the same time of one contract: neither word is lost, and both nodes end alike."""

from __future__ import annotations

import copy

import jsonschema_rs
import pytest

from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import Contract
from rahdari.domain.departures.actions import record_departure
from rahdari.domain.jobs.rules.terms import HASH, with_hash
from rahdari.domain.placements.messages import DECISION
from tests.make import jobs
from tests.make.people import actor
from tests.make.thread import at, both, on
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db


def change(story, step, **changed):
    """The employer changes terms at a step, not told yet; says their hash."""
    with story.on("jp"):
        terms = {name: value for name, value in story.offer().terms.items() if name != HASH}
        new, employer = with_hash(terms | changed), story.who("employer", jobs.EMPLOYER, "jp")
        told = {"terms": new, "employer_signed_on": on(step), "at": at(step)}
        actions.change_terms(actor=employer, case_id=story.case_id, **told)
    return new[HASH]


def held(story):
    """State, terms and proposal as each node holds them."""
    found = set()
    for node in ("pk", "jp"):
        with story.on(node):
            offer, contract = story.offer(), Contract.objects.filter(case=story.case_id).first()
            assert offer.terms[HASH] == offer.terms_hash
            found.add((offer.state, offer.terms_hash, (offer.proposed or {}).get(HASH), contract and contract.terms_hash))
    return found


def agree(story, terms_hash, step):
    with story.on("pk"):
        told = {"terms_hash": terms_hash, "at": at(step)}
        actions.agree_change(actor=story.people["worker"], case_id=story.case_id, **told)


def test_a_change_and_the_worker_signature_on_the_terms_before_it(settings):
    story = both(two_nodes(settings)).go("costs_confirmed")
    with story.on("pk"):
        old = story.offer().terms_hash
    change(story, "costs_confirmed", leave=30)
    new = change(story, "costs_confirmed", leave=31)
    with story.on("pk"):
        told = {"terms_hash": old, "lands_on": on("arrived"), "health_fit": True, "at": at("contract_signed")}
        actions.sign_contract(actor=story.people["worker"], case_id=story.case_id, **told)
    story.corridor.exchange(at=at("contract_signed"))
    assert held(story) == {("signed", old, new, old)}
    agree(story, new, "guidance_given")
    story.corridor.exchange(at=at("guidance_given"))
    assert held(story) == {("signed", new, None, new)}


def test_a_change_and_the_first_yes_to_the_terms_before_it(settings):
    story = both(two_nodes(settings)).go("selected")
    with story.on("pk"):
        old = story.offer().terms_hash
    new = change(story, "terms_confirmed", leave=30)
    with story.on("pk"):
        actions.confirm_terms(
            actor=story.people["worker"], case_id=story.case_id, terms_hash=old, at=at("terms_confirmed")
        )  # fmt: skip
    story.corridor.exchange(at=at("terms_confirmed"))
    assert held(story) == {("offered", new, None, None)}


def test_a_second_change_and_the_worker_yes_to_the_first(settings):
    story = both(two_nodes(settings)).go("contract_signed")
    first = change(story, "guidance_given", leave=30)
    story.corridor.exchange(at=at("guidance_given"))
    agree(story, first, "coe_filed")
    second = change(story, "coe_filed", leave=31)
    story.corridor.exchange(at=at("coe_filed"))
    assert held(story) == {("signed", first, second, first)}
    agree(story, second, "coe_filed")
    story.corridor.exchange(at=at("coe_filed"))
    assert held(story) == {("signed", second, None, second)}


def test_whoever_has_left_is_not_called_back_by_an_employer_who_had_not_heard(settings):
    story = both(two_nodes(settings)).go("flight_booked")
    with story.on("pk"):
        record_departure(actor=actor("protector", office="PEW"), case_id=story.case_id, at=at("departed"))
    with story.on("jp"):
        told = {"reason": "work_fell_away", "at": at("departed")}
        actions.rescind_contract(actor=story.who("employer", jobs.EMPLOYER, "jp"), case_id=story.case_id, **told)
    story.corridor.deliver("jp", at=at("departed"))
    assert [[one.code for one in wrong.refusals] for _type, wrong in story.corridor.refused] == [["already_departed"]]
    with story.on("pk"):
        assert (story.case().state, story.offer().state) == ("selected", "signed")


@pytest.mark.parametrize("left_out", ["terms", "employer_signed_on", "old_terms_hash"])
def test_changed_terms_are_told_whole(left_out):
    told = {
        "case": "01999999-9999-7999-8999-999999999999", "outcome": "terms_changed", "on": "2027-01-04", "reason": None,
        "rank": None, "from_reserve": False, "terms": with_hash(copy.deepcopy(jobs.TERMS)), "employer_signed_on": "2027-01-04",
        "old_terms_hash": "0" * 64,
    }  # fmt: skip
    schema = jsonschema_rs.validator_for(DECISION)
    assert schema.is_valid(told) and not schema.is_valid(told | {left_out: None})
