"""The public portal: searching in three languages, filters, order, pages, what is said when nothing is found; the map."""

from __future__ import annotations

import html
import re

import pytest
from django.db.models import QuerySet

from rahdari.base.clock import now
from rahdari.domain.jobs.models import Listing
from rahdari.domain.jobs.queries import search as searching
from rahdari.domain.jobs.queries.places import places_of
from rahdari.domain.jobs.queries.search import Asked, matching, search
from tests.make import jobs as make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def found_by(client, language="en", **asked):
    answer = client.get(f"/{language}/jobs/", asked)
    assert answer.status_code == 200
    return set(re.findall(r'<a href="/\w\w/jobs/([0-9a-f-]{36})/">', answer.content.decode()))


@pytest.fixture
def published():
    """Three vacancies: nursing care in Niigata, a truck in Osaka with less pay and no test, farm work in Sapporo."""
    at = now()
    terms = make.TERMS | {"pay_basic": {"amount": 240_000, "currency": "JPY", "per": "month"}}
    truck = {"field": "AUTO_TRANSPORT", "duty": "TRUCK", "prefecture": "27", "tests": [], "terms": terms}
    farm = {"field": "AGRICULTURE", "duty": "CROP", "prefecture": "01", "municipality": "011002", "tests": ["JFT_BASIC"]}
    employer = {"employer": "jp:org:aozora", "employer_name": "Aozora Nouen (invented)"}
    return {
        "care": str(make.vacancy(at=at).pk),
        "truck": str(make.vacancy(at=at, **truck).pk),
        "farm": str(make.vacancy(at=at, **farm, **employer).pk),
    }


WORDS = [
    ("care", "nursing care niigata"), ("care", "nursng niigta"), ("care", "نرسنگ نیگاتا"), ("care", "新潟の介護職"), ("care", "かいご"),
    ("truck", "truck driver"), ("truck", "ٹرک ڈرائیور اوساکا"), ("truck", "トラック運転手"), ("truck", "transportaton osaka"),
    ("farm", "sapporo"), ("farm", "さっぽろ"), ("farm", "札幌市 農業"), ("farm", "ساپورو"), ("farm", "aozora"), ("farm", "azoora nouen"),
]  # fmt: skip


NARROWED = [
    ("truck care farm", {}),
    ("care", {"field": "NURSING_CARE"}),
    ("farm", {"prefecture": "01"}),
    ("truck", {"pay_from": "200000"}),
    ("truck", {"pay_from": "۲۰۰۰۰۰"}),
    ("truck", {"test": "none"}),
    ("truck care farm", {"open_on": "2000-01-01"}),
    ("truck care farm", {"open_on": "2026-02-31"}),
    ("", {"open_on": "2199-12-31"}),
    ("", {"open_on": "۲۱۹۹-۱۲-۳۱"}),
    ("care farm", {"test": "any"}),
    ("truck care farm", {"route": "oep"}),
    ("", {"route": "direct"}),
    ("truck care farm", {"level": "A2"}),
    ("", {"level": "A1"}),
    ("truck", {"level": "A2", "q": "osaka"}),
    ("truck care farm", {"field": "NO_SUCH", "prefecture": "99", "pay_from": "many", "page": "x", "order": "x"}),
]
RUBBISH = ["' or 1=1 --", "<script>alert(1)</script>", "\x00", "%", "a" * 5_000, "東" * 500, "🙂", "ن" * 300]


