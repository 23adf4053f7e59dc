"""A demand over the real statements: filed in Japan, attested, permitted and published in Pakistan, known on both nodes."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.models import Waiting
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand, DemandPapers, DemandStep, Vacancy
from tests.make import jobs as make
from tests.make.nodes import Nodes, Outcome
from tests.make.organisations import long_licensed
from tests.make.people import actor

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture
def nodes(settings):
    both = Nodes(settings, make.RECEIVERS)
    long_licensed()
    return both


def test_stations_one_to_four(nodes):
    with nodes.at("jp"):
        filed = make.demand()
    assert nodes.carry(at=AT) == [Outcome("demand.published/1"), Outcome("demand.published/1")]

    here = Demand.objects.get()
    assert (here.pk, here.home, here.state, here.terms_hash) == (filed.pk, "jp", "filed", filed.terms_hash)
    waiting = Waiting.objects.get()
    assert (waiting.task, waiting.holder_body) == ("jobs.attest_demand", "CWA")
    actions.attest_demand(actor=actor("attache"), demand_id=here.pk, at=AT)
    permitted = actions.permit_demand(actor=make.protector(), demand_id=here.pk, places=10, at=AT)
    published = make.vacancy(of=permitted, places=10)
    assert [one.kind for one in nodes.carry(at=AT)] == ["demand_attested", "demand_permitted", "vacancy_published"]

    with nodes.at("jp"):
        there = Demand.objects.get()
        assert (there.home, there.state, there.permission_no) == ("jp", "permitted", permitted.permission_no)
        assert (there.permitted_until, there.permitted_places) == (permitted.permitted_until, 10)
        vacancy = Vacancy.objects.get()
        assert (vacancy.pk, vacancy.home, vacancy.places, vacancy.closes_on) == (published.pk, "pk", None, published.closes_on)
        assert list(DemandStep.objects.values_list("step", "home")) == [
            ("demand_filed", "jp"), ("demand_attested", "pk"), ("demand_permitted", "pk"), ("vacancy_published", "pk"),
        ]  # fmt: skip
    assert DemandPapers.objects.get().bodies == ["CWA", "EMB_PK_TOKYO", "PROTECTOR", "CONTACT_PK", make.PROMOTER]
    assert permitted.permitted_until == dt.date(2027, 3, 26)
