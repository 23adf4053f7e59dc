"""Terms the employer changes: before the contract they are confirmed anew, after it both agree or the signed ones hold."""

from __future__ import annotations

import pytest

from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import Contract
from rahdari.domain.jobs.rules.terms import HASH, with_hash
from tests.make import jobs
from tests.make.thread import at, both, on
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def other(story, **changed):
    terms = {name: value for name, value in story.offer().terms.items() if name != HASH}
    return with_hash(terms | changed)


def change(story, step, **changed):
    """The employer changes terms at a step; says their hash."""
    with story.on("jp"):
        terms, employer = other(story, **changed), story.who("employer", jobs.EMPLOYER, "jp")
        told = {"terms": terms, "employer_signed_on": on(step), "at": at(step)}
        actions.change_terms(actor=employer, case_id=story.case_id, **told)
    story.corridor.exchange(at=at(step))
    assert story.corridor.refused == []
    return terms[HASH]


def hashes(story):
    found = set()
    for node in ("pk", "jp"):
        with story.on(node):
            found.add((story.offer().state, story.offer().terms_hash))
    return found


def test_before_the_contract_the_worker_confirms_again(settings):
    story = both(two_nodes(settings)).go("terms_confirmed")
    with story.on("jp"):
        employer, same = story.who("employer", jobs.EMPLOYER, "jp"), other(story)
        told = {"employer_signed_on": on("terms_confirmed"), "at": at("terms_confirmed")}
        for terms, expected in ((same, "nothing_changed"), (other(story, leave=0), "terms_worse")):
            with pytest.raises(Refused) as wrong:
                actions.change_terms(actor=employer, case_id=story.case_id, terms=terms, **told)
            assert codes(wrong) == [expected]
    new = change(story, "terms_confirmed", leave=30)
    assert hashes(story) == {("offered", new)}
    with story.on("pk"):
        assert Waiting.objects.filter(task="contracts.confirm_terms", closed_at=None).count() == 1
        confirmed = {"case_id": story.case_id, "at": at("costs_declared")}
        actions.confirm_terms(actor=story.people["worker"], terms_hash=new, **confirmed)
    story.corridor.exchange(at=at("costs_declared"))
    story.go("contract_signed")
    assert hashes(story) == {("signed", new)}


def test_after_the_contract_the_signed_terms_hold_until_the_worker_agrees(settings):
    story = both(two_nodes(settings)).go("contract_signed")
    with story.on("pk"):
        old = story.offer().terms_hash
    new = change(story, "guidance_given", leave=30)
    assert hashes(story) == {("signed", old)}
    with story.on("pk"):
        worker = story.people["worker"]
        agreed = {"actor": worker, "case_id": story.case_id, "at": at("coe_filed")}
        with pytest.raises(Refused) as wrong:
            actions.agree_change(terms_hash=old, **agreed)
        assert codes(wrong) == ["hash_differs"]
        actions.agree_change(terms_hash=new, **agreed)
        with pytest.raises(Refused) as wrong:
            actions.agree_change(terms_hash=new, **agreed)
        assert codes(wrong) == ["nothing_changed"]
    story.corridor.exchange(at=at("coe_filed"))
    assert story.corridor.refused == [] and hashes(story) == {("signed", new)}
    for node in ("pk", "jp"):
        with story.on(node):
            assert Contract.objects.get(case=story.case_id).terms_hash == new


def test_terms_that_follow_on_others_or_are_worse_are_not_taken_up(settings):
    story = both(two_nodes(settings)).go("contract_signed")
    with story.on("jp"):
        offer = story.offer()
        offer.case.demand.terms = other(story, leave=0)  # as a partner would hold who asks less of itself
        with unit_of_work("test.demand", actor=story.who("employer", jobs.EMPLOYER, "jp"), at=at("guidance_given")) as unit:
            unit.save(offer.case.demand)
            unit.about(offer.case.demand)
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        told = {"terms": other(story, leave=1), "employer_signed_on": on("guidance_given"), "at": at("guidance_given")}
        actions.change_terms(actor=employer, case_id=story.case_id, **told)
    story.corridor.deliver("jp", at=at("guidance_given"))
    assert [[one.code for one in wrong.refusals] for _type, wrong in story.corridor.refused] == [["terms_worse"]]
    with story.on("pk"):
        assert story.offer().proposed is None
