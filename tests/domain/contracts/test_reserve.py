"""The reserve list and the worker's no: who is called into which place, what is free, what the other side hears."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import Offer
from rahdari.domain.contracts.rules.offers import why_not_call
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.models import Case, Decision
from tests.make import jobs
from tests.make import timetables as make
from tests.make.two_nodes import two_nodes

AT = make.AT
STARTS = dt.datetime(2026, 12, 8, 5, 0, tzinfo=dt.UTC)
AFTER = STARTS + dt.timedelta(hours=3)
SIGNED = dt.date(2026, 12, 8)


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


@pytest.mark.parametrize(
    ("selected", "until", "found"),
    [
        (0, None, []),
        (1, None, []),
        (2, None, ["no_place"]),
        (1, SIGNED, ["permission_expired"]),
        (1, SIGNED + dt.timedelta(days=1), []),
        (2, SIGNED, ["no_place", "permission_expired"]),
    ],
)
def test_a_call_needs_a_place_and_a_permission(selected, until, found):
    assert [one.code for one in why_not_call(selected=selected, places=2, permitted_until=until, today=SIGNED)] == found


@pytest.mark.django_db
class TestTheReserveList:
    @pytest.fixture
    def corridor(self, settings):
        """Two interviewed candidates for one place: the first is offered it, the second stands on the reserve list."""
        corridor = make.named(two_nodes(settings), 2)
        with corridor.on("jp"):
            self.employer = jobs.employer()
            self.first, self.second = Case.objects.order_by("nomination__rank")
            demand = self.first.demand
            QuerySet(type(demand)).filter(pk=demand.pk).update(permitted_places=1)
            for number, case in enumerate((self.first, self.second)):
                starts_at = STARTS + dt.timedelta(hours=number)
                placements.set_interview(actor=self.employer, case_id=case.pk, starts_at=starts_at, place="link", at=AT)
            told = {"actor": self.employer, "at": AFTER}
            actions.offer_employment(case_id=self.first.pk, employer_signed_on=SIGNED, **told)
            placements.record_decision(case_id=self.second.pk, outcome="reserve", rank=1, **told)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            self.worker = actor_for(Person.objects.get(pk=Case.objects.get(pk=self.first.pk).worker), None)
        return corridor

    def call(self, case, who=None):
        return {"actor": who or self.employer, "case_id": case.pk, "employer_signed_on": SIGNED, "at": AFTER}

    def test_is_called_when_a_place_is_free_and_not_before(self, corridor):
        with corridor.on("jp"):
            assert refused_codes(actions.call_reserve, **self.call(self.second)) == ["no_place"]
            assert refused_codes(actions.call_reserve, **self.call(self.first))[0] == "wrong_state"
        with corridor.on("pk"):
            told = {"actor": self.worker, "case_id": self.first.pk, "at": AFTER}
            assert refused_codes(placements.withdraw_application, **told) == ["offer_stands"]
            actions.decline_offer(**told)
            assert Offer.objects.get().state == "declined" and Case.objects.get(pk=self.first.pk).state == "withdrawn"
            assert not Waiting.objects.filter(subject_id=str(self.first.pk), closed_at=None).exists()
            assert OutboxEntry.objects.get(type="placement.withdrawn/1").content["reason"] == "offer_declined"
            assert refused_codes(actions.decline_offer, **told) == ["wrong_state"]
        corridor.exchange(at=AFTER)
        with corridor.on("jp"):
            assert Offer.objects.get().state == "declined"
            assert refused_codes(actions.offer_employment, **self.call(self.second)) == ["wrong_state"]
            actions.call_reserve(**self.call(self.second))
            content = OutboxEntry.objects.filter(type="placement.decided/1").order_by("id").last().content
            assert (content["outcome"], content["from_reserve"]) == ("selected", True)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            assert Case.objects.get(pk=self.second.pk).state == "selected"
            assert Offer.objects.get(case=self.second.pk).state == "offered"

    def test_belongs_to_the_employer_and_the_no_to_the_worker(self, corridor):
        with corridor.on("jp"):
            with pytest.raises(Missing):
                actions.call_reserve(**self.call(self.second, Actor("jp", "employer", "jp:org:other", self.employer.person)))
            assert refused_codes(actions.decline_offer, actor=self.employer, case_id=self.first.pk, at=AFTER)
            third = {"actor": self.employer, "case_id": self.second.pk, "outcome": "reserve", "rank": 2, "at": AFTER}
            assert refused_codes(placements.record_decision, **third)[-1] == "wrong_state"
        with corridor.on("pk"):
            other = actor_for(Person.objects.get(pk=Case.objects.get(pk=self.second.pk).worker), None)
            with pytest.raises(Missing):
                actions.decline_offer(actor=other, case_id=self.first.pk, at=AFTER)
            assert Decision.objects.filter(outcome="reserve", rank=1).count() == 1
