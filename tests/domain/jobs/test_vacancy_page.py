"""The page of one vacancy: what reaches the worker, what it costs, the odds, who recruits; and what search engines read."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest
from django.db.models import QuerySet

from rahdari.base.clock import day_at, now
from rahdari.base.money import Money
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.queries.vacancy import dots_of
from rahdari.domain.jobs.rules.pay import net_a_month
from rahdari.domain.jobs.rules.posting import as_json
from rahdari.domain.placements.models import Case, Decision
from rahdari.domain.placements.queries.odds import odds_of
from tests.make import jobs as make

EVIL = "</script><script>alert(1)</script> & Sons \u2028 (invented)"


def page_of(client, vacancy, language="en"):
    answer = client.get(f"/{language}/jobs/{vacancy.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :])).split())


def posting_in(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


class TestNet:
    def test_adds_allowances_and_takes_deductions_and_rent(self):
        assert net_a_month(make.TERMS) == Money("JPY", 198_000 + 20_000 - 46_800 - 24_000)

    def test_is_not_guessed_for_pay_by_the_hour_or_two_currencies(self):
        by_hour = make.TERMS["pay_basic"] | {"per": "hour"}
        abroad = [{"code": "other", "money": {"amount": 1, "currency": "USD"}, "basis": "x"}]
        assert net_a_month(make.TERMS | {"pay_basic": by_hour}) is None
        assert net_a_month(make.TERMS | {"allowances": abroad}) is None


def test_no_sign_of_the_posting_can_end_its_element():
    written = as_json({"name": EVIL})
    assert not set("<>&\u2028") & set(written) and json.loads(written) == {"name": EVIL}


@pytest.mark.parametrize(
    ("applicants", "places", "dots", "placed"), [(0, 12, 0, 0), (31, 12, 31, 12), (5, None, 0, 0), (61, 2, 0, 0)]
)
def test_applicants_are_drawn_as_dots_as_long_as_they_can_be_counted(applicants, places, dots, placed):
    drawn = dots_of(applicants, places)
    assert (len(drawn), sum(one.placed for one in drawn)) == (dots, placed)


@pytest.mark.django_db
class TestPage:
    def test_says_what_one_earns_pays_needs_and_who_recruits(self, client):
        vacancy = make.vacancy(at=now())
        told = text_of(page_of(client, vacancy))
        for words in (
            "JP¥147,200 a month reach your account (estimate)", "A Japanese worker doing the same is paid: JP¥198,000",
            "The worker pays nothing.", "No norm finds anything against these costs.", "Japanese A2", "nobody selected yet",
            "Field: open", "Overseas employment promoter", "valid licence", "From here to the workplace",
            "fewer than 5 were made in a year",
        ):  # fmt: skip
            assert words in told, words

    def test_says_what_the_law_finds_against_a_cost(self, client):
        vacancy = make.vacancy(at=now())
        QuerySet(Vacancy).filter(pk=vacancy.pk).update(costs=[make.cost(2_000_000, payer="worker").told()])
        told = text_of(page_of(client, vacancy))
        assert "is what the worker pays in all" in told and "15,000" in told and "The worker pays nothing." not in told

    @pytest.mark.parametrize(
        ("route", "words"), [("oec", "A corporation of the state recruits"), ("direct", "Nobody stands between")]
    )
    def test_says_who_needs_no_licence(self, client, route, words):
        vacancy = make.vacancy(at=now())
        QuerySet(Demand).filter(pk=vacancy.demand_id).update(route=route, promoter="OEC" if route == "oec" else "")
        assert words in text_of(page_of(client, vacancy))

    def test_is_a_posting_for_search_engines_while_it_is_open(self, client):
        vacancy = make.vacancy(at=now())
        for language, title, region in (("en", "Nursing care", "Niigata"), ("ja", "介護", "新潟県")):
            told = posting_in(page_of(client, vacancy, language))
            assert (told["@type"], told["title"], told["inLanguage"]) == ("JobPosting", title, language)
            assert told["jobLocation"]["address"] == {
                "@type": "PostalAddress", "addressCountry": "JP", "addressRegion": region,
            }  # fmt: skip
        assert told["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 198_000, "unitText": "MONTH"}
        assert told["validThrough"] == f"{vacancy.closes_on}T23:59:59+05:00" and told["totalJobOpenings"] == 12
        QuerySet(Vacancy).filter(pk=vacancy.pk).update(closes_on=make.days(-1, now()))
        closed = page_of(client, vacancy)
        assert "ld+json" not in closed and 'content="noindex"' in closed

    def test_lets_no_name_break_out_of_the_posting(self, client):
        vacancy = make.vacancy(at=now(), employer_name=EVIL, employer="jp:org:evil")
        page = page_of(client, vacancy)
        assert "<script>alert" not in page and posting_in(page)["hiringOrganization"]["name"] == EVIL


@pytest.mark.django_db
class TestOdds:
    def _decided(self, vacancy, number, *, state, days):
        case = Case(
            home="pk", level="public", number=f"C-{number}", person=f"00000000-0000-7000-8000-{number:012}", demand=vacancy.demand,
            vacancy=vacancy, route="oep", employer=make.EMPLOYER, name="Invented Person", state=state, opened_at=now(),
        )  # fmt: skip
        on = vacancy.published_on + dt.timedelta(days=days)
        told = Decision(home="jp", level="public", case=case, outcome=state, on=on, decided_at=now())
        QuerySet(Case).bulk_create([case])
        QuerySet(Decision).bulk_create([told])

    def test_tell_no_wait_and_no_number_that_points_at_a_person(self):
        vacancy, today = make.vacancy(at=now()), day_at(now(), "pk")
        assert (odds_of(vacancy, today).selected, odds_of(vacancy, today).wait) == (0, None)
        for number in range(4):
            self._decided(vacancy, number, state="selected", days=10)
        assert (odds_of(vacancy, today).selected, odds_of(vacancy, today).wait) == (None, None)

    def test_tell_the_median_of_five_decisions_and_more(self):
        vacancy, today = make.vacancy(at=now()), day_at(now(), "pk")
        for number, days in enumerate((10, 20, 30, 40, 90)):
            self._decided(vacancy, number, state="selected", days=days)
        assert (odds_of(vacancy, today).selected, odds_of(vacancy, today).wait) == (5, 30)
        later = today + dt.timedelta(days=500)
        assert odds_of(vacancy, later).wait is None
