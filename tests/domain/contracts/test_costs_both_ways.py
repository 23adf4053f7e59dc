"""Costs declared on both nodes: the worker confirms all lines together, and what crosses their yes counts on neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rahdari.base.models import OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import CostDeclaration
from rahdari.domain.contracts.queries import papers_of
from rahdari.domain.contracts.rules.ledger import as_confirmed, declared_whole, lines_hash
from tests.make import jobs
from tests.make.statements import mailroom, told
from tests.make.thread import at, both, cost
from tests.make.two_nodes import two_nodes

FLIGHT = cost(148_000, "COST_TRAVEL", payer="employer", payee="airline", basis="fare on the day")
CHARGE = cost()


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.mark.parametrize(
    ("bodies", "recruiter", "whole"),
    [
        ([], "pk:org:a", False),
        (["jp:org:b"], "pk:org:a", False),
        (["pk:org:a"], "pk:org:a", True),
        (["jp:org:b", "pk:org:a"], "pk:org:a", True),
        (["jp:org:b"], "", True),
        ([], "", False),
    ],
)
def test_the_costs_are_whole_when_whoever_recruits_has_declared(bodies, recruiter, whole):
    assert declared_whole(bodies, recruiter) is whole


@pytest.mark.parametrize(
    ("own", "confirmed", "place"),
    [
        ([[FLIGHT]], [CHARGE, FLIGHT], 0),
        ([[FLIGHT]], [CHARGE], 1),
        ([[CHARGE], [FLIGHT]], [CHARGE, FLIGHT], 1),
        ([[CHARGE], [FLIGHT]], [CHARGE], 2),
        ([], [CHARGE], 0),
        ([[FLIGHT]], [FLIGHT], None),
    ],
)
def test_what_the_worker_confirmed_is_found_by_its_hash(own, confirmed, place):
    assert as_confirmed([CHARGE], own, lines_hash(confirmed)) == place


def declare(story, node, lines, step="costs_declared"):
    with story.on(node):
        who = story.who("employer", jobs.EMPLOYER, "jp") if node == "jp" else story.who("promoter_manager", jobs.PROMOTER)
        return actions.declare_costs(actor=who, case_id=story.case_id, lines=lines, at=at(step))


def counting(story):
    """What counts on each node: the lines, and the hash confirmed."""
    found = []
    for node in ("pk", "jp"):
        with story.on(node):
            found.append((story.lines_hash(), story.offer().costs_hash))
    return found


@pytest.mark.django_db
def test_the_employer_declares_on_its_own_node_and_the_worker_confirms_all_lines_together(settings):
    story = both(two_nodes(settings)).go("terms_confirmed")
    declare(story, "jp", [FLIGHT])
    story.corridor.exchange(at=at("costs_declared"))
    with story.on("pk"):
        worker = story.people["worker"]
        assert not Waiting.objects.filter(task="contracts.confirm_costs", closed_at=None).exists()
        assert Waiting.objects.filter(task="contracts.declare_costs", closed_at=None).exists()
        with pytest.raises(Refused) as wrong:
            actions.confirm_costs(
                actor=worker, case_id=story.case_id, lines_hash_seen=story.lines_hash(), alone=True, at=at("costs_declared")
            )
        assert codes(wrong) == ["costs_not_declared"]
        assert papers_of(story.who("promoter_manager", jobs.PROMOTER), story.case_id).lines == [FLIGHT]
    story.go("costs_confirmed")
    every = lines_hash([FLIGHT, CHARGE])
    assert counting(story) == [(every, every)] * 2
    for node in ("pk", "jp"):
        with pytest.raises(Refused) as wrong:
            declare(story, node, [], "costs_confirmed")
        assert codes(wrong) == ["wrong_state"]


@pytest.mark.django_db
def test_a_declaration_that_crosses_the_workers_yes_counts_on_neither_node(settings):
    story = both(two_nodes(settings)).go("terms_confirmed")
    declare(story, "jp", [FLIGHT])
    story.corridor.exchange(at=at("costs_declared"))
    story.go("costs_declared")
    declare(story, "jp", [])
    with story.on("pk"):
        seen = {"lines_hash_seen": story.lines_hash(), "alone": True, "at": at("costs_confirmed")}
        actions.confirm_costs(actor=story.people["worker"], case_id=story.case_id, **seen)
    for node in ("pk", "jp"):
        story.corridor.deliver(node, at=at("costs_confirmed"))
    assert [[one.code for one in wrong.refusals] for _type, wrong in story.corridor.refused] == [["wrong_state"]]
    every = lines_hash([FLIGHT, CHARGE])
    assert counting(story) == [(every, every)] * 2


@pytest.mark.django_db
def test_the_sending_node_asks_the_law_again_and_takes_no_word_in_anothers_name(settings):
    story = both(two_nodes(settings)).go("costs_declared")
    declare(story, "jp", [FLIGHT])
    with story.on("jp"):
        entry = OutboxEntry.objects.filter(type="journey.stage/1", content__step="costs_declared").get()
        statement = told(entry, "jp", "pk")
    over = {"code": CHARGE.code, "money": {"amount": 1_500_100, "currency": "PKR"}, "payer": "worker", "payee": "promoter"}
    forged = [
        (statement.data | {"details": {"lines": [over | {"basis": "x"}]}}, "over_ceiling"),
        (statement.data | {"acting": jobs.PROMOTER, "details": {"lines": []}}, "not_own_case"),
    ]
    with story.on("pk"):
        for data, expected in forged:
            with pytest.raises(Refused) as wrong:
                actions.mirror_step(actor=mailroom("pk"), statement=replace(statement, data=data), at=at("costs_declared"))
            assert codes(wrong) == [expected]
        assert CostDeclaration.objects.filter(replaced_at=None).count() == 1
