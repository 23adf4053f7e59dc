"""Where a case stands: two clocks, what is missing, who holds it, how long others took; for each reader, on both nodes."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from rahdari.base.reference import shipped_book
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.models import Person
from rahdari.domain.jobs.rules.line import NEVER, ROUTES, STATION_OF, STATIONS, STEPS, passes
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD
from rahdari.domain.placements.actions import file_application
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import line_of
from rahdari.domain.placements.queries.pace import LOOKED_BACK, pace_at
from rahdari.domain.placements.queries.standing import standing_of
from rahdari.domain.placements.rules.standing import (
    NEEDED,
    SHOWS,
    UNDOES,
    clocks_of,
    first_days,
    missing_now,
    needed_on,
)
from rahdari.web.templatetags.look import coded, name, word
from tests.make import candidates, jobs, watches
from tests.make import placements as make
from tests.make.people import actor_as, sign_in, sign_in_as, worker
from tests.make.thread import TAKE, alone, at, both, on
from tests.make.two_nodes import two_nodes

CLOCKS = shipped_book().rows("line_clocks")
TODAY = dt.date(2026, 12, 1)
BEFORE_10 = [step for step, (station, passing, _) in STEPS.items() if passing and station < 10]


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestClocks:
    def days(self, **told):
        return [(one.began_on, one.ended_on, one.days, one.over) for one in clocks_of(CLOCKS, told, "oep", TODAY)]

    def test_the_second_begins_with_the_contract_and_both_end_with_the_departure(self):
        filed, signed, left = dt.date(2026, 9, 1), dt.date(2026, 11, 1), dt.date(2026, 11, 21)
        assert self.days() == [(None, None, None, 0)] * 2
        assert self.days(demand_filed=filed) == [(filed, None, 91, 1), (None, None, None, 0)]
        ended = self.days(demand_filed=filed, contract_signed=signed, departed=left)
        assert ended == [(filed, left, 81, 0), (signed, left, 20, 0)]

    def test_a_route_without_departure_has_none(self):
        routes = {route for route, has in ROUTES.items() if has[15] == NEVER}
        assert routes == {"inside", "remote"}
        assert all(clocks_of(CLOCKS, {}, route, TODAY) == [] for route in routes)

    def test_the_aim_is_a_row_that_held_on_the_day(self):
        row = dict(CLOCKS[0]) | {"valid_until": "2026-11-30"}
        later = dict(CLOCKS[0]) | {"target_days": "60", "valid_from": "2026-12-01"}
        rows = [type(CLOCKS[0])(one) for one in (row, later)]
        assert [one.aim for one in clocks_of(rows, {}, "oep", TODAY)] == [60]

    def test_counts_from_the_first_day_of_a_step(self):
        assert first_days([("coe_issued", TODAY), ("coe_issued", TODAY - dt.timedelta(days=9)), ("coe_filed", TODAY)]) == {
            "coe_issued": TODAY - dt.timedelta(days=9)
        }


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("steps", "missing"),
        [
            ([], ["terms_confirmed", "costs_declared", "costs_confirmed"]),
            (["costs_declared"], ["terms_confirmed", "costs_confirmed"]),
            (["terms_confirmed", "terms_changed"], ["terms_confirmed", "costs_declared", "costs_confirmed"]),
            (["costs_confirmed", "contract_signed"], ["guidance_given", "coe_filed", "coe_issued"]),
            (["costs_confirmed", "contract_signed", "coe_filed"], ["coe_issued"]),
            (["costs_confirmed", "contract_signed", "coe_filed", "coe_refused"], ["coe_filed", "coe_issued"]),
            (["costs_confirmed", "contract_signed", "coe_issued", "visa_issued", "visa_expired"],
             ["visa_filed", "visa_issued", "registered"]),
            (["costs_confirmed", "contract_signed", "coe_issued", "visa_issued", "registered", "flight_booked", "flight_missed"],
             ["flight_booked", "departed"]),
            (["costs_confirmed", "contract_signed", "coe_issued", "visa_issued", "registered", "departed", "arrived", "work_begun"],
             []),
        ],
    )  # fmt: skip
    def test_is_what_the_present_station_needs_and_what_must_be_done_again(self, steps, missing):
        assert missing_now([*BEFORE_10, *steps], "oep") == missing

    def test_names_nothing_the_route_does_not_have(self):
        for route, has in ROUTES.items():
            for station in NEEDED:
                before = [
                    step for step in STEPS if passes(step) and STATION_OF[step] < station and has[STATION_OF[step]] != NEVER
                ]
                assert {has[STATION_OF[step]] for step in missing_now(before, route)} <= {"yes"}
        assert "guidance_given" not in missing_now([*BEFORE_10, "costs_confirmed", "contract_signed"], "professional")

    def test_the_tables_name_steps_of_the_line_and_every_passing_one(self):
        named = {step for route in ROUTES for needed in needed_on(route).values() for step in needed}
        assert {one for table in (SHOWS, UNDOES) for key, steps in table.items() for one in (key, *steps)} | named <= set(STEPS)
        for route in ROUTES:
            assert all(STATION_OF[step] == station for station, needed in needed_on(route).items() for step in needed)
        assert {step for step in STEPS if passes(step) and STATION_OF[step] < 18} <= named
        assert set(STATIONS) - set(NEEDED) == {18, 19}


def standing(actor, case, moment):
    return standing_of(case, line_of(actor, case), moment)


@pytest.mark.django_db
def test_both_nodes_say_the_same_of_a_case(settings):
    story = both(two_nodes(settings)).go("coe_filed")
    for step, held, missing in [
        ("", "immigration", ["coe_issued"]),
        ("coe_issued", "recruiter", ["visa_filed", "visa_issued"]),
        ("visa_filed", "visa_desk", ["visa_issued"]),
    ]:
        if step:
            story.take(step)
        found = []
        for node, reader in (("pk", story.people["worker"]), ("jp", story.who("employer", jobs.EMPLOYER, "jp"))):
            with story.on(node):
                seen = standing(reader, story.case(), at(step or "coe_filed"))
                clocks = [(one.row["code"], one.began_on, one.days) for one in seen.clocks]
                found.append((seen.turn.row.holder, [one.step for one in seen.missing], clocks))
        assert found[0] == found[1]
        assert found[0][:2] == (held, missing)
        days = (on(step or "coe_filed") - on("demand_filed")).days, (on(step or "coe_filed") - on("contract_signed")).days
        assert [one[2] for one in found[0][2]] == list(days)


@pytest.mark.django_db
def test_the_tests_that_are_missing_are_named_where_the_file_is():
    vacancy = jobs.vacancy(at=make.AT)
    worker, _file = candidates.file(at=make.AT, tests=())
    case = file_application(actor=worker, vacancy_id=vacancy.pk, show_file=True, at=make.AT)
    seen = standing(worker, case, make.AT)
    assert [(one.station, one.step, list(one.tests)) for one in seen.missing] == [(6, "tests_passed", case.demand.tests)]


@pytest.mark.django_db
def test_of_a_case_that_is_over_nothing_waits():
    worker, case = make.case("not_selected")
    seen = standing(worker, case, make.AFTER)
    assert (seen.clocks, seen.turn, seen.missing, seen.pace) == ([], None, [], None)


class TestHowLongOthersTook:
    """Nominated 0, 2, 4 … days after they applied; one more stands before that station."""

    @pytest.fixture
    def vacancy(self, db):
        return jobs.vacancy(of=jobs.demand("permitted", at=make.AT, places=20), places=20, at=make.AT)

    def others(self, vacancy, number, after=0):
        for n in range(number):
            _worker, case = make.applied(vacancy, at=make.AT)
            make.nominate(case, at=make.AT + dt.timedelta(days=2 * n + after))

    def test_says_the_median_of_five_or_more(self, vacancy):
        self.others(vacancy, FEWEST_TOLD - 1)
        _worker, case = make.applied(vacancy, at=make.AT)
        today = make.AT.date() + dt.timedelta(days=20)
        assert pace_at(case, 7, today) is None
        self.others(vacancy, 1, after=10)
        pace = pace_at(case, 7, today)
        assert (pace.days, pace.others, pace.of_field) == (4, FEWEST_TOLD, True)  # 0 2 4 6 and 10

    def test_leaves_the_case_itself_out_and_what_is_long_ago(self, vacancy):
        self.others(vacancy, FEWEST_TOLD)
        today = make.AT.date() + dt.timedelta(days=20)
        assert pace_at(Case.objects.first(), 7, today) is None
        other = make.applied(vacancy, at=make.AT)[1]
        assert pace_at(other, 7, today) is not None
        assert pace_at(other, 7, today + LOOKED_BACK) is None

    def test_takes_all_fields_where_the_own_one_has_too_few(self, vacancy):
        self.others(vacancy, FEWEST_TOLD)
        of = jobs.demand("permitted", at=make.AT, field="AGRICULTURE", tests=[])
        other = make.applied(jobs.vacancy(of=of, at=make.AT), at=make.AT)[1]
        pace = pace_at(other, 7, make.AT.date() + dt.timedelta(days=20))
        assert (pace.others, pace.of_field) == (FEWEST_TOLD, False)

    def test_costs_one_query_however_many_there_are(self, vacancy):
        case, costs = make.applied(vacancy, at=make.AT)[1], []
        for number in (1, 6):
            self.others(vacancy, number)
            with CaptureQueriesContext(connection) as asked:
                pace_at(case, 7, make.AT.date())
            costs.append(len(asked))
        assert costs == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ur", "ja"])
def test_each_reader_sees_the_clocks_and_who_holds_the_case(client, settings, language):
    settings.RAHDARI_NODE = "pk"
    story = alone().go("contract_signed")
    own = Person.objects.get(pk=story.people["worker"].person)
    places = {
        (own, ""): f"/{language}/cases/{story.case_id}/line/",
        ("promoter_manager", jobs.PROMOTER): f"/{language}/cases/{story.case_id}/",
        ("protector", None): f"/{language}/cases/{story.case_id}/",
        ("contact_point_pk", None): f"/{language}/cases/{story.case_id}/",
    }
    for (who, body), place in places.items():
        reader = Client()
        sign_in_as(reader, who) if isinstance(who, Person) else sign_in(reader, who, body)
        answer = reader.get(place)
        assert answer.status_code == 200, place
        text = text_of(answer)
        with override(language):
            said = [name(row) for row in CLOCKS] + [coded("employer", "holder")]
            missing = word("coe_issued")
        assert [one for one in said if str(one) not in text] == [], place
        assert missing in text


@pytest.mark.django_db
def test_a_member_of_the_family_sees_clocks_and_holder_where_the_line_was_ticked_and_no_step(client):
    own, texts = worker(watches.OWN), []
    case = make.case_of(own)
    for phone, sees in (("+923001110002", ["watch_line"]), ("+923001110003", ["watch_pass"])):
        watch = watches.allowed(actor_as(own), phone, sees=sees)
        sign_in_as(client, Person.objects.get(pk=watch.person_id))
        texts.append(text_of(client.get(f"/en/account/watching/{watch.pk}/")))
    assert "whoever recruits" in texts[0]
    assert all(str(row["name_en"]) in texts[0] and str(row["name_en"]) not in texts[1] for row in CLOCKS)
    assert "What is missing now" not in texts[0]
    assert case.state == "applied"


@pytest.mark.django_db
def test_programs_see_it_too(client, settings):
    settings.RAHDARI_NODE = "pk"
    story = alone().go("contract_signed")
    someone = story.who("promoter_manager", jobs.PROMOTER)
    ends = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    _token, secret = make_token(
        actor=someone, name="x", scopes=["placements.see_case"], expires_at=ends, at=dt.datetime.now(dt.UTC)
    )
    told = client.get(f"/api/cases/{story.case_id}", headers={"Authorization": f"Bearer {secret}"}).json()["standing"]
    assert (told["holder"], told["task"], told["others"], told["others_median"]) == ("employer", "departures.file_coe", 0, None)
    assert [one["step"] for one in told["missing"]] == ["guidance_given", "coe_filed", "coe_issued"]
    assert {one["code"]: one["aim"] for one in told["clocks"]} == {"DEMAND_DEPARTURE": 90, "CONTRACT_DEPARTURE": 90}


def test_the_story_takes_every_step():
    assert set(NEEDED[12]) <= set(TAKE)
