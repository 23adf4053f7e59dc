"""Two offers at once for the last place of a demand: one is made, the other is told that there is none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from rahdari.base.refusal import Refused
from rahdari.domain.contracts import actions
from rahdari.domain.jobs.actions import permit_demand
from rahdari.domain.placements.actions import decisions
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.interviews import selected_before
from tests.make import jobs
from tests.make import placements as make


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once(monkeypatch):
    demand = jobs.demand("attested")
    permit_demand(actor=jobs.protector(), demand_id=demand.pk, places=1, at=make.AT)
    vacancy = jobs.vacancy(places=1, of=demand)
    cases = [make.applied(vacancy)[1] for _ in range(2)]
    for case in cases:
        make.set_interview(make.nominate(case), jobs.promoter(), paper=jobs.paper())
    both = Barrier(2, timeout=1)

    def counted(case):
        number = selected_before(case)
        try:
            both.wait()  # where nothing holds them apart, both have counted before either is selected
        except BrokenBarrierError:
            pass
        return number

    monkeypatch.setattr(decisions, "selected_before", counted)

    def offer(case):
        told = {"employer_signed_on": date(2026, 12, 8), "paper": jobs.paper(make.AFTER), "at": make.AFTER}
        try:
            return actions.offer_employment(actor=jobs.promoter(), case_id=case.pk, **told).state
        except Refused as refused:
            return [one.code for one in refused.refusals]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(offer, cases))
    assert sorted(map(str, told)) == ["['over_places']", "offered"]
    assert Case.objects.filter(state="selected").count() == 1
