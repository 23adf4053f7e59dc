"""Taking up: several statements in one unit, each with its own outcome; a fault of one holds up its own thread alone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import DataError

from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry
from rahdari.base.refusal import Refusal, Refused
from rahdari.domain.exchange.actions import take_up
from rahdari.domain.exchange.actions.taking_up import TOGETHER
from rahdari.domain.exchange.models import Told
from tests.make.exchange import Corridor

pytestmark = pytest.mark.django_db
TYPE = "field.status/1"


class Packages:
    """Receives everything, and notes the order; what `acts` says of a number is done at it."""

    def __init__(self, acts=None):
        self.acts, self.heard = acts or {}, []

    def receiver_of(self, statement):
        return self.receive

    def receive(self, *, actor, statement, at):
        number = statement.data["number"]
        act = self.acts.get(number)
        if act is not None:
            act()
        self.heard.append(number)

    def why_not_shape(self, type, data):
        return []

    def blobs_in(self, type, data):
        return [{"sealed": "0" * 64}] if data.get("file") else []

    def knows(self, type):
        return True


def refuses():
    raise Refused([Refusal("stale")])


def fails():
    raise RuntimeError("a fault of the package")


def spoils():
    raise DataError("a value the database does not take")


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


def arrive(corridor, count, thread=None, first=1):
    return [corridor.arrives(TYPE, {"number": number}, thread=thread or uuid4()) for number in range(first, first + count)]


def states():
    return list(Told.objects.order_by("seq").values_list("state", flat=True))


def entries():
    return AuditEntry.objects.filter(verb="exchange.take_up")


def outcomes():
    return [entry.content["outcome"] for entry in OutboxEntry.objects.filter(type="exchange.outcome/1").order_by("pk")]


def test_several_are_one_unit_with_an_outcome_each(corridor):
    packages = Packages()
    told = arrive(corridor, 5)
    before = entries().count()
    assert take_up(corridor.partner.node, packages) == 5
    assert packages.heard == [1, 2, 3, 4, 5]
    assert states() == ["taken_up"] * 5 == outcomes()
    assert entries().count() == before + 1
    told_of = entries().latest("pk").facts["statements"]
    assert [(one["statement"], one["outcome"]) for one in told_of] == [(str(one.statement), "taken_up") for one in told]


def test_one_that_is_refused_undoes_what_went_with_it_and_each_is_taken_up_alone(corridor):
    packages = Packages({3: refuses})
    arrive(corridor, 5)
    before = entries().count()
    assert take_up(corridor.partner.node, packages) == 5
    assert states() == ["taken_up", "taken_up", "refused", "taken_up", "taken_up"] == outcomes()
    assert entries().count() == before + 5
    assert [one.facts["statements"][0]["reasons"] for one in entries().order_by("pk")[before:]] == [[], [], ["rule"], [], []]


def test_more_than_go_together_are_all_taken_up(corridor):
    packages = Packages()
    arrive(corridor, TOGETHER + 3)
    assert take_up(corridor.partner.node, packages) == TOGETHER + 3
    assert packages.heard == list(range(1, TOGETHER + 4))


def test_a_thread_is_taken_up_in_its_order(corridor):
    packages, thread = Packages(), uuid4()
    arrive(corridor, 2, thread)
    arrive(corridor, 1, first=3)
    arrive(corridor, 2, thread, first=4)
    assert take_up(corridor.partner.node, packages) == 5
    assert packages.heard == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("fault", [fails, spoils])
def test_a_fault_holds_up_its_own_thread_alone(corridor, fault):
    packages, thread = Packages({1: fault}), uuid4()
    arrive(corridor, 2, thread)
    arrive(corridor, 2, first=3)
    assert take_up(corridor.partner.node, packages) == 2
    assert states() == ["waiting", "waiting", "taken_up", "taken_up"]
    assert outcomes() == ["taken_up", "taken_up"]
    first = Told.objects.earliest("seq")
    assert (first.tries, first.next_try_at is not None) == (1, True)
    packages.acts = {}
    with time_machine.travel(now() + dt.timedelta(hours=1)):
        assert take_up(corridor.partner.node, packages) == 2
    assert packages.heard[-2:] == [1, 2]


def test_where_nothing_can_be_taken_up_no_entry_says_that_something_was(corridor):
    for _ in range(2):
        corridor.arrives(TYPE, {"number": 1, "file": True}, thread=uuid4())
    before = entries().count()
    assert take_up(corridor.partner.node, Packages()) == 0
    assert states() == ["waiting", "waiting"]
    told = [entry.facts for entry in entries().order_by("pk")[before:]]
    assert [one["outcome"] for one in told] == ["postponed", "postponed"]
