"""A demand over the real statements: filed in Japan, attested, permitted and published in Pakistan, known on both nodes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.ids import new_id
from rahdari.base.models import Waiting
from rahdari.base.work import unit_of_work
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


@pytest.fixture
def published(nodes):
    """A vacancy that both nodes know, with one applicant of whom Japan's has not heard."""
    with nodes.at("jp"):
        make.demand()
    nodes.carry(at=AT)
    here = Demand.objects.get()
    actions.attest_demand(actor=actor("attache"), demand_id=here.pk, at=AT)
    vacancy = make.vacancy(of=actions.permit_demand(actor=make.protector(), demand_id=here.pk, at=AT))
    nodes.carry(at=AT)
    with unit_of_work("placements.file_application", actor=make.promoter(), at=AT) as unit:
        actions.count_applicant(actor=unit.actor, vacancy_id=vacancy.pk, at=AT)
        unit.about(vacancy)
    return vacancy


@pytest.mark.parametrize(("language", "word"), [("en", "closed"), ("ur", "بند"), ("ja", "募集終了")])
def test_a_vacancy_that_was_closed_is_shown_closed_on_the_other_side(nodes, published, client, language, word):
    actions.close_vacancy(actor=make.promoter(), vacancy_id=published.pk, at=AT)
    assert nodes.carry(at=AT) == [Outcome("vacancy_closed")]
    with nodes.at("jp"), override(language):
        there = Vacancy.objects.get()
        assert (there.state, there.closed_on, there.applicants, there.version) == ("closed", dt.date(2026, 11, 25), 1, 2)
        step = DemandStep.objects.get(step="vacancy_closed")
        assert (step.home, step.vacancy, step.acting) == ("pk", there, make.PROMOTER)
        assert f'<span class="lz shut">{word}</span>' in client.get(reverse("jobs.see_vacancy", args=[there.pk])).content.decode()
        listed = client.get(reverse("jobs.see_vacancies")).content.decode()
        assert reverse("jobs.see_vacancy", args=[there.pk]) not in listed


def test_a_closing_is_taken_up_once_and_only_for_a_vacancy_of_that_demand(nodes, published):
    actions.close_vacancy(actor=make.promoter(), vacancy_id=published.pk, at=AT)
    told = nodes.said("pk", "journey.stage/1")
    for wrong in (replace(told, thread=new_id()), replace(told, data=told.data | {"id": str(new_id())})):
        assert nodes.hear(wrong, at=AT) == Outcome("vacancy_closed", ("missing",))
    with nodes.at("jp"):
        assert Vacancy.objects.get().state == "open"
    assert nodes.hear(told, at=AT) == Outcome("vacancy_closed")
    assert nodes.hear(told, at=AT) == Outcome("vacancy_closed", ("wrong_state",))
