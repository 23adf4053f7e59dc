"""The line of all cases in figures: what is counted, on both nodes alike, and what anyone is told of it."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rahdari.base.actor import stranger
from rahdari.base.clock import day_at, now
from rahdari.base.reference import shipped_book
from rahdari.domain.dashboards.queries import band_of, line_figures
from rahdari.domain.dashboards.queries.counting import count_line
from rahdari.domain.dashboards.rules.funnel import ALL, ENDED, HERE, OF_CASES, PAPER, PASSED, WHY, waits_at
from rahdari.domain.placements.actions import declare_ranking, refuse_application, withdraw_application
from rahdari.domain.placements.rules.cases import OVER
from tests.make import jobs
from tests.make import placements as make
from tests.make.thread import alone, both, on
from tests.make.two_nodes import two_nodes

BOOK = shipped_book()
CLOCKS = BOOK.rows("line_clocks")
CARE = "NURSING_CARE"
YEAR = {"since": on("demand_filed"), "until": on("work_begun")}


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def counted(node="pk", **days):
    return count_line(node, CLOCKS, **(YEAR | days))


class TestTheRules:
    def test_a_case_waits_at_the_next_station_its_route_always_has(self):
        assert [waits_at("oep", passed, OF_CASES["pk"]) for passed in (5, 7, 11, 17, 18, 19)] == [7, 8, 12, 18, 19, None]
        assert waits_at("inside", 12, OF_CASES["pk"]) == 17
        assert waits_at("professional", 5, OF_CASES["pk"]) == 8

    def test_japans_node_counts_from_the_nomination(self):
        assert (OF_CASES["pk"][0], OF_CASES["jp"][0]) == (5, 7)


@pytest.mark.django_db
def test_one_case_is_counted_at_each_station_alike_on_both_nodes(settings):
    story, found = both(two_nodes(settings)).go("work_begun"), {}
    for node in ("pk", "jp"):
        with story.on(node):
            found[node] = counted(node)
    shared = [no for no in OF_CASES["jp"] if no < 18]
    for of_field in (CARE, ALL):
        assert [found["pk"].counts.cells.get((of_field, PASSED, no)) for no in (1, 2, 3, 4, 5, *shared)] == [1] * (
            5 + len(shared)
        )
        for no in (1, 2, 3, 4, *shared):
            key = (of_field, PASSED, no)
            assert found["pk"].counts.cells[key] == found["jp"].counts.cells[key], no
        assert found["pk"].counts.cells[of_field, HERE, 18] == found["jp"].counts.cells[of_field, HERE, 18] == 1
    days = {no: (on("coe_issued") - on("contract_signed")).days for no in (12,)}
    days |= {13: (on("visa_issued") - on("coe_issued")).days, 17: (on("work_begun") - on("arrived")).days}
    for no, long in days.items():
        assert found["pk"].medians[CARE, no] == found["jp"].medians[CARE, no] == (1, long)
    for code, began in (("DEMAND_DEPARTURE", "demand_filed"), ("CONTRACT_DEPARTURE", "contract_signed")):
        long = (on("departed") - on(began)).days
        assert found["pk"].clocks[CARE, code] == found["jp"].clocks[ALL, code] == (1, long)


@pytest.mark.django_db
def test_a_step_from_paper_is_counted_apart_and_days_outside_are_not_counted():
    alone().go("arrived")
    cells = counted().counts.cells
    from_paper = {no for no in OF_CASES["pk"] if cells.get((CARE, PAPER, no))}
    assert from_paper == {8, 9, 12, 13, 16} and cells[CARE, PASSED, 14] == 1 and not cells[CARE, PAPER, 14]
    later = counted(since=on("coe_issued"), until=on("coe_issued"))
    assert [no for no in OF_CASES["pk"] if later.counts.cells.get((CARE, PASSED, no))] == [12]
    assert later.clocks == {}
    before = counted(since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31))
    assert not [key for key, number in before.counts.cells.items() if number and key[1] in (PASSED, ENDED, WHY)]


@pytest.fixture
def many(db):
    """Six who applied and wait, seven named to the employer (the last of them two, four … days later), six who took it back."""
    of = jobs.demand("permitted", at=make.AT, places=40)
    vacancy = jobs.vacancy(of=of, places=40, at=make.AT)

    def more(waiting=0, named=0, withdrawn=0, refused=0):
        if refused:  # only by a criterion that was declared before anybody applied
            told = {"vacancy_id": vacancy.pk, "criteria": [("japanese", 100)], "at": make.AT}
            declare_ranking(actor=jobs.promoter(), **told)
        for _ in range(waiting):
            make.applied(vacancy, at=make.AT)
        for n in range(named):
            make.nominate(make.applied(vacancy, at=make.AT)[1], at=make.AT + dt.timedelta(days=2 * n))
        for _ in range(withdrawn):
            worker, case = make.applied(vacancy, at=make.AT)
            withdraw_application(actor=worker, case_id=case.pk, at=make.AT)
        for _ in range(refused):
            _worker, case = make.applied(vacancy, at=make.AT)
            refuse_application(actor=jobs.promoter(), case_id=case.pk, criterion="japanese", at=make.AT)

    return more


def seen(of_field=ALL, days=30):
    return line_figures(stranger("pk"), BOOK, of_field, make.AT.date() + dt.timedelta(days=days))


def at_station(figures, no):
    one = next(one for one in figures.stations if one.no == no)
    return one.passed, one.here, one.ended, one.median_days


class TestWhatAnyoneIsTold:
    def test_numbers_of_five_and_more_with_their_median(self, many):
        many(waiting=6, named=7, withdrawn=6)
        for of_field in (ALL, CARE):
            figures = seen(of_field)
            assert at_station(figures, 5) == (19, 0, 0, None)
            assert at_station(figures, 7) == (7, 6, 6, 6)
            assert at_station(figures, 8)[1] == 7
            assert (figures.here, figures.ended) == (13, 6)
            assert {one.code: one.number for one in figures.whys if one.number} == {"withdrawn": 6}

    def test_no_small_number_and_none_that_gives_it_away(self, many):
        many(waiting=6, named=3, withdrawn=6)
        for of_field in (ALL, CARE):
            figures = seen(of_field)
            assert at_station(figures, 7)[0] is None and at_station(figures, 7)[3] is None
            told = [at_station(figures, 5)[0], at_station(figures, 7)[1], at_station(figures, 7)[2]]
            assert None in told, "who applied, less who waits and who ended, are those who were named"
            assert figures.hides

    def test_an_unknown_field_stands_for_all_and_another_has_noughts(self, many):
        many(named=6)
        assert seen("NO_SUCH").of_field == ALL
        assert at_station(seen("AGRICULTURE"), 7) == (0, 0, 0, None)

    def test_two_ways_of_ending_where_one_is_small_are_both_left_out(self, many):
        many(waiting=6, withdrawn=6, refused=2)
        figures = seen()
        assert {one.code: one.number for one in figures.whys if one.number != 0} == {"withdrawn": None, "refused": None}

    def test_costs_the_same_with_one_case_and_with_many(self, many):
        costs = []
        for more in ({"named": 1}, {"waiting": 5, "named": 4, "withdrawn": 2}):
            many(**more)
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                seen()
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 16

    def test_is_kept_for_some_minutes(self, many):
        many(named=6)
        told = seen()
        many(waiting=6)
        with CaptureQueriesContext(connection) as asked:
            assert seen().here == told.here == 6
        assert len(asked) == 1
        cache.clear()
        assert seen().here == 12

    def test_the_band_is_as_wide_as_the_numbers_that_are_told(self, many):
        many(named=6)
        band = band_of(seen())
        first = [tuple(map(float, one.split(","))) for one in band.lying.split()]
        halves = {x: abs(50 - y) for x, y in first}
        assert halves[0] == halves[100] == 46 and halves[200] < 1
        assert [one.no for one in band.stations] == [no for no in OF_CASES["pk"] if no <= 17]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ur", "ja"])
@pytest.mark.parametrize("node", ["pk", "jp"])
def test_anyone_reads_the_page_on_both_nodes(client, settings, language, node):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = node, {"pk": "jp", "jp": "pk"}[node]
    answer = client.get(f"/{language}/figures/?field={CARE}")
    assert answer.status_code == 200 and "<table" in answer.content.decode() and 'class="flow"' in answer.content.decode()
    assert len(re.findall(r'<li class="(?:pk|jp)"><span class="no">', answer.content.decode())) == (12 if node == "pk" else 11)
    assert answer.content.decode().count("selected") >= 1


def test_page_table_and_program_say_the_same(client, many):
    many(waiting=6, named=7, withdrawn=2)
    figures = line_figures(stranger("pk"), BOOK, CARE, day_at(now(), "pk"))
    told = client.get(f"/api/figures/line?field={CARE}").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/en/figures/line.csv?field={CARE}").content.decode("utf-8-sig"))))
    assert [one["passed"] for one in told["stations"]] == [one.passed for one in figures.stations]
    assert [one["passed"] for one in rows][: len(figures.stations)] == [
        "" if one.passed is None else str(one.passed) for one in figures.stations
    ]
    assert (told["least"], told["node"], told["field"]) == (5, "pk", CARE)
    whys = {one["how"]: one["number"] for one in told["ended_by"]}
    assert set(whys) == set(OVER) and whys["withdrawn"] is None
    text = text_of(client.get(f"/en/figures/?field={CARE}"))
    assert "not published" in text and "Definitions" in text


@pytest.mark.parametrize("asked", ["%27", "x" * 5000, "%00", "NURSING_CARE%27--"])
def test_a_field_that_is_none_is_no_fault(client, db, asked):
    assert client.get(f"/en/figures/?field={asked}").status_code == 200
    assert client.get(f"/api/figures/line?field={asked}").status_code in (200, 422)