class TestSearch:
    def test_finds_by_words_of_three_languages_well_and_badly_typed(self, client, published):
        found = {(wanted, line): found_by(client, q=line) for wanted, line in WORDS}
        assert found == {(wanted, line): {published[wanted]} for wanted, line in WORDS}

    def test_narrows_by_every_filter_and_leaves_out_what_nobody_knows(self, client, published):
        found = [found_by(client, **asked) for _, asked in NARROWED]
        assert found == [{published[name] for name in wanted.split()} for wanted, _ in NARROWED]

    def test_orders_as_asked(self, client, published):
        for order, first in (("newest", "farm"), ("pay", "truck")):
            page = client.get("/en/jobs/", {"order": order}).content.decode()
            assert page.index(published[first]) == min(page.index(one) for one in published.values())

    def test_says_how_a_word_was_read_and_leads_to_the_search_without_it(self, client, published):
        page = client.get("/en/jobs/", {"q": "nursng niigata"})
        assert "nursng : perhaps Nursing care" in text_of(page)
        assert 'href="?q=niigata"' in page.content.decode()

    def test_says_honestly_that_a_work_is_no_field_of_the_corridor(self, client, published):
        assert "software engineer : this work is no field of the corridor" in text_of(client.get("/en/jobs/?q=software+engineer"))

    def test_says_when_nothing_answers_and_keeps_what_was_typed(self, client, published):
        for language in ("en", "ur", "ja"):
            page = client.get(f"/{language}/jobs/", {"q": "railway okinawa"}).content.decode()
            assert 'value="railway okinawa"' in page and 'class="empty"' in page and published["care"] not in page

    def test_gives_htmx_only_what_was_found(self, client, published):
        whole, part = client.get("/en/jobs/?q=care"), client.get("/en/jobs/?q=care", headers=HTMX)
        assert part.content.decode().startswith('<section id="found"') and "<html" not in part.content.decode()
        assert part.content.decode().strip() in whole.content.decode()
        assert "HX-Request" in part["Vary"] and "HX-Request" in whole["Vary"]

    def test_takes_rubbish_for_words_nobody_knows(self, client, published):
        for line in RUBBISH:
            page = client.get("/en/jobs/", {"q": line})
            assert page.status_code == 200 and "<script>alert" not in page.content.decode()

    def test_finds_no_vacancy_whose_day_has_passed(self, client, published):
        before = found_by(client)
        QuerySet(Listing).filter(vacancy=published["care"]).update(closes_on=make.days(-1, now()))
        assert before - found_by(client) == {published["care"]}

    def test_finds_what_is_still_open_on_a_day_and_counts_it_the_same_everywhere(self, client, published, monkeypatch):
        last, next_day = make.days(9, now()), make.days(10, now())
        QuerySet(Listing).filter(vacancy=published["care"]).update(closes_on=last)
        others = {published["truck"], published["farm"]}
        assert found_by(client, open_on=last.isoformat()) == others | {published["care"]}
        asked = {"open_on": next_day.isoformat()}
        assert found_by(client, **asked) == others
        assert client.get("/api/vacancies", asked).json()["total"] == 2
        assert len(client.get("/api/vacancy-places", asked).json()["prefectures"]) == 2
        page = client.get("/en/jobs/places/", asked).content.decode()
        assert f'name="open_on" value="{asked["open_on"]}"' in page and "2 vacancies" in page and "open on" in page
        assert matching(Asked(**asked), on=make.days(0, now())).count() == 2
        monkeypatch.setattr(searching, "MOST", 1)  # many: the list is walked in its order
        assert {str(one.vacancy_id) for one in search(Asked(**asked), on=make.days(0, now())).rows} == others


class TestPrograms:
    def test_tells_programs_the_same(self, client, published):
        told = client.get("/api/vacancies", {"q": "nursng niigata", "level": "A2"}).json()
        assert [one["id"] for one in told["vacancies"]] == [published["care"]] and told["total"] == 1
        assert told["words"][0] == {"typed": "nursng", "how": "typo", "meant": ["f:NURSING_CARE"]}
        counted = {one["prefecture"]: one["vacancies"] for one in client.get("/api/vacancy-places").json()["prefectures"]}
        assert counted == {"15": 1, "27": 1, "01": 1}

    def test_refuses_what_is_no_code_and_says_where(self, client):
        for name, value in (
            ("field", "NO_SUCH"),
            ("level", "Z9"),
            ("order", "best"),
            ("open_on", "soon"),
            ("pay_from", "-1"),
            ("page", "x"),
        ):
            answer = client.get("/api/vacancies", {name: value})
            assert answer.status_code == 422 and name in str(answer.json()["errors"]), name


class TestPages:
    def test_lead_on_with_the_search_kept(self, client):
        demand = make.demand("permitted", at=now(), places=25)
        for _ in range(21):
            make.vacancy(at=now(), of=demand, places=1)
        first = client.get("/en/jobs/", {"q": "nursing", "order": "pay"}).content.decode()
        assert "21 vacancies" in first and 'href="?q=nursing&amp;order=pay&amp;page=2" rel="next"' in first
        assert len(found_by(client, q="nursing", order="pay", page=2)) == 1
        assert len(found_by(client, q="nursing", page=99)) == 1


class TestMap:
    def test_counts_by_prefecture_in_tiles_and_table(self, client, published):
        page = client.get("/en/jobs/places/")
        told = page.content.decode()
        assert told.count("<rect x=") >= 47 and "<title>Osaka: 1</title>" in told and "<title>Nara: 0</title>" in told
        assert re.search(r'<th scope="row"><a href="/en/jobs/\?prefecture=27">Osaka</a></th>', told)

    def test_counts_only_what_answers_the_search(self, client, published):
        told = client.get("/ja/jobs/places/", {"q": "トラック", "prefecture": "01"}).content.decode()
        assert "<title>大阪府: 1</title>" in told and "<title>北海道: 0</title>" in told

    def test_says_when_there_is_nothing(self, client):
        assert "No prefecture has an open vacancy" in client.get("/en/jobs/places/").content.decode()


def test_the_map_and_kept_searches_count_what_the_list_finds_of_names_nearly_so(published):
    asked, on = Asked(q="azora nouen"), make.days(0, now())
    found = search(asked, on=on)
    assert [str(one.vacancy_id) for one in found.rows] == [published["farm"]] and found.nearer
    assert [str(one.vacancy_id) for one in matching(asked, on=on)] == [published["farm"]]
    assert [(one.code, one.vacancies) for one in places_of(asked, on=on).table] == [("01", 1)]
